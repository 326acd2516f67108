import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type AreaListAnswer, AreaListOptions } from '@diemnong/contracts';
import type { Response } from 'express';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { getVersions } from '../../database/data-version.ts';
import { parse, type SignedInContext } from '../../http/serve.ts';
import { shownFileName } from '../area-files/file-content.ts';
import { receiveFile } from '../area-files/receive-file.ts';
import { readAreaSteps } from '../areas/area-steps.ts';
import { listAreaRows } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import type { ImportContext } from '../imports/job-board.ts';
import { takePlace } from '../imports/work-quota.ts';
import { sendWorkbook } from './area-exports-handlers.ts';
import { listCommuneNames, lockAreas } from './area-lists-queries.ts';
import { enterList } from './enter-list.ts';
import { judgeLines } from './judge-lines.ts';
import { writeListTemplate } from './list-template.ts';
import type { ReadList } from './read-list.ts';
import { runListWorker } from './run-list-worker.ts';

const MAX_LIST_BYTES = 10_000_000;

/**
 * POST /api/area-lists.
 * Errors: `invalid_input` for a malformed request or options; `too_many_requests` while the account has other files in work; those
 * of `receiveFile` and `readList`.
 */
export async function receiveAreaList(context: ImportContext, http: SignedInContext): Promise<AreaListAnswer> {
  const giveBack = await takePlace(context, http.identity);
  try {
    return await receiveInPlace(context, http);
  } finally {
    giveBack();
  }
}

async function receiveInPlace(
  { db }: ImportContext,
  { request, identity, signal }: SignedInContext,
): Promise<AreaListAnswer> {
  const { content, name, fields } = await receiveFile(request, MAX_LIST_BYTES);
  const options = readOptions(fields.get('options'));
  const fileName = shownFileName(name);
  const communes = await db.transaction(identity.scope, (transaction) => listCommuneNames(transaction, identity.scope));
  const folder = join(db.stagingDir, 'area-lists');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ownFolder = await mkdtemp(join(folder, 'list-'));
  try {
    const file = join(ownFolder, 'source');
    await writeFile(file, content, { mode: 0o600 });
    const list = await runListWorker({ file, fileName, sheet: options.sheet, communes, today: today() }, signal);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return await db.transaction(identity.scope, (transaction) =>
      takeList(transaction, identity, list, { ...options, fileName, sha256 }),
    );
  } finally {
    await rm(ownFolder, { recursive: true, force: true });
  }
}

/** Compare the list with the areas that there are and, when asked to, enter it: all of it or nothing. */
async function takeList(
  transaction: Knex.Transaction,
  identity: Identity,
  list: ReadList,
  { year, commit, fileName, sha256 }: AreaListOptions & { fileName: string; sha256: string },
): Promise<AreaListAnswer> {
  if (commit) await lockAreas(transaction);
  const areas = await listAreaRows(transaction, { asOf: today() });
  const { waiting } = await readAreaSteps(transaction);
  const judged = judgeLines(list.lines, year, today(), { areas, waiting });
  const rejected = [...list.rejected, ...judged.rejected].sort((a, b) => a.row - b.row);
  const { rows } = judged;
  if (rows.length === 0)
    throw new AppError(
      'unprocessable',
      rejected.length === 0
        ? 'Danh sách không có dòng nào. (The list holds no row.)'
        : `Không nhận được dòng nào: ${rejected.length} lỗi, đầu tiên ở dòng ${rejected[0].row}: ${rejected[0].reason} (No row can be taken.)`,
      { details: { reason: 'no_rows', rejected: rejected.slice(0, 1000) } },
    );
  const statuses = new Map(areas.map(({ id, status }) => [id, status]));
  const statusOf = (areaId: string) => statuses.get(areaId) ?? 'draft';
  const pending = commit ? await enterList(transaction, identity, rows, { year, today: today(), statusOf }) : [];
  if (pending.length > 0) {
    const count = (does: string) => rows.filter((row) => row.does === does).length;
    await recordAudit(transaction, identity, {
      action: 'area.list_imported',
      target: `area-list/${year}`,
      after: {
        fileName,
        sha256,
        new: count('new'),
        carried: count('carried'),
        known: count('known'),
        rejected: new Set(rejected.map(({ row }) => row)).size,
      },
    });
  }
  const { sheet, columns } = list;
  const { data: dataVersion } = await getVersions(transaction);
  return { dataVersion, year, sha256, sheet, columns, rows, rejected, committed: commit, pending };
}

function readOptions(text: string | undefined): AreaListOptions {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch (cause) {
    throw new AppError('invalid_input', 'Expected the field "options" (JSON) beside the part "file"', { cause });
  }
  return parse(AreaListOptions, value, 'options') as AreaListOptions;
}

/** GET /api/area-lists/template.xlsx. */
export function sendListTemplate(response: Response): Promise<void> {
  return sendWorkbook(response, 'danh-sach-dia-ban.xlsx', writeListTemplate);
}
