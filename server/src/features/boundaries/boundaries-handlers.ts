import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, type BoundaryImport, BoundaryOptions } from '@diemnong/contracts';
import busboy from 'busboy';
import type { Identity } from '../../access/identity.ts';
import type { AppContext } from '../../app-context.ts';
import type { HttpContext, SignedInContext } from '../../http/serve.ts';
import { extensionOf } from './boundary-files.ts';
import { importBoundaries, type ParsedBoundaryOptions } from './import-boundaries.ts';

const largestUploadBytes = 500 * 1024 ** 2;
const rememberedJobs = 20;

/** Imports of this process, newest last. A restart forgets them; what they committed stays, what they did not is gone. */
const jobs = new Map<string, BoundaryImport>();

/**
 * Take a boundary file (multipart: `options` and `file`), answer at once, import it in the background.
 * Errors: `invalid_input` for a malformed form; `too_large` beyond 500 MB; `conflict` while another import runs.
 */
export async function receiveBoundaryFile(context: AppContext, http: SignedInContext): Promise<{ id: string }> {
  const id = randomUUID();
  const job: BoundaryImport = { id, state: 'reading', done: 0, total: null, report: null, error: null };
  if ([...jobs.values()].some(isRunning))
    throw new AppError(
      'conflict',
      'Đang nhập một bộ ranh giới khác: hãy chờ xong. (Another boundary import is running.)',
    );
  remember(job); // before the upload: the second of two requests at once is refused
  const uploadDir = join(context.db.stagingDir, `upload-${id}`);
  try {
    await mkdir(uploadDir, { recursive: true, mode: 0o700 });
    const upload = await receiveForm(http, uploadDir);
    void runJob(context, http.identity, job, upload).finally(() => rm(uploadDir, { recursive: true, force: true }));
    return { id };
  } catch (error) {
    jobs.delete(id);
    await rm(uploadDir, { recursive: true, force: true });
    throw error;
  }
}

export async function describeBoundaryImport(_context: AppContext, id: string): Promise<BoundaryImport> {
  const job = jobs.get(id);
  if (job === undefined)
    throw new AppError(
      'not_found',
      `Không có lần nhập ranh giới ${id} trong phiên máy chủ này. (No such boundary import.)`,
    );
  return job;
}

function isRunning({ state }: BoundaryImport): boolean {
  return state !== 'committed' && state !== 'refused';
}

function remember(job: BoundaryImport): void {
  jobs.set(job.id, job);
  for (const id of [...jobs.keys()].slice(0, -rememberedJobs)) jobs.delete(id);
}

type Upload = { file: string; options: ParsedBoundaryOptions };

async function runJob(context: AppContext, by: Identity, job: BoundaryImport, upload: Upload): Promise<void> {
  try {
    const report = await importBoundaries(context.db, {
      ...upload,
      by,
      onProgress: (progress) => Object.assign(job, progress),
    });
    context.version.invalidate();
    Object.assign(job, { state: 'committed', report });
  } catch (error) {
    const known = error instanceof AppError;
    if (!known) context.log.error({ err: error, set: upload.options.set }, 'boundary import failed');
    const message = known
      ? error.message
      : 'Có lỗi trong máy chủ; xem nhật ký máy chủ. (Internal error; see the server log.)';
    Object.assign(job, { state: 'refused', error: { code: known ? error.code : 'internal', message } });
  }
}

async function receiveForm({ request, signal }: HttpContext, directory: string): Promise<Upload> {
  let options: ParsedBoundaryOptions | undefined;
  let file: string | undefined;
  const form = openForm(request.headers);
  const done = new Promise<void>((finish, fail) => {
    form.on('field', (name, text) => {
      if (name !== 'options') return;
      try {
        options = parseOptions(text);
      } catch (error) {
        fail(error);
      }
    });
    form.on('file', (_name, stream, { filename }) => {
      if (file !== undefined) {
        stream.resume();
        fail(new AppError('invalid_input', 'Expected one "file"; got two'));
        return;
      }
      // Only the kind of the name is taken over, never the name itself.
      file = join(directory, `boundaries${extensionOf(filename ?? '').replace(/[^a-z.]/g, '')}`);
      const path = file;
      pipeline(stream, createWriteStream(path, { mode: 0o600 })).then(() => {
        if (stream.truncated)
          fail(new AppError('too_large', `Tệp lớn hơn ${largestUploadBytes >> 20} MB. (The file is too large.)`));
        else if (isFormAtEnd) finish();
        isFileWritten = true;
      }, fail);
    });
    let isFormAtEnd = false;
    let isFileWritten = false;
    form.on('close', () => {
      isFormAtEnd = true;
      if (file === undefined) fail(new AppError('invalid_input', 'The form holds no "file"'));
      else if (isFileWritten) finish();
    });
    form.on('error', (cause) =>
      fail(new AppError('invalid_input', `Malformed multipart form: ${String(cause)}`, { cause })),
    );
    signal.addEventListener('abort', () => fail(new AppError('invalid_input', 'The upload was broken off')));
  });
  request.pipe(form);
  try {
    await done;
  } finally {
    request.unpipe(form);
    request.resume(); // what is left of a refused upload is read and dropped, so that the answer gets through
  }
  if (options === undefined || file === undefined) throw new AppError('invalid_input', 'The form holds no "options"');
  return { file, options };
}

function openForm(headers: HttpContext['request']['headers']): busboy.Busboy {
  try {
    return busboy({
      headers,
      limits: { fileSize: largestUploadBytes, files: 2, fields: 10, fieldSize: 100_000 },
      defParamCharset: 'utf8',
    });
  } catch (cause) {
    throw new AppError('invalid_input', `Expected multipart/form-data: ${inWords(cause)}`, { cause });
  }
}

function parseOptions(text: string): ParsedBoundaryOptions {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_input', 'options is not valid JSON', { cause });
  }
  const result = BoundaryOptions.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('invalid_input', issues.map(({ path, message }) => `options.${path}: ${message}`).join('; '), {
    details: issues,
  });
}

function inWords(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
