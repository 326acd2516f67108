import { AppError, type AreaEventType, type AreaStatus } from '@diemnong/contracts';
import { refusePersonNumber } from '../imports/rows/refuse-person-number.ts';
import type { Illegal, Step } from './areas-rules.ts';

/** Steps as messages name them; screens have their own words (client/src/i18n). */
const eventWords: Record<AreaEventType, string> = {
  proposed: 'đề xuất',
  listed: 'đưa vào diện',
  transforming: 'bắt đầu chuyển hóa',
  measure: 'biện pháp',
  reviewed: 'rà soát',
  assessed_success: 'đánh giá đạt',
  assessed_not_yet: 'đánh giá chưa đạt',
  removed: 'đưa ra khỏi diện',
  watched: 'theo dõi',
  relapsed: 'tái phức tạp',
  closed: 'hết theo dõi',
  rejected: 'không đưa vào diện',
  carried_over: 'chuyển sang năm sau',
  superseded: 'tách hoặc nhập địa bàn',
  withdrawn: 'xóa bỏ bước ghi nhầm',
};

const statusWords: Record<AreaStatus, string> = {
  draft: 'chưa có đề xuất',
  proposed: 'mới đề xuất',
  listed: 'trong diện',
  transforming: 'đang chuyển hóa',
  assessed_success: 'đã đánh giá đạt',
  assessed_not_yet: 'đã đánh giá chưa đạt',
  removed: 'đã đưa ra khỏi diện',
  watched: 'đang theo dõi',
  relapsed: 'tái phức tạp',
  closed: 'đã hết theo dõi',
  rejected: 'không đưa vào diện',
  superseded: 'đã tách hoặc nhập vào địa bàn khác',
};

/** `2025-03-01` → `01/03/2025`. */
export function dayInWords(day: string): string {
  return day.split('-').reverse().join('/');
}

/** A step that may not be taken, with the reason in words and the steps that may. `step`: the one that was asked for. */
export function illegalStep(illegal: Illegal, step: Pick<Step, 'id' | 'type' | 'on'>): AppError {
  const { status, legal, notAfter } = illegal;
  const isLater = illegal.step.id !== step.id;
  const next = enterable(legal);
  const may = next.length === 0 ? 'không có bước nào' : next.map((type) => `"${eventWords[type]}"`).join(', ');
  const what = isLater
    ? `Bước "${eventWords[step.type]}" ngày ${dayInWords(step.on)} làm bước "${eventWords[illegal.step.type]}" ngày ` +
      `${dayInWords(illegal.step.on)} không còn đúng trình tự: khi đó địa bàn ở trạng thái "${statusWords[status]}"`
    : `Không thể "${eventWords[step.type]}" ngày ${dayInWords(step.on)}: khi đó địa bàn ở trạng thái "${statusWords[status]}"`;
  const year =
    notAfter === null
      ? ''
      : ` và đã trong diện năm ${notAfter}; năm chuyển sang phải sau năm đó, nhận được ${illegal.step.year}`;
  const english = isLater
    ? `${step.type} on ${step.on} would make ${illegal.step.type} on ${illegal.step.on} illegal, from status ${status}`
    : `${step.type} on ${step.on} is not legal from status ${status}`;
  return new AppError(
    'conflict',
    `${what}${year}. Bước tiếp theo được phép: ${may}. (${english}${
      notAfter === null ? '' : `: expected a year after ${notAfter}, got ${illegal.step.year}`
    }; legal: ${next.join(', ') || 'none'}.)`,
    {
      details: {
        reason: 'illegal_step',
        status,
        legal: next,
        ...(isLater ? { breaks: { id: illegal.step.id, type: illegal.step.type, on: illegal.step.on } } : {}),
        ...(notAfter === null ? {} : { yearAfter: notAfter }),
      },
    },
  );
}

/** Steps that a person may enter by itself: an area ends in others only as it is divided or joined. */
export function enterable(legal: readonly AreaEventType[]): AreaEventType[] {
  return legal.filter((type) => type !== 'superseded');
}

/**
 * Texts about areas hold no number of a person. Numbers of decisions are not asked: 1234567890/QĐ-UBND is none.
 * Errors: `person_data`, with the names of the fields.
 */
export function refusePersonData(texts: Record<string, string | null | undefined>): void {
  for (const [field, text] of Object.entries(texts))
    if (text) refusePersonNumber(text, { vi: 'Nội dung', en: field }, { field });
}

/** A day that has not come yet is none of the past. Errors: `invalid_input`. */
export function refuseFuture(field: string, day: string | null | undefined, today: string): void {
  if (day && day > today)
    throw new AppError(
      'invalid_input',
      `Ngày ${dayInWords(day)} chưa tới (hôm nay ${dayInWords(today)}): chỉ ghi việc đã xảy ra. (${field}: expected a day not after ${today}, got ${day}.)`,
      { details: [{ path: field, message: `expected a day not after ${today}` }] },
    );
}

export function noSuchArea(id: string): AppError {
  return new AppError('not_found', `Không có địa bàn ${id}. (There is no such area.)`);
}

/** Errors: made here, thrown by the caller. */
export function badInput(path: string, vi: string, en: string): AppError {
  return new AppError('invalid_input', `${vi} (${path}: ${en}.)`, { details: [{ path, message: en }] });
}
