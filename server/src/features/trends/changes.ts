import { CHANGE_MIN_MONTHS, changePoints } from '@diemnong/analysis';
import type { ChangesResponse, getChanges, ParsedRequestOf } from '@diemnong/contracts';
import { monthOf, toDay } from '../../snapshot/local-days.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { finite } from '../stories/comparison.ts';
import { countReported, reportingCommunes, unreportedIn } from './reported-days.ts';
import { cutsOf, sumSpans } from './span-sums.ts';
import { countBySpan } from './trends-queries.ts';
import { type Period, wholePeriodsOf } from './trends-rules.ts';

const unreportedRule =
  'months that some commune did not report count for the days × usual share of the others, under half left out';

/** Breaks in the level of the monthly series. */
export async function findChanges(
  source: CountSource,
  query: ParsedRequestOf<typeof getChanges>['query'],
): Promise<ChangesResponse> {
  const { reference } = source;
  const selection = toSelection(query, reference);
  const window = { from: selection.fromDay, to: selection.toDay };
  const communes = reportingCommunes(selection, reference);
  const months = wholePeriodsOf('month', window.from, window.to, reference.cutoffDay);
  const sums = sumSpans(await countBySpan(source, selection, cutsOf([window, ...months])));
  const steps = countReported(sums, months, communes, reference);
  // From the first month that counts to the last: what lies before and after is in no segment.
  const first = steps.findIndex(({ count }) => count !== null);
  const end = steps.findLastIndex(({ count }) => count !== null) + 1;
  const found = changePoints(
    steps.slice(Math.max(first, 0), end).map(({ count, days }, i) => ({
      count,
      days: count === null ? lengthOf(months[first + i]) : days,
      monthOfYear: monthOf(months[first + i].from) % 12,
    })),
  );
  const usable = steps.filter(({ count }) => count !== null).length;
  return {
    dataVersion: reference.dataVersion,
    from: query.from,
    to: query.to,
    rule: `${found.rule}; ${unreportedRule}`,
    n: sums.all(window),
    months: months.map((month, i) => ({
      from: toDay(month.from),
      to: toDay(month.to),
      count: sums.all(month),
      counted: steps[i].counted,
      share: steps[i].share,
      reported: unreportedIn(reference, communes, month.from, month.to).communeMonths === 0,
      fitted: found.fitted[i - first] ?? null,
    })),
    usable,
    needed: CHANGE_MIN_MONTHS,
    segments: found.segments.map(({ from, to, level, low, high }) => ({
      from: toDay(months[first + from].from),
      to: toDay(months[first + to - 1].to),
      level,
      low,
      high,
    })),
    changes: found.changes.map(({ at, ratio }) => ({
      at: toDay(months[first + at].from),
      ratio: { value: finite(ratio.value), low: ratio.low, high: finite(ratio.high), p: ratio.p },
    })),
    trend: found.trend,
  };
}

function lengthOf({ from, to }: Period): number {
  return to - from;
}
