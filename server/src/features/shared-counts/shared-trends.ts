import type { getTrends, ParsedRequestOf, ResponseOf } from '@diemnong/contracts';
import type { Scope } from '../../access/scope.ts';
import { addYears, firstDayOfMonth, monthOf, toDay } from '../../snapshot/local-days.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { periodsOf } from '../trends/trends-rules.ts';
import { readShared } from './read-shared.ts';
import { countMonths } from './shared-sums.ts';
import { refuse, sharedGroups, sharedMonths, sharedSelection } from './shared-window.ts';

/** Counts per month, quarter or year for a viewer: whole months, all records or groups of categories. */
export function listSharedTrends(
  snapshots: SnapshotStore,
  viewer: Scope,
  query: ParsedRequestOf<typeof getTrends>['query'],
): Promise<ResponseOf<typeof getTrends>> {
  return readShared(snapshots, viewer, async ({ reference, publication }) => {
    const { by } = query;
    if (by === 'week' || by === 'reporting')
      refuse('chỉ xem được theo tháng, quý hoặc năm', 'can ask by month, quarter or year only');
    if (query.area !== undefined) refuse('không xem được theo địa bàn', 'cannot ask about an area');
    if (query.align === 'lunar')
      refuse('chỉ so được với cùng kỳ dương lịch', 'can compare with the same calendar dates only');
    const { fromMonth, toMonth } = sharedMonths(sharedSelection(query, reference), publication);
    const groups = sharedGroups(query, publication);
    const communes = communesOf(reference.defaultSet, reference).map(({ code }) => code);
    const bounds = [firstDayOfMonth(fromMonth), firstDayOfMonth(toMonth)] as const;
    const periods = periodsOf(by, ...bounds, reference.cutoffDay).map(({ from, to }) => {
      const [first, end] = [monthOf(from), monthOf(to)];
      const months = monthsTouching(from, to);
      const silent = communes.filter((code) => months.some((month) => !isReported([code], month, reference)));
      return {
        from: toDay(from),
        to: toDay(to),
        count: countMonths(publication, first, end, groups),
        previousYear: countMonths(publication, first - 12, end - 12, groups),
        previousFrom: toDay(addYears(from, -1)),
        previousTo: toDay(addYears(to, -1)),
        // Which commune's months are in a comparison is not published, so nothing is compared.
        comparedCount: null,
        comparedPrevious: null,
        comparedMonths: 0,
        communeMonths: communes.length * months.length,
        ratio: null,
        changePercent: null,
        reported: silent.length === 0,
        unreportedCommunes: silent.length,
      };
    });
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: publication.smallest,
      by,
      align: query.align,
      total: countMonths(publication, fromMonth, toMonth, groups),
      timeUnknown: 0,
      periods,
    };
  });
}
