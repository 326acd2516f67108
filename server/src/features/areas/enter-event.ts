import { AppError, approvedEventTypes, type NewAreaEvent } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { refuseAncient, refuseFarYear, refuseWrongDay } from './area-days.ts';
import {
  type EventRow,
  type EventToInsert,
  insertEvent,
  isWaiting,
  listEvents,
  listUnknownFiles,
  stepsInForce,
} from './area-events-queries.ts';
import { readAreaRules } from './area-rules-queries.ts';
import { badInput, dayInWords, illegalStep, noSuchArea, refusePersonData, stepInEnglish } from './area-words.ts';
import { type AreaRow, findArea } from './areas-queries.ts';
import { explainIllegal, explainStrike, isMoving, legalSteps, replay, type Step } from './areas-rules.ts';

/**
 * Enter a step of an area, with all its checks: who else waits, what may follow what, texts without data of persons.
 * `audit: false` for a list of many, whose one entry the caller records last.
 * Errors: `not_found`; `invalid_input`; `person_data`; `conflict` with `details.reason` 'illegal_step' or 'pending'.
 */
export async function enterEvent(
  transaction: Knex.Transaction,
  identity: Identity,
  areaId: string,
  event: NewAreaEvent,
  { audit = true }: { audit?: boolean } = {},
): Promise<{ eventId: string }> {
  const area = await findArea(transaction, areaId, { lock: true });
  if (area === undefined) throw noSuchArea(areaId);
  const events = await listEvents(transaction, [areaId]);
  const row = await checkFields(transaction, area, event);
  const target = event.supersedes === undefined ? undefined : findTarget(events, event, event.supersedes);
  refuseWhileWaiting(events, event, target);
  refuseIllegal(stepsInForce(events), { ...event, year: row.year }, target);
  const needsApproval =
    event.type === 'withdrawn'
      ? target?.inForce === true && target.needsApproval
      : (approvedEventTypes as readonly string[]).includes(event.type);
  const { accountId, username } = identity;
  const eventId = await insertEvent(transaction, area, { ...row, needsApproval }, { accountId, username });
  if (audit)
    await recordAudit(transaction, identity, {
      action: 'area.event_entered',
      target: `area/${areaId}`,
      after: { event: eventId, ...inLog(row), needsApproval },
    });
  return { eventId };
}

function inLog({
  type,
  on,
  year,
  decisionNumber,
  decisionDate,
  reason,
  supersedes,
  files,
}: Omit<EventToInsert, 'needsApproval'>) {
  return { type, on, year, decisionNumber, decisionDate, reason, supersedes, files };
}

/** What each kind of step must and may say. */
async function checkFields(
  transaction: Knex.Transaction,
  area: AreaRow,
  event: NewAreaEvent,
): Promise<Omit<EventToInsert, 'needsApproval'>> {
  const { type, on, measure, conditions, files = [] } = event;
  refuseWrongDay('on', on);
  refuseWrongDay('decisionDate', event.decisionDate);
  refusePersonData({ note: event.note, reason: event.reason });
  const isListing = type === 'listed' || type === 'carried_over';
  if (event.year !== undefined && !isListing)
    throw badInput(
      'year',
      'Chỉ bước đưa vào diện và chuyển sang năm sau mới có năm.',
      `expected none with ${stepInEnglish(type)}`,
    );
  const year = isListing ? (event.year ?? Number(on.slice(0, 4))) : null;
  if (year !== null) refuseFarYear(year, on);
  if (['rejected', 'relapsed', 'withdrawn'].includes(type) && (event.reason ?? '').length < 3)
    throw badInput(
      'reason',
      'Bước này cần lý do, ít nhất 3 ký tự.',
      `expected at least 3 characters with ${stepInEnglish(type)}`,
    );
  if ((type === 'measure') !== (measure !== undefined))
    throw badInput(
      'measure',
      'Bước "biện pháp", và chỉ bước này, cần nội dung biện pháp.',
      type === 'measure' ? 'expected the measure' : `expected none with ${stepInEnglish(type)}`,
    );
  refuseAncient('measure.from', measure?.from);
  if (measure?.to && measure.to <= measure.from)
    throw badInput(
      'measure.to',
      'Ngày kết thúc biện pháp phải sau ngày bắt đầu.',
      `expected a day after ${measure.from}`,
    );
  const isAssessment = type === 'assessed_success' || type === 'assessed_not_yet';
  if (isAssessment !== (conditions !== undefined))
    throw badInput(
      'conditions',
      'Bước đánh giá, và chỉ bước này, cần bảng kiểm điều kiện.',
      isAssessment ? 'expected the check list' : `expected none with ${stepInEnglish(type)}`,
    );
  if (conditions !== undefined) {
    const rules = await readAreaRules(transaction, area.provinceCode, Number(on.slice(0, 4)));
    const known = new Set(rules.conditions.map(({ id }) => id));
    const wrong = conditions.find(
      ({ id }, i) => !known.has(id) || conditions.findIndex((other) => other.id === id) < i,
    );
    if (wrong !== undefined)
      throw badInput(
        'conditions',
        `Điều kiện "${wrong.id}" không có trong bảng kiểm của năm, hoặc ghi hai lần.`,
        `"${wrong.id}" is unknown or given twice; expected ${[...known].join(', ')}`,
      );
  }
  const [unknownFile] = await listUnknownFiles(transaction, area.id, files);
  if (unknownFile !== undefined)
    throw badInput('files', 'Tệp chưa được tải lên địa bàn này.', `${unknownFile} is no file of this area`);
  return {
    type,
    on,
    year,
    decisionNumber: event.decisionNumber || null,
    decisionDate: event.decisionDate ?? null,
    note: event.note || null,
    reason: event.reason || null,
    measure: measure ?? null,
    conditions: conditions ?? null,
    files: [...new Set(files)],
    supersedes: event.supersedes ?? null,
  };
}

