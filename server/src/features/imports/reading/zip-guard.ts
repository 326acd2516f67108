import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { FileRefusal } from './file-refusal.ts';

const MAX_ENTRIES = 5000;
const MAX_TOTAL_BYTES = 4 * 1024 ** 3;
/** Sheets shrink 5–50 times; a bomb about 1,000 times. Small entries may shrink as they like. */
const MAX_RATIO = 200;
const RATIO_FROM_BYTES = 8 * 1024 * 1024;

export type GuardedZip = {
  names: string[];
  has(name: string): boolean;
  /** Size once inflated, as the archive says; streaming stops with an error when it is a lie. */
  sizeOf(name: string): number;
  /** Inflated bytes of an entry as a stream. Errors while reading: FileRefusal `damaged` or `bomb`, see `guarded`. */
  stream(name: string): Promise<Readable>;
  /** A whole small entry. Errors: FileRefusal `bomb` above `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Buffer>;
  close(): void;
};

/**
 * Open a zip archive and judge it by its central directory before anything is inflated: number of entries, names, sizes,
 * ratios, overlaps, encryption. What an entry then gives is held to the size it announced (yauzl's validateEntrySizes), so a lying
 * header stops as well. Only entries asked for are ever inflated.
 */
export async function openZip(file: string): Promise<GuardedZip> {
  const zip = await yauzl
    .openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true })
    .catch((error: Error) => {
      throw damaged(error);
    });
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new FileRefusal('bomb', { detail: `${zip.entryCount} mục` });
    const entries = await listEntries(zip);
    return {
      names: [...entries.keys()],
      has: (name) => entries.has(name),
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      stream: (name) => openEntry(zip, entries.get(name), name),
      async read(name, maxBytes) {
        if ((entries.get(name)?.uncompressedSize ?? 0) > maxBytes) throw new FileRefusal('bomb', { detail: name });
        const parts: Buffer[] = [];
        for await (const block of guarded(await openEntry(zip, entries.get(name), name))) parts.push(block);
        return Buffer.concat(parts);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const damaged = (error: Error) => new FileRefusal('damaged', { detail: 'zip' }, error);

async function listEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let totalBytes = 0;
  let packedBytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      totalBytes += entry.uncompressedSize;
      packedBytes += entry.compressedSize;
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      if (entry.isEncrypted()) throw new FileRefusal('encrypted');
      if (entries.has(entry.fileName)) throw new FileRefusal('damaged', { detail: entry.fileName });
      // Entries that share their bytes make a small archive large without any high ratio.
      if (packedBytes > zip.fileSize) throw new FileRefusal('bomb', { detail: 'các mục chồng lên nhau' });
      if (totalBytes > MAX_TOTAL_BYTES) throw new FileRefusal('bomb', { detail: 'hơn 4 GB' });
      if (ratio > MAX_RATIO && entry.uncompressedSize > RATIO_FROM_BYTES) {
        throw new FileRefusal('bomb', { detail: `gấp ${Math.round(ratio)} lần` });
      }
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw error instanceof FileRefusal ? error : damaged(error as Error);
  }
  return entries;
}

async function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string): Promise<Readable> {
  if (entry === undefined) throw new FileRefusal('damaged', { detail: name });
  return zip.openReadStreamPromise(entry).catch((error: Error) => {
    throw damaged(error);
  });
}

/** The blocks of an entry's stream; whatever goes wrong inside zlib or yauzl becomes a FileRefusal. */
export async function* guarded(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const block of stream) yield block as Buffer;
  } catch (error) {
    throw error instanceof FileRefusal ? error : damaged(error as Error);
  } finally {
    stream.destroy();
  }
}
