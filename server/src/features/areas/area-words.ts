import { AppError, type AreaEventType, type AreaStatus } from '@diemnong/contracts';
import { refusePersonNumber } from '../imports/rows/refuse-person-number.ts';
import type { Illegal, Step } from './areas-rules.ts';

type Words<Key extends string> = Record<Key, { vi: string; en: string }>;

/** Steps as messages name them; screens have their own words (client/src/i18n). */
const eventWords: Words<AreaEventType> = {
  proposed: { vi: 'đề xuất', en: 'proposed' },
  listed: { vi: 'đưa vào diện', en: 'put on the list' },
  transforming: { vi: 'bắt đầu chuyển hóa', en: 'transformation begins' },
  measure: { vi: 'biện pháp', en: 'measure' },
  reviewed: { vi: 'rà soát', en: 'reviewed' },
  assessed_success: { vi: 'đánh giá đạt', en: 'assessed: transformed' },
  assessed_not_yet: { vi: 'đánh giá chưa đạt', en: 'assessed: not transformed yet' },
  removed: { vi: 'đưa ra khỏi diện', en: 'taken off the list' },
  watched: { vi: 'theo dõi', en: 'watch begins' },
  relapsed: { vi: 'tái phức tạp', en: 'relapsed' },
  closed: { vi: 'hết theo dõi', en: 'watch ended' },
  rejected: { vi: 'không đưa vào diện', en: 'not put on the list' },
  carried_over: { vi: 'chuyển sang năm sau', en: 'carried over to the next year' },
  superseded: { vi: 'tách hoặc nhập địa bàn', en: 'divided or merged' },
  withdrawn: { vi: 'xóa bỏ bước ghi nhầm', en: 'struck as a mistake' },
};

const statusWords: Words<AreaStatus> = {
  draft: { vi: 'chưa có đề xuất', en: 'not proposed' },
  proposed: { vi: 'mới đề xuất', en: 'proposed' },
  listed: { vi: 'trong diện', en: 'listed' },
  transforming: { vi: 'đang chuyển hóa', en: 'transforming' },
  assessed_success: { vi: 'đã đánh giá đạt', en: 'assessed: transformed' },
  assessed_not_yet: { vi: 'đã đánh giá chưa đạt', en: 'assessed: not transformed yet' },
  removed: { vi: 'đã đưa ra khỏi diện', en: 'off the list' },
  watched: { vi: 'đang theo dõi', en: 'under watch' },
  relapsed: { vi: 'tái phức tạp', en: 'relapsed' },
  closed: { vi: 'đã hết theo dõi', en: 'no longer watched' },
  rejected: { vi: 'không đưa vào diện', en: 'not put on the list' },
  superseded: { vi: 'đã tách hoặc nhập vào địa bàn khác', en: 'divided or merged' },
};

/** A step as the English half of a message names it. */
export function stepInEnglish(type: AreaEventType): string {
  return `"${eventWords[type].en}"`;
}

/** `2025-03-01` → `01/03/2025`. */
export function dayInWords(day: string): string {
  return day.split('-').reverse().join('/');
}

/** A step that may not be taken, with the reason in words and the steps that may. `step`: the one that was asked for. */
export function illegalStep(illegal: Illegal, step: Pick<Step, 'id' | 'type' | 'on'>): AppError {
  const { status, legal, notAfter } = illegal;
  const isLater = illegal.step.id !== step.id;
  const next = enterable(legal);
  const names = (language: 'vi' | 'en') => next.map((type) => `"${eventWords[type][language]}"`).join(', ');
  const [day, laterDay] = [dayInWords(step.on), dayInWords(illegal.step.on)];
  const [asked, broken] = [eventWords[step.type], eventWords[illegal.step.type]];
  const vi = isLater
    ? `Bước "${asked.vi}" ngày ${day} làm bước "${broken.vi}" ngày ${laterDay} không còn đúng trình tự: ` +
      `khi đó địa bàn ở trạng thái "${statusWords[status].vi}"`
    : `Không thể "${asked.vi}" ngày ${day}: khi đó địa bàn ở trạng thái "${statusWords[status].vi}"`;
  const en = isLater
    ? `The step "${asked.en}" on ${day} puts the step "${broken.en}" on ${laterDay} out of order: ` +
      `the area is then "${statusWords[status].en}"`
    : `The step "${asked.en}" cannot be taken on ${day}: the area is then "${statusWords[status].en}"`;
  const [viYear, enYear] =
    notAfter === null
      ? ['', '']
      : [
          ` và đã trong diện năm ${notAfter}; năm chuyển sang phải sau năm đó, nhận được ${illegal.step.year}`,
          ` and listed for ${notAfter}; expected a year after that, got ${illegal.step.year}`,
        ];
  return new AppError(
    'conflict',
    `${vi}${viYear}. Bước tiếp theo được phép: ${names('vi') || 'không có bước nào'}. ` +
      `(${en}${enYear}. Steps that may be next: ${names('en') || 'none'}.)`,
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
      `Ngày ${dayInWords(day)} chưa tới (hôm nay ${dayInWords(today)}): chỉ ghi việc đã xảy ra. ` +
        `(The day ${dayInWords(day)} has not come yet, today is ${dayInWords(today)}: only what has happened is entered.)`,
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