/** The earlier step that is corrected or struck. */
function findTarget(events: readonly EventRow[], event: NewAreaEvent, id: string): EventRow {
  const target = events.find((known) => known.id === id);
  if (target === undefined)
    throw badInput('supersedes', 'Bước cần sửa không thuộc địa bàn này.', `${id} is no step of this area`);
  const isStriking = event.type === 'withdrawn';
  if (!isStriking && target.type !== event.type)
    throw badInput(
      'supersedes',
      'Bước sửa phải cùng loại với bước được sửa.',
      `expected ${stepInEnglish(target.type)}, got ${stepInEnglish(event.type)}`,
    );
  if (target.supersededBy !== null || target.approval === 'refused')
    throw new AppError(
      'conflict',
      'Bước này đã được sửa, xóa bỏ hoặc không được duyệt. (The step was corrected, struck or refused already.)',
      { details: { reason: 'not_in_force' } },
    );
  if (target.type === 'superseded')
    throw new AppError(
      'conflict',
      'Địa bàn đã tách hoặc nhập: bước này không sửa, không xóa bỏ được. (The area was divided or joined; this step stands.)',
      { details: { reason: 'not_in_force' } },
    );
  if (target.type === 'withdrawn' && target.inForce)
    throw new AppError(
      'conflict',
      'Bước xóa bỏ không xóa bỏ được nữa: hãy ghi lại bước đã xóa bỏ. (A withdrawal cannot be struck: enter the step anew.)',
      { details: { reason: 'not_in_force' } },
    );
  if (!isStriking && isWaiting(target))
    throw new AppError(
      'conflict',
      'Bước này đang chờ duyệt: hãy rút lại rồi ghi bước mới. (The step waits for approval: withdraw it and enter another.)',
      { details: { reason: 'pending', event: target.id } },
    );
  return target;
}

/** One step that moves the status waits at a time: two could not both be legal. Striking the one that waits is the way out. */
function refuseWhileWaiting(events: readonly EventRow[], event: NewAreaEvent, target: EventRow | undefined): void {
  const moves = event.type === 'withdrawn' ? target !== undefined && movesStatus(events, target) : isMoving(event.type);
  if (!moves) return;
  const waiting = events.find((known) => isWaiting(known) && known.id !== target?.id && movesStatus(events, known));
  if (waiting !== undefined && !(target !== undefined && isWaiting(target)))
    throw new AppError(
      'conflict',
      `Địa bàn còn một bước chờ duyệt (ngày ${dayInWords(waiting.on)}, ${waiting.enteredBy} ghi): hãy duyệt hoặc rút lại trước. ` +
        `(A step of this area waits for approval: decide about it first.)`,
      { details: { reason: 'pending', event: waiting.id } },
    );
}

function movesStatus(events: readonly EventRow[], { type, supersedes }: EventRow): boolean {
  if (type !== 'withdrawn') return isMoving(type);
  const struck = events.find(({ id }) => id === supersedes);
  return struck !== undefined && isMoving(struck.type);
}

/**
 * May the step be entered, or agreed to, beside those in force?
 * Errors: `conflict` 'illegal_step'.
 */
export function refuseIllegal(
  steps: readonly Step[],
  event: Pick<NewAreaEvent, 'type' | 'on'> & { id?: string; year: number | null },
  target: EventRow | undefined,
): void {
  const { type, on, year, id = 'new' } = event;
  if (type === 'superseded') {
    const standing = replay(steps);
    const status = 'illegal' in standing ? standing.illegal.status : standing.status;
    const legal = legalSteps(status);
    throw illegalStep({ step: { id, type, on, sequence: 0, year }, status, legal, notAfter: null }, { id, type, on });
  }
  if (type === 'withdrawn') {
    if (target === undefined)
      throw badInput('supersedes', 'Bước xóa bỏ phải chỉ ra bước bị xóa bỏ.', 'expected the step to strike');
    const illegal = target.inForce ? explainStrike(steps, target.id) : undefined;
    if (illegal !== undefined) throw illegalStep(illegal, { id, type, on });
    return;
  }
  const step: Step = { id, type, on, year, sequence: target?.place ?? Number.MAX_SAFE_INTEGER };
  const illegal = explainIllegal(steps, step, target?.id);
  if (illegal !== undefined) throw illegalStep(illegal, step);
}
