import { relapseSignal } from '@diemnong/analysis';
import type { AreaTask } from '@diemnong/contracts';
import type { Scope } from '../../access/scope.ts';
import { monthOf, toDayNumber } from '../../snapshot/local-days.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { categoriesOf } from '../area-evidence/area-evidence-rules.ts';
import { allRecords, prepareRecords } from '../area-evidence/evidence-basis.ts';
import { type AreaRow, listAreasById } from '../areas/areas-queries.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import { finite } from '../stories/comparison.ts';
import { countsOf } from './refresh-area-tasks.ts';
import { type CountOf, windowAgain } from './relapse-window-rules.ts';

/** Does some of the area lie where the scope does not reach? Only a commune's does: an area lies in one province. */
export function isCutByScope({ reach }: Scope, { communeCodes }: Pick<AreaRow, 'communeCodes'>): boolean {
  return reach === 'commune' && communeCodes.length > 1;
}

/**
 * Tasks as the account may know them: of an area that lies in other communes too, a commune is told its own records alone, as beside
 * the evidence, or those next door would be the difference.
 */
export async function tasksWithinReach(
  snapshots: SnapshotStore,
  scope: Scope,
  tasks: readonly AreaTask[],
): Promise<AreaTask[]> {
  if (scope.reach !== 'commune' || tasks.length === 0) return [...tasks];
  return snapshots.read(scope, async (source) => {
    const ids = [...new Set(tasks.map(({ area }) => area.id))];
    const areas = (await source.ask((database) => listAreasById(database, ids))).filter((area) =>
      isCutByScope(scope, area),
    );
    if (areas.length === 0) return [...tasks];
    const cut = new Map(areas.map((area) => [area.id, area]));
    const endMonth = currentMonth();
    const cells = [...new Set(areas.flatMap((area) => area.cells))];
    const records = await prepareRecords(source, { ...allRecords, cells }, endMonth);
    return tasks.map((task) => {
      const area = cut.get(task.area.id);
      if (area === undefined) return task;
      const codes = categoriesOf(area.types, source.reference);
      const firstMonth = monthOf(toDayNumber(task.baseline.from));
      return recounted(task, countsOf(records, area, codes, { firstMonth, endMonth }));
    });
  });
}

/** The same months once more, of the records within reach as they stand now; no days where they cannot be compared any more. */
export function recounted(task: AreaTask, countOf: CountOf): AreaTask {
  const { from, to } = task.window;
  const again = windowAgain(countOf, { begunOn: task.baseline.to, from, to });
  if (again === undefined) {
    const [window, baseline] = [task.window, task.baseline].map((months) => ({ ...months, count: 0, days: 0 }));
    return { ...task, window, baseline, ratio: null, low: null, high: null, hiddenByScope: true };
  }
  const { window, baseline } = again;
  const { ratio, low, high } = relapseSignal({
    count: window.count,
    days: window.days,
    baselineCount: baseline.count,
    baselineDays: baseline.days,
    share: 1,
  });
  return { ...task, window, baseline, ratio: finite(ratio), low: finite(low), high: finite(high), hiddenByScope: true };
}
