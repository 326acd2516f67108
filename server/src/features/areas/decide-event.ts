import { AppError } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { type EventRow, insertApproval, isWaiting, listEvents, stepsInForce } from './area-events-queries.ts';
import { refusePersonData } from './area-words.ts';
import { type AreaRow, listAreasById } from './areas-queries.ts';
import { refuseIllegal } from './enter-event.ts';

export type Decision = { decision: 'approved' | 'refused'; reason?: string | undefined };

/** May this account be the second person? */
export function canDecide(event: EventRow, { accountId }: Pick<Identity, 'accountId'>): boolean {
  return isWaiting(event) && accountId !== null && accountId !== event.accountId;
}

/**
 * The second person agrees or not.
 * Errors: `not_found`; `forbidden` for the operator and the server, who are no person; `person_data`; `conflict` with
 * `details.reason` 'not_pending', 'same_person' or 'illegal_step'.
 */
export async function decideEvent(
  transaction: Knex.Transaction,
  identity: Identity,
  areaId: string,
  eventId: string,
  decision: Decision,
): Promise<void> {
  const [area] = await listAreasById(transaction, [areaId], { lock: true });
  const event = area && (await listEvents(transaction, [areaId])).find(({ id }) => id === eventId);
  if (area === undefined || event === undefined)
    throw new AppError('not_found', `Không có bước ${eventId} ở địa bàn ${areaId}. (There is no such step.)`);
  await decide(transaction, identity, area, event, decision);
  await recordDecision(transaction, identity, event, decision);
}

/** Several, each for itself: areas locked first and in one order. @returns the approved ones and why the others were left. */
export async function approveEvents(
  transaction: Knex.Transaction,
  identity: Identity,
  events: readonly { areaId: string; eventId: string }[],
): Promise<{ approved: string[]; left: { event: string; reason: string }[] }> {
  const areas = await listAreasById(transaction, [...new Set(events.map(({ areaId }) => areaId))], { lock: true });
  const known = new Map(areas.map((area) => [area.id, area]));
  const approved: EventRow[] = [];
  const left: { event: string; reason: string }[] = [];
  for (const { areaId, eventId } of events) {
    const area = known.get(areaId);
    const event = area && (await listEvents(transaction, [areaId])).find(({ id }) => id === eventId);
    if (area === undefined || event === undefined) continue;
    try {
      await decide(transaction, identity, area, event, { decision: 'approved' });
      approved.push(event);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      left.push({ event: eventId, reason: error.message });
    }
  }
  for (const event of approved) await recordDecision(transaction, identity, event, { decision: 'approved' });
  return { approved: approved.map(({ id }) => id), left };
}

/** All checks before the first write: one that throws leaves the transaction as it was. */
async function decide(
  transaction: Knex.Transaction,
  identity: Identity,
  area: AreaRow,
  event: EventRow,
  { decision, reason }: Decision,
): Promise<void> {
  const { accountId, username } = identity;
  if (accountId === null)
    throw new AppError(
      'forbidden',
      'Việc duyệt phải do một người có tài khoản. (A person with an account must decide.)',
      { details: { reason: 'no_account' } },
    );
  refusePersonData({ reason });
  if (!isWaiting(event))
    throw new AppError(
      'conflict',
      event.decidedBy === null
        ? 'Bước này không chờ duyệt. (The step does not wait for approval.)'
        : `Bước này đã được ${event.decidedBy} quyết định. (The step was decided about already.)`,
      { details: { reason: 'not_pending', approval: event.approval } },
    );
  if (accountId === event.accountId)
    throw new AppError(
      'conflict',
      'Người ghi không tự duyệt: cần người thứ hai. (Who entered the step may not approve it: a second person must.)',
      { details: { reason: 'same_person' } },
    );
  if (decision === 'approved') {
    const events = await listEvents(transaction, [area.id]);
    const target = events.find(({ id }) => id === event.supersedes);
    if (target !== undefined && !target.inForce)
      throw new AppError(
        'conflict',
        'Bước mà bước này sửa không còn hiệu lực. (The step that this one corrects is no longer in force.)',
        { details: { reason: 'not_in_force' } },
      );
    refuseIllegal(stepsInForce(events), event, target);
  }
  await insertApproval(
    transaction,
    area,
    { eventId: event.id, decision, reason: reason || null },
    { accountId, username },
  );
}

async function recordDecision(
  transaction: Knex.Transaction,
  identity: Identity,
  { id, areaId, type, on, year, enteredBy }: EventRow,
  { decision, reason }: Decision,
): Promise<void> {
  await recordAudit(transaction, identity, {
    action: decision === 'approved' ? 'area.event_approved' : 'area.event_refused',
    target: `area/${areaId}`,
    before: { event: id, type, on, year, enteredBy, approval: 'pending' },
    after: { event: id, approval: decision, reason: reason || null },
  });
}
