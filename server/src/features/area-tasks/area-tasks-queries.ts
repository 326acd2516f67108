import { randomUUID } from 'node:crypto';
import { relapseSignal } from '@diemnong/analysis';
import type { AreaTask, NoteDecision, NoteState } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { readAreasBasis } from '../area-evidence/area-evidence-queries.ts';
import { statusAt } from '../areas/area-status-queries.ts';
import { finite } from '../stories/comparison.ts';

/** Statuses whose areas are under watch: transformed, and not yet closed. */
const watchedStatuses = ['assessed_success', 'removed', 'watched'];

/** The months compared, and those of the baseline year. */
type Windows = {
  windowFrom: string;
  windowTo: string;
  windowCount: number;
  windowDays: number;
  baselineFrom: string;
  baselineTo: string;
  baselineCount: number;
  baselineDays: number;
};

type TaskRow = Windows & {
  id: string;
  areaId: string;
  number: number;
  name: string;
  communeCode: string;
  communeName: string;
  state: NoteState;
  rule: string;
  dataVersion: number;
  openedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
  eventId: string | null;
};

/** Tasks within reach, open ones first, then the newest window, then the area's number. */
export async function listTaskRows(
  database: Knex,
  filter: { id?: string; state?: NoteState | undefined; area?: string | undefined },
): Promise<AreaTask[]> {
  const { rows } = await database.raw<{ rows: TaskRow[] }>(
    `select task.id, area.id as "areaId", area.number, area.name, area.commune_code as "communeCode",
            coalesce(commune.full_name, area.commune_code) as "communeName", task.state, task.rule,
            task.data_version as "dataVersion", task.opened_at as "openedAt",
            window_from::text as "windowFrom", window_to::text as "windowTo", window_count as "windowCount",
            window_days as "windowDays", baseline_from::text as "baselineFrom", baseline_to::text as "baselineTo",
            baseline_count as "baselineCount", baseline_days as "baselineDays",
            task.decided_at as "decidedAt", task.decided_by as "decidedBy", task.reason, task.event_id as "eventId"
     from area_task as task
     join area on area.id = task.area_id
     left join boundary_set on boundary_set.is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     where (cast(:id as uuid) is null or task.id = cast(:id as uuid))
       and (cast(:state as text) is null or task.state = :state)
       and (cast(:area as uuid) is null or task.area_id = cast(:area as uuid))
     order by task.state <> 'open', window_from desc, area.province_code, area.number`,
    { id: filter.id ?? null, state: filter.state ?? null, area: filter.area ?? null },
  );
  return rows.map(toTask);
}

function toTask(row: TaskRow): AreaTask {
  const { windowCount: count, windowDays: days, baselineCount, baselineDays } = row;
  const { ratio, low, high } = relapseSignal({ count, days, baselineCount, baselineDays, share: 1 });
  return {
    id: row.id,
    area: {
      id: row.areaId,
      number: row.number,
      name: row.name,
      commune: { code: row.communeCode, name: row.communeName },
    },
    state: row.state,
    rule: row.rule,
    dataVersion: row.dataVersion,
    openedAt: row.openedAt.toISOString(),
    window: { from: row.windowFrom, to: row.windowTo, count, days },
    baseline: { from: row.baselineFrom, to: row.baselineTo, count: baselineCount, days: baselineDays },
    ratio: finite(ratio),
    low: finite(low),
    high: finite(high),
    hiddenByScope: false,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
    reason: row.reason,
    eventId: row.eventId,
  };
}

/** Until the end of the transaction nobody else decides about it. */
export async function lockTask(transaction: Knex.Transaction, id: string): Promise<void> {
  await transaction.raw('select id from area_task where id = :id for update', { id });
}

/** Of a task that is open and locked. */
export async function saveDecision(
  transaction: Knex.Transaction,
  id: string,
  decision: {
    state: NoteDecision;
    reason: string;
    eventId: string | null;
    accountId: string | null;
    username: string;
  },
): Promise<void> {
  await transaction('area_task').where({ id, state: 'open' }).update({
    state: decision.state,
    reason: decision.reason,
    event_id: decision.eventId,
    account_id: decision.accountId,
    decided_by: decision.username,
    decided_at: transaction.fn.now(),
  });
}

/** The last look at the areas within reach, summed. */
export async function sumWatchRuns(database: Knex): Promise<{ areas: number; notComparable: number }> {
  const { rows } = await database.raw<{ rows: [{ areas: number; notComparable: number }] }>(
    `select coalesce(sum(areas), 0)::int as areas, coalesce(sum(not_comparable), 0)::int as "notComparable"
     from area_watch_run`,
  );
  return rows[0];
}

/** Places, steps and rules of all areas, as a text that differs after every change of one of them. */
export async function readPlanningBasis(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { rules: string }[] }>(
    `select concat_ws('.', count(*), extract(epoch from max(changed_at))) as rules from area_rules`,
  );
  return `${rows[0]?.rules ?? ''} ${await readAreasBasis(database)}`;
}

/** Is the last look, of all communes, of this basis? */
export async function isWatched(database: Knex, basis: string): Promise<boolean> {
  const { rows } = await database.raw<{ rows: { isSame: boolean | null }[] }>(
    'select bool_and(basis = :basis) as "isSame" from area_watch_run',
    { basis },
  );
  return rows[0]?.isSame ?? false;
}

