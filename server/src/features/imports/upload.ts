import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, ImportOptions } from '@diemnong/contracts';
import busboy from 'busboy';
import type { ImportFile } from './import-jobs.ts';

const MAX_UPLOAD_BYTES = 1024 ** 3;
const MAX_OPTIONS_BYTES = 1024 ** 2;

export type Upload = { file: ImportFile; options: ReturnType<typeof ImportOptions.parse> };

/**
 * Take a multipart request apart: field `options` (JSON) and part `file` in any order; the file is streamed to `path` and hashed on its
 * way. Memory stays flat.
 * Errors: `invalid_input` for a malformed request or options, `too_large` above 1 GB; ENOSPC as it is. They are raised when
 * the request has been read to its end, since a browser that is cut off while it sends never reads the answer. The caller
 * removes what was written.
 */
export async function receiveUpload(request: IncomingMessage, path: string): Promise<Upload> {
  let options: Upload['options'] | undefined;
  let file: Promise<ImportFile> | undefined;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  const parts = openParts(request);
  parts.on('field', (name, value, info) => {
    if (name !== 'options') return;
    try {
      if (info.valueTruncated) throw new AppError('too_large', 'options: longer than 1 MB');
      options = parseOptions(value);
    } catch (error) {
      fail(error);
    }
  });
  parts.on('file', (name, stream, info) => {
    if (name !== 'file' || file !== undefined) {
      fail(new AppError('invalid_input', `Expected one part "file"; got ${name === 'file' ? 'two' : `"${name}"`}`));
      stream.resume();
      return;
    }
    file = saveFile(stream, path, shownName(info.filename));
    file.catch((error: unknown) => {
      fail(error);
      stream.resume();
    });
  });
  try {
    await pipeline(request, parts);
  } catch (cause) {
    await file?.catch(() => {}); // the file is closed before the caller removes it
    fail(
      new AppError('invalid_input', `The upload is malformed or was cut off: ${(cause as Error).message}`, { cause }),
    );
  }
  const saved = await file?.catch(fail);
  if (failure !== undefined) throw failure;
  if (options === undefined || saved === undefined) {
    throw new AppError(
      'invalid_input',
      'Expected multipart/form-data with the field "options" (JSON) and the part "file"',
    );
  }
  return { options, file: saved };
}

/** A file's name for the screen and the log; nothing on disk is ever named by it. */
function shownName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').slice(0, 200).toWellFormed() || 'tep';
}

function openParts(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: MAX_OPTIONS_BYTES, fields: 10, files: 1, fileSize: MAX_UPLOAD_BYTES },
    });
  } catch (cause) {
    throw new AppError('invalid_input', `Expected multipart/form-data: ${(cause as Error).message}`, { cause });
  }
}

function parseOptions(text: string): Upload['options'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid_input', 'options: not JSON', { cause });
  }
  const parsed = ImportOptions.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ['options', ...path].join('.'), message }));
  throw new AppError('invalid_input', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    details: issues,
  });
}

async function saveFile(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  path: string,
  fileName: string,
): Promise<ImportFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      hash.update(chunk);
      next(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(path, { mode: 0o600 }));
  if (stream.truncated === true) {
    throw new AppError('too_large', 'Tệp lớn hơn 1 GB: hãy chia nhỏ. (The file is larger than 1 GB: split it.)');
  }
  return { path, fileName, bytes, sha256: hash.digest('hex') };
}
