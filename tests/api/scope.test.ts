import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reaches, type Scope, systemScope } from '../../server/src/access/scope.ts';
import type { Database } from '../../server/src/database/open-database.ts';
import { requireGuards } from '../../server/src/database/server-guards.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { probeTable } from '../support/scope-probe.ts';
import { fillScopeWorld, probedScopes, scopedTables } from '../support/scope-world.ts';

type Policy = { table: string; name: string; hasCheck: boolean };

describeOnBothDatabases('scopes in the database', (open) => {
  let db: TestDatabase;
  let role: string;
  beforeAll(async () => {
    db = await open();
    role = await db.transaction(systemScope, currentUser);
  });
  afterAll(() => db?.close());

  /** In the filled world, as the owner; nothing of it stays. */
  function inWorld(work: (transaction: Knex.Transaction) => Promise<void>): Promise<void> {
    return db.knex
      .transaction(async (transaction) => {
        await fillScopeWorld(transaction);
        await work(transaction);
        await transaction.rollback();
      })
      .catch((error: Error) => {
        if (!error.message.includes('Transaction rejected with non-error')) throw error;
      });
  }

  it('every table that holds data has its rules here', async () => {
    const { rows } = await db.knex.raw<{ rows: { name: string }[] }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname not in ('area_version', 'data_version', 'knex_migrations', 'knex_migrations_lock', 'spatial_ref_sys')`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(scopedTables.map(({ name }) => name).sort());
  });

  it('each scope sees, adds, changes, removes and moves the rows of its own and no others, without any WHERE', () =>
    inWorld(async (transaction) => {
      for (const table of scopedTables) expect(await probeTable(transaction, role, table)).toEqual([]);
    }));

  it('nobody empties a table past the policies', () =>
    inWorld(async (transaction) => {
      for (const { name } of scopedTables) {
        await transaction.raw(`savepoint probe; set local app.reach = 'system'; set local role "${role}"`);
        await expect(transaction.raw('truncate :name:', { name })).rejects.toMatchObject({ code: '42501' });
        await transaction.raw('rollback to savepoint probe');
      }
    }));

  it('every policy taken away, and every policy opened, is noticed', () =>
    inWorld(async (transaction) => {
      const policies = await listPolicies(transaction);
      expect(policies.length).toBeGreaterThan(40);
      const unnoticed: string[] = [];
      for (const { table, name, hasCheck } of policies) {
        const opened = hasCheck ? 'with check (true)' : 'using (true)';
        for (const change of [`drop policy ${name} on ${table}`, `alter policy ${name} on ${table} ${opened}`])
          if (!(await isNoticed(transaction, table, change))) unnoticed.push(change);
      }
      expect(unnoticed).toEqual([]);
    }));

  it('row security switched off on any table is noticed by the probe and by the check at the start', () =>
    inWorld(async (transaction) => {
      const unnoticed: string[] = [];
      for (const { name } of scopedTables) {
        const change = `alter table ${name} disable row level security`;
        if (!(await isNoticed(transaction, name, change))) unnoticed.push(change);
        await transaction.raw(`savepoint change; ${change}`);
        await expect(requireGuards(asServer(transaction))).rejects.toThrow(`table ${name}: row security is off`);
        await transaction.raw('rollback to savepoint change');
      }
      expect(unnoticed).toEqual([]);
    }));

  async function isNoticed(transaction: Knex.Transaction, name: string, change: string): Promise<boolean> {
    const table = scopedTables.find((known) => known.name === name);
    if (table === undefined) return false;
    await transaction.raw(`savepoint change; ${change}`);
    const differences = await probeTable(transaction, role, table, { stopAtFirst: true });
    await transaction.raw('rollback to savepoint change; release savepoint change');
    return differences.length > 0;
  }

  /** `Database.transaction`, inside the owner's transaction. */
  function asServer(transaction: Knex.Transaction): Database['transaction'] {
    return async (_scope, work) => {
      await transaction.raw(`set local role "${role}"`);
      return work(transaction);
    };
  }

  it('what is held in memory follows the same rule as the policies', () => {
    const batches = scopedTables.find(({ name }) => name === 'import_batch')!;
    const words = ['system', 'all', 'province', 'commune', 'shared']; // the type knows no others
    for (const [name, scope] of Object.entries(probedScopes).filter(([, { reach }]) => words.includes(reach)))
      for (const row of batches.rows) {
        const record = { provinceCode: String(row.province_code), communeCode: row.commune_code as string | null };
        expect(reaches(scope, record), `${name} and ${JSON.stringify(record)}`).toBe(batches.sees(scope, row));
      }
  });

  it('a scope ends with its transaction, however that ends', async () => {
    const wide: Scope = { reach: 'province', province: '33', commune: null, account: null };
    const endings: ((transaction: Knex.Transaction) => Promise<unknown>)[] = [
      async () => {},
      () => Promise.reject(new Error('thrown')),
      (transaction) => transaction.raw('select 1 / 0'),
      (transaction) => transaction.raw(`set local statement_timeout = '1ms'; select pg_sleep(0.02)`),
    ];
    const none = probedScopes.none;
    for (const end of [...endings, ...endings]) {
      await Promise.allSettled(Array.from({ length: 12 }, () => db.transaction(wide, end)));
      const left = await db.transaction(none, async (transaction) => {
        const { rows } = await transaction.raw<{ rows: { reach: string; province: string; seen: number }[] }>(
          `select current_setting('app.reach', true) as reach, current_setting('app.province', true) as province,
                  (select count(*) from category)::int as seen`,
        );
        return rows[0];
      });
      expect(left).toEqual({ reach: '', province: '', seen: 0 });
    }
    const { rows } = await db.knex.raw(
      `select coalesce(current_setting('app.reach', true), '') as reach, current_user as name`,
    );
    expect(rows).toEqual([{ reach: '', name: 'postgres' }]);
  });

  it('takes no scope that could end the setting and begin a statement', async () => {
    for (const province of [`33'; set role postgres; --`, '33\0', `33' or '1'='1`, 'x'.repeat(61)])
      await expect(
        db.transaction({ reach: 'province', province, commune: null, account: null }, async () => {}),
      ).rejects.toMatchObject({ code: 'internal' });
  });
});

async function currentUser(transaction: Knex.Transaction): Promise<string> {
  const { rows } = await transaction.raw<{ rows: { name: string }[] }>('select current_user as name');
  return rows[0]?.name ?? '';
}

async function listPolicies(transaction: Knex.Transaction): Promise<Policy[]> {
  const { rows } = await transaction.raw<{ rows: Policy[] }>(
    `select tablename as table, policyname as name, with_check is not null as "hasCheck" from pg_policies
     where schemaname = 'public' order by 1, 2`,
  );
  return rows;
}
