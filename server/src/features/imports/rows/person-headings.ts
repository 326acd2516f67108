import { textKey } from './text-key.ts';

export type PersonDataKind = 'name' | 'identity_number' | 'phone' | 'plate' | 'birth_date' | 'address' | 'person';

const someone =
  '(?:bi can|bi cao|nan nhan|bi hai|nguoi bi hai|doi tuong|nghi pham|nghi can|nguoi bao tin|nguoi bao|nguoi trinh bao|nguoi to giac|nguoi lam chung|nhan chung|nguyen don|bi don|chu ho|chu xe|chu nha|chu so huu|chu co so|nguoi vi pham|nguoi lien quan|nguoi gay an|nguoi dai dien|can bo thu ly|can bo xu ly|can bo nhap|can bo tiep nhan|nguoi tiep nhan|nguoi nhap|dieu tra vien|cong dan|thu pham|lai xe|nguoi khieu nai|nguoi to cao|duong su|victim|suspect|offender|complainant|witness|driver|owner|officer)';

/** What a heading (as `textKey` gives it) says about persons, most telling first. */
const patterns: readonly [RegExp, PersonDataKind][] = [
  [
    /\b(?:cccd|cmnd|cmt|cmtnd|can cuoc|so dinh danh|ma dinh danh ca nhan|dinh danh ca nhan|chung minh (?:thu|nhan dan)|ho chieu|passport|national id|id card|identity (?:card|number)|gplx|giay phep lai xe|so bhxh|ma so thue ca nhan)\b/,
    'identity_number',
  ],
  [
    /\b(?:sdt|so dt|dtdd|dt lien he|so dien thoai|dien thoai (?:lien he|nguoi|chu|nan)|di dong|phone|mobile|telephone|zalo|so tai khoan)\b|^(?:so )?dien thoai$|^tel$/,
    'phone',
  ],
  [
    /\b(?:bien so|bien kiem soat|bks|bsx|so khung|so may|license plate|licence plate|number plate|plate number|plate no|vin)\b|^plates?$|^bien ks$/,
    'plate',
  ],
  [
    /\b(?:ngay sinh|nam sinh|ngay thang nam sinh|sinh ngay|sinh nam|date of birth|birth ?date|year of birth|dob)\b|^birth$|^ns$/,
    'birth_date',
  ],
  [
    /\b(?:ho khau|thuong tru|noi tam tru|dia chi tam tru|noi cu tru|que quan|cho o|noi o hien|dia chi nha rieng|home address|residence address)\b|^noi o$/,
    'address',
  ],
  [new RegExp(`\\bdia chi(?: cua)? ${someone}\\b`), 'address'],
  [
    /\b(?:ho ten|ho va ten|ho dem|ho ten dem|ten goi khac|full ?name|first ?name|last ?name|surname|person name)\b/,
    'name',
  ],
  [new RegExp(`^(?:ten |danh tinh |nhan than |thong tin )?(?:cac )?${someone}(?: \\d+)?(?: name)?$`), 'name'],
  [new RegExp(`^(?:ten|danh tinh|nhan than|thong tin) ${someone}\\b|^${someone} (?:vi pham|name|ho ten)\\b`), 'name'],
  [/^(?:email|e mail|facebook|anh chan dung|anh khuon mat|van tay|face|photo of (?:person|face))\b/, 'person'],
];

/** Counts and kinds of persons are no data on a person: "Số nạn nhân", "Số đối tượng", "Loại đối tượng". */
const counts =
  /^(?:so luong|tong so|tong|sl|loai|nhom|co|so (?:nguoi|nan nhan|bi can|bi cao|doi tuong|bi hai|vu)|number of|count)\b/;

/** What data on a person a column heading announces; null when none. */
export function personHeadingKind(heading: string): PersonDataKind | null {
  const key = textKey(heading);
  if (key === '' || counts.test(key)) return null;
  return patterns.find(([pattern]) => pattern.test(key))?.[1] ?? null;
}
