import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditEntry,
  auditActions,
  auditExportPath,
  listAudit,
  type ResponseOf,
  verifyAudit,
} from '@diemnong/contracts';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, recordAudit } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import { openRowSource } from '../../server/src/features/imports/reading/row-source.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { listWorkbookFaults } from '../support/workbook-parts.ts';
import { addEntries, planner } from './audit-support.ts';

type Page = ResponseOf<typeof listAudit>;

describeOnBothDatabases('the log on screen', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    await addEntries(db, 250);
    await spreadOverDays();
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  /** Every nine hours from the last hour of 30 September on, so that both borders of local and of UTC days are met. */
  async function spreadOverDays(): Promise<void> {
    await db.knex.transaction(async (transaction) => {
      await transaction.raw('alter table audit_event disable trigger audit_event_append_only');
      await transaction.raw(
        `update audit_event set at = timestamptz '2026-09-30T23:00:00+07:00' + (sequence - 1) * interval '9 hours'`,
      );
      await transaction.raw('alter table audit_event enable trigger audit_event_append_only');
    });
  }

  async function listAll(query: Record<string, string>): Promise<{ entries: AuditEntry[]; totals: Set<number> }> {
    const entries: AuditEntry[] = [];
    const totals = new Set<number>();
    let before: number | null = null;
    do {
      const search = new URLSearchParams({ ...query, ...(before === null ? {} : { before: String(before) }) });
      const { status, body } = await app.get<Page>(`${listAudit.path}?${search}`, listAudit);
      expect(status).toBe(200);
      expect(body.entries.length).toBeLessThanOrEqual(100);
      entries.push(...body.entries);
      totals.add(body.total);
      before = body.next;
    } while (before !== null);
    return { entries, totals };
  }

  it.each<[Record<string, string>, string]>([
    [{}, 'true'],
    [{ from: '2026-10-01' }, `(at at time zone 'Asia/Ho_Chi_Minh')::date >= '2026-10-01'`],
    [
      { from: '2026-10-02', to: '2026-10-05' },
      `(at at time zone 'Asia/Ho_Chi_Minh')::date in ('2026-10-02', '2026-10-03', '2026-10-04')`,
    ],
    [{ action: 'import.committed' }, `action = 'import.committed'`],
    [{ username: 'tran.thi.hoa' }, `username = 'tran.thi.hoa'`],
    [{ username: 'tran' }, 'false'],
    [{ text: 'THI.HOA' }, `username ~* 'thi[.]hoa'`],
    [{ text: 'port/19' }, `target ~ 'port/19'`],
    [{ text: '0.0.7' }, `address ~ '0[.]0[.]7'`],
    [{ text: '%' }, 'false'],
    [{ text: '_' }, 'false'],
    [
      { text: 'hoa', action: auditActions[1], from: '2026-10-10' },
      `username ~ 'hoa' and action = '${auditActions[1]}' and at >= '2026-10-09T17:00:00Z'`,
    ],
  ])('finds by %j what a plain count finds, page by page', async (query, condition) => {
    const { rows } = await db.knex.raw<{ rows: { sequence: string }[] }>(
      `select sequence from audit_event where ${condition} order by sequence desc`,
    );
    const { entries, totals } = await listAll(query);
    expect(entries.map(({ sequence }) => sequence)).toEqual(rows.map(({ sequence }) => Number(sequence)));
    expect([...totals]).toEqual([rows.length]);
  });

  it('shows an entry as it was recorded, to the microsecond', async () => {
    const { entries } = await listAll({ text: 'import/19', to: '2026-10-15' });
    const entry = entries.find(({ target }) => target === 'import/19');
    const row = await db.knex('audit_event').where({ target: 'import/19' }).first();
    expect(entry).toEqual({
      sequence: 20,
      at: '2026-10-07T19:00:00.000000Z',
      username: planner.username,
      role: planner.role,
      address: planner.address,
      action: auditActions[19],
      target: 'import/19',
      before: { name: 'Xã Đồng Tháp 19', cutoff: 19 },
      after: { name: 'Xã "Mỹ Phước" 19', parts: [1, null, true] },
      hash: row.hash,
    });
  });

  it('refuses what cannot be searched for, without a word of the database', async () => {
    for (const query of [
      'from=soon',
      'action=everything',
      'before=0',
      'before=x',
      'text=%00',
      `text=${'x'.repeat(101)}`,
    ]) {
      const { status, body } = await app.get<{ error: { code: string } }>(`${listAudit.path}?${query}`);
      expect([query, status, body.error.code]).toEqual([query, 400, 'invalid_input']);
      expect((await app.fetch(`${auditExportPath}?${query.replace('before', 'action')}`)).status).toBe(400);
    }
  });

  it('is for administrators alone', async () => {
    for (const role of ['province', 'planner', 'viewer'] as const) {
      const visitor = await app.as(role);
      for (const path of [listAudit.path, auditExportPath]) expect((await visitor.fetch(path)).status).toBe(403);
      expect((await visitor.send('POST', verifyAudit.path)).status).toBe(403);
    }
    expect((await app.nobody.fetch(auditExportPath)).status).toBe(401);
  });

  it('says where the chain does not hold', async () => {
    // The days were spread by hand above: from the first entry on nothing fits.
    const { status, body } = await app.send('POST', verifyAudit.path);
    expect(status).toBe(200);
    expect(verifyAudit.response.parse(body)).toMatchObject({ entries: 0, fault: { sequence: 1, reason: 'changed' } });
  });
});

