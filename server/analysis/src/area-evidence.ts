import { gridDisk } from 'h3-js';
import { displacementDifference, displacementQuotient } from './displacement.ts';
import type {
  AreaMonth,
  Evidence,
  EvidenceControls,
  EvidenceDisplacement,
  EvidenceQuestion,
  EvidenceWarning,
  EvidenceWindow,
} from './evidence-answer.ts';
import { type EvidenceBasis, isReported, monthSeries, seasonOf } from './evidence-basis.ts';
import { dispersionOf, monthSpread, type Spread, shrunkDispersion, windowSpread } from './evidence-dispersion.ts';
import { LEAST_RECORDS, readingOf } from './evidence-reading.ts';
import { daysOf, firstDayOf, type MonthPairs, pairMonths } from './evidence-windows.ts';
import {
  type Balance,
  balanceOf,
  CALIPER,
  cellsOf,
  controlRing,
  courseOf,
  fallingOn,
  isComparable,
  LEAST_CONTROLS,
  type MatchedArea,
  type MatchedPlace,
  type Matching,
  MOST_CONTROLS,
  matchPlaces,
  occupiedOf,
} from './matched-controls.ts';
import { eTest, type RateRatio, rateRatio } from './rate-ratio.ts';
import { expectedLevel, levelPrior } from './regression-to-mean.ts';

/** Version and parameters of the rules of reading: docs/evidence.md. */
export const EVIDENCE_RULE =
  'evidence-3; the same months of the year before, 3–12; 5–8 controls within 1 unit; strong: 95% below controls, half of the months known a year earlier, area with ring 95% one-sided; weak, against: own past beyond the course of the others';

const LEAST_MONTHS = 3;
const NO_RATIO: RateRatio = { ratio: null, low: null, high: null, p: null };
/** Months before the beginning that the dispersion is read from. */
const DISPERSION_MONTHS = 36;
/** Under so many records before, even a fall by half is missed more often than found. */
const FEW_RECORDS = 30;
/** A fall of over a tenth to be expected without any measure. */
const LARGE_REGRESSION = 0.9;
const MOST_RING_STEPS = 12;

/** The area's months `from` … `to` − 1 as `readEvidence` counts them: the series to draw. */
export function areaMonths(
  basis: EvidenceBasis,
  question: Pick<EvidenceQuestion, 'cells' | 'categories' | 'commune' | 'isHidden'>,
  from: number,
  to: number,
): AreaMonth[] {
  const occupied = occupiedCells(basis, question);
  const communes = communesOf(basis, question.commune, occupied);
  const series = monthSeries(basis, occupied, question.categories, from, to);
  return Array.from(series, (count, at) => ({
    month: from + at,
    count: communes.every((commune) => isReported(basis, commune, from + at)) ? count : null,
  }));
}

/**
 * What the records say of an area since something began there: docs/evidence.md tells each rule and how often the readings are
 * right. Past-looking; says nothing of an area's status.
 */
