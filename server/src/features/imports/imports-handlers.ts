import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AppError, type ImportBatch, type ParsedRequestOf, type remapImport } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import type { HttpContext } from '../../http/serve.ts';
import { type BatchView, isAtRest, toBatchView } from './batch-view.ts';
import { noSuchBatch } from './commit-batch.ts';
import { writeErrorWorkbook } from './error-workbook.ts';
import { commit, describe, drop, listRunning, restartImport, startImport, undo, watchBatch } from './import-jobs.ts';
import { findBatch, findPreview, listNewestBatches, listRowErrors } from './imports-queries.ts';
import type { ImportContext } from './job-board.ts';
import type { ImportPreview } from './reading-task.ts';
import { readStagedRowErrors, rowErrorFile } from './staged-rows.ts';
import { makeStagingFolder, removeStagingFolder, sourceFile, stagingFolder } from './staging-folders.ts';
import { receiveUpload } from './upload.ts';

/** POST /api/imports: the file is on disk when this answers; reading goes on. */
export async function receiveImport(context: ImportContext, { request }: HttpContext): Promise<{ id: string }> {
  const id = randomUUID();
  makeStagingFolder(context.db, id);
  try {
    const { file, options } = await receiveUpload(request, sourceFile(context.db, id));
    startImport(context, file, options, id);
    return { id };
  } catch (error) {
    await removeStagingFolder(context.db, id);
    throw error;
  }
}

/** Newest first, 100 at most; those in work as this process knows them. */
export async function listBatches(context: ImportContext): Promise<{ dataVersion: number; imports: ImportBatch[] }> {
  const dataVersion = await context.version.current();
  const running = new Map(listRunning(context).map((view) => [view.id, view]));
  const stored = (await listNewestBatches(context.db.knex))
    .map((batch) => toBatchView(batch))
    .filter(({ id }) => !running.has(id));
  const views = [...running.values(), ...stored].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, 100);
  return { dataVersion, imports: views.map((view) => ({ dataVersion, ...view })) };
}

export async function describeBatch(context: ImportContext, id: string): Promise<ImportBatch> {
  return answer(context, await describe(context, id));
}

const NO_PREVIEW: ImportPreview = { accepted: [], rejected: [], suspicious: [], rejectedRows: [] };

export async function previewBatch(
  context: ImportContext,
  id: string,
): Promise<ImportPreview & { dataVersion: number }> {
  const found = await findPreview(context.db.knex, id);
  if (found === undefined) await describe(context, id); // in work and not stored yet, or not_found
  return { dataVersion: await context.version.current(), ...(found?.preview ?? NO_PREVIEW) };
}

/** POST /api/imports/:id/remap. Errors: `conflict` when the file is no longer kept. */
export async function rereadBatch(
  context: ImportContext,
  id: string,
  changes: ParsedRequestOf<typeof remapImport>['body'],
): Promise<{ id: string }> {
  await describe(context, id);
  const path = sourceFile(context.db, id);
  if (!existsSync(path)) {
    throw new AppError(
      'conflict',
      'Tệp gốc không còn được giữ: hãy gửi lại tệp. (The file is no longer kept: send it again.)',
      {
        details: { reason: 'file_gone' },
      },
    );
  }
  const { mapping, crs, sheet } = changes;
  await restartImport(context, id, path, {
    ...(mapping === undefined ? {} : { mapping }),
    ...(crs === undefined ? {} : { crs }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  return { id };
}

export async function commitBatch(context: ImportContext, id: string): Promise<ImportBatch> {
  return answer(context, await commit(context, id));
}

export async function undoBatch(context: ImportContext, id: string): Promise<ImportBatch> {
  return answer(context, await undo(context, id));
}

export async function dropBatch(context: ImportContext, id: string): Promise<{ id: string }> {
  await drop(context, id);
  return { id };
}

const HEARTBEAT_MS = 15_000;
const LOOK_AGAIN_MS = 1000;

/**
 * GET /api/imports/:id/events: the batch as server-sent events whenever it changes, until it rests. A batch that another
 * process works on is looked up once a second.
 */
export async function followBatch(context: ImportContext, request: Request, response: Response): Promise<void> {
  const id = requireId(request);
  const first = await describe(context, id);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  const dataVersion = await context.version.current();
  const send = (view: BatchView, version = dataVersion) =>
    response.write(`data: ${JSON.stringify({ dataVersion: version, ...view })}\n\n`);
  const heartbeat = setInterval(() => response.write(': còn đó\n\n'), HEARTBEAT_MS);
  await new Promise<void>((end) => {
    response.on('close', end);
    const last = () =>
      Promise.all([describe(context, id), context.version.current()])
        .then(([view, version]) => send(view, version))
        .catch(() => {}) // dropped meanwhile, or the database is away: the stream just ends
        .finally(end);
    const unwatch = watchBatch(context, id, (view, isLast) => (isLast ? void last() : send(view)));
    if (unwatch !== undefined) {
      send(first);
      response.on('close', unwatch);
    } else if (isAtRest(first.state)) void last();
    else {
      send(first);
      const timer = setInterval(() => {
        describe(context, id).then(
          (view) => (isAtRest(view.state) ? void last() : send(view)),
          () => end(),
        );
      }, LOOK_AGAIN_MS);
      response.on('close', () => clearInterval(timer));
    }
  });
  clearInterval(heartbeat);
  response.end();
}

/** GET /api/imports/:id/errors.xlsx. Errors: `not_found` when there is no such batch or it has no rejected rows. */
export async function sendErrorWorkbook(context: ImportContext, request: Request, response: Response): Promise<void> {
  const id = requireId(request);
  const source = await errorRows(context, id);
  if (source === undefined) {
    throw new AppError('not_found', 'Lô này không có dòng bị từ chối. (The batch has no rejected rows.)');
  }
  const name = `${source.fileName.replace(/(\.gz)?$/, '').replace(/\.[^.]*$/, '')}-loi.xlsx`;
  response.writeHead(200, {
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="loi.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'no-store',
  });
  await writeErrorWorkbook(response, source);
}

/** The rejected rows of a batch, from the staged files before commit and from the database after; undefined without any. */
export async function errorRows(
  context: ImportContext,
  id: string,
): Promise<(Parameters<typeof writeErrorWorkbook>[1] & { fileName: string }) | undefined> {
  const batch = await findBatch(context.db.knex, id);
  if (batch === undefined) {
    await describe(context, id); // not_found, unless it is only just being read
    return undefined;
  }
  const { summary, fileName, state } = batch;
  if ((summary.rejected ?? 0) === 0 || !isAtRest(state)) return undefined;
  const folder = stagingFolder(context.db, id);
  const isStored = state === 'committed' || state === 'undone';
  if (!isStored && !existsSync(rowErrorFile(folder))) return undefined;
  return {
    fileName,
    headings: summary.reading?.columns.map(({ heading }) => heading) ?? [],
    columns: summary.mapping?.columns ?? {},
    rows: isStored ? listRowErrors(context.db.knex, id) : readStagedRowErrors(folder),
  };
}

async function answer(context: ImportContext, view: BatchView): Promise<ImportBatch> {
  return { dataVersion: await context.version.current(), ...view };
}

function requireId(request: Request): string {
  const { id } = request.params;
  if (typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return id;
  throw noSuchBatch(String(id));
}
