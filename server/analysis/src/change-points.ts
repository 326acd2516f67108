import { cutIntoLevels, type Segment } from './change-points-search.ts';
import { poissonLimits } from './gamma.ts';
import { mannKendall, theilSen } from './mann-kendall.ts';
import { rateRatio } from './rate-ratio.ts';
import { seasonalIndex } from './seasonal-index.ts';

/** Count of one calendar month. */
export interface MonthCount {
  /** null = not reported: left out. */
  readonly count: number | null;
  /** Days of the month that count. */
  readonly days: number;
  /** 0–11. */
  readonly monthOfYear: number;
}

export interface ChangePoints {
  readonly rule: string;
  /** Factor of each month of the year, mean 1; all 1 under `CHANGE_MIN_MONTHS`. */
  readonly season: number[];
  /** Expected count of each month, season and days put back; null where not reported or where there are no segments. */
  readonly fitted: (number | null)[];
  /** Indices [from, to) into the months; level and its 95% limits per 30 days, season taken out. */
  readonly segments: { from: number; to: number; level: number; low: number; high: number }[];
  /** Index of the first month of the new level; new ÷ old (Infinity after none at all). */
  readonly changes: { at: number; ratio: { value: number; low: number; high: number; p: number } }[];
  /** Of the rate per 30 days, season taken out, over known months; slope per month. */
  readonly trend: { s: number; z: number; p: number; tau: number; slope: number } | null;
}

export const CHANGE_MIN_MONTHS = 24;
const TREND_MIN_MONTHS = 12;
const MIN_LENGTH = 6;
const ROUNDS = 12;

/** Deviance, in units of the dispersion, that one more change must explain; chosen by the rates told at `changePoints`. */
function penaltyFor(known: number): number {
  return 10.5 + 1.5 * Math.log(known);
}

const RULE = `change-points 1; Poisson levels by optimal partitioning, at least ${MIN_LENGTH} known months each, dispersion from neighbouring months, shrunk season; penalty 10.5 + 1.5 ln n, at most 5% of series without a change show one (measured)`;

interface KnownMonth {
  readonly at: number;
  readonly count: number;
  /** Days ÷ 30. */
  readonly length: number;
  readonly month: number;
}

/**
 * Since when? Levels of a monthly series and where they change. Counts are Poisson, times a dispersion, around level × season ×
 * days; the cut is exact (`cutIntoLevels`), season and levels are fitted in turns, so that a shift is not taken for season nor a
 * season for shifts. A change is dated to the month, right to within two of them in most cases (below).
 * Limits and p of levels and ratios are those of counts divided by the dispersion left over (`rateRatio`); p is told as if the month
 * had been known beforehand. What holds false changes down is the penalty.
 * Measured, 500 series each of 24, 36, 60 and 120 months, 3% not reported, mean 1, 10 and 100 a month, dispersion 1 and 2.5, season
 * none and ±40%: at least one change is shown by at most 1.4%, 3.8%, 2.0% and 2.4% of series without one (each the worst, mean 1 at
 * dispersion 2.5; 0% to 1% at mean 10 and above; 40 each of 240 months: none). A doubling at mean 10, 60 months: seen in 97–100%,
 * and within two months of its place, alone, in 84–99%; at mean 1: in 15–23%.
 * A steady drift is told as one or more steps, and months that depend on each other as more changes than there are: read `trend`
 * beside it. Its p is below 0.05 in 4–10% of level series, more often where a season had to be taken out. Under
 * `CHANGE_MIN_MONTHS` the season cannot be told from the trend and is not taken out.
 * @param months in order, none left out. @returns no segments under `CHANGE_MIN_MONTHS` known months, no trend under 12.
 * @throws RangeError when a count is not a whole number ≥ 0 or null, or days or month of the year are out of range.
 * Source: as in change-points-search.ts, mann-kendall.ts and rate-ratio.ts.
 */