export function readEvidence(basis: EvidenceBasis, question: EvidenceQuestion): Evidence {
  const occupied = occupiedCells(basis, question);
  const communes = communesOf(basis, question.commune, occupied);
  const endMonth = Math.min(question.endMonth ?? Infinity, basis.records.endMonth);
  const pairs = pairMonths(question, endMonth, (month) =>
    communes.every((commune) => isReported(basis, commune, month)),
  );
  const counts = (months: readonly number[]) => countIn(basis, occupied, question.categories, months);
  const before = windowOf(pairs.before, counts(pairs.before));
  const after = windowOf(pairs.after, counts(pairs.after));
  const warnings = new Set<EvidenceWarning>();
  if (pairs.unreported > 0) warnings.add('unreported');
  if (pairs.past === null) warnings.add('short-before');
  if (question.isHidden !== undefined && question.cells.some(question.isHidden)) warnings.add('hidden-by-scope');
  if (before === null || after === null || pairs.after.length < LEAST_MONTHS)
    return { ...NOTHING, before, after, warnings: [...warnings] };
  const compared = {
    before: before.count,
    after: after.count,
    exposureBefore: before.days,
    exposureAfter: after.days,
  };
  const ring = ringAround(question);
  if (ring.hidden > 0) warnings.add('hidden-by-scope');
  if (ring.ofOthers > ring.all / 10) warnings.add('other-areas-near');
  if (before.count < FEW_RECORDS) warnings.add('few-records');
  if (isOnePlace(basis, occupied, question.categories, [...pairs.before, ...pairs.after])) warnings.add('one-place');

  const area: MatchedArea = {
    cells: question.cells,
    occupied,
    ring: ring.cells,
    ringSteps: ring.steps,
    commune: question.commune,
    before: before.count,
    past: pairs.past && {
      recent: counts(pairs.past.recent),
      earlier: counts(pairs.past.earlier),
      share: pairs.past.share,
    },
  };
  const alike = matchPlaces(basis, area, pairs, question, area.cells.length);
  const matching = grownPlaces(basis, area, pairs, question, alike) ?? alike;
  const comparable = matching.places.filter(isComparable);
  const dispersion = dispersionBefore(basis, question, occupied, matching, comparable);
  const dispersedRatio = rateRatio(compared, dispersion);
  const spread = Math.max(dispersion, dispersionOf(windowSpread(comparable)));
  const regression = regressionOf(area, alike, dispersion);
  const controls = controlsOf(basis, area, after.count, matching, spread);
  const displacement = displacementOf(
    basis,
    question,
    area,
    after.count,
    pairs,
    matching,
    controls,
    spread,
    ring.hidden,
  );
  const expectedAgainstControls = regression.againstControls(matching === alike ? controls.chosen : []);
  const course = courseOfOthers(controls.told, alike);
  return {
    stage: 'measured',
    before,
    after,
    ratio: rateRatio(compared),
    eTestP: eTest(compared).p,
    dispersion,
    dispersedRatio,
    controls: controls.told,
    displacement: displacement.told,
    regression: regression.told,
    reading: readingOf({
      dispersedRatio,
      spreadRatio: rateRatio(compared, spread),
      controls: controls.told,
      displacement: displacement.told,
      expectedRatio: Math.min(regression.told?.expectedRatio ?? 1, course * expectedAgainstControls),
      expectedAgainstControls: expectedAgainstControls * fallingOn(area, controls.told.balance),
      course,
      hasPast: area.past !== null && before.count >= LEAST_RECORDS,
      ringRatio: displacement.ringRatio,
    }),
    warnings: [...warnings],
  };
}

const NOTHING: Evidence = {
  stage: 'too-early',
  before: null,
  after: null,
  ratio: null,
  eTestP: null,
  dispersion: null,
  dispersedRatio: null,
  controls: null,
  displacement: null,
  regression: null,
  reading: 'insufficient',
  warnings: [],
};

function occupiedCells(
  { indexOf }: EvidenceBasis,
  { cells, isHidden }: Pick<EvidenceQuestion, 'cells' | 'isHidden'>,
): number[] {
  return [...new Set(cells)].flatMap((cell) => (isHidden?.(cell) === true ? [] : (indexOf.get(cell) ?? [])));
}

function communesOf({ records }: EvidenceBasis, commune: number, occupied: readonly number[]): number[] {
  return [...new Set([commune, ...occupied.map((cell) => records.communes[cell])])];
}

function countIn(
  basis: EvidenceBasis,
  occupied: Iterable<number>,
  categories: ReadonlySet<number>,
  months: readonly number[],
): number {
  if (months.length === 0) return 0;
  const from = months[0];
  const series = monthSeries(basis, occupied, categories, from, months[months.length - 1] + 1);
  return months.reduce((sum, month) => sum + series[month - from], 0);
}

function windowOf(months: readonly number[], count: number): EvidenceWindow | null {
  if (months.length === 0) return null;
  return {
    from: firstDayOf(months[0]),
    to: firstDayOf(months[months.length - 1] + 1),
    months,
    count,
    days: daysOf(months),
  };
}

/** At least two rings of cells, and on until they are as many as the area's own; other areas' and hidden ones are left out. */
function ringAround({ cells, avoid, isHidden }: EvidenceQuestion) {
  const seen = new Set(cells);
  const all: string[] = [];
  let front: readonly string[] = cells;
  let steps = 0;
  while ((steps < 2 || all.length < seen.size - all.length) && steps < MOST_RING_STEPS) {
    const next: string[] = [];
    for (const cell of front)
      for (const near of gridDisk(cell, 1)) {
        if (seen.has(near)) continue;
        seen.add(near);
        next.push(near);
      }
    all.push(...next);
    front = next;
    steps++;
  }
  const free = all.filter((cell) => !avoid.has(cell));
  const visible = isHidden === undefined ? free : free.filter((cell) => !isHidden(cell));
  return {
    cells: visible,
    steps,
    all: all.length,
    ofOthers: all.length - free.length,
    hidden: free.length - visible.length,
  };
}

