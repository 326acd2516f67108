import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { countByCommune } from '../../server/src/features/communes/communes-queries.ts';
import { countByCell } from '../../server/src/features/hexes/hexes-queries.ts';
import { findRange } from '../../server/src/features/meta/meta-queries.ts';
import { profilePlace } from '../../server/src/features/stories/stories-queries.ts';
import { countByDay } from '../../server/src/features/trends/trends-queries.ts';
import { toDayNumber } from '../../server/src/snapshot/local-days.ts';
import type { Place, Selection } from '../../server/src/snapshot/selection.ts';
import type { CountSource, SnapshotStore } from '../../server/src/snapshot/snapshot-store.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import {
  CATEGORIES,
  COMMUNES,
  createTestContext,
  DEFAULT_SET,
  fillSmallProvince,
  OLD_SET,
  RANGE,
} from '../support/small-province.ts';

describeOnBothDatabases('snapshot', (open) => {
  let db: TestDatabase;
  let memory: SnapshotStore;
  let sql: SnapshotStore;
  let cells: { cell: string; res: 7 | 8 | 9 | 10 }[];

  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
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
  });
  afterAll(() => db?.close());

  /** The same question to memory and to SQL. */
  async function ask<Answer>(question: (source: CountSource) => Promise<Answer>): Promise<[Answer, Answer]> {
    return [await memory.read(question, OLD_SET), await sql.read(question, OLD_SET)];
  }

  it('is used when it is switched on, and only then', async () => {
    expect(await memory.read(async ({ snapshot }) => snapshot?.rowCount)).toBe(2500);
    expect(await sql.read(async ({ snapshot }) => snapshot)).toBeUndefined();
    const { snapshots } = createTestContext(db, { maxRows: 2499 });
    expect(await snapshots.read(async ({ snapshot }) => snapshot)).toBeUndefined();
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
    const window = selection.map((given) => ({ ...given, toDay: given.fromDay + 1 + given.toDay }));
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
          async (selection, res, unit) => {
            const [fast, slow] = await ask((source) => countByCell(source, selection, res, unit));
            expect(fast).toEqual(slow);
          },
        ),
        { numRuns: 60, seed: 1 },
      ));

    it('per commune, in either boundary set and without one', () =>
      fc.assert(
        fc.asyncProperty(window, fc.constantFrom(DEFAULT_SET, OLD_SET, undefined), async (selection, set) => {
          const [fast, slow] = await ask((source) => countByCommune(source, selection, set));
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 2 },
      ));

    it('per day, of everything and of one place', () =>
      fc.assert(
        fc.asyncProperty(window, fc.option(place, { nil: undefined }), async (selection, place) => {
          const [fast, slow] = await ask((source) => countByDay(source, selection, place));
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 3 },
      ));

    it('of one place by category, hour and commune', () =>
      fc.assert(
        fc.asyncProperty(window, place, async (selection, place) => {
          const [fast, slow] = await ask((source) => profilePlace(source, selection, place));
          expect(fast).toEqual(slow);
        }),
        { numRuns: 60, seed: 4 },
      ));
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
      snapshots.read(async (source) => {
        const selection = { fromDay: 0, toDay: 40_000 } as Selection;
        return countByCommune(source, selection, OLD_SET);
      }, OLD_SET);
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
