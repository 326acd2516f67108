import { describe, expect, it } from 'vitest';
import type { Cell } from '../reading/row-source.ts';
import { missingFields, recogniseColumns } from './columns.ts';

const rowsOf = (...cells: Cell[][]) => cells.map((row, i) => ({ rowNumber: i + 2, cells: row }));
const mapOf = (headings: string[], ...cells: Cell[][]) => recogniseColumns(headings, rowsOf(...cells)).map;

describe('recogniseColumns', () => {
  it('knows the headings of a police office', () => {
    expect(mapOf(['Số hồ sơ', 'Loại vụ việc', 'Thời điểm xảy ra', 'Kinh độ', 'Vĩ độ'])).toEqual({
      reference: 'Số hồ sơ',
      category: 'Loại vụ việc',
      occurredFrom: 'Thời điểm xảy ra',
      lng: 'Kinh độ',
      lat: 'Vĩ độ',
    });
  });
  it('whatever the case, accents, spacing, brackets and length', () => {
    const headings = [
      'STT',
      'MA_VU',
      'loai  vu',
      'Ngày xảy ra (dd/mm/yyyy)',
      'Giờ xảy ra',
      'Ngày tiếp nhận tin báo',
      'Xã/phường',
      'Mã xã',
      'TRẠNG THÁI',
      'Ngày giải quyết',
      'Độ chính xác vị trí',
      'Tọa độ',
      'Ghi chú',
    ];
    expect(mapOf(headings)).toEqual({
      reference: 'MA_VU',
      category: 'loai  vu',
      occurredFrom: 'Ngày xảy ra (dd/mm/yyyy)',
      occurredTime: 'Giờ xảy ra',
      reportedAt: 'Ngày tiếp nhận tin báo',
      communeName: 'Xã/phường',
      communeCode: 'Mã xã',
      state: 'TRẠNG THÁI',
      resolvedAt: 'Ngày giải quyết',
      precision: 'Độ chính xác vị trí',
      coordinates: 'Tọa độ',
    });
  });
  it('knows English headings', () => {
    expect(mapOf(['uid', 'offense_type', 'date_start', 'date_end', 'longitude', 'latitude'])).toEqual({
      reference: 'uid',
      category: 'offense_type',
      occurredFrom: 'date_start',
      occurredTo: 'date_end',
      lng: 'longitude',
      lat: 'latitude',
    });
  });
  it('prefers the telling heading over the vague one, wherever it stands', () => {
    expect(mapOf(['Ngày', 'Loại', 'Ngày xảy ra', 'Từ ngày', 'Đến ngày', 'Loại vụ việc'])).toEqual({
      occurredFrom: 'Ngày xảy ra',
      occurredTo: 'Đến ngày',
      category: 'Loại vụ việc',
    });
  });
  it('X is the northing of a VN-2000 field sheet, the easting when the values say so', () => {
    const headings = ['Loại vụ', 'Ngày', 'X', 'Y'];
    expect(mapOf(headings, ['a', 'b', '2265123,4', '565123,45'])).toMatchObject({ lat: 'X', lng: 'Y' });
    expect(mapOf(headings, ['a', 'b', '565123.45', '2265123.4'])).toMatchObject({ lat: 'Y', lng: 'X' });
    expect(mapOf(headings, ['a', 'b', 106.4, 20.5])).toMatchObject({ lng: 'X', lat: 'Y' });
    expect(mapOf(headings, ['a', 'b', 20.5, 106.4])).toMatchObject({ lng: 'Y', lat: 'X' });
    expect(mapOf(['Loại vụ', 'Toạ độ X (m)', 'Toạ độ Y (m)'], ['a', 2265123, 565123])).toMatchObject({
      lat: 'Toạ độ X (m)',
      lng: 'Toạ độ Y (m)',
    });
  });
  it('replays a saved mapping where its headings are present, and recognises the rest', () => {
    const headings = ['Phân nhóm nội bộ', 'Loại vụ', 'Ngày', 'Kinh độ', 'Vĩ độ'];
    const { map, columns } = recogniseColumns(headings, rowsOf(['a', 'b', '01/02/2026', '106', '20']), {
      category: 'phan nhom noi bo',
      reference: 'Không còn cột này',
      lng: '',
    });
    expect(map).toEqual({ category: 'Phân nhóm nội bộ', occurredFrom: 'Ngày', lat: 'Vĩ độ' });
    expect(columns[0]).toEqual({ heading: 'Phân nhóm nội bộ', field: 'category', samples: ['a'] });
    expect(columns[1]?.field).toBeNull();
  });
  it('never reads a column of persons', () => {
    expect(mapOf(['Ngày sinh', 'Số CCCD', 'Loại vụ'])).toEqual({ category: 'Loại vụ' });
  });
  it('says what is missing', () => {
    expect(missingFields({})).toEqual(['category', 'date', 'place']);
    expect(missingFields({ category: 'a', occurredFrom: 'b', lng: 'c' })).toEqual(['place']);
    expect(missingFields({ category: 'a', occurredFrom: 'b', communeName: 'c' })).toEqual([]);
  });
});
