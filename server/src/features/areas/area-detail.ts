import { type AreaAnswer, type AreaDetail, type AreaEvent, can } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { getVersions } from '../../database/data-version.ts';
import { dayInMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { type EventRow, isWaiting, listEvents } from './area-events-queries.ts';
import { listFiles, listRevisions } from './area-history-queries.ts';
import { readAreaRules } from './area-rules-queries.ts';
import { enterable, noSuchArea } from './area-words.ts';
import { type AreaLine, findArea, findOutline, listAreaRows, listNames, listSuccessors } from './areas-queries.ts';
import { isMoving, legalSteps } from './areas-rules.ts';
import { canDecide } from './decide-event.ts';
import { today } from './today.ts';

/**
 * Everything about an area, its status at the end of a day (default: today).
 * Errors: `not_found`.
 */
export async function describeArea(
  transaction: Knex,
  identity: Identity,
  id: string,
  asOf: string = today(),
): Promise<AreaAnswer> {
  const area = await findArea(transaction, id);
  if (area === undefined) throw noSuchArea(id);
  const [line] = await listAreaRows(transaction, { asOf, ids: [id] });
  const events = await listEvents(transaction, [id]);
  // Before its first step it has no line.
  const { status, since, listedYears, pending, tasks } = line ?? notYet;
  const detail: AreaDetail = {
    id,
    name: area.name,
    number: area.number,
    commune: { code: area.communeCode, name: area.communeName },
    communes: area.communeCodes,
    types: area.types,
    level: area.level,
    status,
    since,
    listedYears,
    pending,
    tasks,
    areaKm2: area.areaM2 === null ? null : area.areaM2 / 1e6,
    province: area.provinceCode,
    description: area.description,
    origin: area.origin,
    parents: await listNames(transaction, area.parents),
    successors: await listSuccessors(transaction, id),
    revision: area.revision,
    geometry: await findOutline(transaction, id),
    cells: area.cells,
    revisions: await listRevisions(transaction, id),
    events: events.map((event) => toAreaEvent(event, identity)),
    files: await listFiles(transaction, id),
    legal: legalNow(status, events),
    watchUntil: status === 'watched' ? await findEndOfWatch(transaction, area.provinceCode, events, asOf) : null,
  };
  return { dataVersion: (await getVersions(transaction)).data, asOf, area: detail };
}

const notYet: Pick<AreaLine, 'status' | 'since' | 'listedYears' | 'pending' | 'tasks'> = {
  status: 'draft',
  since: null,
  listedYears: [],
  pending: 0,
  tasks: 0,
};

/** While a step that moves the status waits for its second person, no other may follow. */
function legalNow(status: AreaDetail['status'], events: readonly EventRow[]): AreaDetail['legal'] {
  const isBlocked = events.some((event) => isWaiting(event) && (isMoving(event.type) || event.type === 'withdrawn'));
  return enterable(legalSteps(status)).filter((type) => !isBlocked || !isMoving(type));
}

/** The months that the rules name, from the day it left the list on. */
async function findEndOfWatch(
  transaction: Knex,
  provinceCode: string,
  events: readonly EventRow[],
  asOf: string,
): Promise<string | null> {
  const removed = events.findLast(({ type, inForce, on }) => type === 'removed' && inForce && on <= asOf);
  if (removed === undefined) return null;
  const { watchMonths } = await readAreaRules(transaction, provinceCode, Number(removed.on.slice(0, 4)));
  const month = monthOf(toDayNumber(removed.on)) + watchMonths;
  return toDay(dayInMonth(month, Number(removed.on.slice(8))));
}

export function toAreaEvent(event: EventRow, identity: Identity): AreaEvent {
  const {
    place: _place,
    needsApproval: _needs,
    accountId: _enterer,
    decidedById: _decider,
    enteredAt,
    decidedAt,
    ...told
  } = event;
  return {
    ...told,
    enteredAt: enteredAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    canDecide: can(identity.role, 'planning') && canDecide(event, identity),
  };
}
