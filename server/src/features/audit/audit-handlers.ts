import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, type AuditEntry, AuditFilter, type listAudit, type ResponseOf } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { parse, type SignedInContext } from '../../http/serve.ts';
import { anchorsFile } from './audit-anchors.ts';
import { countEntries, listEntries } from './audit-queries.ts';
import { writeAuditWorkbook } from './audit-workbook.ts';
import { type Verdict, verifyLog } from './verify-log.ts';

const PAGE = 100;
const EXPORT_PAGE = 1000;
const LONGEST_EXPORT = 100_000;

/** GET /api/audit: one page of the log, newest first. */
export async function listLog(
  { db }: Pick<AppContext, 'db'>,
  { before, ...filter }: z.output<NonNullable<typeof listAudit.query>>,
  { identity }: Pick<SignedInContext, 'identity'>,
): Promise<ResponseOf<typeof listAudit>> {
  return db.transaction(
    identity.scope,
    async (transaction) => {
      const total = await countEntries(transaction, filter);
      const found = await listEntries(transaction, filter, { before, limit: PAGE + 1 });
      const entries = found.slice(0, PAGE);
      return { entries, total, next: found.length > PAGE ? (entries.at(-1)?.sequence ?? null) : null };
    },
    { snapshot: true },
  );
}

/** POST /api/audit/verify. */
export async function checkLog(
  { db, configuration }: Pick<AppContext, 'db' | 'configuration'>,
  { scope }: Identity,
): Promise<Verdict> {
  return verifyLog(db, { scope, anchors: anchorsFile(configuration.dataDir) });
}

/**
 * GET /api/audit.xlsx: what the filter finds, newest first. The export is an entry itself, written before the first byte is
 * sent; the workbook ends before it. Errors: `invalid_input`; `too_large` above 100,000 entries.
 */
export async function sendLogWorkbook(
  { db }: Pick<AppContext, 'db'>,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const filter = parse(AuditFilter, request.query, 'query') as AuditFilter;
  const own = await db.transaction(identity.scope, async (transaction) => {
    const entries = await countEntries(transaction, filter);
    if (entries > LONGEST_EXPORT)
      throw new AppError(
        'too_large',
        `Bộ lọc có ${entries} mục, một tệp chứa nhiều nhất ${LONGEST_EXPORT}: hãy thu hẹp thời gian. (Too many entries for one workbook.)`,
        { details: { entries, limit: LONGEST_EXPORT } },
      );
    return recordAudit(transaction, identity, {
      action: 'export.made',
      target: 'audit.xlsx',
      after: { ...filter, entries },
    });
  });
  async function* pages(): AsyncGenerator<AuditEntry[]> {
    let before = own;
    while (!response.destroyed) {
      const page = await db.transaction(identity.scope, (transaction) =>
        listEntries(transaction, filter, { before, limit: EXPORT_PAGE }),
      );
      if (page.length > 0) yield page;
      if (page.length < EXPORT_PAGE) return;
      before = page.at(-1)?.sequence ?? 0;
    }
  }
  response.writeHead(200, {
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="nhat-ky.xlsx"`,
    'Cache-Control': 'no-store',
  });
  const workbook = new PassThrough();
  try {
    await Promise.all([writeAuditWorkbook(workbook, pages()), pipeline(workbook, response)]);
  } catch (error) {
    if (!response.destroyed) throw error; // whoever asked has left
  }
}
