import { kaplanMeier, successesNeeded, targetState, wilson } from '@diemnong/analysis';
import type { AreaRules, AreaStatus, AreaType, Fraction, TargetsResponse } from '@diemnong/contracts';
import { dayInMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { MovingStep } from '../areas/area-steps.ts';
import { statusGivenBy } from '../areas/areas-rules.ts';

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
    const day = goneOnOf(steps);
    if (day !== null) goneOn.set(id, day);
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

/** An area that is on the list of a year at some time, with all that a day can make of it. */
export type Listing = Listed & { goneOn: string | null };

/** @param at place of the first listing for the year among the area's steps. */
function listingOf({ area, at }: StepPlace, year: number, rulesOf: RulesOf): Listing {
  const { steps } = area;
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const listing = steps[at];
  let success: TargetStep | null = null;
  for (let i = at + 1; i < steps.length && steps[i].on <= last && success === null; i++)
    if (steps[i].type === 'assessed_success' && steps[i].on >= first) success = steps[i];
  return {
    area,
    listing,
    success,
    carried: listing.type === 'carried_over',
    late: listing.on > `${year}-${rulesOf(area.provinceCode, year).lateAfter}`,
    reshaped: area.parents.length > 0,
    goneOn: goneOnOf(steps),
  };
}

/** A list closes with its year: what is divided or joined later leaves it as it was. */
export function closingDay(year: number, asOf: string): string {
  const last = `${year}-12-31`;
  return asOf < last ? asOf : last;
}

/**
 * The list of a year as it stood at the end of a day, with what was achieved by then.
 * @param asOf steps of later days are not known.
 */
export function listedBy(listings: readonly Listing[], year: number, asOf: string): Listed[] {
  const closing = closingDay(year, asOf);
  const listed: Listed[] = [];
  for (const one of listings) {
    const { area, listing, success, goneOn } = one;
    if (listing.on > asOf || (area.bornOn !== null && area.bornOn > closing)) continue;
    if (goneOn !== null && goneOn <= closing) continue;
    listed.push(success === null || success.on <= closing ? one : { ...one, success: null });
  }
  return listed;
}

/** A success with the first relapse, removal, closing and end (closed, divided or joined) after it, whatever their day. */
export type Succession = {
  area: TargetSubject;
  success: TargetStep;
  relapse: TargetStep | null;
  removedOn: string | null;
  closedOn: string | null;
  endOn: string | null;
  goneOn: string | null;
};

function successionOf({ area, at }: StepPlace): Succession {
  const { steps } = area;
  const goneOn = goneOnOf(steps);
  let relapse: TargetStep | null = null;
  let removedOn: string | null = null;
  let closedOn: string | null = null;
  for (let i = at + 1; i < steps.length; i++) {
    const { type, on } = steps[i];
    if (type === 'relapsed') relapse ??= steps[i];
    else if (type === 'removed') removedOn ??= on;
    else if (type === 'closed') closedOn ??= on;
  }
  return { area, success: steps[at], relapse, removedOn, closedOn, endOn: closedOn ?? goneOn, goneOn };
}

/** What is known of a success at the end of a day. */
function followedBy({ area, success, relapse, endOn }: Succession, asOf: string): Followed {
  if (isBy(relapse?.on, asOf)) return { area, success, relapse, until: relapse.on };
  return { area, success, relapse: null, until: isBy(endOn, asOf) ? endOn : asOf };
}

/** Of the successes of a year those known at the end of a day; without those that were divided or joined before a relapse. */
export function succeededBy(successions: readonly Succession[], asOf: string): Followed[] {
  const succeeded: Followed[] = [];
  for (const succession of successions) {
    if (succession.success.on > asOf) continue;
    const followed = followedBy(succession, asOf);
    if (followed.relapse !== null || !isBy(succession.goneOn, asOf)) succeeded.push(followed);
  }
  return succeeded;
}

/**
 * Areas whose watch is not over at the end of a day, each from its latest success: those that nobody closed, and those that
 * relapsed in a watch that would still go on.
 * @param successions by area, each in order.
 */
export function watchedBy(successions: readonly (readonly Succession[])[], asOf: string, rulesOf: RulesOf): Followed[] {
  const watched: Followed[] = [];
  for (const ofArea of successions) {
    const latest = ofArea.findLast(({ success }) => success.on <= asOf);
    if (latest === undefined) continue;
    const { area, success, removedOn, closedOn } = latest;
    const followed = followedBy(latest, asOf);
    if (followed.relapse === null) {
      if (!isBy(closedOn, asOf)) watched.push(followed);
      continue;
    }
    const begun = isBy(removedOn, asOf) ? removedOn : success.on;
    // As the page of the area has it: by the rules of the year that the watch began in, whatever year is asked about.
    const { watchMonths } = rulesOf(area.provinceCode, Number(begun.slice(0, 4)));
    if (addMonths(begun, watchMonths) > asOf) watched.push(followed);
  }
  return watched;
}

function isBy(day: string | null | undefined, asOf: string): day is string {
  return day !== null && day !== undefined && day <= asOf;
}

/** Nothing follows that an area was divided or joined. */
function goneOnOf(steps: readonly TargetStep[]): string | null {
  const last = steps.at(-1);
  return last?.type === 'superseded' ? last.on : null;
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

/** A step of an area, by its place in order. */
type StepPlace = { area: TargetSubject; at: number };

/** What the years are counted from, worked out in one walk through all steps. */
export type YearIndex = {
  /** By the year of a list. */
  listings: ReadonlyMap<number, readonly Listing[]>;
  /** By the year that a success is dated in; an area that succeeded twice in it is followed from the first time. */
  successions: ReadonlyMap<number, readonly Succession[]>;
  /** Of each area that ever succeeded. */
  successionsOfAreas: readonly (readonly Succession[])[];
};

export function indexByYear(areas: readonly TargetSubject[], rulesOf: RulesOf): YearIndex {
  const listings = new Map<number, Listing[]>();
  const successions = new Map<number, Succession[]>();
  const successionsOfAreas: Succession[][] = [];
  for (const area of areas) {
    const { steps } = area;
    const own: Succession[] = [];
    // A plain loop: of 100,000 steps few matter here.
    for (let at = 0; at < steps.length; at++) {
      const { type, on, year } = steps[at];
      // The areas come one after another: what an area has in a year already is the last there.
      if (year !== null && listings.get(year)?.at(-1)?.area !== area)
        addTo(listings, year, listingOf({ area, at }, year, rulesOf));
      if (type !== 'assessed_success') continue;
      const succession = successionOf({ area, at });
      const successYear = Number(on.slice(0, 4));
      if (successions.get(successYear)?.at(-1)?.area !== area) addTo(successions, successYear, succession);
      own.push(succession);
    }
    if (own.length > 0) successionsOfAreas.push(own);
  }
  return { listings, successions, successionsOfAreas };
}

function addTo<Value>(index: Map<number, Value[]>, year: number, value: Value): void {
  const values = index.get(year);
  if (values === undefined) index.set(year, [value]);
  else values.push(value);
}

/** The ends of the months of a year before a day, then the day itself. */
export function historyDays(year: number, asOf: string): string[] {
  const ends = Array.from({ length: 12 }, (_, month) => toDay(dayInMonth(12 * year + month, 31)));
  return [...ends.filter((day) => day < asOf), asOf];
}
