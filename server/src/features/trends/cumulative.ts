import type { CumulativeResponse, getCumulative, ParsedRequestOf, Ratio } from '@diemnong/contracts';
import { dayInMonth, firstDayOfMonth, toDay } from '../../snapshot/local-days.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { findRange } from '../meta/meta-queries.ts';
import { compareReported, windowsOf, yearEarlier } from './compared-windows.ts';
import { reportingCommunes, unreportedIn } from './reported-days.ts';
import { cutsOf, sumSpans } from './span-sums.ts';
import { countBySpan } from './trends-queries.ts';
import { type Period, periodsOf } from './trends-rules.ts';

/** The year so far beside last year and the goal. Nothing after the last record's day is counted, and nothing is carried forward. */
export async function countCumulative(
  source: CountSource,
  query: ParsedRequestOf<typeof getCumulative>['query'],
): Promise<CumulativeResponse> {
  const { reference } = source;
  const { cutoffDay, yearlyReductionPercent } = reference;
  const { from, to } = yearOf(query.year, query.by, cutoffDay);
  const selection = toSelection({ ...query, from: toDay(from), to: toDay(to) }, reference);
  const communes = reportingCommunes(selection, reference);
  const { lastDay } = await findRange(source);
  const until = Math.min(to, Math.max(from, (lastDay ?? from - 1) + 1));
  const ends = periodsOf(query.by, from, to, cutoffDay).map((month) => month.to);
  const points = [...new Set(until > from ? [...ends, until] : ends)].sort((a, b) => a - b);
  const soFar = until > from ? yearEarlier({ from, to: until }) : undefined;
  const lastYear = yearEarlier({ from, to }).before;
  const upTo = (end: number) => yearEarlier({ from, to: end });
  const windows = [...points.map(upTo).flatMap(({ now, before }) => [now, before]), lastYear];
  const sums = sumSpans(await countBySpan(source, selection, cutsOf([...windows, ...(soFar ? windowsOf(soFar) : [])])));
  const goal = 1 - yearlyReductionPercent / 100;
  const countUnreported = (end: number): number => {
    if (soFar === undefined) return 0;
    const { now, before } = upTo(Math.min(end, until));
    return [now, before].reduce(
      (sum, window) => sum + unreportedIn(reference, communes, window.from, window.to).communeMonths,
      0,
    );
  };
  const comparison =
    soFar === undefined
      ? { comparedCount: 0, comparedPrevious: 0, comparedMonths: 0, communeMonths: 0, ratio: null, changePercent: null }
      : compareReported(sums, soFar, communes, reference);
  return {
    dataVersion: reference.dataVersion,
    year: query.year,
    by: query.by,
    from: toDay(from),
    to: toDay(to),
    until: toDay(until),
    goalPercent: yearlyReductionPercent,
    points: points.map((end) => {
      const { now, before } = upTo(end);
      const previous = sums.all(before);
      return {
        to: toDay(end),
        current: end <= until ? sums.all(now) : null,
        previous,
        goal: previous * goal,
        unreported: countUnreported(end),
      };
    }),
    current: soFar === undefined ? 0 : sums.all(soFar.now),
    previous: soFar === undefined ? 0 : sums.all(soFar.before),
    previousWholeYear: sums.all(lastYear),
    ...comparison,
    state: stateOf(comparison.ratio, goal),
    unreported: countUnreported(until),
  };
}

/** A calendar year, or the reporting year that begins on the cut-off day of the December before. */
function yearOf(year: number, by: 'month' | 'reporting', cutoffDay: number): Period {
  const start = (of: number) => (by === 'month' ? firstDayOfMonth(12 * of) : dayInMonth(12 * of - 1, cutoffDay));
  return { from: start(year), to: start(year + 1) };
}

function stateOf(ratio: Ratio, goal: number): CumulativeResponse['state'] {
  if (ratio === null) return 'no-data';
  const { value, low, high } = ratio;
  // null stands for infinity.
  if (high !== null && high <= goal) return 'met';
  if (low === null || low > goal) return 'missed';
  return value !== null && value <= goal ? 'likely-met' : 'likely-missed';
}
