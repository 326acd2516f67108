import { describe, expect, it } from 'vitest';
import { fromWkb } from '../../database/multipolygon-wkb.ts';
import { type CommuneDraft, mergeParts, readFeature, recogniseFields, splitFullName } from './boundaries-rules.ts';
import type { RawFeature } from './geojson-features.ts';

const square = [
  [106, 20],
  [106.1, 20],
  [106.1, 20.1],
  [106, 20.1],
  [106, 20],
];
const polygon = { type: 'Polygon', coordinates: [square] };
const fields = {
  code: 'code',
  name: 'name',
  fullName: undefined,
  kind: 'kind',
  province: 'province',
  population: 'population',
};
const read = (properties: Record<string, unknown>, geometry: RawFeature['geometry'] = polygon) =>
  readFeature({ properties, geometry }, 1, fields) as CommuneDraft & { rejected?: string };

describe('recogniseFields', () => {
  it('knows the fields of the usual Vietnamese and English files', () => {
    expect(recogniseFields(['MAXA', 'TENXA', 'MATINH', 'DANSO'], {})).toMatchObject({
      code: 'MAXA',
      name: 'TENXA',
      province: 'MATINH',
      population: 'DANSO',
    });
    expect(recogniseFields(['code', 'name', 'fullName', 'province_code'], {})).toMatchObject({
      code: 'code',
      name: 'name',
      fullName: 'fullName',
      province: 'province_code',
    });
    expect(recogniseFields(['Mã xã', 'Tên xã', 'Tỉnh', 'Dân số'], {})).toMatchObject({ code: 'Mã xã', name: 'Tên xã' });
  });

  it('takes a named field before a usual one, and refuses one that is not there, listing those that are', () => {
    expect(recogniseFields(['code', 'gso', 'name'], { codeField: 'gso' }).code).toBe('gso');
    expect(() => recogniseFields(['code', 'name'], { codeField: 'ma_so' })).toThrow(/ma_so.*code, name/);
    expect(() => recogniseFields(['x', 'name'], {})).toThrow(/--code-field/);
  });
});

describe('splitFullName', () => {
  it('takes kind and name apart, abbreviations too', () => {
    expect(splitFullName('Phường Phố Hiến')).toEqual({ kind: 'phường', name: 'Phố Hiến' });
    expect(splitFullName('xã Tân Hưng')).toEqual({ kind: 'xã', name: 'Tân Hưng' });
    expect(splitFullName('Đặc khu Phú Quốc')).toEqual({ kind: 'đặc khu', name: 'Phú Quốc' });
    expect(splitFullName('TT. Yên Mỹ')).toEqual({ kind: 'thị trấn', name: 'Yên Mỹ' });
    expect(splitFullName('P.1')).toEqual({ kind: 'phường', name: '1' });
  });

  it('leaves a name alone that only begins like a prefix', () => {
    for (const name of ['Phố Hiến', 'Xãng', 'Xuân Trúc', 'Phường', 'Tt'])
      expect(splitFullName(name)).toEqual({ kind: '', name });
  });
});

describe('readFeature', () => {
  it('gives the name without its prefix and the full name with it', () => {
    expect(read({ code: '11953', name: ' phường  Phố Hiến' })).toMatchObject({
      code: '11953',
      name: 'Phố Hiến',
      fullName: 'Phường Phố Hiến',
      kind: 'phường',
    });
    expect(read({ code: '11953', name: 'Phố Hiến', kind: 'Phường' })).toMatchObject({ fullName: 'Phường Phố Hiến' });
    expect(read({ code: '11953', name: 'Phố Hiến' })).toMatchObject({ fullName: 'Phố Hiến', kind: '' });
  });

  it('gives lost zeros back to a code and composes decomposed letters', () => {
    expect(read({ code: 4, name: 'A' }).code).toBe('00004');
    expect(read({ code: '953.0', name: 'A' }).code).toBe('00953');
    expect(read({ code: '1090101', name: 'Hòa'.normalize('NFD') })).toMatchObject({ code: '1090101', name: 'Hòa' });
  });

  it('reads populations as offices write them and takes zero as unknown', () => {
    const population = (value: unknown) => read({ code: '1', name: 'A', population: value }).population;
    expect([6515, '6515', '6.515', '6,515', '1 206 515', 6515.4].map(population)).toEqual([
      6515, 6515, 6515, 6515, 1_206_515, 6515,
    ]);
    expect([0, '0', -1, 'chưa rõ', '', null].map(population)).toEqual([null, null, null, null, null, null]);
  });

  it('rejects features without code, name or area, and says why', () => {
    expect(read({ name: 'A' }).rejected).toMatch(/Thiếu mã xã/);
    expect(read({ code: '1' }).rejected).toMatch(/thiếu tên/);
    expect(read({ code: '1', name: 'A' }, null).rejected).toMatch(/không có hình/);
    expect(read({ code: '1', name: 'A' }, { type: 'Point', coordinates: [106, 20] }).rejected).toMatch(/Point/);
    expect(read({ code: '1', name: 'A' }, { type: 'MultiPolygon', coordinates: [] }).rejected).toMatch(/rỗng/);
    expect(read({ code: '1', name: 'A' }, { type: 'Polygon', coordinates: [square.slice(0, 2)] }).rejected).toMatch(
      /rỗng/,
    );
  });

  it('closes an open ring, drops a hole of too few positions, and tells both', () => {
    const { outline, notes } = read(
      { code: '1', name: 'A' },
      { type: 'Polygon', coordinates: [square.slice(0, 4), square.slice(0, 2)] },
    );
    expect(fromWkb(outline)).toEqual([[square]]);
    expect(notes).toHaveLength(2);
  });

  it('refuses the file when a coordinate is no longitude and latitude', () => {
    const metres = [square.map(([x = 0, y = 0]) => [x * 5000, y * 100_000])];
    expect(() => read({ code: '1', name: 'A' }, { type: 'Polygon', coordinates: metres })).toThrow(/--crs/);
    const swapped = [square.map(([x, y]) => [y, x])];
    expect(() => read({ code: '1', name: 'A' }, { type: 'Polygon', coordinates: swapped })).toThrow(/--crs/);
  });
});

describe('mergeParts', () => {
  it('joins the parts of one commune and orders by code', () => {
    const parts = [read({ code: '3', name: 'C' }), read({ code: '2', name: 'B' }), read({ code: '3', name: 'C' })];
    const { communes, merged } = mergeParts(parts);
    expect(communes.map(({ code, outline }) => [code, fromWkb(outline).length])).toEqual([
      ['00002', 1],
      ['00003', 2],
    ]);
    expect(merged).toEqual([{ code: '00003', parts: 2 }]);
  });

  it('refuses one code for two communes, naming both', () => {
    expect(() => mergeParts([read({ code: '3', name: 'Xã C' }), read({ code: '3', name: 'Xã D' })])).toThrow(
      /00003.*Xã C.*Xã D/,
    );
  });
});
