import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { centreOf } from '@diemnong/analysis';
import { BoundaryOptions, type BoundaryReport } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serverActor } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import { importBoundaries } from '../../server/src/features/boundaries/import-boundaries.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { findSharedData } from '../support/shared-data.ts';

const by = { ...serverActor, scope: systemScope };

type Options = Partial<BoundaryOptions>;
type Ring = [number, number][];

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const commune = (code: string, name: string, rings: Ring[], more: object = {}) => ({
  type: 'Feature',
  properties: { code, name, province_code: '33', ...more },
  geometry: { type: 'Polygon', coordinates: rings },
});
/** Two communes of about 11 × 10 km beside each other. */
const west = commune('00101', 'Xã Tây', [box(106, 20, 106.1, 20.1)]);
const east = commune('00102', 'Phường Đông', [box(106.1, 20, 106.2, 20.1)]);

const hungYen = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');
const communes2009 = findSharedData('communes_2009_thai_binh_hung_yen.geojson.gz');
const naturalEarth = findSharedData('natural_earth_vn_region.gpkg');
const columbus = findSharedData('columbus/columbus.shp');

describeOnBothDatabases('boundaries', (open) => {
  let db: TestDatabase;
  let directory: string;
  beforeAll(async () => {
    db = await open();
    directory = mkdtempSync(join(tmpdir(), 'diemnong-boundaries-'));
  });
  afterAll(async () => {
    await db?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function write(name: string, features: object[]): string {
    const file = join(directory, name);
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
    return file;
  }
  const load = (file: string, options: Options): Promise<BoundaryReport> =>
    importBoundaries(db, {
      file,
      by,
      options: BoundaryOptions.parse({ set: 'unset', validFrom: '2025-07-01', ...options }),
    });
  const countOf = async (table: string, where: object = {}) =>
    Number((await db.knex(table).where(where).count())[0]?.count);

  it('stores communes with their names, kinds, population, area and label, and makes the first set the default', async () => {
    const versionBefore = await db.knex('data_version').first('version');
    const report = await load(
      write('two.geojson.gz', [{ ...east, properties: { ...east.properties, danSo: '12.345' } }, west]),
      {
        set: 'two',
        name: 'Hai xã',
      },
    );
    expect(report).toMatchObject({
      communes: 2,
      provinces: ['33'],
      rejected: [],
      repaired: [],
      unchanged: false,
      demoRemoved: false,
    });
    const rows = await db.knex('commune').where({ boundary_set_id: 'two' }).orderBy('code');
    expect(rows).toMatchObject([
      { code: '00101', name: 'Tây', full_name: 'Xã Tây', kind: 'xã', province_code: '33', population: null },
      { code: '00102', name: 'Đông', full_name: 'Phường Đông', kind: 'phường', population: 12_345 },
    ]);
    // 0.1° × 0.1° at 20°N on the WGS84 ellipsoid: 115.813 km² by the authalic formula (Snyder 1987, eq. 3-12).
    expect(rows[0].area_m2 / 1e6).toBeCloseTo(115.813, 2);
    expect(report.areaKm2).toBeCloseTo((rows[0].area_m2 + rows[1].area_m2) / 1e6, 9);
    const labels = await db.knex.raw('select bool_and(ST_Within(label_point, geom)) as inside from commune');
    expect(labels.rows[0].inside).toBe(true);
    expect(await db.knex('boundary_set').first('id', 'name', 'is_default')).toEqual({
      id: 'two',
      name: 'Hai xã',
      is_default: true,
    });
    expect(await db.knex('province').first()).toMatchObject({
      code: '33',
      name_vi: 'Hưng Yên',
      name_en: 'Hung Yen',
      is_demo: false,
    });
    expect((await db.knex('data_version').first('version')).version).toBe(versionBefore.version + 1);
  });

  it('changes nothing when the same set comes again, in whatever order and format, and refuses other content', async () => {
    const before = await db.knex('data_version').first('version');
    const same = [west, { ...east, properties: { ...east.properties, danSo: 12_345 } }];
    const lines = join(directory, 'two.geojsonl');
    writeFileSync(lines, same.map((feature) => JSON.stringify(feature)).join('\n'));
    expect(await load(lines, { set: 'two', name: 'Hai xã' })).toMatchObject({ unchanged: true, communes: 2 });
    await expect(load(write('one.geojson', [west]), { set: 'two', name: 'Hai xã' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await db.knex('data_version').first('version')).toEqual(before);
    expect(await countOf('commune', { boundary_set_id: 'two' })).toBe(2);
  });

  it('keeps two sets that use one code for two communes side by side', async () => {
    const old = commune('26740', 'Phường Bến Nghé', [box(106.7, 10.77, 106.71, 10.79)], { province_code: '79' });
    const today = commune('26740', 'Phường Sài Gòn', [box(106.69, 10.76, 106.71, 10.79)], { province_code: '79' });
    await load(write('old.geojson', [old]), { set: '2024', validFrom: '2004-01-01', validTo: '2025-07-01' });
    await load(write('new.geojson', [today]), { set: '2025' });
    const rows = await db
      .knex('commune')
      .where({ code: '26740' })
      .orderBy('boundary_set_id')
      .select('boundary_set_id', 'name');
    expect(rows).toEqual([
      { boundary_set_id: '2024', name: 'Bến Nghé' },
      { boundary_set_id: '2025', name: 'Sài Gòn' },
    ]);
    expect(await countOf('boundary_set', { is_default: true })).toBe(1);
  });

  it('repairs a bow-tie ring and tells what was wrong, where, and what it changed', async () => {
    const bowTie: Ring = [
      [106, 20],
      [106.1, 20.1],
      [106.1, 20],
      [106, 20.1],
      [106, 20],
    ];
    const { repaired } = await load(write('bow-tie.geojson', [commune('00201', 'Xã Nơ', [bowTie]), east]), {
      set: 'bow-tie',
    });
    expect(repaired).toHaveLength(1);
    expect(repaired[0]).toMatchObject({ code: '00201', reason: expect.stringMatching(/tự cắt \(Self-intersection\)/) });
    expect(repaired[0]?.at?.[0]).toBeCloseTo(106.05, 6);
    expect(repaired[0]?.at?.[1]).toBeCloseTo(20.05, 6);
    const { rows } = await db.knex.raw(
      `select ST_IsValid(geom) as valid, area_m2 from commune where boundary_set_id = 'bow-tie' and code = '00201'`,
    );
    expect(rows[0].valid).toBe(true);
    expect(rows[0].area_m2 / 1e6).toBeCloseTo(115.813 / 2, 0);
  });

  it('measures an overlap and a gap', async () => {
    const overlapping = commune('00302', 'Xã Chồng', [box(106.099, 20, 106.2, 20.1)]);
    const holed = commune('00301', 'Xã Thủng', [box(106, 20, 106.1, 20.1), box(106.05, 20.05, 106.051, 20.051)]);
    const { overlaps, gaps } = await load(write('overlap.geojson', [overlapping, holed]), { set: 'overlap' });
    expect(overlaps).toMatchObject({ pairs: 1, largest: [{ a: '00301', b: '00302' }] });
    expect(overlaps.areaM2 / 1e6).toBeCloseTo(1.157, 2);
    expect(gaps.count).toBe(1);
    expect(gaps.areaM2).toBeGreaterThan(11_000);
    expect(gaps.areaM2).toBeLessThan(12_000);
    expect(gaps.largest[0]?.at[0]).toBeCloseTo(106.0505, 4);
  });

  it('lists the features it cannot use, and refuses a file of nothing else, leaving nothing behind', async () => {
    const point = {
      ...east,
      properties: { ...east.properties, code: '1' },
      geometry: { type: 'Point', coordinates: [106, 20] },
    };
    const nameless = { ...east, properties: { code: '2' } };
    const elsewhere = commune('00105', 'Xã Lạ', [box(106, 20, 106.1, 20.1)], { province_code: 'Tỉnh Lạ' });
    const { communes, rejected } = await load(write('some.geojson', [point, west, nameless, elsewhere]), {
      set: 'some',
    });
    expect(communes).toBe(1);
    expect(rejected.map(({ feature }) => feature)).toEqual([1, 3, 4]);
    await expect(load(write('none.geojson', [point, nameless]), { set: 'none' })).rejects.toMatchObject({
      code: 'unprocessable',
    });
    const flat = commune('00106', 'Xã Dẹt', [
      [
        [106, 20],
        [106.1, 20],
        [106.2, 20],
        [106, 20],
      ],
    ]);
    await expect(load(write('flat.geojson', [flat]), { set: 'flat' })).rejects.toMatchObject({ code: 'unprocessable' });
    expect(await countOf('boundary_set', { id: 'none' })).toBe(0);
    expect(await countOf('boundary_set', { id: 'flat' })).toBe(0);
  });

  it('merges the parts of one commune and refuses one code for two', async () => {
    const island = commune('00101', 'Xã Tây', [box(106.5, 20, 106.51, 20.01)]);
    const { communes, warnings } = await load(write('parts.geojson', [west, island]), { set: 'parts' });
    expect(communes).toBe(1);
    expect(warnings.join()).toMatch(/00101.*gộp/);
    const { rows } = await db.knex.raw(
      `select ST_NumGeometries(geom) as parts from commune where boundary_set_id = 'parts'`,
    );
    expect(rows[0].parts).toBe(2);
    const other = commune('00101', 'Xã Khác', [box(106.5, 20, 106.51, 20.01)]);
    await expect(load(write('twice.geojson', [west, other]), { set: 'twice' })).rejects.toThrow(
      /00101.*Xã Tây.*Xã Khác/,
    );
  });

  it('gives each cell at most one owner, the lower code in an overlap, and owns exactly the cells whose centre is inside', async () => {
    const overlapping = commune('00302', 'Xã Chồng', [box(106.05, 20, 106.2, 20.1)]);
    const { cells } = await load(
      write('cells.geojson', [overlapping, commune('00301', 'Xã Dưới', [box(106, 20, 106.1, 20.1)])]),
      { set: 'cells' },
    );
    const rows = await db
      .knex('commune_cell')
      .where({ boundary_set_id: 'cells' })
      .select<{ res: number; cell: string; code: string; isOwned: boolean }[]>(
        'res',
        db.knex.raw('to_hex(cell) as cell'),
        'commune_code as code',
        'is_owned as isOwned',
      );
    const owned = rows.filter(({ isOwned }) => isOwned);
    expect(cells).toEqual({ owned: owned.length, touching: rows.length - owned.length });
    expect(new Set(owned.map(({ cell }) => cell)).size).toBe(owned.length);
    expect(new Set(rows.map(({ res }) => res))).toEqual(new Set([7, 8, 9]));
    const centres = owned.map(({ cell }) => centreOf(cell));
    const { rows: owners } = await db.knex.raw(
      `select lowest.code
       from unnest(:lngs::float8[], :lats::float8[]) with ordinality as centre (lng, lat, position)
       left join lateral (
         select min(code) as code from commune
         where boundary_set_id = 'cells' and ST_Intersects(geom, ST_SetSRID(ST_MakePoint(lng, lat), 4326))
       ) as lowest on true
       order by position`,
      { lngs: centres.map(([lng]) => lng), lats: centres.map(([, lat]) => lat) },
    );
    expect(owners.map(({ code }: { code: string }) => code)).toEqual(owned.map(({ code }) => code));
    // The two cover 231.6 km², and a res-8 cell here has 0.813 km² (h3-js, cellArea): a border cell more or less.
    const atRes8 = owned.filter(({ res }) => res === 8).length;
    expect(atRes8).toBeGreaterThan(275);
    expect(atRes8).toBeLessThan(295);
  });

  it('refuses coordinates that are no longitude and latitude, and takes them when the system is named', async () => {
    const metres = commune('00401', 'Xã Mét', [box(557_000, 2_283_000, 558_000, 2_284_000)]);
    const file = write('metres.geojson', [metres]);
    await expect(load(file, { set: 'metres' })).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringMatching(/--crs/),
    });
    expect(await load(file, { set: 'metres', crs: 'vn2000:105.5' })).toMatchObject({ communes: 1 });
    const { rows } = await db.knex.raw(
      `select ST_X(label_point) as lng, ST_Y(label_point) as lat from commune where boundary_set_id = 'metres'`,
    );
    expect(rows[0].lng).toBeCloseTo(106.054, 2);
    expect(rows[0].lat).toBeCloseTo(20.643, 2);
  });

  it('gives way from the demonstration to the first real province, unless an office has begun to work there', async () => {
    const own = await open();
    try {
      const importInto = (file: string, set: string) =>
        importBoundaries(own, { file, by, options: BoundaryOptions.parse({ set, validFrom: '2025-07-01' }) });
      const demo = commune('90001', 'Xã Mẫu', [box(107, 20, 107.05, 20.05)], { province_code: '00' });
      await importInto(write('demo.geojson', [demo]), 'demo');
      await own.knex('province').where({ code: '00' }).update({ is_demo: true });
      await own.knex('office').insert({ province_code: '00', code: 'CA-XA', name: 'Công an xã' });
      const batch = {
        province_code: '00',
        office: 'CA-XA',
        kind: 'incidents',
        state: 'committed',
        file_name: 'a.csv',
        file_bytes: 1,
      };
      const generated = '00000000-0000-4000-8000-000000000001';
      const typed = '00000000-0000-4000-8000-000000000002';
      await own.knex('import_batch').insert({ ...batch, id: generated, options: JSON.stringify({ demo: true }) });
      await own.knex('import_batch').insert({ ...batch, id: typed });
      const file = write('real.geojson', [west, east]);
      await expect(importInto(file, 'real')).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/CA-XA/),
      });
      expect(await own.knex('province').pluck('code')).toEqual(['00']);

      await own.knex('import_batch').where({ id: typed }).update({ state: 'undone' });
      expect(await importInto(file, 'real')).toMatchObject({ demoRemoved: true, communes: 2 });
      expect(await own.knex('province').pluck('code')).toEqual(['33']);
      expect(await own.knex('boundary_set').select('id', 'is_default')).toEqual([{ id: 'real', is_default: true }]);
      expect(await own.knex('import_batch').pluck('id')).toEqual([]);
      expect(await own.knex('commune_cell').where({ boundary_set_id: 'demo' }).first()).toBeUndefined();
    } finally {
      await own.close();
    }
  });

  it('leaves no file of its own behind', async () => {
    const left = execFileSync(process.execPath, [
      '-p',
      `require('fs').readdirSync(${JSON.stringify(db.stagingDir)}).join()`,
    ]);
    expect(left.toString().trim()).toBe('');
  });

  it('reads a GeoPackage in VN-2000 and a Shapefile in text that does not say it is UTF-8', async () => {
    const source = write('both.geojson', [west, east]);
    const geoPackage = writeWithGdal(source, directory, 'GPKG', 'EPSG:3405');
    await load(geoPackage, { set: 'gpkg' });
    const { rows } = await db.knex.raw(
      `select max(ST_HausdorffDistance(gpkg.geom, two.geom)) as degrees
       from commune as gpkg join commune as two on two.boundary_set_id = 'two' and two.code = gpkg.code
       where gpkg.boundary_set_id = 'gpkg'`,
    );
    expect(rows[0].degrees).toBeLessThan(3e-8);
    expect(await db.knex('commune').where({ boundary_set_id: 'gpkg' }).orderBy('code').pluck('full_name')).toEqual([
      'Xã Tây',
      'Phường Đông',
    ]);

    const shapefile = writeWithGdal(source, directory, 'ESRI Shapefile', 'EPSG:4326');
    rmSync(shapefile.replace('.shp', '.cpg')); // as offices send it: UTF-8 that does not say so
    await load(shapefile, { set: 'shp', provinceField: 'province_c' });
    expect(await db.knex('commune').where({ boundary_set_id: 'shp' }).orderBy('code').pluck('full_name')).toEqual([
      'Xã Tây',
      'Phường Đông',
    ]);
    rmSync(shapefile.replace('.shp', '.prj'));
    await expect(load(shapefile, { set: 'no-prj' })).rejects.toThrow(/--crs/);
    rmSync(shapefile.replace('.shp', '.dbf'));
    await expect(load(shapefile, { set: 'no-dbf' })).rejects.toThrow(/\.dbf/);
  });

  it.skipIf(naturalEarth === undefined)('refuses a GeoPackage of several polygon layers, listing them', async () => {
    const refused = load(naturalEarth ?? '', { set: 'layers', province: '33' });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/--layer.*ne_10m_lakes.*ne_10m_land/),
    });
    await expect(load(naturalEarth ?? '', { set: 'layers', layer: 'xa' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it.skipIf(columbus === undefined)('refuses a Shapefile without coordinate system', async () => {
    await expect(load(columbus ?? '', { set: 'columbus', codeField: 'POLYID', nameField: 'NEIG' })).rejects.toThrow(
      /--crs/,
    );
    expect(await countOf('boundary_set', { id: 'columbus' })).toBe(0);
  });

  it.skipIf(communes2009 === undefined)('imports the communes of 2009 by their own field names', async () => {
    const report = await load(communes2009 ?? '', {
      set: '2009',
      validFrom: '2009-04-01',
      validTo: '2025-07-01',
      codeField: 'commune_id',
      nameField: 'commune_vn',
    });
    expect(report).toMatchObject({ communes: 447, provinces: ['33'], rejected: [] });
    expect(await db.knex('commune').where({ boundary_set_id: '2009', code: '1090101' }).first()).toMatchObject({
      name: 'Lam Sơn',
      full_name: 'Phường Lam Sơn',
      population: 6515,
    });
  });

  it.skipIf(hungYen === undefined)('imports the 104 communes of Hưng Yên at full resolution', async () => {
    const report = await load(hungYen ?? '', {
      set: '2025-07',
      codeField: 'code',
      nameField: 'fullName',
      provinceField: 'province_code',
    });
    expect(report).toMatchObject({ communes: 104, provinces: ['33'], rejected: [], repaired: [] });
    // Measured once with PostGIS 3.3 on the file itself.
    expect(report.areaKm2).toBeCloseTo(2574.095, 2);
    expect(report.overlaps.pairs).toBe(2);
    expect(report.overlaps.areaM2).toBeCloseTo(6975.2, 0);
    expect(report.gaps.count).toBe(3);
    expect(await db.knex('commune').where({ boundary_set_id: '2025-07', code: '11953' }).first()).toMatchObject({
      name: 'Phố Hiến',
      full_name: 'Phường Phố Hiến',
      kind: 'phường',
    });
    const owners = await db.knex.raw(
      `select count(*)::int as cells, count(distinct (res, cell))::int as "distinct" from commune_cell where boundary_set_id = '2025-07' and is_owned`,
    );
    expect(owners.rows[0]).toEqual({ cells: report.cells.owned, distinct: report.cells.owned });
  });
});

/** A file of another format, written by the GDAL the importer reads with, in a process of its own. */
function writeWithGdal(geojson: string, directory: string, format: 'GPKG' | 'ESRI Shapefile', crs: string): string {
  const require = createRequire(new URL('../../server/package.json', import.meta.url));
  const outputDir = join(directory, format);
  mkdirSync(outputDir, { recursive: true });
  const script = `
    require(${JSON.stringify(require.resolve('gdal3.js/node.js'))})({ path: '.', dest: ${JSON.stringify(outputDir)}, useWorker: false })
      .then(async (gdal) => {
        const { datasets } = await gdal.open(${JSON.stringify(geojson)});
        await gdal.ogr2ogr(datasets[0], ${JSON.stringify(['-f', format, '-t_srs', crs, ...(format === 'GPKG' ? [] : ['-lco', 'ENCODING=UTF-8'])])}, 'xa');
        process.exit(0);
      })
      .catch((error) => { console.error(error); process.exit(1); });`;
  execFileSync(process.execPath, ['-e', script], {
    cwd: dirname(require.resolve('gdal3.js')),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const file = join(outputDir, format === 'GPKG' ? 'xa.gpkg' : 'xa.shp');
  expect(readFileSync(file).length).toBeGreaterThan(100);
  return file;
}
