import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@diemnong/contracts';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

const mostEntries = 1000;
const mostBytes = 2 * 1024 ** 3;
/** DEFLATE reaches 1,032 at best; the padded text of a .dbf reaches some hundred, but not on this much. */
const mostRatio = 200;
const ratioFromBytes = 100 * 1024 ** 2;

/**
 * Unpack those files of a zip archive that have one of the given extensions.
 * Files of one folder of the archive stay together in a numbered folder below `directory`; nothing is ever written by a name
 * that the archive chose but for its last part, with its extension in small letters.
 * @returns the paths written, in the archive's order.
 * Errors: `unprocessable` for a broken or encrypted archive and for names that lead out of it; `too_large` for a bomb.
 */
export async function unzipSafely(file: string, directory: string, extensions: ReadonlySet<string>): Promise<string[]> {
  let zip: ZipFile;
  try {
    // yauzl itself refuses absolute names, "..", and entries that inflate to another size than declared.
    zip = await openPromise(file, { autoClose: false, validateEntrySizes: true });
  } catch (cause) {
    throw broken(cause);
  }
  try {
    const entries = await listEntries(zip);
    const folders = new Map<string, string>();
    const written: string[] = [];
    let bytes = 0;
    for (const entry of entries) {
      const extension = extname(entry.fileName).toLowerCase();
      if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/') || !extensions.has(extension))
        continue;
      const inside = dirname(entry.fileName);
      const folder = folders.get(inside) ?? join(directory, String(folders.size + 1));
      if (!folders.has(inside)) await mkdir(folder, { recursive: true });
      folders.set(inside, folder);
      const name = basename(entry.fileName, extname(entry.fileName)).replace(/[^\p{L}\p{N}._-]/gu, '_');
      const path = join(folder, name + extension);
      await writeEntry(zip, entry, path, (chunkBytes) => {
        bytes += chunkBytes;
        if (bytes > mostBytes) throw bomb();
      });
      written.push(path);
    }
    return written;
  } finally {
    zip.close();
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  let bytes = 0;
  let packedBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      bytes += entry.uncompressedSize;
      packedBytes += entry.compressedSize;
      // Entries that share their bytes make a small archive large without any high ratio.
      const isOverlapping = packedBytes > zip.fileSize;
      const isBomb = isOverlapping || bytes > mostBytes || (bytes > ratioFromBytes && bytes > mostRatio * packedBytes);
      if (isBomb || entries.length > mostEntries) throw bomb();
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : broken(cause);
  }
  return entries;
}

async function writeEntry(zip: ZipFile, entry: Entry, path: string, count: (bytes: number) => void): Promise<void> {
  if (entry.isEncrypted()) throw broken(new Error(`${entry.fileName} is encrypted`));
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      try {
        count(chunk.length);
        next(null, chunk);
      } catch (error) {
        next(error as Error);
      }
    },
  });
  try {
    await pipeline(
      await zip.openReadStreamPromise(entry),
      counter,
      createWriteStream(path, { flags: 'wx', mode: 0o600 }),
    );
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw cause instanceof AppError || code === 'ENOSPC' ? cause : broken(cause);
  }
}

function bomb(): AppError {
  return new AppError('too_large', 'Tệp nén bung ra quá lớn: từ chối. (The archive inflates to too much: refused.)');
}

function broken(cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('unprocessable', `Không mở được tệp nén: ${reason}. (The archive is broken or not safe.)`, {
    cause,
  });
}