export function changePoints(months: readonly MonthCount[]): ChangePoints {
  check(months);
  const known = months.flatMap(({ count, days, monthOfYear }, at) =>
    count === null ? [] : [{ at, count, length: days / 30, month: monthOfYear }],
  );
  if (known.length < CHANGE_MIN_MONTHS) {
    const season = flatSeason();
    return {
      rule: RULE,
      season,
      fitted: months.map(() => null),
      segments: [],
      changes: [],
      trend: trendOf(known, season),
    };
  }
  const { season, cuts } = fitTogether(known);
  const total = (cut: Segment) => {
    const inside = known.slice(cut.from, cut.to);
    return {
      count: inside.reduce((sum, { count }) => sum + count, 0),
      exposure: inside.reduce((sum, { length, month }) => sum + length * season.factors[month], 0),
    };
  };
  const totals = cuts.map(total);
  const fitted: (number | null)[] = months.map(() => null);
  cuts.forEach((cut, number) => {
    const level = totals[number].count / totals[number].exposure;
    for (const { at, length, month } of known.slice(cut.from, cut.to))
      fitted[at] = level * length * season.factors[month];
  });
  const dispersion = residualDispersion(known, fitted, cuts.length + season.freedom);
  return {
    rule: RULE,
    season: season.factors,
    fitted,
    segments: cuts.map((cut, number) => {
      const { count, exposure } = totals[number];
      const { low, high } = poissonLimits(count / dispersion);
      const scale = dispersion / exposure;
      // Months without a report between two segments belong to the earlier one.
      const to = number + 1 < cuts.length ? known[cuts[number + 1].from].at : months.length;
      return {
        from: number === 0 ? 0 : known[cut.from].at,
        to,
        level: count / exposure,
        low: low * scale,
        high: high * scale,
      };
    }),
    changes: cuts.slice(1).map((cut, number) => {
      const before = totals[number];
      const after = totals[number + 1];
      const { ratio, low, high, p } = rateRatio(
        { before: before.count, after: after.count, exposureBefore: before.exposure, exposureAfter: after.exposure },
        dispersion,
      );
      return { at: known[cut.from].at, ratio: { value: ratio ?? 1, low: low ?? 0, high: high ?? Infinity, p: p ?? 1 } };
    }),
    trend: trendOf(known, season.factors),
  };
}

/** Season and levels in turns, each given the other, until the cuts stand still. */
function fitTogether(known: readonly KnownMonth[]) {
  const counts = known.map(({ count }) => count);
  let season = firstSeason(known);
  let cuts: Segment[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const exposures = known.map(({ length, month }) => length * season.factors[month]);
    const dispersion = neighbourDispersion(counts, exposures, season.freedom);
    const next = cutIntoLevels(counts, exposures, {
      minLength: MIN_LENGTH,
      penalty: dispersion * penaltyFor(known.length),
    });
    const levels = known.map(() => 0);
    for (const { from, to } of next) {
      const level = sum(counts.slice(from, to)) / sum(exposures.slice(from, to));
      levels.fill(level, from, to);
    }
    const isStill = next.length === cuts.length && next.every(({ from }, at) => from === cuts[at].from);
    cuts = next;
    if (isStill && round > 1) break;
    season = seasonGiven(known, levels, dispersion);
  }
  return { season, cuts };
}

interface Season {
  readonly factors: number[];
  /** What the season costs of the degrees of freedom: 0 when shrunk to nothing, 11 when not at all. */
  readonly freedom: number;
}

function flatSeason(): number[] {
  return Array.from({ length: 12 }, () => 1);
}

/** Blocks of twelve months each with a level of their own, so that a change between blocks is not taken for season. */
function firstSeason(known: readonly KnownMonth[]): Season {
  const blocks = Math.ceil((known[known.length - 1].at + 1) / 12);
  const counts = Array.from({ length: blocks }, () => Array.from({ length: 12 }, (): number | null => null));
  const days = counts.map((block) => block.map(() => 30));
  for (const { at, count, length, month } of known) {
    counts[Math.floor(at / 12)][month] = count;
    days[Math.floor(at / 12)][month] = length * 30;
  }
  return { factors: normalised(seasonalIndex(counts, days).map(({ index }) => index ?? 1)), freedom: 11 };
}

