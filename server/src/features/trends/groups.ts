import { mannKendall, theilSen } from '@diemnong/analysis';
import type { GroupTableResponse, getGroupTable, ParsedRequestOf } from '@diemnong/contracts';
import { toDay } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { smallestBase } from '../stories/comparison.ts';
import { compareReported, windowsOf, yearEarlier } from './compared-windows.ts';
import { countReported, reportingCommunes, unreportedIn } from './reported-days.ts';
import { cutsOf, type SpanSums, sumSpans } from './span-sums.ts';
import { countBySpan } from './trends-queries.ts';
import { type Period, periodsOf, wholePeriodsOf } from './trends-rules.ts';

const rule =
  'groups-1: exact rate ratio of commune-months reported in both years; trend: Mann–Kendall and Theil–Sen over records per day of whole periods, those that some commune did not report divided by days × usual share of the others, under half left out';

/** Under this many periods nothing is called a trend. */
const trendMinPeriods = 12;

/** Groups of categories × periods. */
export async function countGroups(
  source: CountSource,
  query: ParsedRequestOf<typeof getGroupTable>['query'],
): Promise<GroupTableResponse> {
  const { reference } = source;
  const selection = toSelection(query, reference);
  const { fromDay, toDay: endDay } = selection;
  const communes = reportingCommunes(selection, reference);
  const pairs = periodsOf(query.by, fromDay, endDay, reference.cutoffDay).map(yearEarlier);
  const whole = yearEarlier({ from: fromDay, to: endDay });
  const forTrend = wholePeriodsOf(query.by, fromDay, endDay, reference.cutoffDay);
  const { codes, grouping } = groupsOf(reference);
  const wanted =
    selection.categories && new Set(selection.categories.map((code) => codes[grouping.of.get(code) ?? -1]));
  const counts = await countBySpan(source, selection, cutsOf([whole, ...pairs].flatMap(windowsOf)), grouping);
  const rowOf = (code: string | null, sums: SpanSums): GroupTableResponse['rows'][number] => {
    const compared = compareReported(sums, whole, communes, reference);
    return {
      code,
      cells: pairs.map((pair) => {
        const { comparedCount, comparedPrevious, ratio } = compareReported(sums, pair, communes, reference);
        return { count: sums.all(pair.now), previous: sums.all(pair.before), comparedCount, comparedPrevious, ratio };
      }),
      total: sums.all(whole.now),
      previous: sums.all(whole.before),
      ...compared,
      isSmallBase: compared.comparedPrevious < smallestBase,
      trend: trendOf(sums, forTrend, communes, reference),
    };
  };
  return {
    dataVersion: reference.dataVersion,
    by: query.by,
    rule,
    periods: pairs.map(({ now }) => ({
      from: toDay(now.from),
      to: toDay(now.to),
      unreportedCommunes: unreportedIn(reference, communes, now.from, now.to).byCommune.size,
    })),
    rows: [
      ...codes.flatMap((code, group) =>
        wanted === undefined || wanted.has(code) ? [rowOf(code, sumSpans(counts, [group]))] : [],
      ),
      rowOf(null, sumSpans(counts)),
    ],
  };
}

/** Groups in the order of the tree; codes that are not in the tree go to one more group, which only the sum of all shows. */
function groupsOf({ categories }: Reference): {
  codes: string[];
  grouping: { of: Map<string, number>; count: number };
} {
  const codes = categories.filter(({ parent }) => parent === null).map(({ code }) => code);
  const of = new Map(categories.map(({ code, parent }) => [code, codes.indexOf(parent ?? code)]));
  return { codes, grouping: { of, count: codes.length + 1 } };
}

function trendOf(
  sums: SpanSums,
  periods: readonly Period[],
  communes: readonly string[],
  reference: Reference,
): GroupTableResponse['rows'][number]['trend'] {
  const steps = countReported(sums, periods, communes, reference).filter(({ count }) => count !== null);
  if (steps.length < trendMinPeriods) return null;
  const perDay = steps.map(({ counted, days }) => counted / days);
  const meanDays = periods.reduce((sum, { from, to }) => sum + to - from, 0) / periods.length;
  const { tau, p } = mannKendall(perDay);
  return { tau, p, slope: theilSen(perDay).slope * meanDays };
}
