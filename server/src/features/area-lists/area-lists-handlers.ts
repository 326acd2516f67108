import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type AreaListAnswer, AreaListOptions } from '@diemnong/contracts';
import type { Response } from 'express';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { parse, type SignedInContext } from '../../http/serve.ts';
import { shownFileName } from '../area-files/file-content.ts';
import { receiveFile } from '../area-files/receive-file.ts';
import { listAreaRows } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import { sendWorkbook } from './area-exports-handlers.ts';
import { listCommuneNames, listWaitingSteps, lockAreas } from './area-lists-queries.ts';
import { enterList } from './enter-list.ts';
import { judgeLines } from './judge-lines.ts';
import { writeListTemplate } from './list-template.ts';
import { type ReadList, readList } from './read-list.ts';

const MAX_LIST_BYTES = 10_000_000;

/** POST /api/area-lists. Errors: `invalid_input` for a malformed request or options; those of `receiveFile` and `readList`. */
export async function receiveAreaList(
  { db }: Pick<AppContext, 'db'>,
  { request, identity }: SignedInContext,
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
    const list = await readList(file, { fileName, sheet: options.sheet, communes, today: today() });
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
  const judged = judgeLines(list.lines, year, today(), { areas, waiting: await listWaitingSteps(transaction) });
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
