import type { getTrends, ParsedRequestOf, ResponseOf } from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { addYears, toDay } from '../../snapshot/local-days.ts';
import { communesOf, toSelection } from '../../snapshot/selection.ts';
import { listSharedTrends } from '../shared-counts/shared-trends.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { sumDays } from '../stories/stories-rules.ts';
import { countByDay } from './trends-queries.ts';
import { periodsOf } from './trends-rules.ts';

/** Counts per period with the same dates a year earlier: the window and the year before it are read once, day by day. */
export function listTrends(
  { snapshots }: AppContext,
  query: ParsedRequestOf<typeof getTrends>['query'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof getTrends>> {
  if (identity.scope.reach === 'shared') return listSharedTrends(snapshots, identity.scope, query);
  return snapshots.read(identity.scope, async (source) => {
    const { reference } = source;
    const selection = toSelection(query, reference);
    const { fromDay, toDay: endDay } = selection;
    const days = await countByDay(source, { ...selection, fromDay: addYears(fromDay, -1) });
    const communes = selection.communes ?? communesOf(reference.defaultSet, reference).map(({ code }) => code);
    const periods = periodsOf(query.by, fromDay, endDay, reference.cutoffDay).map(({ from, to }) => {
      const months = monthsTouching(from, to);
      const silent = communes.filter((code) => months.some((month) => !isReported([code], month, reference)));
      return {
        from: toDay(from),
        to: toDay(to),
        count: sumDays(days, from, to),
        previousYear: sumDays(days, addYears(from, -1), addYears(to, -1)),
        reported: silent.length === 0,
        unreportedCommunes: silent.length,
      };
    });
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: null,
      by: query.by,
      total: sumDays(days, fromDay, endDay),
      timeUnknown: sumDays(days, fromDay, endDay, 'timeUnknown'),
      periods,
    };
  });
}
