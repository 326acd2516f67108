import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeatureSplitter } from './feature-splitter.ts';
import { FileRefusal } from './file-refusal.ts';
import { openRowSource, type Row, type RowSource } from './row-source.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'geojson-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function open(content: Buffer | string): Promise<RowSource> {
  const file = join(folder, 'file.geojson');
  await writeFile(file, content);
  return openRowSource(file, { fileName: 'file.geojson' });
}
async function all(source: RowSource): Promise<Row[]> {
  const rows = [];
  for await (const chunk of source.rows()) rows.push(...chunk);
  await source.close();
  return rows;
}
const point = (x: number, y: number, properties: object | null) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [x, y] },
});
const collection = (features: unknown[], more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

describe('openGeojsonSource', () => {
  const features = [
    point(106.1, 20.5, { 'Loại vụ': 'Trộm "xe" {đạp}', Ngày: '31/10/2025', sâu: { a: [1] } }),
    { type: 'Feature', properties: { 'Loại vụ': 'Cướp', Xã: 'Phố Hiến' }, geometry: null },
    { type: 'Feature', properties: { 'Loại vụ': 'Gây rối' }, geometry: { type: 'LineString', coordinates: [[1, 2]] } },
    point(106.2, 20.6, null),
  ];
  it('turns properties into columns and the point into lng and lat', async () => {
    const crs = { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3405' } } };
    for (const text of [collection(features, crs), JSON.stringify(JSON.parse(collection(features, crs)), null, 2)]) {
      for (const content of [text, `\ufeff${text}`, gzipSync(text)]) {
        const source = await open(content);
        expect(source.headings).toEqual(['Loại vụ', 'Ngày', 'sâu', 'Xã', 'lng', 'lat']);
        expect([source.format, source.declaredCrs]).toEqual(['geojson', 'EPSG:3405']);
        const rows = await all(source);
        expect(rows).toEqual([
          { rowNumber: 1, cells: ['Trộm "xe" {đạp}', '31/10/2025', '{"a":[1]}', null, 106.1, 20.5] },
          { rowNumber: 2, cells: ['Cướp', null, null, 'Phố Hiến', null, null] },
          { rowNumber: 3, cells: ['Gây rối', null, null, null, 'LineString', null] },
          { rowNumber: 4, cells: [null, null, null, null, 106.2, 20.6] },
        ]);
        expect(source.samples).toEqual(rows);
      }
    }
  });
  it('streams many features across blocks, and tells of a property that comes late', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => point(106 + i / 1e6, 20, { n: i, tên: `điểm ${i}` }));
    const source = await open(collection([...many, point(1, 2, { muộn: 1 })]));
    const rows = await all(source);
    expect(rows.length).toBe(20_001);
    expect(rows[12_345]?.cells).toEqual([12_345, 'điểm 12345', 106.012345, 20]);
    expect(source.warnings[0]?.message).toContain('"muộn"');
  });
  it('a property named lng keeps its name', async () => {
    expect((await open(collection([point(1, 2, { lng: 'x' })]))).headings).toEqual(['lng', 'lng_', 'lat']);
  });
  it.each<[string, string, string]>([
    ['a single feature', JSON.stringify(point(1, 2, {})), 'unprocessable: not_geojson'],
    ['another kind of JSON', '{"elements": [{"id": 1}]}', 'unprocessable: not_geojson'],
    ['a list of objects', '[{"a": 1}]', 'unprocessable: not_geojson'],
    ['features that are none', '{"features": [{"a": 1}]}', 'unprocessable: not_geojson'],
    ['a file cut short', collection([point(1, 2, {}), point(1, 2, {})]).slice(0, -20), 'unprocessable: damaged'],
    ['broken JSON', '{"features": [{"type": "Feature",}]}', 'unprocessable: damaged'],
    [
      'a late property of a person',
      collection([
        ...Array.from({ length: 9000 }, () => point(1, 2, { a: 'xxxxxxxx' })),
        point(1, 2, { 'Họ tên': 'x' }),
      ]),
      'person_data: person_property',
    ],
  ])('refuses %s', async (_, text, expected) => {
    const result = await open(text)
      .then(all)
      .catch((error: unknown) => (error instanceof FileRefusal ? `${error.code}: ${error.reason}` : error));
    expect(result).toBe(expected);
  });
});

describe('createFeatureSplitter', () => {
  it('hands out the same features however the text is cut', () => {
    const features = fc.array(
      fc.record({ type: fc.constant('Feature'), properties: fc.dictionary(fc.string(), fc.jsonValue()) }),
    );
    fc.assert(
      fc.property(features, fc.integer({ min: 1, max: 50 }), (list, size) => {
        const text = JSON.stringify({ name: 'features', crs: { a: '}' }, features: list, more: [{ features: [{}] }] });
        const found: unknown[] = [];
        const splitter = createFeatureSplitter((feature) => found.push(JSON.parse(feature)));
        for (let i = 0; i < text.length; i += size) splitter.push(text.slice(i, i + size));
        expect(found).toEqual(JSON.parse(JSON.stringify(list)));
        expect([splitter.isComplete(), splitter.crsText()]).toEqual([true, '{"a":"}"}']);
      }),
    );
  });
});
