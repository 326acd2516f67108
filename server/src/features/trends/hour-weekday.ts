import { addAoristic } from '@diemnong/analysis';
import type { getHourWeekday, HourWeekdayResponse, ParsedRequestOf } from '@diemnong/contracts';
import { startOfDaySeconds } from '../../snapshot/local-days.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { Moments } from '../../snapshot/snapshot-moments.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { listMoments } from './hour-weekday-queries.ts';

const rule =
  'aoristic-1: a record known to within one hour counts for the hour it begins in, a longer interval for each hour by the time it spends there (Ratcliffe 2000), one over 7 days for none';

const longestUs = 7 * 86_400_000_000;
/** Local midnight of a Monday, in ms: 5 January 1970. */
const someMondayMs = startOfDaySeconds(4) * 1000;

/** Hours of the week. */
export async function countHourWeekday(
  source: CountSource,
  query: ParsedRequestOf<typeof getHourWeekday>['query'],
): Promise<HourWeekdayResponse> {
  const { reference } = source;
  const selection = toSelection({ ...query, hours: undefined, weekdays: undefined }, reference);
  const { exact: exactMatrix, intervals } = await listMoments(source, selection);
  const hours = Float64Array.from(exactMatrix.flat());
  const { spread, leftOut } = spreadOver(hours, intervals);
  const matrix = Array.from({ length: 7 }, (_, weekday) => Array.from(hours.subarray(24 * weekday, 24 * weekday + 24)));
  const exact = sum(exactMatrix.flat());
  return {
    dataVersion: reference.dataVersion,
    from: query.from,
    to: query.to,
    rule,
    n: exact + spread,
    exact,
    spread,
    leftOut,
    matrix,
    exactMatrix,
    hours: Array.from({ length: 24 }, (_, hour) => sum(matrix.map((hours) => hours[hour]))),
    weekdays: matrix.map(sum),
  };
}

/** Add the intervals to the hours of the week, each with a weight of 1 in all. */
function spreadOver(
  hours: Float64Array,
  { startUs, durationUs, count }: Moments['intervals'],
): { spread: number; leftOut: number } {
  let [spread, leftOut] = [0, 0];
  for (let i = 0; i < count.length; i++) {
    if (durationUs[i] > longestUs) {
      leftOut += count[i];
      continue;
    }
    spread += count[i];
    const startMs = someMondayMs + startUs[i] / 1000;
    addAoristic(startMs, startMs + durationUs[i] / 1000, hours, count[i]);
  }
  return { spread, leftOut };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
