import { addYears, firstDayOfMonth, monthOf } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { compare } from '../stories/comparison.ts';
import { isReported } from '../stories/reporting.ts';
import type { SpanSums } from './span-sums.ts';
import type { Period } from './trends-rules.ts';

/** A window, the one it is compared with, and both cut into pieces that lie in one calendar month each. */
export type Pair = { now: Period; before: Period; pieces: { now: Period; before: Period }[] };

/** The same calendar dates one year earlier; 29 February becomes 28 February. */
export function yearEarlier(now: Period): Pair {
  const to = (day: number) => addYears(day, -1);
  return pairOf(now, { from: to(now.from), to: to(now.to) }, monthStartsIn(now), to);
}

/** The window of equal length that begins on another day. */
export function shifted(now: Period, before: Period): Pair {
  const shift = before.from - now.from;
  const cuts = [...monthStartsIn(now), ...monthStartsIn(before).map((day) => day - shift)];
  return pairOf(now, before, cuts, (day) => day + shift);
}

function pairOf(now: Period, before: Period, cuts: readonly number[], toBefore: (day: number) => number): Pair {
  const ends = [...new Set([now.from, ...cuts, now.to])].sort((a, b) => a - b);
  const pieces = ends.slice(1).map((to, i) => ({
    now: { from: ends[i], to },
    before: { from: toBefore(ends[i]), to: toBefore(to) },
  }));
  return { now, before, pieces };
}

/** First days of months inside a window, its own first day left out. */
function monthStartsIn({ from, to }: Period): number[] {
  const starts: number[] = [];
  for (let month = monthOf(from) + 1; firstDayOfMonth(month) < to; month++) starts.push(firstDayOfMonth(month));
  return starts;
}

/** Every window that a comparison counts. */
export function windowsOf({ now, before, pieces }: Pair): Period[] {
  return [now, before, ...pieces.flatMap((piece) => [piece.now, piece.before])];
}

type Compared = {
  comparedCount: number;
  comparedPrevious: number;
  comparedMonths: number;
  communeMonths: number;
} & Pick<ReturnType<typeof compare>, 'ratio' | 'changePercent'>;

/**
 * THE rule of every comparison of trends: a commune's part of a piece counts when the commune reported the calendar months of both
 * sides. What a silent commune would have had is in neither number, so that silence does not look like a fall.
 */
export function compareReported(
  sums: SpanSums,
  { pieces }: Pair,
  communes: readonly string[],
  reference: Reference,
): Compared {
  let [comparedCount, comparedPrevious, comparedMonths, communeMonths] = [0, 0, 0, 0];
  for (const { now, before } of pieces) {
    const [month, monthBefore] = [monthOf(now.from), monthOf(before.from)];
    communeMonths += communes.length;
    if (before.from === before.to) continue; // 28 February alone in a leap year, seen from the 29th
    for (const code of communes) {
      if (!isReported([code], month, reference) || !isReported([code], monthBefore, reference)) continue;
      comparedMonths++;
      comparedCount += sums.of(code, now);
      comparedPrevious += sums.of(code, before);
    }
  }
  const { ratio, changePercent } = compare(comparedCount, comparedPrevious, comparedMonths > 0);
  return { comparedCount, comparedPrevious, comparedMonths, communeMonths, ratio, changePercent };
}
