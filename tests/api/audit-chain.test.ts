import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditHash } from '../../server/src/access/audit-hash.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import { readConfiguration } from '../../server/src/configuration.ts';
import { anchorsFile, keepAuditAnchors } from '../../server/src/features/audit/audit-anchors.ts';
import { listStoredEntries } from '../../server/src/features/audit/audit-queries.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { createLog } from '../../server/src/log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { mulberry32 } from '../support/small-province.ts';
import { addEntries, planner, tampered } from './audit-support.ts';

const ENTRIES = 60;

describeOnBothDatabases('the chain of the log', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    await addEntries(db, ENTRIES);
  });
  afterAll(() => db?.close());

  /** What verification says after a change by hand. */
  const faultAfter = (change: (transaction: Knex.Transaction) => Promise<unknown>, anchors = 'none') =>
    tampered(db.knex, change, async (log) => (await verifyLog(log, { anchors })).fault);
  const entries = (transaction: Knex) => transaction('audit_event');

  it('holds as long as nobody touches it', async () => {
    const { rows } = await db.knex.raw('select count(*)::int as entries, max(sequence)::int as last from audit_event');
    expect(rows[0]).toEqual({ entries: ENTRIES, last: ENTRIES });
    const head = await db.knex('audit_head').first<{ hash: string }>('hash');
    expect(await verifyLog(db, { anchors: 'none' })).toEqual({
      entries: ENTRIES,
      head: head.hash,
      anchors: 0,
      fault: null,
    });
    expect(await faultAfter(async () => {})).toBeNull();
  });

  it('can be worked out again with the statement of the decision page alone', async () => {
    const page = readFileSync(new URL('../../docs/decisions/audit-log.md', import.meta.url), 'utf8');
    const statement = /```sql\n([^`]*)```/.exec(page)?.[1] ?? '';
    const listFaults = (change: (transaction: Knex.Transaction) => Promise<unknown>) =>
      tampered(db.knex, change, (log) =>
        log.transaction(systemScope, async (transaction) => {
          const { rows } = await transaction.raw<{ rows: { sequence: string }[] }>(statement);
          return rows.map(({ sequence }) => Number(sequence));
        }),
      );
    expect(await listFaults(async () => {})).toEqual([]);
    expect(await listFaults((log) => entries(log).where({ sequence: 7 }).update({ target: 'import/8' }))).toEqual([7]);
  });

  it('shows each of 1,000 random changes of one byte in one column of one entry', async () => {
    const random = mulberry32(20_261_031);
    const columns = new Set<string>();
    let found = 0;
    for (let i = 0; i < 1000; i++) {
      let changed = { numbers: [0], column: '' };
      const fault = await faultAfter(async (log) => {
        changed = await changeOneByte(log, random);
      });
      columns.add(changed.column);
      if (fault !== null && changed.numbers.includes(fault.sequence)) found++;
    }
    expect(found).toBe(1000);
    expect(columns.size).toBe(12); // every one
  });

  it('tells what is missing, added, swapped or cut off', async () => {
    const fault = (reason: string, sequence: number) => ({ reason, sequence });
    const copy = (log: Knex, sequence: number) =>
      log.raw(
        `insert into audit_event
         select (jsonb_populate_record(audit_event, jsonb_build_object('sequence', ${sequence}, 'hash', '${'a'.repeat(64)}'))).*
         from audit_event where sequence = 5`,
      );
    expect(await faultAfter((log) => entries(log).where({ sequence: 30 }).delete())).toEqual(fault('missing', 30));
    expect(await faultAfter((log) => entries(log).where({ sequence: 1 }).delete())).toEqual(fault('missing', 1));
    expect(await faultAfter((log) => copy(log, ENTRIES + 1))).toEqual(fault('inserted', ENTRIES + 1));
    expect(await faultAfter((log) => copy(log, 0))).toEqual(fault('inserted', 0));
    // In the middle, the later ones pushed up.
    const push = async (log: Knex.Transaction) => {
      await log.raw('update audit_event set sequence = -sequence where sequence >= 31');
      await log.raw('update audit_event set sequence = 1 - sequence where sequence < 0');
      await copy(log, 31);
      await log.raw('update audit_head set sequence = sequence + 1');
    };
    expect(await faultAfter(push)).toEqual(fault('changed', 31));
    const swap = async (log: Knex.Transaction) => {
      await log.raw('update audit_event set sequence = -sequence where sequence in (20, 21)');
      await log.raw('update audit_event set sequence = 41 + sequence where sequence < 0');
    };
    expect(await faultAfter(swap)).toEqual(fault('changed', 20));
    expect(await faultAfter((log) => entries(log).where('sequence', '>', 50).delete())).toEqual(fault('cut_off', 51));
    expect(await faultAfter((log) => entries(log).delete())).toEqual(fault('cut_off', 1));
    expect(await faultAfter((log) => log.raw(`update audit_head set hash = repeat('b', 64)`))).toEqual(
      fault('changed', ENTRIES),
    );
  });

  it('shows by its anchors what the chain itself cannot', async () => {
    const file = await anchorNow();
    expect((await verifyLog(db, { anchors: file })).anchors).toBe(1);
    const cutWithHead = async (log: Knex.Transaction) => {
      await entries(log).where('sequence', '>', 50).delete();
      await log.raw(
        'update audit_head set (sequence, hash) = (select sequence, hash from audit_event order by sequence desc limit 1)',
      );
    };
    expect(await faultAfter(cutWithHead)).toBeNull(); // without anchors it goes unseen
    expect(await faultAfter(cutWithHead, file)).toEqual({ reason: 'cut_off', sequence: 51 });
    const rewrite = async (log: Knex.Transaction) => {
      await entries(log).where({ sequence: 40 }).update({ username: 'nguyen.van.b' });
      await rehash(log, 40);
    };
    expect(await faultAfter(rewrite)).toBeNull();
    expect(await faultAfter(rewrite, file)).toEqual({ reason: 'changed', sequence: ENTRIES });
  });

  it('notes its end outside the database, for its owner alone, and passes over half a line', async () => {
    const file = await anchorNow();
    const { hash } = await db.knex('audit_head').first<{ hash: string }>('hash');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(new RegExp(`^${ENTRIES} ${hash} \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`));
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, `${lines[0]}\n12 abc`);
    expect(await verifyLog(db, { anchors: file })).toMatchObject({ anchors: 1, fault: null });
  });

  async function anchorNow() {
    const configuration = { ...readConfiguration({}), dataDir: db.dataDir };
    await keepAuditAnchors({ db, log: createLog('silent'), configuration });
    return anchorsFile(db.dataDir);
  }
});

/** An entry's hash and all after it worked out anew: what somebody does who knows how the chain is made. */
async function rehash(log: Knex.Transaction, from: number): Promise<void> {
  const [before, ...rest] = await listStoredEntries(log, { after: from - 2, until: ENTRIES, limit: ENTRIES });
  let previousHash = before.hash;
  for (const { hash: _, ...fields } of rest) {
    const hash = auditHash({ ...fields, previousHash });
    await log('audit_event').where({ sequence: fields.sequence }).update({ previous_hash: previousHash, hash });
    previousHash = hash;
  }
  await log('audit_head').update({ hash: previousHash });
}

const columnTexts = `sequence::text, at::text, account_id::text, username, role, address, action, target, before::text,
  after::text, previous_hash, hash`;

/**
 * One other byte in the text of a value (something where there was nothing); again when the database takes it for no change.
 * @returns the entry's number before and after.
 */
async function changeOneByte(
  log: Knex.Transaction,
  random: () => number,
): Promise<{ numbers: number[]; column: string }> {
  const pick = (length: number) => Math.floor(random() * length);
  const read = async (sequence: number) => {
    const { rows } = await log.raw<{ rows: Record<string, string | null>[] }>(
      `select ${columnTexts} from audit_event where sequence = ${sequence}`,
    );
    return rows.at(0);
  };
  for (;;) {
    const sequence = 1 + pick(ENTRIES);
    const row = (await read(sequence)) ?? {};
    const column = Object.keys(row)[pick(12)];
    const value = row[column];
    const at = pick(value?.length ?? 0);
    const nothing = column === 'account_id' ? planner.accountId : column === 'before' || column === 'after' ? '0' : 'x';
    const next =
      value === null ? nothing : value.slice(0, at) + String.fromCharCode(33 + pick(94)) + value.slice(at + 1);
    const isTaken = await log
      .transaction((attempt) =>
        attempt('audit_event')
          .where({ sequence })
          .update({ [column]: next }),
      )
      .then(
        () => true,
        () => false, // no longer a time, a number, JSON
      );
    if (isTaken && JSON.stringify(await read(sequence)) !== JSON.stringify(row))
      return { numbers: [sequence, column === 'sequence' ? Number(next) : sequence], column };
  }
}
