import { AppError } from '@diemnong/contracts';
import { findPersonNumber } from './person-data.ts';

/**
 * A text that somebody wrote holds no number of a person. `named`: how the answer speaks of the text.
 * Errors: `person_data`.
 */
export function refusePersonNumber(text: string, named: { vi: string; en: string }, details?: { field: string }): void {
  const found = findPersonNumber(text);
  if (found !== null)
    throw new AppError(
      'person_data',
      `${named.vi} có ${found.vi}. Nền tảng không nhận dữ liệu cá nhân: hãy viết theo địa bàn. Chưa có gì được lưu. ` +
        `(${named.en} holds ${found.en}; nothing was stored.)`,
      { details },
    );
}