/** More than half of the records in one cell of several: often a default point, or one address. */
function isOnePlace(
  basis: EvidenceBasis,
  occupied: readonly number[],
  categories: ReadonlySet<number>,
  months: readonly number[],
): boolean {
  const sorted = [...months].sort((a, b) => a - b);
  const counts = occupied.map((cell) => countIn(basis, [cell], categories, sorted));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return occupied.length > 1 && total >= 10 && Math.max(...counts) > total / 2;
}

function dispersionBefore(
  basis: EvidenceBasis,
  question: EvidenceQuestion,
  occupied: readonly number[],
  { shape }: Matching,
  comparable: readonly MatchedPlace[],
): number {
  const to = question.startMonth;
  const from = Math.max(basis.firstMonth, to - DISPERSION_MONTHS);
  const season = seasonOf(basis, question.categories).subarray(from - basis.firstMonth, to - basis.firstMonth);
  const spreadOf = (cells: readonly number[], commune: number): Spread => {
    const series = monthSeries(basis, cells, question.categories, from, to);
    const communes = communesOf(basis, commune, cells);
    return monthSpread(
      Array.from(series, (count, at) => (communes.every((each) => isReported(basis, each, from + at)) ? count : null)),
      season,
    );
  };
  return shrunkDispersion(
    spreadOf(occupied, question.commune),
    comparable.map(({ position, commune }) => spreadOf(occupiedOf(basis, shape, position), commune)),
  );
}

/** Places have at most so many times the cells of the area. */
const MOST_GROWTH = 16;
const MOST_CELLS = 8000;

/**
 * Where no place of the area's size has as many records, larger ones are tried that should: only so can a place that stands alone be
 * compared at all. What luck gave the area alone is then left to the regression to the mean.
 * @returns null where that is not the trouble, or where larger ones are no more alike
 */
function grownPlaces(
  basis: EvidenceBasis,
  area: MatchedArea,
  pairs: MonthPairs,
  question: EvidenceQuestion,
  alike: Matching,
): Matching | null {
  if (chooseControls(basis, area, alike).reason !== 'level') return null;
  const nearest = alike.places.slice(0, MOST_CONTROLS);
  const mean = nearest.reduce((sum, { before }) => sum + before, 0) / nearest.length;
  const growth = 2 ** Math.ceil(Math.log2(Math.max(1, area.before) / Math.max(1, mean)));
  const size = Math.min(growth, MOST_GROWTH) * area.cells.length;
  if (growth < 2 || size > MOST_CELLS) return null;
  const grown = matchPlaces(basis, area, pairs, question, size);
  return chooseControls(basis, area, grown).reason === null ? grown : null;
}

function regressionOf(area: MatchedArea, { levels }: Matching, dispersion: number) {
  // The area is one of the places that true levels are spread over, however far out.
  const prior = levelPrior([...levels, area.before], dispersion);
  if (prior === null || area.before === 0) return { told: null, againstControls: () => 1 };
  const expectedRatio = expectedLevel(prior, area, dispersion) / area.before;
  return {
    told: { expectedRatio, isLarge: expectedRatio < LARGE_REGRESSION },
    /** The same beyond what regresses in controls matched on the same window, so near 1; without controls all of it. */
    againstControls(controls: readonly MatchedPlace[]): number {
      const before = controls.reduce((sum, control) => sum + control.before, 0);
      const expected = controls.reduce((sum, control) => sum + expectedLevel(prior, control, dispersion), 0);
      return before > 0 && expected > 0 ? (expectedRatio * before) / expected : expectedRatio;
    },
  };
}

function controlsOf(
  basis: EvidenceBasis,
  area: MatchedArea,
  areaAfter: number,
  matching: Matching,
  dispersion: number,
): { chosen: readonly MatchedPlace[]; told: EvidenceControls } {
  const { shape, candidates } = matching;
  const { chosen, balance, reason } = chooseControls(basis, area, matching);
  const before = chosen.reduce((sum, control) => sum + control.before, 0);
  const after = chosen.reduce((sum, control) => sum + control.after, 0);
  return {
    chosen,
    told: {
      isUsable: reason === null,
      reason,
      candidates,
      areas: chosen.map((control) => {
        const cells = cellsOf(basis.lattice, shape, control.position);
        return { cell: cells[0], cells, commune: control.commune, before: control.before, after: control.after };
      }),
      before,
      after,
      balance,
      ratio:
        reason === null
          ? ratioAgainst({ before: area.before, after: areaAfter }, { before, after }, dispersion)
          : NO_RATIO,
    },
  };
}

