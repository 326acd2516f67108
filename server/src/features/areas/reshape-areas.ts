import {
  AppError,
  type AreaEventType,
  type AreaStatus,
  type mergeAreas,
  type ParsedRequestOf,
  type splitArea,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { refuseWrongDay } from './area-days.ts';
import {
  type EventRow,
  insertApproval,
  insertEvent,
  isWaiting,
  listEvents,
  stepsInForce,
  toStep,
} from './area-events-queries.ts';
import { copyFiles } from './area-history-queries.ts';
import { placed, shapeOf } from './area-shape.ts';
import { illegalStep, noSuchArea, refusePersonData } from './area-words.ts';
import { type AreaRow, type AreaShape, insertArea, listAreasById, nextNumber } from './areas-queries.ts';
import { explainIllegal, isMoving, legalSteps, replay, reshapedStatuses, stepsCarriedOn } from './areas-rules.ts';
import { placeInLog } from './create-area.ts';
import { joinOutlines, measureParts } from './reshape-queries.ts';

/**
 * Least share of a part that must lie in the divided area, largest that two parts may share, and least of the area that they must
 * cover together: lines drawn by hand. What is left over would be of no area from that day on.
 */
const LEAST_INSIDE = 0.5;
const MOST_OVERLAP = 0.05;
const LEAST_COVERED = 0.8;
const LONGEST_DESCRIPTION = 4000;

/** An area that ends, with what goes on from it. */
type Ending = { area: AreaRow; events: EventRow[]; status: AreaStatus; year: number | null };

/**
 * Divide an area: it becomes superseded, each part goes on with its steps. @returns ids of the parts.
 * Errors: `not_found`; `conflict` 'illegal_step' or 'pending'; `unprocessable` for parts that are no division of it; those of a place.
 */
export async function divideArea(
  transaction: Knex.Transaction,
  identity: Identity,
  areaId: string,
  { on, reason, parts }: ParsedRequestOf<typeof splitArea>['body'],
): Promise<string[]> {
  refuseWrongDay('on', on);
  refusePersonData({ reason, ...Object.fromEntries(parts.map(({ name }, i) => [`parts.${i}.name`, name])) });
  const [ending] = await readEndings(transaction, [areaId], on);
  const { area } = ending;
  const shapes: AreaShape[] = [];
  for (const { place } of parts) shapes.push(await shapeOf(transaction, area.provinceCode, place));
  await refuseMisfit(transaction, areaId, shapes);
  const made: { id: string; number: number; name: string; shape: AreaShape }[] = [];
  for (const [i, shape] of shapes.entries()) {
    const { description, types, level } = area;
    const words = { name: parts[i].name, description, types, level };
    made.push({
      ...(await insertSuccessor(transaction, identity, 'split', [area], words, shape, reason)),
      name: words.name,
      shape,
    });
  }
  for (const { id, shape } of made) await carryOn(transaction, { id, ...shape }, ending);
  await endArea(transaction, identity, ending, on, reason);
  await recordReshaping(transaction, identity, [ending], made, { on, reason });
  return made.map(({ id }) => id);
}

/**
 * Make one area of several of the same status, listed for the same year: they become superseded. It goes on with the steps of the one
 * whose round began first (ties: lowest number), has the types of all, and is the province's as soon as one of them is.
 * @returns its id.
 * Errors: `not_found`; `conflict` 'illegal_step', 'pending' or 'unlike'; `invalid_input` for an area named twice or provinces mixed.
 */
export async function joinAreas(
  transaction: Knex.Transaction,
  identity: Identity,
  { on, reason, name, areas: ids }: ParsedRequestOf<typeof mergeAreas>['body'],
): Promise<string> {
  refuseWrongDay('on', on);
  refusePersonData({ reason, name });
  if (new Set(ids).size !== ids.length)
    throw new AppError('invalid_input', 'Một địa bàn được nêu hai lần. (areas: expected different areas.)');
  const endings = await readEndings(transaction, ids, on);
  refuseUnlike(endings);
  const parents = endings.map(({ area }) => area);
  const [first] = endings.toSorted((a, b) => {
    const [dayA, dayB] = [beginOf(a), beginOf(b)];
    return dayA < dayB ? -1 : dayA > dayB ? 1 : a.area.number - b.area.number;
  });
  const outline = await joinOutlines(transaction, ids);
  const { provinceCode, communeCode } = first.area;
  const shape: AreaShape =
    outline === null
      ? {
          provinceCode,
          communeCode,
          communeCodes: [...new Set(parents.flatMap(({ communeCodes }) => communeCodes))].sort(),
          outline,
          areaM2: null,
          cells: [],
        }
      : await placed(transaction, outline, provinceCode);
  const words = {
    name,
    description: [...new Set(parents.map(({ description }) => description))]
      .filter(Boolean)
      .join('\n\n')
      .slice(0, LONGEST_DESCRIPTION),
    types: [...new Set(parents.flatMap(({ types }) => types))].sort((a, b) => a - b),
    level: parents.some(({ level }) => level === 'province') ? ('province' as const) : ('commune' as const),
  };
  const made = await insertSuccessor(transaction, identity, 'merge', parents, words, shape, reason);
  await carryOn(transaction, { id: made.id, ...shape }, first);
  for (const ending of endings) await endArea(transaction, identity, ending, on, reason);
  await recordReshaping(transaction, identity, endings, [{ ...made, name, shape }], { on, reason });
  return made.id;
}

/** The areas in the order given, locked, each fit to end on the day. */
async function readEndings(
  transaction: Knex.Transaction,
  ids: readonly string[],
  on: string,
): Promise<[Ending, ...Ending[]]> {
  const areas = new Map((await listAreasById(transaction, ids, { lock: true })).map((area) => [area.id, area]));
  const events = await listEvents(transaction, ids);
  const endings = ids.map((id): Ending => {
    const area = areas.get(id);
    if (area === undefined) throw noSuchArea(id);
    const own = events.filter(({ areaId }) => areaId === id);
    const waiting = own.find((event) => isWaiting(event) && (isMoving(event.type) || event.type === 'withdrawn'));
    if (waiting !== undefined)
      throw new AppError(
        'conflict',
        `ĐB-${area.number} còn một bước chờ duyệt: hãy duyệt hoặc rút lại trước khi tách, nhập. (A step waits for approval: decide about it first.)`,
        { details: { reason: 'pending', event: waiting.id } },
      );
    const steps = stepsInForce(own);
    const step = { id: 'new', type: 'superseded' as AreaEventType, on, sequence: Number.MAX_SAFE_INTEGER, year: null };
    const illegal = explainIllegal(steps, step);
    const standing = replay(steps, on);
    if (illegal !== undefined || 'illegal' in standing || !reshapedStatuses.has(standing.status)) {
      const status = 'illegal' in standing ? standing.illegal.status : standing.status;
      throw illegalStep(illegal ?? { step, status, legal: legalSteps(status), notAfter: null }, step);
    }
    return { area, events: own, status: standing.status, year: standing.year };
  });
  return endings as [Ending, ...Ending[]];
}

function refuseUnlike([first, ...others]: readonly Ending[]): void {
  const unlike = others.find(
    ({ status, year, area }) =>
      status !== first?.status || year !== first.year || area.provinceCode !== first.area.provinceCode,
  );
  if (first === undefined || unlike === undefined) return;
  throw new AppError(
    'conflict',
    `ĐB-${first.area.number} và ĐB-${unlike.area.number} khác trạng thái, khác năm trong diện hoặc khác tỉnh: không nhập được. ` +
      '(The areas differ in status, list year or province: expected the same.)',
    { details: { reason: 'unlike', areas: [first.area.id, unlike.area.id] } },
  );
}

async function refuseMisfit(
  transaction: Knex.Transaction,
  areaId: string,
  shapes: readonly AreaShape[],
): Promise<void> {
  const drawn = shapes.flatMap(({ outline }, part) => (outline === null ? [] : { part, outline }));
  if (drawn.length === 0) return;
  const outlines = drawn.map(({ outline }) => outline);
  const { inside, overlap, covered } = await measureParts(transaction, areaId, outlines);
  const outer = drawn[inside.findIndex((share) => share !== null && share < LEAST_INSIDE)]?.part;
  if (outer !== undefined)
    throw new AppError(
      'unprocessable',
      `Phần thứ ${outer + 1} nằm chủ yếu ngoài địa bàn được tách. (Part ${outer + 1} lies mostly outside the area.)`,
      { details: { reason: 'outside', part: outer } },
    );
  if (overlap > MOST_OVERLAP)
    throw new AppError(
      'unprocessable',
      `Các phần chồng lên nhau ${Math.round(overlap * 100)}%: mỗi vụ việc chỉ được tính ở một phần. (The parts overlap.)`,
      { details: { reason: 'overlap', share: overlap } },
    );
  // Nobody knows what a part that is not drawn covers.
  if (covered < LEAST_COVERED && drawn.length === shapes.length)
    throw new AppError(
      'unprocessable',
      `Các phần chỉ phủ ${Math.floor(covered * 100)}% địa bàn: phần còn lại sẽ không thuộc địa bàn nào. Hãy vẽ thêm phần còn lại, ` +
        'hoặc sửa phạm vi trước rồi mới tách. (The parts leave some of the area over: cover all of it, or change its place first.)',
      { details: { reason: 'left_over', covered } },
    );
}

async function insertSuccessor(
  transaction: Knex.Transaction,
  { accountId, username }: Identity,
  origin: 'split' | 'merge',
  parents: readonly AreaRow[],
  words: Pick<AreaRow, 'name' | 'description' | 'types' | 'level'>,
  shape: AreaShape,
  reason: string,
): Promise<{ id: string; number: number }> {
  const number = await nextNumber(transaction, shape.provinceCode);
  const area = { number, origin, parents: parents.map(({ id }) => id), words, shape, reason };
  return { id: await insertArea(transaction, area, { accountId, username }), number };
}

/** Day of the first step that is carried on. */
function beginOf({ events }: Ending): string {
  return stepsCarriedOn(stepsInForce(events))[0]?.on ?? '9999-12-31';
}

/** Copies of the steps that go on, by whom they were entered and agreed to, with their files. */
async function carryOn(
  transaction: Knex.Transaction,
  area: { id: string; provinceCode: string; communeCode: string },
  { events }: Ending,
): Promise<void> {
  const inForce = events.filter(({ inForce, type }) => inForce && type !== 'withdrawn');
  const wanted = new Set(stepsCarriedOn(inForce.map(toStep)).map(({ id }) => id));
  const carried = inForce.filter(({ id }) => wanted.has(id));
  const files = await copyFiles(transaction, [...new Set(carried.flatMap((event) => event.files))], area);
  for (const event of carried) {
    const { accountId, enteredBy: username } = event;
    const copy = { ...event, supersedes: null, files: event.files.flatMap((file) => files.get(file) ?? []) };
    const eventId = await insertEvent(transaction, area, copy, { accountId, username });
    if (event.approval !== 'approved') continue;
    await insertApproval(
      transaction,
      area,
      { eventId, decision: 'approved', reason: event.decisionReason, decidedAt: event.decidedAt },
      { accountId: event.decidedById, username: event.decidedBy ?? '' },
    );
  }
}

async function endArea(
  transaction: Knex.Transaction,
  { accountId, username }: Identity,
  { area }: Ending,
  on: string,
  reason: string,
): Promise<void> {
  const nothing = { year: null, decisionNumber: null, decisionDate: null, note: null, measure: null, conditions: null };
  const event = {
    type: 'superseded' as const,
    on,
    reason,
    ...nothing,
    files: [],
    supersedes: null,
    needsApproval: false,
  };
  await insertEvent(transaction, area, event, { accountId, username });
}

async function recordReshaping(
  transaction: Knex.Transaction,
  identity: Identity,
  endings: readonly Ending[],
  made: readonly { id: string; number: number; name: string; shape: AreaShape }[],
  { on, reason }: { on: string; reason: string },
): Promise<void> {
  const parents = endings.map(({ area }) => area.id);
  const successors = made.map(({ id }) => id);
  for (const { id, number, name, shape } of made)
    await recordAudit(transaction, identity, {
      action: 'area.created',
      target: `area/${id}`,
      after: { number, name, parents, ...placeInLog(shape), on, reason },
    });
  for (const { area, status } of endings)
    await recordAudit(transaction, identity, {
      action: 'area.event_entered',
      target: `area/${area.id}`,
      before: { status },
      after: { type: 'superseded', on, reason, successors },
    });
}
