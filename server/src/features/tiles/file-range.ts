import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@diemnong/contracts';
import type { Request, Response } from 'express';

/**
 * Send a file, or the one byte range that is asked for (RFC 9110 §14): 200, 206, 304 or 416; HEAD without the body.
 * Several ranges at once are answered with the whole file, which the RFC allows. Errors: `not_found` when there is no file.
 */
export async function sendFileRange(
  request: Request,
  response: Response,
  { path, contentType }: { path: string; contentType: string },
): Promise<void> {
  const file = await openFile(path);
  try {
    const { size, mtimeMs } = await file.stat();
    const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
    response.setHeader('Content-Type', contentType);
    response.setHeader('Accept-Ranges', 'bytes');
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    // A condition that names another state of the file makes the range void: the whole file is right then.
    const condition = request.get('if-range');
    const range = condition === undefined || condition === tag ? parseRange(request.get('range'), size) : undefined;
    if (range === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${size}`);
      response.status(416).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    if (range !== undefined) response.status(206).setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
    response.setHeader('Content-Length', end - start + 1);
    if (request.method === 'HEAD' || end < start) {
      response.end();
      return;
    }
    await pipeline(file.createReadStream({ start, end, autoClose: false }), response).catch(
      (error: NodeJS.ErrnoException) => {
        // The browser went away, meanwhile or before: nobody is left to tell.
        if (!['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_UNABLE_TO_PIPE'].includes(error.code ?? '')) throw error;
      },
    );
  } finally {
    await file.close();
  }
}

/**
 * The first and last byte that a Range header asks for, both included; undefined = the whole file (no header, another
 * unit, several ranges, or not well formed, which RFC 9110 §14.2 says to ignore).
 */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    throw new AppError('not_found', 'The configured basemap file cannot be read', { cause });
  }
}
