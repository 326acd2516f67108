import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@diemnong/contracts';
import busboy from 'busboy';

export type ReceivedFile = { name: string | undefined; content: Buffer; fields: Map<string, string> };

/**
 * Take the part `file` and the text fields out of a multipart request, the file into memory.
 * Errors: `invalid_input` for a malformed request, `too_large` above `maxBytes`, `unprocessable` for an empty file. They are
 * raised when the request has been read to its end, since a browser that is cut off while it sends never reads the answer.
 */
export async function receiveFile(request: IncomingMessage, maxBytes: number): Promise<ReceivedFile> {
  const fields = new Map<string, string>();
  let file: Promise<{ name: string | undefined; content: Buffer }> | undefined;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  const parts = openParts(request, maxBytes);
  parts.on('field', (name, value, { valueTruncated }) => {
    if (valueTruncated) fail(new AppError('too_large', `${name}: longer than 100 kB`));
    fields.set(name, value);
  });
  parts.on('file', (part, stream, { filename }) => {
    if (part !== 'file' || file !== undefined) {
      fail(new AppError('invalid_input', `Expected one part "file"; got ${part === 'file' ? 'two' : `"${part}"`}`));
      stream.resume();
      return;
    }
    file = buffer(stream).then((content) => ({ name: filename, content }));
    file.catch((error: unknown) => {
      fail(error);
      stream.resume();
    });
  });
  try {
    await pipeline(request, parts);
  } catch (cause) {
    fail(
      new AppError('invalid_input', `The upload is malformed or was cut off: ${(cause as Error).message}`, { cause }),
    );
  }
  if (failure !== undefined) throw failure;
  const received = await file;
  if (received === undefined) throw new AppError('invalid_input', 'Expected multipart/form-data with the part "file"');
  if (received.content.length > maxBytes)
    throw new AppError(
      'too_large',
      `Tệp lớn hơn ${maxBytes / 1e6} MB. (The file is larger than ${maxBytes / 1e6} MB.)`,
      { details: { limit: maxBytes } },
    );
  if (received.content.length === 0)
    throw new AppError('unprocessable', 'Tệp rỗng. (The file is empty.)', { details: { reason: 'empty' } });
  return { name: received.name, content: received.content, fields };
}

function openParts(request: IncomingMessage, maxBytes: number): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: 100_000, fields: 10, files: 2, fileSize: maxBytes + 1 },
    });
  } catch (cause) {
    throw new AppError('invalid_input', `Expected multipart/form-data: ${(cause as Error).message}`, { cause });
  }
}
