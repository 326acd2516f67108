import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AppError, type ImportBatch, type ParsedRequestOf, type remapImport } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { Scope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { auditTarget, type BatchView, isAtRest, toBatchView } from './batch-view.ts';
import { noSuchBatch } from './commit-batch.ts';
import { writeErrorWorkbook } from './error-workbook.ts';
import { commit, describe, drop, listRunning, restartImport, startImport, undo, watchBatch } from './import-jobs.ts';
import { findBatch, findPreview, listNewestBatches, listRowErrors } from './imports-queries.ts';
import type { ImportContext } from './job-board.ts';
import type { ImportPreview } from './reading-task.ts';
import { readStagedRowErrors, rowErrorFile } from './staged-rows.ts';
import { makeStagingFolder, removeStagingFolder, sourceFile, stagingFolder } from './staging-folders.ts';
import { receiveUpload } from './upload.ts';
import { takePlace } from './work-quota.ts';

/**
 * POST /api/imports: the file is on disk when this answers; reading goes on.
 * Errors: those of `takePlace`, `receiveUpload` and `startImport`.
 */
export async function receiveImport(
  context: ImportContext,
  { request, identity }: SignedInContext,
): Promise<{ id: string }> {
  const giveBack = await takePlace(context, identity);
  const id = randomUUID();
  makeStagingFolder(context.db, id);
  try {
    const { file, options } = await receiveUpload(request, sourceFile(context.db, id));
    startImport(context, identity, file, options, id);
    return { id };
  } catch (error) {
    await removeStagingFolder(context.db, id);
    throw error;
  } finally {
    giveBack();
  }
}

/** Newest first, 100 at most; those in work as this process knows them. */
export async function listBatches(
  context: ImportContext,
  { scope }: Identity,
): Promise<{ dataVersion: number; imports: ImportBatch[] }> {
  const dataVersion = await context.version.current();
  const running = new Map(listRunning(context, scope).map((view) => [view.id, view]));
  const stored = (await context.db.transaction(scope, listNewestBatches))
    .map((batch) => toBatchView(batch))
    .filter(({ id }) => !running.has(id));
  const views = [...running.values(), ...stored].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).slice(0, 100);
  return { dataVersion, imports: views.map((view) => ({ dataVersion, ...view })) };
}

export async function describeBatch(context: ImportContext, id: string, { scope }: Identity): Promise<ImportBatch> {
  return answer(context, await describe(context, scope, id));
}

const NO_PREVIEW: ImportPreview = { accepted: [], rejected: [], suspicious: [], rejectedRows: [] };

export async function previewBatch(
  context: ImportContext,
  id: string,
  { scope }: Identity,
): Promise<ImportPreview & { dataVersion: number }> {
  const found = await context.db.transaction(scope, (transaction) => findPreview(transaction, id));
  if (found === undefined) await describe(context, scope, id); // in work and not stored yet, or not_found
  return { dataVersion: await context.version.current(), ...(found?.preview ?? NO_PREVIEW) };
}

/** POST /api/imports/:id/remap. Errors: `conflict` when the file is no longer kept. */
export async function rereadBatch(
  context: ImportContext,
  id: string,
  changes: ParsedRequestOf<typeof remapImport>['body'],
  identity: Identity,
): Promise<{ id: string }> {
  await describe(context, identity.scope, id);
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
  await restartImport(context, identity, id, path, {
    ...(mapping === undefined ? {} : { mapping }),
    ...(crs === undefined ? {} : { crs }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  return { id };
}

export async function commitBatch(context: ImportContext, id: string, identity: Identity): Promise<ImportBatch> {
  return answer(context, await commit(context, identity, id));
}

export async function undoBatch(context: ImportContext, id: string, identity: Identity): Promise<ImportBatch> {
  return answer(context, await undo(context, identity, id));
}

export async function dropBatch(context: ImportContext, id: string, identity: Identity): Promise<{ id: string }> {
  await drop(context, identity, id);
  return { id };
}

const HEARTBEAT_MS = 15_000;
const LOOK_AGAIN_MS = 1000;
/** With what the version watch remembers, a revoked session hears nothing new after a second. */
const LIVENESS_MS = 500;

/**
 * GET /api/imports/:id/events: the batch as server-sent events whenever it changes, until it rests or the session ends. A
 * batch that another process works on is looked up once a second.
 */
export async function followBatch(
  context: ImportContext & Pick<AppContext, 'sessions'>,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const { scope } = identity;
  const id = requireId(request);
  const first = await describe(context, scope, id);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  const dataVersion = await context.version.current();
  const send = (view: BatchView, version = dataVersion) => {
    if (!response.writableEnded) response.write(`data: ${JSON.stringify({ dataVersion: version, ...view })}\n\n`);
  };
  const liveness = setInterval(() => {
    context.sessions.isLive(identity).then(
      (isLive) => isLive || response.end(),
      () => response.end(),
    );
  }, LIVENESS_MS);
  const heartbeat = setInterval(() => response.write(': còn đó\n\n'), HEARTBEAT_MS);
  await new Promise<void>((end) => {
    response.on('close', end);
    const last = () =>
      Promise.all([describe(context, scope, id), context.version.current()])
        .then(([view, version]) => send(view, version))
        .catch(() => {}) // dropped meanwhile, or the database is away: the stream just ends
        .finally(end);
    const unwatch = watchBatch(context, scope, id, (view, isLast) => (isLast ? void last() : send(view)));
    if (unwatch !== undefined) {
      send(first);
      response.on('close', unwatch);
    } else if (isAtRest(first.state)) void last();
    else {
      send(first);
      const timer = setInterval(() => {
        describe(context, scope, id).then(
          (view) => (isAtRest(view.state) ? void last() : send(view)),
          () => end(),
        );
      }, LOOK_AGAIN_MS);
      response.on('close', () => clearInterval(timer));
    }
  });
  clearInterval(heartbeat);
  clearInterval(liveness);
  response.end();
}

/** GET /api/imports/:id/errors.xlsx. Errors: `not_found` when there is no such batch or it has no rejected rows. */
export async function sendErrorWorkbook(
  context: ImportContext,
  identity: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const id = requireId(request);
  const source = await errorRows(context, identity.scope, id);
  if (source === undefined) {
    throw new AppError('not_found', 'Lô này không có dòng bị từ chối. (The batch has no rejected rows.)');
  }
  await context.db.transaction(identity.scope, (transaction) =>
    recordAudit(transaction, identity, { action: 'export.made', target: `${auditTarget(id)}/errors.xlsx` }),
  );
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
  scope: Scope,
  id: string,
): Promise<(Parameters<typeof writeErrorWorkbook>[1] & { fileName: string }) | undefined> {
  const batch = await context.db.transaction(scope, (transaction) => findBatch(transaction, id));
  if (batch === undefined) {
    await describe(context, scope, id); // not_found, unless it is only just being read
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
    rows: isStored ? listRowErrors(context.db, scope, id) : readStagedRowErrors(folder),
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
