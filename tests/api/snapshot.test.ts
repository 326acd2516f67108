import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scope, scopeOf, systemScope } from '../../server/src/access/scope.ts';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { countByCellCategory } from '../../server/src/features/area-evidence/area-evidence-queries.ts';
import { countByCommune } from '../../server/src/features/communes/communes-queries.ts';
import { countByCell } from '../../server/src/features/hexes/hexes-queries.ts';
import { findRange } from '../../server/src/features/meta/meta-queries.ts';
import { profilePlace } from '../../server/src/features/stories/stories-queries.ts';
import { listMoments } from '../../server/src/features/trends/hour-weekday-queries.ts';
import { countByDay, countBySpan } from '../../server/src/features/trends/trends-queries.ts';
import { toDayNumber } from '../../server/src/snapshot/local-days.ts';
import type { Place, Selection } from '../../server/src/snapshot/selection.ts';
import type { SpanCounts } from '../../server/src/snapshot/snapshot-spans.ts';
import type { CountSource, SnapshotStore } from '../../server/src/snapshot/snapshot-store.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { CATEGORIES, COMMUNES, DEFAULT_SET, fillSmallProvince, OLD_SET, RANGE } from '../support/small-province.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('snapshot', (open) => {
  let db: TestDatabase;
  let memory: SnapshotStore;
  let sql: SnapshotStore;
  let cells: { cell: string; res: 7 | 8 | 9 | 10 }[];
  let fineCells: string[];

  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    // The last commune is another province's.
    await db.knex('commune').where({ boundary_set_id: DEFAULT_SET, code: '10006' }).update({ province_code: '34' });
    await db.knex('incident').where({ commune_code: '10006' }).update({ province_code: '34' });
    memory = createTestContext(db).snapshots;
    sql = createTestContext(db, { enabled: false }).snapshots;
    const { rows } = await db.knex.raw(
      'select to_hex(cell_7) as cell7, to_hex(cell_8) as cell8, to_hex(cell) as cell10 from incident where cell is not null limit 20',
    );
    cells = rows.flatMap(({ cell7, cell8, cell10 }: Record<string, string>) => [
      { cell: cell7, res: 7 as const },
      { cell: cell8, res: 8 as const },
      { cell: cell10, res: 10 as const },
    ]);
    fineCells = await listFineCells(db);
  });
  afterAll(() => db?.close());

  /** The same question to memory, which is narrowed here, and to SQL, which row-level security narrows. */
  async function ask<Answer>(
    question: (source: CountSource) => Promise<Answer>,
    scope = systemScope,
  ): Promise<[Answer, Answer]> {
    return [await memory.read(scope, question, OLD_SET), await sql.read(scope, question, OLD_SET)];
  }

  it('is used when it is switched on, and only then', async () => {
    expect(await memory.read(systemScope, async ({ snapshot }) => snapshot?.rowCount)).toBe(2500);
    expect(await sql.read(systemScope, async ({ snapshot }) => snapshot)).toBeUndefined();
    const { snapshots } = createTestContext(db, { maxRows: 2499 });
    expect(await snapshots.read(systemScope, async ({ snapshot }) => snapshot)).toBeUndefined();
    const [range, sqlRange] = await ask(findRange);
    expect(range).toEqual(sqlRange);
  });

  describe('counts as the SQL does', () => {
    const firstDay = toDayNumber(RANGE.from);
    const endDay = toDayNumber(RANGE.to);
    const some = <Item>(items: readonly Item[]) =>
      fc.option(fc.subarray([...items], { minLength: 1 }), { nil: undefined });
    const selection = fc.record<Selection>({
      fromDay: fc.integer({ min: firstDay - 40, max: endDay }),
      toDay: fc.nat({ max: 800 }),
      categories: some([...CATEGORIES, 'removed_code']),
      communes: some(COMMUNES),
      hours: some(Array.from({ length: 24 }, (_, hour) => hour)),
      weekdays: some([1, 2, 3, 4, 5, 6, 7]),
    });
    /** Res-10 cells by number; some have no record in the window or scope. */
    const inCells = fc.option(fc.array(fc.nat(), { maxLength: 20 }), { nil: undefined });
    const window = fc.tuple(selection, inCells).map(([given, numbers]) => ({
      ...given,
      toDay: given.fromDay + 1 + given.toDay,
      cells: numbers?.map((i) => fineCells[i % fineCells.length]),
    }));
    const scope = fc.constantFrom(...scopes);
    const place = fc.oneof(
      fc.nat().map((i): Place => cells[i % cells.length]),
      fc.constantFrom(...COMMUNES).map((commune): Place => ({ boundarySet: DEFAULT_SET, commune })),
      fc.constantFrom('10001', '20002', '20003', '20004').map((commune): Place => ({ boundarySet: OLD_SET, commune })),
    );

    it('per cell', () =>
      fc.assert(
        fc.asyncProperty(
          window,
          fc.constantFrom(7 as const, 8 as const, 9 as const, 10 as const),
          fc.constantFrom('count' as const, 'severity' as const),
          scope,
          async (selection, res, unit, scope) => {
            const [fast, slow] = await ask((source) => countByCell(source, selection, res, unit), scope);
            expect(fast).toEqual(slow);
          },
        ),
        { numRuns: 60, seed: 1 },
      ));

    it('per res-10 cell, month, category and commune', () =>
      fc.assert(
        fc.asyncProperty(window, scope, async (selection, scope) => {
          const [fast, slow] = await ask((source) => countByCellCategory(source, selection), scope);
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 7 },
      ));

    it('per commune, in either boundary set and without one', () =>
      fc.assert(
        fc.asyncProperty(
          window,
          fc.constantFrom(DEFAULT_SET, OLD_SET, undefined),
          scope,
          async (selection, set, scope) => {
            const asked = scope.reach === 'commune' && set === OLD_SET ? DEFAULT_SET : set;
            const [fast, slow] = await ask((source) => countByCommune(source, selection, asked), scope);
            expect(fast).toEqual(slow);
          },
        ),
        { numRuns: 60, seed: 2 },
      ));

    it('per day, of everything and of one place', () =>
      fc.assert(
        fc.asyncProperty(window, fc.option(place, { nil: undefined }), scope, async (selection, place, scope) => {
          const [fast, slow] = await ask((source) => countByDay(source, selection, known(place, scope)), scope);
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 3 },
      ));

    it('per commune and span of days, of groups of categories', () =>
      fc.assert(
        fc.asyncProperty(
          window,
          fc.uniqueArray(fc.integer({ min: firstDay - 40, max: endDay + 40 }), { minLength: 2, maxLength: 12 }),
          scope,
          fc.boolean(),
          async (selection, days, scope, isGrouped) => {
            const cuts = days.toSorted((a, b) => a - b);
            const grouping = isGrouped
              ? { of: new Map(CATEGORIES.map((code, i) => [code, i % 3])), count: 4 }
              : undefined;
            const [fast, slow] = await ask((source) => countBySpan(source, selection, cuts, grouping), scope);
            expect(inOrder(fast)).toEqual(inOrder(slow));
          },
        ),
        { numRuns: 60, seed: 5 },
      ));

    it('by hour, or by start and duration where the hour is not known', () =>
      fc.assert(
        fc.asyncProperty(window, scope, async (selection, scope) => {
          const [fast, slow] = await ask((source) => listMoments(source, selection), scope);
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 6 },
      ));

    it('of one place by category, hour and commune', () =>
      fc.assert(
        fc.asyncProperty(window, place, scope, async (selection, place, scope) => {
          const there = known(place, scope) ?? place;
          const [fast, slow] = await ask((source) => profilePlace(source, selection, there), scope);
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 4 },
      ));
  });

  it('holds the rows of the scope and no others', async () => {
    const rowsOf = async (scope: Scope) =>
      (await memory.read(scope, async ({ snapshot }) => snapshot?.rowCount)) ?? Number.NaN;
    const countRows = async (condition: string) => {
      const { rows } = await db.knex.raw(`select count(*)::int as n from incident where ${condition}`);
      return rows[0].n;
    };
    expect(await rowsOf(province('33'))).toBe(await countRows(`province_code = '33'`));
    expect(await rowsOf(province('34'))).toBe(await countRows(`province_code = '34'`));
    expect(await rowsOf(commune('33', '10002'))).toBe(
      await countRows(`province_code = '33' and commune_code = '10002'`),
    );
    expect(await rowsOf(province('99'))).toBe(0);
    expect(await rowsOf(commune('33', ''))).toBe(0);
    expect(await rowsOf(shared)).toBe(0);
    expect(await rowsOf(systemScope)).toBe(2500);
  });

  it('tells a commune of itself alone', async () => {
    for (const store of [memory, sql]) {
      const { reference } = await store.read(commune('33', '10002'), async (source) => source);
      expect([...reference.communes].map(([set, list]) => [set, list.map(({ code }) => code)])).toEqual([
        [DEFAULT_SET, ['10002']],
      ]);
      expect([...reference.reportedMonths.keys()]).toEqual(['10002']);
      expect([...reference.ownedCells.keys()]).toEqual(['10002']);
      expect(reference.offices).toEqual([]);
    }
  });

  it('shows a commit to the next reader, and is rebuilt once for many readers', async () => {
    const { snapshots, version } = createTestContext(db);
    const before = await snapshots.current();
    await db.knex.transaction(async (transaction) => {
      await transaction('incident').where({ reference: 'VV-0' }).del();
      await raiseDataVersion(transaction);
    });
    version.invalidate();
    const after = await Promise.all([1, 2, 3].map(() => snapshots.current()));
    expect(after[0]?.rowCount).toBe(before!.rowCount - 1);
    expect(after[0]?.reference.dataVersion).toBe(before!.reference.dataVersion + 1);
    expect(after[1]).toBe(after[0]);
    expect(after[2]).toBe(after[0]);
    expect(before?.rowCount).toBe(2500); // a reader that still holds the old one is not disturbed
  });

  it('places points in a set that was imported anew after the snapshot was built', async () => {
    const { snapshots } = createTestContext(db);
    const countOld = () =>
      snapshots.read(
        systemScope,
        async (source) => {
          const selection = { fromDay: 0, toDay: 40_000 } as Selection;
          return countByCommune(source, selection, OLD_SET);
        },
        OLD_SET,
      );
    const before = await countOld();
    await db.knex.transaction(async (transaction) => {
      await transaction('boundary_set').where({ id: OLD_SET }).update({ imported_at: transaction.fn.now() });
      await transaction('commune').where({ boundary_set_id: OLD_SET, code: '20004' }).del();
      await raiseDataVersion(transaction);
    });
    await new Promise((later) => setTimeout(later, 350)); // as another process sees it
    const after = await countOld();
    expect(after.communes.has('20004')).toBe(false);
    expect(after.unplaced).toBe(before.unplaced + before.communes.get('20004')!.inCells);
  });
});

/** Every third occupied res-10 cell, and one without a record. */
async function listFineCells(db: TestDatabase): Promise<string[]> {
  const { rows } = await db.knex.raw<{ rows: { cell: string }[] }>(
    'select distinct to_hex(cell) as cell from incident where cell is not null order by cell',
  );
  return [...rows.map(({ cell }) => cell).filter((_, i) => i % 3 === 0), '8a415a2d1b4ffff'];
}

/** Communes ascending: memory has them in the order of its dictionary. */
function inOrder({ groups, ...counts }: SpanCounts) {
  return { ...counts, groups: groups.map((group) => [...group].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const province = (code: string): Scope =>
  scopeOf({ id: null, role: 'province', provinceCode: code, communeCode: null });
const commune = (provinceCode: string, code: string): Scope =>
  scopeOf({ id: null, role: 'commune', provinceCode, communeCode: code });
const shared: Scope = scopeOf({ id: null, role: 'viewer', provinceCode: '33', communeCode: null });
const scopes = [
  systemScope,
  province('33'),
  province('34'),
  province('99'),
  commune('33', '10002'),
  commune('34', '10006'),
  shared,
];

/** A commune knows the default set only: the handlers refuse it another. */
function known(place: Place | undefined, scope: Scope): Place | undefined {
  const isUnknown =
    scope.reach === 'commune' && place !== undefined && 'boundarySet' in place && place.boundarySet === OLD_SET;
  return isUnknown ? { boundarySet: DEFAULT_SET, commune: '10001' } : place;
}