/**
 * Each month's count against what the levels expect, drawn towards 1 by as much as chance explains of how the twelve differ
 * (James–Stein; the variance of the season by moments), so that with two years' data noise is not made into season.
 */
function seasonGiven(known: readonly KnownMonth[], levels: readonly number[], dispersion: number): Season {
  const counts = flatSeason().fill(0);
  const expected = flatSeason().fill(0);
  known.forEach(({ count, length, month }, at) => {
    counts[month] += count;
    expected[month] += levels[at] * length;
  });
  const excess = sum(
    counts.map((count, month) => (count - expected[month]) ** 2 - (11 / 12) * dispersion * expected[month]),
  );
  const squares = sum(expected.map((value) => value * value));
  const variance = squares > 0 ? Math.max(0, excess / squares) : 0;
  const weights = expected.map((value) => (value > 0 ? (variance * value) / (variance * value + dispersion) : 0));
  return {
    factors: normalised(
      weights.map((weight, month) => 1 + (weight === 0 ? 0 : weight * (counts[month] / expected[month] - 1))),
    ),
    freedom: (11 / 12) * sum(weights),
  };
}

/** Mean 1; never 0, lest a single record in a month that had none before be impossible. */
function normalised(factors: readonly number[]): number[] {
  const kept = factors.map((factor) => Math.max(factor, 0.01));
  const mean = sum(kept) / 12;
  return kept.map((factor) => factor / mean);
}

/**
 * Variance ÷ Poisson variance, from the differences of neighbouring months, which a change of level touches only once.
 * Source: the idea is J. von Neumann's, Annals of Mathematical Statistics 12, 1941.
 */
function neighbourDispersion(counts: readonly number[], exposures: readonly number[], freedom: number): number {
  let total = 0;
  let pairs = 0;
  for (let at = 1; at < counts.length; at++) {
    const near = [Math.max(0, at - 6), at + 6] as const;
    const level = sum(counts.slice(...near)) / sum(exposures.slice(...near));
    if (level === 0) continue;
    const difference = counts[at] / exposures[at] - counts[at - 1] / exposures[at - 1];
    total += difference ** 2 / (level * (1 / exposures[at] + 1 / exposures[at - 1]));
    pairs++;
  }
  return pairs === 0 ? 1 : Math.max(1, (total / pairs) * (counts.length / (counts.length - freedom)));
}

/** Pearson's, of what the levels and the season leave over. */
function residualDispersion(
  known: readonly KnownMonth[],
  fitted: readonly (number | null)[],
  parameters: number,
): number {
  let pearson = 0;
  let cells = 0;
  for (const { at, count } of known) {
    const mean = fitted[at] ?? 0;
    if (mean === 0) continue;
    pearson += (count - mean) ** 2 / mean;
    cells++;
  }
  return cells > parameters ? Math.max(1, pearson / (cells - parameters)) : 1;
}

function trendOf(known: readonly KnownMonth[], season: readonly number[]): ChangePoints['trend'] {
  if (known.length < TREND_MIN_MONTHS) return null;
  const rates = known.map(({ count, length, month }) => count / (length * season[month]));
  const { s, z, p, tau } = mannKendall(rates);
  return {
    s,
    z,
    p,
    tau,
    slope: theilSen(
      rates,
      known.map(({ at }) => at),
    ).slope,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function check(months: readonly MonthCount[]): void {
  for (const [at, { count, days, monthOfYear }] of months.entries()) {
    if (count !== null && (!Number.isSafeInteger(count) || count < 0)) {
      throw new RangeError(`count ${count} of month ${at}; expected a whole number ≥ 0 or null`);
    }
    if (!(days > 0 && days <= 31)) throw new RangeError(`${days} days in month ${at}; expected 1 to 31`);
    if (!Number.isInteger(monthOfYear) || monthOfYear < 0 || monthOfYear > 11) {
      throw new RangeError(`month of the year ${monthOfYear} of month ${at}; expected 0 to 11`);
    }
  }
}