/** After ÷ before of the controls, or where there are none of the area's mix of groups in the whole province: a year that is good for all. */
function courseOfOthers({ isUsable, before, after }: EvidenceControls, { mix, courses }: Matching): number {
  return isUsable && before > 0 ? after / before : courseOf(mix, courses);
}

function chooseControls(basis: EvidenceBasis, area: MatchedArea, matching: Matching) {
  const { places } = matching;
  const comparable = places.filter(isComparable);
  // Told also when they will not do, so that it can be seen why.
  const chosen = (comparable.length >= LEAST_CONTROLS ? comparable : places).slice(0, MOST_CONTROLS);
  const balance = balanceOf(basis, area, matching, chosen);
  return { chosen, balance, reason: unequalIn(balance, chosen.length, comparable.length) };
}

/** What keeps the controls from being compared with: the first of what is beyond the caliper, widest first. */
function unequalIn(balance: Balance, chosen: number, comparable: number): EvidenceControls['reason'] {
  if (chosen < LEAST_CONTROLS) return 'too-few';
  const differences = [
    { reason: 'level' as const, size: Math.max(Math.abs(balance.level), Math.abs(balance.trend)) },
    { reason: 'density' as const, size: Math.abs(balance.density) },
    { reason: 'mix' as const, size: Math.abs(balance.mix) },
  ].sort((a, b) => b.size - a.size);
  return comparable < LEAST_CONTROLS || differences[0].size > CALIPER ? differences[0].reason : null;
}

/**
 * (after ÷ before) of the area over that of its controls: the exact limits of the area's ratio with the controls as exposures,
 * the dispersion raised by as much as the controls' own chance adds to the variance of the logarithm.
 */
function ratioAgainst(
  area: { readonly before: number; readonly after: number },
  controls: { readonly before: number; readonly after: number },
  dispersion: number,
): RateRatio {
  const variance = ({ before, after }: { before: number; after: number }) => 1 / (before + 0.5) + 1 / (after + 0.5);
  return rateRatio(
    {
      ...area,
      exposureBefore: Math.max(0.5, controls.before),
      exposureAfter: Math.max(0.5, controls.after),
    },
    dispersion * (1 + variance(controls) / variance(area)),
  );
}

function displacementOf(
  basis: EvidenceBasis,
  question: EvidenceQuestion,
  area: MatchedArea,
  areaAfter: number,
  pairs: MonthPairs,
  { shape }: Matching,
  controls: { readonly chosen: readonly MatchedPlace[]; readonly told: EvidenceControls },
  dispersion: number,
  ringHidden: number,
): { told: EvidenceDisplacement; ringRatio: RateRatio } {
  const { categories, avoid } = question;
  const ring = area.ring.flatMap((cell) => basis.indexOf.get(cell) ?? []);
  const count = (cells: readonly number[], months: readonly number[]) => countIn(basis, cells, categories, months);
  const [before, after] = [count(ring, pairs.before), count(ring, pairs.after)];
  const compared = controls.told.isUsable ? controls.chosen : [];
  const rings = compared.map(({ position }) => controlRing(basis, area, avoid, { shape, position }));
  const controlBefore = rings.reduce((sum, cells) => sum + count(cells, pairs.before), 0);
  const controlAfter = rings.reduce((sum, cells) => sum + count(cells, pairs.after), 0);
  const pooled = compared.length === 0 ? { before: 0, after: 0 } : controls.told;
  const treated = { treatedBefore: area.before, treatedAfter: areaAfter };
  const moved = { displacementBefore: before, displacementAfter: after };
  const weight = (own: number, ofControls: number) =>
    compared.length === 0 ? 0 : ofControls > 0 ? own / ofControls : 1 / compared.length;
  return {
    told: {
      ring: area.ring,
      ringHidden,
      before,
      after,
      controlBefore,
      controlAfter,
      wdd: displacementDifference(
        {
          ...treated,
          ...moved,
          controlBefore: pooled.before,
          controlAfter: pooled.after,
          displacementControlBefore: controlBefore,
          displacementControlAfter: controlAfter,
        },
        {
          controlWeight: weight(area.before, pooled.before),
          displacementControlWeight: weight(before, controlBefore),
          dispersion,
        },
      ),
      wdq: displacementQuotient({ ...treated, ...moved, controlBefore: pooled.before, controlAfter: pooled.after }),
    },
    ringRatio:
      compared.length === 0
        ? rateRatio({ before, after }, dispersion)
        : ratioAgainst({ before, after }, { before: controlBefore, after: controlAfter }, dispersion),
  };
}