/** Until the end of the transaction no other process writes what it saw. */
export async function lockWatchRuns(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table area_watch_run in share row exclusive mode');
}

export type WatchRun = { provinceCode: string; communeCode: string; areas: number; notComparable: number };

/** In place of the last look, whatever communes it was of. */
export async function saveWatchRuns(transaction: Knex.Transaction, basis: string, runs: WatchRun[]): Promise<void> {
  await transaction('area_watch_run').delete();
  await transaction.raw(
    `insert into area_watch_run (province_code, commune_code, basis, areas, not_comparable)
     select "provinceCode", "communeCode", :basis, areas, "notComparable"
     from jsonb_to_recordset(cast(:runs as jsonb))
            as run ("provinceCode" text, "communeCode" text, areas int, "notComparable" int)`,
    { basis, runs: JSON.stringify(runs) },
  );
}

/** Areas under watch at the end of a day; `isPending`: a relapse was entered and waits for a second person. */
export async function listWatchedIds(database: Knex, asOf: string): Promise<{ id: string; isPending: boolean }[]> {
  const { rows } = await database.raw<{ rows: { id: string; isPending: boolean }[] }>(
    `with standing as (${statusAt})
     select area_id as id,
            area_id in (select area_id from area_waiting where type = 'relapsed') as "isPending"
     from standing
     where status = any (cast(:statuses as text[]))
     order by area_id`,
    { asOf, statuses: watchedStatuses },
  );
  return rows;
}

export type OpenTask = { id: string; areaId: string; windowFrom: string; windowTo: string };

export async function listOpenTasks(database: Knex): Promise<OpenTask[]> {
  const { rows } = await database.raw<{ rows: OpenTask[] }>(
    `select id, area_id as "areaId", window_from::text as "windowFrom", window_to::text as "windowTo"
     from area_task
     where state = 'open'
     order by area_id, window_from`,
  );
  return rows;
}

/** Records that came back: what a task is opened for. */
export type TaskFinding = Windows & {
  areaId: string;
  provinceCode: string;
  communeCode: string;
  rule: string;
};
export type SavedTask = { id: string; number: number; windowFrom: string; windowTo: string };

/**
 * Open a task for each finding whose window has none. One that the server withdrew opens again with the numbers of now; what a
 * person decided stays. @returns those that were opened.
 */
export async function openTasks(
  transaction: Knex.Transaction,
  findings: TaskFinding[],
  dataVersion: number,
): Promise<SavedTask[]> {
  const { rows } = await transaction.raw<{ rows: SavedTask[] }>(
    `with opened as (
       insert into area_task (id, area_id, province_code, commune_code, rule, data_version, window_from, window_to, window_count,
                              window_days, baseline_from, baseline_to, baseline_count, baseline_days)
       select id, "areaId", "provinceCode", "communeCode", rule, :dataVersion, "windowFrom", "windowTo", "windowCount",
              "windowDays", "baselineFrom", "baselineTo", "baselineCount", "baselineDays"
       from jsonb_to_recordset(cast(:findings as jsonb))
              as finding (id uuid, "areaId" uuid, "provinceCode" text, "communeCode" text, rule text, "windowFrom" date,
                          "windowTo" date, "windowCount" int, "windowDays" float8, "baselineFrom" date, "baselineTo" date,
                          "baselineCount" int, "baselineDays" float8)
       on conflict (area_id, window_from) do update
         set state = 'open', rule = excluded.rule, data_version = excluded.data_version, opened_at = now(),
             window_to = excluded.window_to, window_count = excluded.window_count, window_days = excluded.window_days,
             baseline_from = excluded.baseline_from, baseline_to = excluded.baseline_to,
             baseline_count = excluded.baseline_count, baseline_days = excluded.baseline_days,
             decided_at = null, reason = null
         where area_task.state = 'withdrawn'
       returning id, area_id, window_from, window_to
     )
     select opened.id, area.number, window_from::text as "windowFrom", window_to::text as "windowTo"
     from opened
     join area on area.id = opened.area_id
     order by area.province_code, area.number`,
    { dataVersion, findings: JSON.stringify(findings.map((finding) => ({ id: randomUUID(), ...finding }))) },
  );
  return rows;
}

/** @returns those that were open until now. */
export async function withdrawTasks(
  transaction: Knex.Transaction,
  tasks: { id: string; reason: string }[],
): Promise<SavedTask[]> {
  const { rows } = await transaction.raw<{ rows: SavedTask[] }>(
    `with withdrawn as (
       update area_task
       set state = 'withdrawn', decided_at = now(), reason = gone.reason
       from jsonb_to_recordset(cast(:tasks as jsonb)) as gone (id uuid, reason text)
       where area_task.id = gone.id and state = 'open'
       returning area_task.id, area_id, window_from, window_to
     )
     select withdrawn.id, area.number, window_from::text as "windowFrom", window_to::text as "windowTo"
     from withdrawn
     join area on area.id = withdrawn.area_id
     order by area.province_code, area.number`,
    { tasks: JSON.stringify(tasks) },
  );
  return rows;
}
