import { RELAPSE_RULE } from '@diemnong/analysis';
import {
  AppError,
  type AreaTask,
  type AreaTaskStory,
  type AreaTasksResponse,
  type decideAreaTask,
  type listAreaTasks,
  type ParsedRequestOf,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { categoriesOf } from '../area-evidence/area-evidence-rules.ts';
import { prepareRecords } from '../area-evidence/evidence-basis.ts';
import { recordsOf } from '../area-evidence/tell-evidence.ts';
import { listAreasById } from '../areas/areas-queries.ts';
import { enterEvent } from '../areas/enter-event.ts';
import { refusePersonNumber } from '../imports/rows/refuse-person-number.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import { listTaskRows, lockTask, saveDecision, sumWatchRuns } from './area-tasks-queries.ts';
import { countsOf } from './refresh-area-tasks.ts';
import { sameMonth } from './relapse-window-rules.ts';
import { isCutByScope, recounted, tasksWithinReach } from './tasks-within-reach.ts';

/** GET /api/area-tasks. */
export async function listTasks(
  { db, snapshots }: Pick<AppContext, 'db' | 'snapshots'>,
  { state, area }: ParsedRequestOf<typeof listAreaTasks>['query'],
  { scope }: Identity,
): Promise<AreaTasksResponse> {
  const answer = await db.transaction(
    scope,
    async (transaction) => ({
      dataVersion: (await getVersions(transaction)).data,
      rule: RELAPSE_RULE,
      checked: await sumWatchRuns(transaction),
      tasks: await listTaskRows(transaction, { state, area }),
    }),
    { snapshot: true },
  );
  return { ...answer, tasks: await tasksWithinReach(snapshots, scope, answer.tasks) };
}

/** GET /api/area-tasks/:id: the task as it was opened, with its months as the data within reach stand now. Errors: `not_found`. */
export function tellTask(
  { snapshots }: Pick<AppContext, 'snapshots'>,
  id: string,
  { scope }: Identity,
): Promise<AreaTaskStory> {
  return snapshots.read(scope, async (source) => {
    const { task, area } = await source.ask(async (database) => {
      const task = (await listTaskRows(database, { id }))[0];
      const area = task && (await listAreasById(database, [task.area.id]))[0];
      if (task === undefined || area === undefined) throw noSuchTask(id);
      return { task, area };
    });
    const { window, baseline } = task;
    const monthOfDay = (day: string) => monthOf(toDayNumber(day));
    const firstMonth = monthOfDay(baseline.from);
    const endMonth = Math.max(currentMonth(), monthOfDay(window.to));
    const selection = recordsOf(area, source, firstDayOfMonth(firstMonth), firstDayOfMonth(endMonth));
    const records = await prepareRecords(source, selection, endMonth);
    const codes = categoriesOf(area.types, source.reference);
    const countOf = countsOf(records, area, codes, { firstMonth, endMonth });
    // After the last month with a report there is nothing to draw.
    let shownTo = endMonth;
    while (shownTo > monthOfDay(window.to) && countOf(shownTo - 1) == null) shownTo--;
    return {
      dataVersion: source.reference.dataVersion,
      task: isCutByScope(scope, area) ? recounted(task, countOf) : task,
      months: Array.from({ length: shownTo - firstMonth }, (_, i) => {
        const month = firstMonth + i;
        const from = toDay(firstDayOfMonth(month));
        return {
          from,
          to: toDay(firstDayOfMonth(month + 1)),
          count: countOf(month) ?? null,
          baseline: countOf(sameMonth(month, monthOfDay(baseline.to))) ?? null,
          phase:
            from < baseline.to ? 'baseline' : from >= window.from && from < window.to ? 'window' : ('between' as const),
        };
      }),
    };
  });
}

/**
 * PATCH /api/area-tasks/:id. Confirming enters the step `relapsed`, which waits for a second person as any other; the status
 * stays as it is until then.
 * Errors: `person_data`; `not_found`; `conflict` when it is no longer open, or the step may not be entered.
 */
export async function decideAboutTask(
  { db }: Pick<AppContext, 'db'>,
  id: string,
  { decision, reason, on }: ParsedRequestOf<typeof decideAreaTask>['body'],
  identity: Identity,
): Promise<AreaTask> {
  refusePersonNumber(reason, { vi: 'Nhận định', en: 'The finding' });
  if (on !== undefined && decision === 'dismissed')
    throw new AppError(
      'invalid_input',
      'Ngày tái phức tạp (on) chỉ dùng khi xác nhận. (on is of confirmed alone; got decision dismissed.)',
    );
  return db.transaction(identity.scope, async (transaction) => {
    await lockTask(transaction, id);
    const before = (await listTaskRows(transaction, { id }))[0];
    if (before === undefined) throw noSuchTask(id);
    if (before.state !== 'open') throw notOpen(before);
    const entered =
      decision === 'confirmed'
        ? await enterEvent(transaction, identity, before.area.id, {
            type: 'relapsed',
            on: on ?? toDay(toDayNumber(before.window.to) - 1),
            reason,
          })
        : undefined;
    const { accountId, username } = identity;
    const eventId = entered?.eventId ?? null;
    await saveDecision(transaction, id, { state: decision, reason, eventId, accountId, username });
    const after = (await listTaskRows(transaction, { id }))[0] ?? before;
    await recordAudit(transaction, identity, {
      action: 'area_task.decided',
      target: `area_task/${id}`,
      before: inLog(before),
      after: inLog(after),
    });
    return after;
  });
}

function inLog({ area, window, baseline, state, reason, eventId }: AreaTask) {
  return { area: area.id, number: area.number, window, baseline, state, reason, eventId };
}

function noSuchTask(id: string): AppError {
  return new AppError('not_found', `Không có việc xem xét ${id}. (There is no such review task.)`);
}

function notOpen({ state, decidedBy }: AreaTask): AppError {
  return new AppError(
    'conflict',
    state === 'withdrawn'
      ? 'Việc xem xét này đã được rút vì căn cứ không còn. (The task was withdrawn: its cause is gone.)'
      : `Việc xem xét này đã được ${decidedBy ?? 'máy chủ'} quyết định. (The task was decided already.)`,
    { details: { reason: 'not_open', state } },
  );
}
