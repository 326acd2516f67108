import type { Story } from '@diemnong/contracts';
import { addYears, firstDayOfMonth, monthOf, toDay } from '../../snapshot/local-days.ts';
import { reachesBack } from '../../snapshot/reference-queries.ts';
import type { Place, Selection } from '../../snapshot/selection.ts';
import type { DayCounts } from '../../snapshot/snapshot-counts.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { countByDay } from '../trends/trends-queries.ts';
import { compare } from './comparison.ts';
import { isReported } from './reporting.ts';
import { profilePlace } from './stories-queries.ts';

export type StoryNumbers = Omit<Story, 'dataVersion' | 'place' | 'from' | 'to'>;

const monthsTold = 12;

/**
 * Everything a story counts. `reporting`: communes of the default set whose reports the place depends on.
 * The last of the twelve months holds the day before `to` and is cut at `to`, and so is the same month a year earlier.
 */
export async function tellStory(
  source: CountSource,
  selection: Selection,
  place: Place,
  reporting: readonly string[],
): Promise<{ numbers: StoryNumbers; communes: Set<string> }> {
  const { fromDay, toDay: endDay } = selection;
  const lastMonth = monthOf(endDay - 1);
  const firstMonth = lastMonth - monthsTold + 1;
  const earliest = Math.min(addYears(fromDay, -1), addYears(firstDayOfMonth(firstMonth), -1));
  const days = await countByDay(source, { ...selection, fromDay: earliest }, place);
  const profile = await profilePlace(source, selection, place);
  const months = Array.from({ length: monthsTold }, (_, i) => {
    const from = firstDayOfMonth(firstMonth + i);
    const to = Math.min(firstDayOfMonth(firstMonth + i + 1), endDay);
    return {
      from: toDay(from),
      to: toDay(to),
      count: sumDays(days, from, to),
      previousYear: sumDays(days, addYears(from, -1), addYears(to, -1)),
      reported: isReported(reporting, firstMonth + i, source.reference),
    };
  });
  const count = sumDays(days, fromDay, endDay);
  const numbers: StoryNumbers = {
    hiddenUnder: null,
    count,
    inCells: profile.inCells,
    communeOnly: profile.communeOnly,
    timeUnknown: sumDays(days, fromDay, endDay, 'timeUnknown'),
    ...compare(
      count,
      sumDays(days, addYears(fromDay, -1), addYears(endDay, -1)),
      reachesBack(source.reference, addYears(fromDay, -1)),
    ),
    months,
    categories: [...profile.categories]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    hourWeekday: profile.hourWeekday,
    hourKnown: profile.hourWeekday.flat().reduce((sum, count) => sum + count, 0),
  };
  return { numbers, communes: profile.communes };
}

/** Records of the days [from, to); both lie in what was counted. */
function sumDays(days: DayCounts, from: number, to: number, of: 'counts' | 'timeUnknown' = 'counts'): number {
  return days[of].subarray(from - days.fromDay, to - days.fromDay).reduce((sum, count) => sum + count, 0);
}
