import { bigintToCell } from '@diemnong/analysis';
import { BoundaryOptions } from '@diemnong/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverActor } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import { importBoundaries } from '../../server/src/features/boundaries/import-boundaries.ts';
import { hasTestServer, openTestEmbedded, openTestServer, type TestDatabase } from '../support/database.ts';
import { findSharedData, readGolden } from '../support/shared-data.ts';
import { createImportContext, importPath } from './imports-support.ts';

type CellCounts = { cells: number; total: number; top20: Record<string, number> };
type Golden = {
  rows: number;
  invalid_coordinates: number;
  outside_the_province: number;
  per_commune: Record<string, number>;
  per_year_inside: Record<string, number>;
  res7: CellCounts;
  res8: CellCounts;
  res9: CellCounts;
};

const boundaries = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');
const incidents = findSharedData('incidents_moved_to_hung_yen.csv.gz');

describe.skipIf(boundaries === undefined || incidents === undefined)('878,049 real records on 104 communes', () => {
  const golden = readGolden<Golden>('12_moved_incidents_counts.json');
  let db: TestDatabase;
  let batch: Awaited<ReturnType<typeof importPath>>;
  beforeAll(async () => {
    db = await (hasTestServer() ? openTestServer() : openTestEmbedded());
    await importBoundaries(db, {
      file: boundaries!,
      by: { ...serverActor, scope: systemScope },
      options: BoundaryOptions.parse({
        set: '2025-07',
        validFrom: '2025-07-01',
        codeField: 'code',
        nameField: 'fullName',
        provinceField: 'province_code',
      }),
    });
    batch = await importPath(createImportContext(db), incidents!, { office: 'PC02', commit: true });
  }, 300_000);
  afterAll(() => db?.close());

  it('accepts and rejects exactly the rows that an independent count does', () => {
    expect(batch).toMatchObject({
      state: 'committed',
      rows: golden.rows,
      accepted: 696_000,
      rejected: 182_049,
      inCells: 696_000,
    });
    const rejections = Object.fromEntries(batch.rejections.map(({ code, rows }) => [code, rows]));
    expect(rejections).toEqual({
      impossible_coordinates: golden.invalid_coordinates,
      outside: golden.outside_the_province,
    });
  });

  it('counts every commune and every year alike', async () => {
    const perCommune = await db.knex.raw(`select commune_code as key, count(*)::int as n from incident group by 1`);
    expect(toRecord(perCommune.rows)).toEqual(golden.per_commune);
    const perYear = await db.knex.raw(
      `select to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'YYYY') as key, count(*)::int as n from incident group by 1`,
    );
    expect(toRecord(perYear.rows)).toEqual(golden.per_year_inside);
  });

  it.each([7, 8, 9] as const)('counts the direct cells at res %i alike', async (res) => {
    const expected = golden[`res${res}`];
    const { rows } = await db.knex.raw(
      `select to_hex(:column:) as key, count(*)::int as n from incident group by 1 order by n desc, 1`,
      { column: `cell_${res}` },
    );
    expect(rows).toHaveLength(expected.cells);
    const counts = toRecord(rows);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(expected.total);
    expect(
      Object.fromEntries(Object.keys(expected.top20).map((cell) => [bigintToCell(BigInt(`0x${cell}`)), counts[cell]])),
    ).toEqual(expected.top20);
  });

  it('places every row in the commune that PostGIS finds', async () => {
    const { rows } = await db.knex.raw(`
      with sample as (select * from incident where abs(hashtext(reference)) % 50 = 0)
      select count(*)::int as n, count(*) filter (where commune_code is distinct from (
        select min(c.code) from commune c where c.boundary_set_id = '2025-07' and st_intersects(c.geom, s.geom)))::int as wrong
      from sample s`);
    expect(rows[0].n).toBeGreaterThan(10_000);
    expect(rows[0].wrong).toBe(0);
  });

  it('flags the default point with its 26,354 rows first', () => {
    const [first] = batch.warnings.filter(({ code }) => code === 'pile_up');
    expect(first?.rows).toBe(26_354);
    expect(first?.at?.[0]).toBeCloseTo(106.38979, 5);
    expect(first?.at?.[1]).toBeCloseTo(20.46626, 5);
    const unknown = batch.warnings.find(({ code }) => code === 'unknown_categories');
    expect(unknown?.values).toMatchObject({ 'NON-CRIMINAL': expect.any(Number) });
    expect(Object.values(unknown?.values ?? {}).reduce((sum, n) => sum + n, 0)).toBe(unknown?.rows);
  });

  it('keeps every rejected row for the workbook', async () => {
    const { rows } = await db.knex.raw(
      `select code, count(*)::int as n, min(array_length(row_values, 1)) as cells from import_row_error group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { code: 'impossible_coordinates', n: 67, cells: 5 },
      { code: 'outside', n: 181_982, cells: 5 },
    ]);
  });
});

function toRecord(rows: { key: string; n: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}