const hostileTexts = [
  '=1+2',
  '+cmd|"/c calc"!A0',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '＝1',
  '_x003D_1',
  '-106.5',
  '<b>&"\'',
  'plain',
];

describeOnBothDatabases('the log as a workbook', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    // 340 entries of three hostile texts each, more than a page of the export needs two of.
    for (let i = 0; i < 340; i++) {
      const text = hostileTexts[i % hostileTexts.length];
      const actor: Actor = { accountId: null, username: `${text}${i}`, role: null, address: text };
      await db.transaction(systemScope, (transaction) =>
        recordAudit(transaction, actor, { action: 'session.refused', target: text, after: text }),
      );
    }
    await addEntries(db, 700);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  async function download(query = ''): Promise<Buffer> {
    const answer = await app.fetch(`${auditExportPath}${query}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="nhat-ky.xlsx"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return Buffer.from(await answer.arrayBuffer());
  }

  it('holds every entry of the filter, and nothing that runs, hides or names anybody', async () => {
    const bytes = await download();
    expect(await listWorkbookFaults(bytes)).toEqual([]);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
    expect(workbook.worksheets).toHaveLength(1);
    const sequences: unknown[] = [];
    workbook.worksheets[0].eachRow((row, number) => {
      if (number > 1) sequences.push(row.getCell(1).value);
    });
    expect(sequences).toEqual(Array.from({ length: 1040 }, (_, i) => 1040 - i));
  });

  it('is read back by another reader to the letter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'diemnong-log-'));
    try {
      writeFileSync(join(folder, 'log.xlsx'), await download('?action=session.refused'));
      const source = await openRowSource(join(folder, 'log.xlsx'), { fileName: 'log.xlsx' });
      const rows: unknown[][] = [];
      for await (const chunk of source.rows()) rows.push(...chunk.map(({ cells }) => cells));
      await source.close();
      const stored = await db
        .knex('audit_event')
        .where({ action: 'session.refused' })
        .select('username', 'address', 'target', 'hash')
        .orderBy('sequence', 'desc');
      expect(rows).toHaveLength(stored.length);
      for (const [i, { username, address, target, hash }] of stored.entries()) {
        expect([rows[i][3], rows[i][5], rows[i][7], rows[i].at(-1)]).toEqual([username, address, target, hash]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('would be told apart from one that is not safe', async () => {
    const careless = new exceljs.Workbook();
    careless.creator = 'Nguyễn Văn A';
    const sheet = careless.addWorksheet('Nhật ký');
    sheet.addRow(['=1+2', { formula: '1+2' }, { text: 'x', hyperlink: 'http://example.org' }]);
    sheet.getCell('A2').note = 'ghi chú';
    careless.addWorksheet('Ẩn', { state: 'veryHidden' });
    careless.definedNames.add("'Nhật ký'!$A$1", 'ten');
    const faults = (await listWorkbookFaults(Buffer.from(await careless.xlsx.writeBuffer()))).join('\n');
    for (const fault of ['formula', 'cell =1+2', 'link', 'hidden sheet', 'defined name', 'Nguyễn Văn A', 'comments'])
      expect(faults).toContain(fault);
  });

  it('is an entry itself: who, from where, which filter, how many', async () => {
    const { last } = (await db.knex('audit_event').max('sequence as last').first()) ?? {};
    await download('?text=hoa&action=import.committed');
    const entries = await db.knex('audit_event').where('sequence', '>', last);
    const { rows } = await db.knex.raw<{ rows: { count: number }[] }>(
      `select count(*)::int from audit_event where username ~ 'hoa' and action = 'import.committed'`,
    );
    expect(entries).toMatchObject([
      {
        account_id: app.accountId,
        role: 'admin',
        action: 'export.made',
        target: 'audit.xlsx',
        after: { text: 'hoa', action: 'import.committed', entries: rows[0].count },
      },
    ]);
    expect(entries[0].address).toMatch(/127\.0\.0\.1$/);
    const { body } = await app.send('POST', verifyAudit.path);
    expect(body).toMatchObject({ fault: null });
  });

  it('refuses more entries than one workbook should hold', async () => {
    await db.knex.raw(
      `insert into audit_event (sequence, at, address, action, target, previous_hash, hash)
       select number, now(), 'x', 'access.denied', 'x', 'x', '${randomBytes(8).toString('hex')}' || number
       from generate_series(10001, 110001) as number`,
    );
    const answer = await app.get<{ error: { details: unknown } }>(`${auditExportPath}?action=access.denied`);
    const refused = await db.knex('audit_event').where({ action: 'access.denied' }).count('* as count').first();
    expect(answer.status).toBe(413);
    expect(answer.body.error.details).toEqual({ entries: Number(refused?.count), limit: 100_000 });
  });
});
