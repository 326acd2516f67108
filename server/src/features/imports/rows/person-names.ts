import { textKey, toneKey } from './text-key.ts';

/**
 * Family names: the fourteen that about 90% of people bear (Lê Trung Hoa, Họ và tên người Việt Nam, 2005, as quoted in the
 * press), and a working list of others, northern minorities included. A name missing here is one the guard may not see.
 */
const surnames = new Set(
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đào Đoàn Lương Trịnh Trương Lâm Mai Tô Tạ Hà Cao Châu Chu Đàm Đồng Đường Doãn Giang Kiều La Lại Lã Lục Lưu Mạc Nghiêm Ninh Nông Phùng Quách Quản Thái Thân Tống Triệu Vi Viên Vương Khổng Khúc Ma Bế Hứa Hoa Thạch Danh Kim Sầm Lò Vàng Giàng Sùng Thào Hờ Mùa Tòng Quàng Cầm Lường'
    .split(' ')
    .map((name) => name.toLowerCase()),
);
/** Typed without accents only the unmistakable ones count: "ho", "do", "la" are words. */
const plainSurnames = new Set(
  'nguyen tran le pham hoang huynh phan vu dang bui ngo duong dinh doan luong trinh truong'.split(' '),
);
/** Middle names that say person (and seldom anything else). */
const middleNames = new Set(
  'văn thị hữu đức đình xuân ngọc minh thanh quang công duy bá thế khắc trọng hồng thu kim mạnh quốc tiến anh tuấn huy'.split(
    ' ',
  ),
);
const sureMiddleNames = new Set(['văn', 'thị', 'van', 'thi']);

/** Streets that bear the names of people, found in every town. */
export const commonStreets: readonly string[] = (
  'Trần Hưng Đạo|Lê Lợi|Nguyễn Trãi|Lý Thường Kiệt|Nguyễn Huệ|Lê Hồng Phong|Trần Phú|Nguyễn Văn Cừ|Nguyễn Thị Minh Khai|' +
  'Hoàng Văn Thụ|Phan Đình Phùng|Phan Bội Châu|Phan Chu Trinh|Phan Châu Trinh|Lê Duẩn|Võ Nguyên Giáp|Nguyễn Du|Lê Thánh Tông|Ngô Quyền|' +
  'Đinh Tiên Hoàng|Lê Đại Hành|Lý Thái Tổ|Trần Nhân Tông|Bùi Thị Xuân|Võ Thị Sáu|Tô Hiệu|Tôn Đức Thắng|Phạm Ngũ Lão|' +
  'Phạm Văn Đồng|Nguyễn Văn Linh|Nguyễn Lương Bằng|Nguyễn Chí Thanh|Hoàng Hoa Thám|Hoàng Quốc Việt|Hoàng Diệu|Lê Quý Đôn|' +
  'Lê Thanh Nghị|Lê Lai|Lý Tự Trọng|Lý Nam Đế|Ngô Gia Tự|Nguyễn Công Trứ|Nguyễn Đình Chiểu|Nguyễn Bỉnh Khiêm|Nguyễn Khuyến|' +
  'Nguyễn Thái Học|Nguyễn Tất Thành|Nguyễn Hữu Cảnh|Trần Nguyên Hãn|Trần Quang Khải|Trần Quốc Toản|Trần Khánh Dư|Trần Cao Vân|' +
  'Trần Nhật Duật|Trần Thái Tông|Trần Thánh Tông|Đinh Công Tráng|Đinh Bộ Lĩnh|Mai Hắc Đế|Mai Thúc Loan|Phùng Hưng|Phùng Chí Kiên|' +
  'Hồ Xuân Hương|Hồ Tùng Mậu|Chu Văn An|Cao Bá Quát|Đào Duy Từ|Đặng Dung|Đội Cấn|Lương Thế Vinh|Lương Khánh Thiện|Lương Ngọc Quyến|' +
  'Triệu Quang Phục|Triệu Thị Trinh|Lê Văn Lương|Lê Chân|Tô Hiến Thành|Hà Huy Tập|Hồ Chí Minh|Phạm Hồng Thái|Trương Định|Trương Hán Siêu'
).split('|');

/** Words before a name that make it a place. */
const placeWords =
  /(?:đường|phố|ngõ|ngách|hẻm|trường|thpt|thcs|chợ|cầu|xã|phường|quận|huyện|thôn|xóm|làng|khu|kđt|kcn|công viên|tượng đài|đền|chùa|số \d+\S*|\d+)[\s,]*$/iu;

const isCapitalised = (word: string) => {
  const first = word.charAt(0);
  return first !== first.toLowerCase();
};

/**
 * How surely a whole cell is a person's name: 2 with a telling middle name, 1 by family name and capitals, 0 not.
 * Two to five words, each capitalised (or all capitals), the first a family name. `known`: `textKey`s of communes,
 * categories and streets, which are no persons.
 */
export function isPersonName(text: string, known: ReadonlySet<string>): 0 | 1 | 2 {
  const words = text.trim().split(/\s+/);
  if (words.length < 2 || words.length > 5) return 0;
  if (!words.every((word) => /^\p{L}{1,7}\p{M}*$/u.test(word.normalize('NFC')))) return 0;
  const lower = words.map((word) => toneKey(word));
  const first = lower[0] ?? '';
  if (!surnames.has(first) && !plainSurnames.has(first)) return 0;
  const hasSureMiddle = lower.length > 2 && sureMiddleNames.has(lower[1] ?? '');
  if (!words.every(isCapitalised) && !hasSureMiddle) return 0;
  if (known.has(textKey(text))) return 0;
  return hasSureMiddle || (lower.length > 2 && middleNames.has(lower[1] ?? '')) ? 2 : 1;
}

const names = [...surnames].map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join('|');
const word = '\\p{Lu}\\p{Ll}{0,6}';
const titled = new RegExp(
  `(?<![\\p{L}])(?:ông|bà|anh|chị|cháu|em|đối tượng|bị can|bị cáo|nạn nhân|bị hại|tên là|họ tên|nghi phạm)\\s*:?\\s+((?:${names})(?:\\s+${word}){1,3})(?![\\p{L}])`,
  'gu',
);
const telling = new RegExp(`(?<![\\p{L}])((?:${names})\\s+(?:Văn|Thị)(?:\\s+${word}){1,2})(?![\\p{L}])`, 'gu');

/** Whether a longer text names a person: "đối tượng Trần Văn A", "Lê Thị B"; not "đường Nguyễn Văn Cừ". */
export function findPersonName(text: string, known: ReadonlySet<string>): boolean {
  if (!text.includes(' ')) return false;
  const composed = text.slice(0, 2000).normalize('NFC');
  for (const pattern of [titled, telling]) {
    for (const found of composed.matchAll(pattern)) {
      const name = found[1] ?? '';
      const start = found.index + found[0].length - name.length;
      const isStreet = startsWithKnown(textKey(name), known);
      if (!isStreet && !(pattern === telling && placeWords.test(composed.slice(0, start)))) return true;
    }
  }
  return false;
}

/** "nguyen van cu ngay" begins with a known street of two or more words. */
function startsWithKnown(key: string, known: ReadonlySet<string>): boolean {
  const words = key.split(' ');
  for (let n = words.length; n >= 2; n--) if (known.has(words.slice(0, n).join(' '))) return true;
  return false;
}
