import { AppError } from '@diemnong/contracts';
import { textKey } from '../imports/rows/text-key.ts';

export const listFields = [
  'name',
  'communeName',
  'communeCode',
  'types',
  'decisionNumber',
  'decisionDate',
  'level',
  'description',
] as const;
export type ListField = (typeof listFields)[number];

/** Headings that offices use for each field, compared without accents and case; the first is the template's. */
const headings: Record<ListField, readonly string[]> = {
  name: [
    'Tên địa bàn',
    'Địa bàn',
    'Địa bàn trọng điểm',
    'Tên địa bàn trọng điểm',
    'Địa bàn trọng điểm phức tạp',
    'Tên',
    'Area',
    'Area name',
    'Name',
  ],
  communeName: [
    'Xã, phường',
    'Xã phường đặc khu',
    'Tên xã',
    'Tên xã phường',
    'Xã',
    'Phường',
    'Phường xã',
    'Đơn vị cấp xã',
    'Đơn vị hành chính cấp xã',
    'Thuộc xã',
    'Thuộc xã phường',
    'Commune',
    'Ward',
  ],
  communeCode: ['Mã xã', 'Mã xã phường', 'Mã phường', 'Mã ĐVHC', 'Mã đơn vị hành chính', 'Commune code'],
  types: ['Loại', 'Loại địa bàn', 'Loại hình', 'Lĩnh vực', 'Tính chất', 'Phân loại', 'Types', 'Type'],
  decisionNumber: [
    'Số quyết định',
    'Quyết định số',
    'Số QĐ',
    'QĐ số',
    'Quyết định',
    'Số văn bản',
    'Decision number',
    'Decision',
  ],
  decisionDate: [
    'Ngày quyết định',
    'Ngày QĐ',
    'Ngày ký',
    'Ngày ra quyết định',
    'Ngày ban hành',
    'Decision date',
    'Date',
  ],
  level: ['Cấp', 'Cấp quản lý', 'Diện', 'Cấp địa bàn', 'Level'],
  description: ['Mô tả', 'Mô tả địa bàn', 'Đặc điểm', 'Đặc điểm tình hình', 'Tình hình', 'Description'],
};

/** All headings that are known, to find their row under titles and letterheads. */
export const knownHeadings: readonly string[] = Object.values(headings).flat();

/** The heading of each field in the template. */
export const templateHeadings: readonly string[] = listFields.map((field) => headings[field][0]);

const byKey = new Map(
  listFields.flatMap((field) => headings[field].map((heading, rank) => [textKey(heading), { field, rank }] as const)),
);

export type ListColumns = Record<ListField, number>;

/**
 * Which column holds which field; −1 = none. What stands in brackets of a heading is no part of it. Of two columns that could
 * fill a field, the one whose heading is named earlier does.
 * Errors: `unprocessable` without a name, types, or a commune.
 */
export function recogniseListColumns(found: readonly string[]): ListColumns {
  const columns = Object.fromEntries(listFields.map((field) => [field, -1])) as ListColumns;
  const candidates = found
    .map((heading, at) => ({
      at,
      known: byKey.get(textKey(heading)) ?? byKey.get(textKey(heading.replace(/[([{][^)\]}]*[)\]}]/g, ' '))),
    }))
    .flatMap(({ at, known }) => (known === undefined ? [] : [{ at, ...known }]))
    .sort((a, b) => a.rank - b.rank || a.at - b.at);
  for (const { at, field } of candidates) if (columns[field] < 0) columns[field] = at;
  const missing = [
    ...(columns.name < 0 ? ['Tên địa bàn'] : []),
    ...(columns.communeName < 0 && columns.communeCode < 0 ? ['Xã, phường (hoặc Mã xã)'] : []),
    ...(columns.types < 0 ? ['Loại'] : []),
  ];
  if (missing.length > 0)
    throw new AppError(
      'unprocessable',
      `Không nhận ra cột: ${missing.join('; ')}. Tệp có: ${found.join('; ')}. Hãy dùng tệp mẫu. (The columns name, commune and types are needed; use the template.)`,
      { details: { reason: 'columns', missing, found } },
    );
  return columns;
}
