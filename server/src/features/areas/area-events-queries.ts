import { randomUUID } from 'node:crypto';
import type { ApprovalState, AreaEvent, AreaEventType, AreaMeasure, ConditionAnswer } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Writer } from './areas-queries.ts';
import type { Step } from './areas-rules.ts';

/** A step as it is stored, with what became of it. */
export type EventRow = Omit<AreaEvent, 'enteredAt' | 'decidedAt' | 'canDecide'> & {
  /** Order within a day (areas-rules.ts). Of one that is not in force: that of entry. */
  place: number;
  needsApproval: boolean;
  /** Account that entered it; null for the operator and the server. */
  accountId: string | null;
  /** Account that decided about it. */
  decidedById: string | null;
  enteredAt: Date;
  decidedAt: Date | null;
};

const columns = `
  event.id, event.area_id as "areaId", event.sequence, event.type, event.on_date::text as "on", event.year,
  event.decision_number as "decisionNumber", event.decision_date::text as "decisionDate", event.note, event.reason, event.measure,
  event.conditions, event.files, event.supersedes, later.by_id as "supersededBy", event.needs_approval as "needsApproval",
  case when not event.needs_approval then 'not_needed' else coalesce(approval.decision, 'pending') end as approval,
  (not event.needs_approval or approval.decision is not distinct from 'approved') and later.by_id is null as "inForce",
  event.account_id as "accountId", event.username as "enteredBy", event.entered_at as "enteredAt",
  approval.username as "decidedBy", approval.account_id as "decidedById", approval.decided_at as "decidedAt", approval.reason as "decisionReason"`;

/** Beside each step, what was said about it and the step that counts and corrected or struck it. */
const joined = `
  left join area_approval as approval on approval.event_id = event.id
  left join lateral (
    select by_id from area_replaced where event_id = event.id order by by_sequence limit 1
  ) as later on true`;

/** Every step of the areas, in order of effect: day, then order within the day. Index: `area_event_area`. */
export async function listEvents(database: Knex, areaIds: readonly string[]): Promise<EventRow[]> {
  const { rows } = await database.raw<{ rows: EventRow[] }>(
    `select ${columns}, coalesce(step.place, event.sequence) as place
     from area_event as event
     ${joined}
     left join area_step as step on step.id = event.id
     where event.area_id = any(:areaIds)
     order by event.area_id, event.on_date, place, event.sequence`,
    { areaIds: [...areaIds] },
  );
  return rows;
}

/** Steps that wait for a second person, oldest first. */
export async function listWaitingEvents(database: Knex, eventIds?: readonly string[]): Promise<EventRow[]> {
  const { rows } = await database.raw<{ rows: EventRow[] }>(
    `select ${columns}, event.sequence as place
     from area_event as event
     ${joined}
     where event.id in (select id from area_waiting)
       and (cast(:eventIds as uuid[]) is null or event.id = any(cast(:eventIds as uuid[])))
     order by event.entered_at, event.sequence`,
    { eventIds: eventIds === undefined ? null : [...eventIds] },
  );
  return rows;
}

/** The area of each event within reach. */
export async function listAreasOfEvents(database: Knex, eventIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await database('area_event')
    .whereIn('id', [...eventIds])
    .select<{ id: string; areaId: string }[]>({ id: 'id', areaId: 'area_id' });
  return new Map(rows.map(({ id, areaId }) => [id, areaId]));
}

/** The part of an event that the life cycle follows from. */
export function toStep({ id, type, on, place, year }: EventRow): Step {
  return { id, type, on, sequence: place, year };
}

/** Steps in force, withdrawals left out. */
export function stepsInForce(events: readonly EventRow[]): Step[] {
  return events.filter(({ inForce, type }) => inForce && type !== 'withdrawn').map(toStep);
}

/** Waits for a second person. */
export function isWaiting({ approval, supersededBy }: Pick<EventRow, 'approval' | 'supersededBy'>): boolean {
  return approval === ('pending' satisfies ApprovalState) && supersededBy === null;
}

/** A step to be stored. */
export type EventToInsert = {
  type: AreaEventType;
  on: string;
  year: number | null;
  decisionNumber: string | null;
  decisionDate: string | null;
  note: string | null;
  reason: string | null;
  measure: AreaMeasure | null;
  conditions: ConditionAnswer[] | null;
  files: readonly string[];
  supersedes: string | null;
  needsApproval: boolean;
};

/** @returns its id. */
export async function insertEvent(
  transaction: Knex.Transaction,
  area: { id: string; provinceCode: string; communeCode: string },
  event: EventToInsert,
  writer: Writer,
): Promise<string> {
  const id = randomUUID();
  await transaction('area_event').insert({
    id,
    area_id: area.id,
    province_code: area.provinceCode,
    commune_code: area.communeCode,
    type: event.type,
    on_date: event.on,
    year: event.year,
    decision_number: event.decisionNumber,
    decision_date: event.decisionDate,
    note: event.note,
    reason: event.reason,
    measure: event.measure === null ? null : JSON.stringify(event.measure),
    conditions: event.conditions === null ? null : JSON.stringify(event.conditions),
    files: [...event.files],
    supersedes: event.supersedes,
    needs_approval: event.needsApproval,
    account_id: writer.accountId,
    username: writer.username,
  });
  return id;
}

export async function insertApproval(
  transaction: Knex.Transaction,
  area: { provinceCode: string; communeCode: string },
  approval: { eventId: string; decision: 'approved' | 'refused'; reason: string | null; decidedAt?: Date | null },
  writer: Writer,
): Promise<void> {
  await transaction('area_approval').insert({
    event_id: approval.eventId,
    province_code: area.provinceCode,
    commune_code: area.communeCode,
    decision: approval.decision,
    reason: approval.reason,
    account_id: writer.accountId,
    username: writer.username,
    decided_at: approval.decidedAt ?? transaction.fn.now(),
  });
}

/** Of the files named, those that this area has not. */
export async function listUnknownFiles(database: Knex, areaId: string, files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return [];
  const known = await database('area_file')
    .where({ area_id: areaId })
    .whereIn('id', [...files])
    .select<{ id: string }[]>('id');
  const ids = new Set(known.map(({ id }) => id));
  return files.filter((file) => !ids.has(file));
}
