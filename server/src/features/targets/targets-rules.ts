import { kaplanMeier, successesNeeded, targetState, wilson } from '@diemnong/analysis';
import type { AreaRules, AreaStatus, AreaType, Fraction, TargetsResponse } from '@diemnong/contracts';
import { dayInMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { type MovingType, statusGivenBy } from '../areas/areas-rules.ts';
import type { MovingStep } from '../areas/steps-in-force.ts';

/** One month of the curve of relapse: the mean length of a month of the Gregorian calendar, days. */
const MONTH_DAYS = 30.4375;

export type TargetStep = MovingStep;

/** An area as far as the targets ask. */
export type TargetSubject = {
  id: string;
  provinceCode: string;
  types: readonly AreaType[];
  /** Kind of its commune in the default set ('xã', 'phường'…), '' when it is not known. */
  communeKind: string;
  /** Areas that it was made from. */
  parents: readonly string[];
  /** In order of effect. */
  steps: readonly TargetStep[];
  /** Day that its parents went and it came; null for one that was not made from others, or whose parents cannot be seen. */
  bornOn: string | null;
};

type TargetRules = Pick<AreaRules, 'watchMonths' | 'lateAfter' | 'transformationTarget' | 'noRelapseTarget'>;
/** What holds in a province for a year. */
export type RulesOf = (provinceCode: string, year: number) => TargetRules;

export type Cohort = 'previous-year' | 'watched';

/** One area of the denominator of the transformation rate. */
export type Listed = {
  area: TargetSubject;
  /** The first listing for the year. */
  listing: TargetStep;
  /** The success that counts; null = not yet. */
  success: TargetStep | null;
  carried: boolean;
  late: boolean;
  reshaped: boolean;
};

/** One area of the cohort of the no-relapse rate. */
export type Followed = {
  area: TargetSubject;
  success: TargetStep;
  relapse: TargetStep | null;
  /** Last day it was watched: of the relapse, of the closing, or the day asked about. */
  until: string;
};

/** Fill in `bornOn` from the day that the parents were superseded. */
export function withBirths(areas: readonly Omit<TargetSubject, 'bornOn'>[]): TargetSubject[] {
  const goneOn = new Map<string, string>();
  for (const { id, steps } of areas) {
    const gone = steps.find(({ type }) => type === 'superseded');
    if (gone !== undefined) goneOn.set(id, gone.on);
  }
  return areas.map((area) => ({
    ...area,
    bornOn: area.parents.reduce<string | null>((latest, parent) => {
      const day = goneOn.get(parent) ?? null;
      return latest === null || (day !== null && day > latest) ? day : latest;
    }, null),
  }));
}

/** Status at the end of a day; the steps are legal in their order, so the last one says it. */
export function statusOn({ steps }: Pick<TargetSubject, 'steps'>, day: string): AreaStatus {
  const last = steps.findLast(({ on }) => on <= day);
  return last === undefined ? 'draft' : statusGivenBy(last.type);
}

/**
 * The list of a year as it stood at the end of a day, with what was achieved by then. docs/targets.md has the rules one by one.
 * @param asOf steps of later days are not known.
 */
export function listedFor(areas: readonly TargetSubject[], year: number, asOf: string, rulesOf: RulesOf): Listed[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  // A list closes with its year: what is divided or joined later leaves it as it was.
  const closing = asOf < last ? asOf : last;
  const listed: Listed[] = [];
  for (const area of areas) {
    const { steps, bornOn } = area;
    const at = steps.findIndex((step) => step.year === year && step.on <= asOf);
    if (at < 0 || (bornOn !== null && bornOn > closing) || hasStep(area, 'superseded', closing)) continue;
    const listing = steps[at];
    const success = successWithin(steps, at + 1, first, closing);
    listed.push({
      area,
      listing,
      success,
      carried: listing.type === 'carried_over',
      late: listing.on > `${year}-${rulesOf(area.provinceCode, year).lateAfter}`,
      reshaped: area.parents.length > 0,
    });
  }
  return listed;
}

/** The first success from a place on, dated within two days, both included. A plain loop: it runs a million times an answer. */
function successWithin(steps: readonly TargetStep[], from: number, first: string, last: string): TargetStep | null {
  for (let i = from; i < steps.length && steps[i].on <= last; i++)
    if (steps[i].type === 'assessed_success' && steps[i].on >= first) return steps[i];
  return null;
}

function hasStep({ steps }: TargetSubject, type: MovingType, by: string): boolean {
  return steps.some((step) => step.type === type && step.on <= by);
}

/** Areas whose success is dated in a year, by the end of a day; one that succeeded twice is followed from the first time. */
export function succeededIn(areas: readonly TargetSubject[], year: number, asOf: string): Followed[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const succeeded: Followed[] = [];
  for (const area of areas) {
    const at = area.steps.findIndex(
      ({ type, on }) => type === 'assessed_success' && on >= first && on <= last && on <= asOf,
    );
    if (at < 0) continue;
    const followed = follow(area, at, asOf);
    if (followed.relapse !== null || !hasStep(area, 'superseded', asOf)) succeeded.push(followed);
  }
  return succeeded;
}

/**
 * Areas whose watch is not over at the end of a day, each from its latest success: those that nobody closed, and those that
 * relapsed in a watch that would still go on.
 */
export function watchedOn(areas: readonly TargetSubject[], year: number, asOf: string, rulesOf: RulesOf): Followed[] {
  return areas.flatMap((area) => {
    const at = area.steps.findLastIndex(({ type, on }) => type === 'assessed_success' && on <= asOf);
    if (at < 0) return [];
    const followed = follow(area, at, asOf);
    const after = area.steps.slice(at).filter(({ on }) => on <= asOf);
    if (followed.relapse === null) return after.some(({ type }) => type === 'closed') ? [] : [followed];
    const begun = (after.find(({ type }) => type === 'removed') ?? followed.success).on;
    return addMonths(begun, rulesOf(area.provinceCode, year).watchMonths) > asOf ? [followed] : [];
  });
}

/** The cohort that the no-relapse rate of a year is made of. */
export function cohortOf(
  cohort: Cohort,
  areas: readonly TargetSubject[],
  year: number,
  asOf: string,
  rulesOf: RulesOf,
): Followed[] {
  return cohort === 'watched' ? watchedOn(areas, year, asOf, rulesOf) : succeededIn(areas, year - 1, asOf);
}

/** A plain loop, as `successWithin`: the steps are in order of their days. */
function follow(area: TargetSubject, at: number, asOf: string): Followed {
  const { steps } = area;
  const success = steps[at];
  let end: TargetStep | undefined;
  for (let i = at + 1; i < steps.length && steps[i].on <= asOf; i++) {
    const { type, on } = steps[i];
    if (type === 'relapsed') return { area, success, relapse: steps[i], until: on };
    if (type === 'closed' || type === 'superseded') end ??= steps[i];
  }
  return { area, success, relapse: null, until: end?.on ?? asOf };
}

/** Same date `months` later, or the last day of a shorter month. */
function addMonths(day: string, months: number): string {
  return toDay(dayInMonth(monthOf(toDayNumber(day)) + months, Number(day.slice(8))));
}

/** A fraction with its interval and state; nothing to divide by is no data. */
export function fractionOf(numerator: number, denominator: number, target: number): Fraction {
  const share = wilson(numerator, denominator);
  const needed = successesNeeded(denominator, target);
  return {
    numerator,
    denominator,
    rate: share?.rate ?? null,
    low: share?.low ?? null,
    high: share?.high ?? null,
    target,
    state: targetState(numerator, denominator, target),
    needed: Math.max(0, needed - numerator),
    spare: Math.max(0, numerator - needed),
  };
}

export function transformationOf(listed: readonly Listed[], target: number): Fraction {
  return fractionOf(listed.filter(({ success }) => success !== null).length, listed.length, target);
}

export function noRelapseOf(followed: readonly Followed[], target: number): Fraction {
  return fractionOf(followed.filter(({ relapse }) => relapse === null).length, followed.length, target);
}

/** Share of a cohort that has not relapsed, by months since the success. */
export function curveOf(followed: readonly Followed[]): TargetsResponse['noRelapse']['curve'] {
  const observations = followed.map(({ success, relapse, until }) => ({
    time: toDayNumber(until) - toDayNumber(success.on),
    event: relapse !== null,
  }));
  return kaplanMeier(observations).map(({ time, atRisk, events, censored, survival, low, high }) => ({
    months: time / MONTH_DAYS,
    atRisk,
    events,
    censored,
    survival,
    low,
    high,
  }));
}

/** Areas by the years that matter to them, so that no count walks through those of other years. */
export type YearIndex = {
  /** By the year of a list. */
  listed: ReadonlyMap<number, readonly TargetSubject[]>;
  /** By the year that a success is dated in. */
  succeeded: ReadonlyMap<number, readonly TargetSubject[]>;
  /** With any success. */
  everSucceeded: readonly TargetSubject[];
};

export function indexByYear(areas: readonly TargetSubject[]): YearIndex {
  const listed = new Map<number, TargetSubject[]>();
  const succeeded = new Map<number, TargetSubject[]>();
  const everSucceeded: TargetSubject[] = [];
  for (const area of areas) {
    const years = new Set<number>();
    const successYears = new Set<number>();
    for (const { type, on, year } of area.steps) {
      if (year !== null) years.add(year);
      if (type === 'assessed_success') successYears.add(Number(on.slice(0, 4)));
    }
    for (const year of years) addTo(listed, year, area);
    for (const year of successYears) addTo(succeeded, year, area);
    if (successYears.size > 0) everSucceeded.push(area);
  }
  return { listed, succeeded, everSucceeded };
}

function addTo(index: Map<number, TargetSubject[]>, year: number, area: TargetSubject): void {
  const areas = index.get(year);
  if (areas === undefined) index.set(year, [area]);
  else areas.push(area);
}

/** The ends of the months of a year before a day, then the day itself. */
export function historyDays(year: number, asOf: string): string[] {
  const ends = Array.from({ length: 12 }, (_, month) => toDay(dayInMonth(12 * year + month, 31)));
  return [...ends.filter((day) => day < asOf), asOf];
}
