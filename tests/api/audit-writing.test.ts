import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditRecord, recordAudit, serverActor } from '../../server/src/access/record-audit.ts';
import { type Scope, scopeOf, systemScope } from '../../server/src/access/scope.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { planner, tampered } from './audit-support.ts';

describeOnBothDatabases('writing the log', (open, engine) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());

  const add = (record: Partial<AuditRecord> = {}, actor = planner, scope: Scope = systemScope) =>
    db.transaction(scope, (transaction) =>
      recordAudit(transaction, actor, { action: 'setting.changed', target: 'setting', ...record }),
    );
  const numbers = async () => {
    const rows = await db.knex('audit_event').select<{ sequence: string }[]>('sequence').orderBy('sequence');
    return rows.map(({ sequence }) => Number(sequence));
  };
  const verdict = () => verifyLog(db, { anchors: 'none' });

  it('numbers the entries of 200 writers at once without a gap, those who fail leave none', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 250 }, (_, i) =>
        db.transaction(systemScope, async (transaction) => {
          await recordAudit(transaction, planner, { action: 'import.received', target: `import/${i}` });
          if (i % 5 === 4) throw new Error('the change fails after all');
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(200);
    expect(await numbers()).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    const { rows } = await db.knex.raw(`select count(distinct target)::int as targets from audit_event`);
    expect(rows[0].targets).toBe(200);
    expect(await verdict()).toMatchObject({ entries: 200, fault: null });
  });

  // One session serves the embedded engine: there, nobody writes at the same time.
  it.skipIf(engine === 'embedded')('needs the lock for that: without it writers meet', async () => {
    const withoutLock = (transaction: Knex.Transaction) =>
      new Proxy(transaction, {
        get: (target, name) =>
          name === 'raw' ? (sql: string) => target.raw(sql.replace('for update', '')) : Reflect.get(target, name),
      });
    const before = await numbers();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        db.transaction(systemScope, (transaction) =>
          recordAudit(withoutLock(transaction), planner, { action: 'import.received', target: `import/${i}` }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect((await numbers()).length).toBeLessThan(before.length + 40);
    expect((await verdict()).fault).toBeNull(); // the keys of the table still hold the chain together
  });

  it('stands and falls with the change it tells of', async () => {
    const before = await numbers();
    const change = async (isKept: boolean) =>
      db.transaction(systemScope, async (transaction) => {
        await transaction('setting').insert({ key: 'some', value: '1' });
        await recordAudit(transaction, planner, { action: 'setting.changed', target: 'setting' });
        if (!isKept) throw new Error('no');
      });
    await expect(change(false)).rejects.toThrow('no');
    expect(await db.knex('setting').where({ key: 'some' })).toEqual([]);
    expect(await numbers()).toEqual(before);
    await change(true);
    expect(await db.knex('setting').where({ key: 'some' })).toHaveLength(1);
    expect(await numbers()).toHaveLength(before.length + 1);
  });

  it('takes entries of every account and lets administrators alone read them', async () => {
    const account = { id: null, provinceCode: '33', communeCode: '10001' };
    const read = (scope: Scope) =>
      db.transaction(scope, (transaction) => transaction('audit_event').select('sequence'));
    for (const role of ['province', 'planner', 'commune', 'viewer'] as const) {
      const scope = scopeOf({ ...account, role });
      await add({ target: `by ${role}` }, planner, scope);
      expect(await read(scope)).toEqual([]);
    }
    const all = await numbers();
    expect(await read(scopeOf({ ...account, role: 'admin' }))).toHaveLength(all.length);
    expect((await verdict()).fault).toBeNull();
  });

  it('keeps texts from clients from looking like something else', async () => {
    const cyrillic = 'аdmin'; // letters of any script stay: only what cannot be seen is spelled out
    const username = `admin\r\n2026-10-31 root\u0000\u202e\u2028\ud800${cyrillic}`;
    const sequence = await add(
      {
        target: 'x'.repeat(1000),
        before: { '\u0000key\ud800': 'a\u0000\nb', long: 'y'.repeat(5000) },
        after: Array.from({ length: 3000 }, (_, i) => `number ${i}`),
      },
      { ...serverActor, username, address: `10.0.0.1\t${'9'.repeat(500)}` },
    );
    const row = await db.knex('audit_event').where({ sequence }).first();
    expect(row.username).toBe(`admin\\u000d\\u000a2026-10-31 root\\u0000\\u202e\\u2028\ufffd${cyrillic}`);
    expect(row.address).toMatch(/^10\.0\.0\.1\\u00099{80,}…$/);
    expect([row.address.length, row.target.length]).toEqual([100, 300]);
    expect(Object.values(row.before)).toEqual(['a\\u0000\\u000ab', `${'y'.repeat(1999)}…`]);
    expect(row.after).toEqual({ tooLong: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await verdict()).fault).toBeNull();
  });

  describe('the table', () => {
    const attempts = [
      `update audit_event set username = 'somebody' where sequence = 3`,
      'delete from audit_event where sequence = 3',
      'truncate audit_event',
    ];
    /** Rows touched, or why not. */
    const attempt = (transaction: Knex.Transaction, statement: string) =>
      transaction
        .transaction((inner) => inner.raw(statement))
        .then(
          ({ rowCount }: { rowCount: number | null }) => rowCount ?? 'done',
          (error: Error & { code?: string }) => `${error.code} ${error.message.split(' - ').at(-1)}`,
        );
    const attemptAll = async (transaction: Knex.Transaction) => {
      const answers = [];
      for (const statement of attempts) answers.push(await attempt(transaction, statement));
      return answers;
    };
    const asServer = async (transaction: Knex.Transaction) => {
      await transaction.raw(`set local role diemnong_server; set local app.reach = 'system'`);
      return attemptAll(transaction);
    };
    const rolledBack = async <Answer>(work: (transaction: Knex.Transaction) => Promise<Answer>): Promise<Answer> => {
      const transaction = await db.knex.transaction();
      try {
        return await work(transaction);
      } finally {
        await transaction.rollback();
      }
    };

    it('can be changed or emptied by nobody', async () => {
      const before = await numbers();
      const answers = await db.transaction(systemScope, attemptAll);
      for (const answer of answers) expect(answer).toBe('42501 permission denied for table audit_event');
      for (const answer of await rolledBack(attemptAll)) expect(answer).toBe('42501 the log is only ever added to');
      expect(await numbers()).toEqual(before);
    });

    it('has three locks, and needs all three gone to be changed by the server', async () => {
      const grant = (transaction: Knex) =>
        transaction.raw('grant update, delete, truncate on audit_event to diemnong_server');
      const disableTrigger = (transaction: Knex) =>
        transaction.raw('alter table audit_event disable trigger audit_event_append_only');
      const disableRowSecurity = (transaction: Knex) =>
        transaction.raw('alter table audit_event disable row level security');
      // With the right alone the trigger still refuses.
      const withRight = await rolledBack(async (transaction) => {
        await grant(transaction);
        return asServer(transaction);
      });
      for (const answer of withRight) expect(answer).toBe('42501 the log is only ever added to');
      // With the trigger gone as well, row security hides every row from update and delete; truncate passes it by.
      const withoutTrigger = await rolledBack(async (transaction) => {
        await grant(transaction);
        await disableTrigger(transaction);
        return asServer(transaction);
      });
      expect(withoutTrigger.slice(0, 2)).toEqual([0, 0]);
      const withoutAny = await rolledBack(async (transaction) => {
        await grant(transaction);
        await disableTrigger(transaction);
        await disableRowSecurity(transaction);
        return asServer(transaction);
      });
      expect(withoutAny.slice(0, 2)).toEqual([1, 1]);
      expect(await numbers()).not.toEqual([]);
      // And the owner, once the trigger is off.
      const owner = await tampered(
        db.knex,
        async () => {},
        (log) => log.transaction(systemScope, attemptAll),
      );
      expect(owner.slice(0, 2)).toEqual([1, 1]);
    });
  });
});
