import { AppError, type getTrends, type ParsedRequestOf, type TrendsResponse } from '@diemnong/contracts';
import { toDay } from '../../snapshot/local-days.ts';
import { toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { noSuchArea } from '../areas/area-words.ts';
import { findArea } from '../areas/areas-queries.ts';
import { compareReported, type Pair, shifted, windowsOf, yearEarlier } from './compared-windows.ts';
import { reportingCommunes, unreportedIn } from './reported-days.ts';
import { cutsOf, sumSpans } from './span-sums.ts';
import { alignToTet } from './tet-season.ts';
import { countBySpan } from './trends-queries.ts';
import { type Period, type PeriodKind, periodsOf } from './trends-rules.ts';

/** Counts per period, each with the same dates a year earlier, or the same days around Tết. */
export async function countPeriods(
  source: CountSource,
  query: ParsedRequestOf<typeof getTrends>['query'],
): Promise<TrendsResponse> {
  const { reference } = source;
  const area = query.area === undefined ? undefined : await findPlace(source, query.area);
  const selection = { ...toSelection(query, reference), cells: area?.cells };
  const window = { from: selection.fromDay, to: selection.toDay };
  const communes = selection.communes ?? area?.communeCodes ?? reportingCommunes(selection, reference);
  const pairs = periodsOf(query.by, window.from, window.to, reference.cutoffDay).map((period) =>
    pairWith(period, query.by, query.align),
  );
  const counts = await countBySpan(source, selection, cutsOf([window, ...pairs.flatMap(windowsOf)]));
  const sums = sumSpans(counts);
  return {
    dataVersion: reference.dataVersion,
    hiddenUnder: null,
    by: query.by,
    align: query.align,
    total: sums.all(window),
    timeUnknown: counts.timeUnknown
      .subarray(counts.cuts.indexOf(window.from), counts.cuts.indexOf(window.to))
      .reduce((sum, count) => sum + count, 0),
    periods: pairs.map((pair) => {
      const { now, before } = pair;
      const silent = unreportedIn(reference, communes, now.from, now.to).byCommune.size;
      return {
        from: toDay(now.from),
        to: toDay(now.to),
        count: sums.all(now),
        previousYear: sums.all(before),
        previousFrom: toDay(before.from),
        previousTo: toDay(before.to),
        ...compareReported(sums, pair, communes, reference),
        reported: silent === 0,
        unreportedCommunes: silent,
      };
    }),
  };
}

/** Errors: `not_found`; `unprocessable` while it is not drawn: no records are not no incidents. */
async function findPlace({ ask }: CountSource, id: string): Promise<{ cells: string[]; communeCodes: string[] }> {
  const area = await ask((database) => findArea(database, id));
  if (area === undefined) throw noSuchArea(id);
  if (area.cells.length === 0)
    throw new AppError(
      'unprocessable',
      `Địa bàn ĐB-${area.number} chưa được vẽ nên chưa đếm được vụ việc. (The area is not drawn yet, so nothing can be counted in it.)`,
    );
  return area;
}

/** Years are never moved: each holds one whole Tết season, and a window of its length, moved by 354 days, would overlap it. */
function pairWith(period: Period, by: PeriodKind, align: 'calendar' | 'lunar'): Pair {
  const before = align === 'lunar' && by !== 'year' ? alignToTet(period) : undefined;
  return before === undefined ? yearEarlier(period) : shifted(period, before);
}
