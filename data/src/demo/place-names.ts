/**
 * Invented place names: two Vietnamese syllables that read well together. Any likeness to a real commune is chance;
 * names of provinces are left out so that no one mistakes a sample for the real thing.
 */

import { foldText } from '../category-synonyms.ts';
import { formerProvinceMeridians, provinceMeridians } from '../central-meridians.ts';
import { at, type Random } from './random.ts';

const FIRST =
  'An Bình Cẩm Đại Đông Đồng Đức Gia Giang Hà Hoà Hoằng Hồng Hưng Khánh Kim Kỳ Lạc Lâm Liên Long Lương Minh Mỹ Nam Nghĩa Ngọc Nguyên Nhân Ninh Phong Phú Phúc Phước Quang Quế Sơn Tam Tân Tây Thạch Thái Thanh Thiện Thịnh Thọ Thuận Thuỷ Thượng Tiên Tiền Trung Trường Tự Văn Vân Việt Vĩnh Vũ Xuân Yên'.split(
    ' ',
  );
const SECOND =
  'An Bình Châu Cường Đạo Đô Đức Giang Hà Hải Hoà Hội Hợp Hưng Khê Lạc Lâm Lập Lễ Lộc Lợi Long Lưu Lý Mai Minh Ngạn Nghĩa Nguyên Phong Phú Phương Quang Sơn Tân Thanh Thành Thắng Thịnh Thọ Thuận Thuỷ Tiến Trạch Triều Trung Tường Vân Viên Xá Xuyên'.split(
    ' ',
  );
const COASTAL_FIRST = 'Hải Giao Diêm Cồn Sa'.split(' ');
const COASTAL_SECOND = 'Bắc Châu Đông Hậu Long Lộc Lý Ninh Phong Quang Tân Thanh Thịnh Tiến Triều Vân Xuân'.split(' ');

/** Wards of the old town are named, as everywhere in the country, after events and persons of history. */
const TOWN_NAMES = [
  'Lê Lợi',
  'Quang Trung',
  'Trần Phú',
  'Hai Bà Trưng',
  'Ngô Quyền',
  'Bạch Đằng',
  'Cửa Nam',
  'Phố Hiệu',
  'Bến Thuỷ',
  'Đông Khê',
];
const COUNTRY_NAMES = ['Bình Nguyên', 'Thuận Hoà', 'Đại Đồng', 'Thuỷ Nguyên Xá', 'Hoà Lạc', 'Thuỷ Vân'];
/** Different names that become one when an office types without accents: the importer must ask, not guess. */
export const ACCENT_TWINS = ['Tân Hưng', 'Tân Hùng'] as const;

const taken = new Set([...formerProvinceMeridians, ...provinceMeridians].map((province) => foldText(province.nameVi)));

export type NameSource = { town(): string; country(): string; coast(): string };

/** Names without repetition, not even when written without accents (apart from `ACCENT_TWINS`, given out elsewhere). */
export function createNames(random: Random): NameSource {
  const used = new Set([...taken, ...ACCENT_TWINS.map(foldText)]);
  const combine = (first: readonly string[], second: readonly string[]) =>
    random.shuffled(first.flatMap((a) => second.filter((b) => b !== a).map((b) => `${a} ${b}`)));
  const draw = (queue: string[]) => (): string => {
    for (;;) {
      const name = queue.shift();
      if (name === undefined) throw new Error('ran out of invented names');
      if (used.has(foldText(name))) continue;
      used.add(foldText(name));
      return name;
    }
  };
  const country = [...COUNTRY_NAMES, ...combine(FIRST, SECOND)];
  const drawCountry = draw(country);
  return {
    town: draw([...TOWN_NAMES, ...combine(FIRST, SECOND)]),
    country: drawCountry,
    coast: draw([...combine(COASTAL_FIRST, COASTAL_SECOND), ...combine(FIRST, SECOND)]),
  };
}

/** A name as English writes it: Vietnamese spelling without marks, capitals kept. */
export function toEnglishName(name: string): string {
  return name
    .split(' ')
    .map((word) => {
      const folded = foldText(word);
      return at(folded, 0).toUpperCase() + folded.slice(1);
    })
    .join(' ');
}
