import type { ColumnMap } from '@diemnong/contracts';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../reading/row-source.ts';
import { createCategoryMatcher } from './categories.ts';
import { recogniseColumns } from './columns.ts';
import { createCommuneMatcher } from './commune-names.ts';
import { createRowReader } from './row-reader.ts';

const categories = [
  { code: 'robbery', nameVi: 'Cướp tài sản', nameEn: 'Robbery', article: '168' },
  { code: 'unclassified', nameVi: 'Chưa phân loại', nameEn: 'Unclassified', article: null },
];
const communes = [
  { code: '11953', name: 'Phố Hiến', fullName: 'Phường Phố Hiến', kind: 'Phường' },
  { code: '12003', name: 'Tân Tiến', fullName: 'Xã Tân Tiến', kind: 'Xã' },
  { code: '12004', name: 'Tân Tiến', fullName: 'Phường Tân Tiến', kind: 'Phường' },
];
function readerOf(headings: string[], map?: ColumnMap) {
  return createRowReader({
    headings,
    map: map ?? recogniseColumns(headings, []).map,
    categories: createCategoryMatcher({ categories, synonyms: {} }),
    communes: createCommuneMatcher(communes),
  });
}
const headings = [
  'Mã vụ',
  'Loại vụ',
  'Ngày xảy ra',
  'Kinh độ',
  'Vĩ độ',
  'Xã/phường',
  'Mã xã',
  'Trạng thái',
  'Độ chính xác',
];
const read = (...cells: Cell[]) => {
  const result = readerOf(headings).read(cells, 7);
  return Array.isArray(result) ? result.map(({ field, code }) => `${field}: ${code}`) : { ...result };
};

describe('createRowReader', () => {
  it('reads a full row', () => {
    expect(read('A1', 'Cướp tài sản', '31/10/2025 14:30', '106,06', '20,65', '', '', 'Đã giải quyết', 'đường')).toEqual(
      {
        rowNumber: 7,
        reference: 'A1',
        category: 'robbery',
        occurredFrom: Date.UTC(2025, 9, 31, 7, 30),
        occurredTo: null,
        reportedAt: null,
        resolvedAt: null,
        state: 'resolved',
        precision: 'street',
        x: 106.06,
        y: 20.65,
        communeCode: null,
      },
    );
  });
  it('a row without coordinates counts for its commune, at commune precision', () => {
    expect(read('A1', 'robbery', '31/10/2025', '', '', 'P. Phố Hiến', '', '', 'điểm')).toMatchObject({
      communeCode: '11953',
      precision: 'commune',
      x: Number.NaN,
      occurredTo: Date.UTC(2025, 9, 31, 17),
    });
    expect(read('A1', 'robbery', '31/10/2025', null, null, '', 12003)).toMatchObject({ communeCode: '12003' });
  });
  it.each<[string, Cell[], string[]]>([
    ['an empty category', ['', '', '31/10/2025', '106', '20'], ['category: no_category']],
    ['no date', ['', 'robbery', '', '106', '20'], ['occurredFrom: no_date']],
    ['a 13th month', ['', 'robbery', '10/31/2025', '106', '20'], ['occurredFrom: impossible_date']],
    ['no place', ['', 'robbery', '31/10/2025', '', '', '', ''], ['communeName: no_place']],
    ['an unreadable latitude', ['', 'robbery', '31/10/2025', '106', 'gần chợ'], ['lat: bad_coordinate']],
    ['an unreadable longitude', ['', 'robbery', '31/10/2025', '?', '20'], ['lng: bad_coordinate']],
    ['half a coordinate', ['', 'robbery', '31/10/2025', '', '20'], ['lng: half_coordinate']],
    ['an ambiguous commune', ['', 'robbery', '31/10/2025', '', '', 'Tân Tiến'], ['communeName: commune_ambiguous']],
    ['an unknown commune', ['', 'robbery', '31/10/2025', '', '', 'Xã Lạ'], ['communeName: commune_unknown']],
    ['an unknown code', ['', 'robbery', '31/10/2025', '', '', '', '99999'], ['communeCode: commune_code_unknown']],
    [
      'code against name',
      ['', 'robbery', '31/10/2025', '', '', 'Phố Hiến', '12003'],
      ['communeCode: commune_conflict'],
    ],
    ['too many cells', ['', 'robbery', '31/10/2025', '106', '4', '20', '5', '', '', 'x'], ['null: extra_cells']],
    [
      'several at once',
      ['', '', 'x', 'y', 'z'],
      ['category: no_category', 'occurredFrom: bad_date', 'lng: bad_coordinate'],
    ],
  ])('rejects %s', (_, cells, problems) => {
    expect(read(...cells)).toEqual(problems);
  });
  it('a doubtful commune name is no reason to reject a row with coordinates', () => {
    expect(read('', 'robbery', '31/10/2025', '106', '20', 'Tân Tiến')).toMatchObject({ communeCode: null, x: 106 });
  });
  it('words the problem in both languages, with what was got', () => {
    const result = readerOf(headings).read(['', 'robbery', '31/10/2025', '', '', 'Tân Tiến'], 2);
    expect(result).toEqual([
      {
        field: 'communeName',
        code: 'commune_ambiguous',
        got: 'Tân Tiến',
        message: '"Tân Tiến" chưa đủ rõ; có: Xã Tân Tiến; Phường Tân Tiến. Hãy ghi đúng tên đầy đủ.',
        messageEn: '"Tân Tiến" is not clear; there is: Xã Tân Tiến; Phường Tân Tiến. Give the full name.',
      },
    ]);
  });
  it('counts words of state and precision it does not know, and rows without time', () => {
    const reader = readerOf(headings);
    expect(reader.read(['', 'robbery', '31/10/2025', '106', '20', '', '', 'lạ', 'lạ'], 2)).toMatchObject({
      state: 'received',
      precision: 'unknown',
    });
    expect([...reader.unknownStates, ...reader.unknownPrecisions, reader.timeMissing()]).toEqual([
      ['lạ', 1],
      ['lạ', 1],
      1,
    ]);
  });
  it('joins date and time columns, start and end columns, and a pair column', () => {
    const reader = readerOf(['Loại vụ', 'Từ ngày', 'Giờ xảy ra', 'Đến ngày', 'Toạ độ', 'Ngày giải quyết']);
    expect(reader.read(['robbery', '31/10/2025', '22h30', '01/11/2025', '20.5, 106.4', 'chưa'], 2)).toMatchObject({
      occurredFrom: Date.UTC(2025, 9, 31, 15, 30),
      occurredTo: Date.UTC(2025, 10, 1, 17),
      x: 106.4,
      y: 20.5,
      resolvedAt: null,
    });
  });
  it('returns the same object for every row', () => {
    const reader = readerOf(headings);
    const first = reader.read(['A', 'robbery', '31/10/2025', '106', '20'], 2);
    expect(reader.read(['B', 'robbery', '31/10/2025', '106', '20'], 3)).toBe(first);
  });
});
