import { cellToParent, getPentagons, getResolution, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { connectOwnerOf, describeOnBothDatabases, type TestDatabase } from '../support/database.ts';

describeOnBothDatabases('database', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());

  it('starts at data version 1 with PostGIS', async () => {
    const { rows } = await db.knex.raw('select version, postgis_version() as postgis from data_version');
    expect(rows[0].version).toBe(1);
    expect(rows[0].postgis).toMatch(/^3\.\d/);
  });

  it('finds the parent of a cell at every resolution as h3-js does, pentagons included', async () => {
    const cells = [latLngToCell(20.65, 106.05, 10), latLngToCell(-41.3, 174.8, 15), ...getPentagons(10)];
    for (const cell of cells) {
      const finest = getResolution(cell);
      for (let res = 0; res <= finest; res++) {
        const { rows } = await db.knex.raw('select to_hex(h3_parent(:cell::bigint, :res)) as parent', {
          cell: BigInt(`0x${cell}`).toString(),
          res,
        });
        expect(rows[0].parent).toBe(cellToParent(cell, res));
      }
    }
    const { rows } = await db.knex.raw('select h3_parent(:cell::bigint, 11) as finer', {
      cell: BigInt(`0x${cells[0]}`).toString(),
    });
    expect(rows[0].finer).toBeNull();
  });

  it('gives every query its own answer after one that failed', async () => {
    for (let round = 0; round < 20; round++) {
      await expect(db.knex.raw('select 1 / :zero::int as nothing', { zero: 0 })).rejects.toThrow(/division by zero/);
      const { rows } = await db.knex.raw<{ rows: { round: number }[] }>('select :round::int as round', { round });
      expect(rows).toEqual([{ round }]);
    }
  });

  it('gives every transaction its own answer after one that failed under its role', async () => {
    for (let round = 0; round < 20; round++) {
      const failing = db.transaction(systemScope, (transaction) =>
        transaction.raw('select 1 / :zero::int as nothing', { zero: 0 }),
      );
      await expect(failing).rejects.toThrow(/division by zero/);
      const { rows } = await db.transaction(systemScope, (transaction) =>
        transaction.raw<{ rows: { round: number }[] }>('select :round::int as round', { round }),
      );
      expect(rows).toEqual([{ round }]);
    }
  });

  it('serves the server and people at the machine while connections come and go', async () => {
    const person = async () => {
      for (let visit = 0; visit < 30; visit++) {
        const connection = connectOwnerOf(db);
        const { rows } = await connection.raw('select :visit::int as visit', { visit });
        expect(rows).toEqual([{ visit }]);
        void connection.destroy(); // whoever comes next does not wait until it is gone
      }
    };
    const closing = new AbortController();
    const server = async () => {
      for (let turn = 0; !closing.signal.aborted; turn++) {
        const { rows } = await db.transaction(systemScope, (transaction) =>
          transaction.raw('select :turn::int as turn', { turn }),
        );
        expect(rows).toEqual([{ turn }]);
      }
    };
    await Promise.all([person().finally(() => closing.abort()), server()]);
  });

  it('refuses a cell for a record known only to its commune', async () => {
    const insert = db.knex.raw(
      `insert into incident (province_code, office, reference, batch_id, category, occurred_from, state, precision, commune_code, cell, cell_9, cell_8, cell_7)
       values ('00', 'A', '1', gen_random_uuid(), 'theft', now(), 'received', 'commune', '00001', 1, 1, 1, 1)`,
    );
    await expect(insert).rejects.toThrow(/incident_cell_only_for_places/);
  });
});
