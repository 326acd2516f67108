import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { FileRefusal } from './file-refusal.ts';

const BLOCK_BYTES = 256 * 1024;
/** A table of text shrinks 3–40 times under gzip; a bomb about 1,000 times. */
const MAX_GZIP_RATIO = 200;
const RATIO_FROM_BYTES = 8 * 1024 * 1024;
const MAX_INFLATED_BYTES = 16 * 1024 ** 3;

/** The bytes of a file, gunzipped when they are gzip, once, from the start. */
export type ByteStream = {
  gzipped: boolean;
  /** The first block (at most about 256 kB) without consuming it; empty for an empty file. */
  peek(): Promise<Buffer>;
  /** Next block; null at the end. Errors: FileRefusal `damaged` or `bomb`. */
  next(): Promise<Buffer | null>;
  /** Whether the file on disk holds these bytes within its first 4 MB. */
  holds(bytes: Buffer): Promise<boolean>;
  /** Share of the bytes on disk read so far, 0–1. */
  progress(): number;
  close(): Promise<void>;
};

export async function openBytes(path: string): Promise<ByteStream> {
  const handle = await open(path);
  const fileBytes = (await handle.stat()).size;
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  await handle.close();
  const gzipped = magic[0] === 0x1f && magic[1] === 0x8b;

  const disk: ReadStream = createReadStream(path, { highWaterMark: BLOCK_BYTES });
  let gunzip: Gunzip | null = null;
  if (gzipped) {
    gunzip = createGunzip({ chunkSize: BLOCK_BYTES });
    disk.on('error', (error) => gunzip?.destroy(error));
    disk.pipe(gunzip);
  }
  const blocks = (gunzip ?? disk)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let inflated = 0;
  let peeked: Buffer | null | undefined;

  async function pull(): Promise<Buffer | null> {
    let block: IteratorResult<Buffer>;
    try {
      block = await blocks.next();
    } catch (error) {
      throw new FileRefusal('damaged', { detail: gzipped ? 'gzip' : 'đọc đĩa' }, error);
    }
    if (block.done) return null;
    inflated += block.value.length;
    if (gzipped && inflated > RATIO_FROM_BYTES) {
      const ratio = inflated / Math.max(1, disk.bytesRead);
      if (ratio > MAX_GZIP_RATIO || inflated > MAX_INFLATED_BYTES) {
        throw new FileRefusal('bomb', { detail: `gấp ${Math.round(ratio)} lần` });
      }
    }
    return block.value;
  }

  return {
    gzipped,
    async peek() {
      if (peeked === undefined) {
        // Gunzip gives its first block as small as the first bytes on disk allow: gather a full one.
        const parts: Buffer[] = [];
        let bytes = 0;
        while (bytes < BLOCK_BYTES) {
          const block = await pull();
          if (block === null) break;
          parts.push(block);
          bytes += block.length;
        }
        peeked = parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
      }
      return peeked ?? Buffer.alloc(0);
    },
    async next() {
      if (peeked !== undefined) {
        const block = peeked;
        peeked = undefined;
        if (block !== null && block.length > 0) return block;
      }
      return pull();
    },
    async holds(bytes) {
      const file = await open(path);
      try {
        const head = Buffer.alloc(Math.min(fileBytes, 4 * 1024 * 1024));
        await file.read(head, 0, head.length, 0);
        return head.includes(bytes);
      } finally {
        await file.close();
      }
    },
    progress: () => (fileBytes === 0 ? 1 : Math.min(1, disk.bytesRead / fileBytes)),
    async close() {
      gunzip?.destroy();
      disk.destroy();
    },
  };
}

export type ContentKind = 'zip' | 'ole' | 'json' | 'text' | 'html' | 'pdf' | 'binary' | 'empty' | 'not_a_workbook';

/** What a file is by its first bytes; names lie too often (an .xls that is HTML, a .csv that is XLSX). */
export function findContentKind(head: Buffer, gzipped: boolean): ContentKind {
  if (head.length === 0) return 'empty';
  if (head.length >= 4 && head.readUInt32LE(0) === 0x04034b50) return gzipped ? 'not_a_workbook' : 'zip';
  if (head.length >= 8 && head.readBigUInt64BE(0) === 0xd0cf11e0a1b11ae1n) return 'ole';
  if (head.toString('latin1', 0, 5) === '%PDF-') return 'pdf';
  // Zero bytes drop out, so that UTF-16 is looked through as well.
  const start = head
    .toString('latin1', 0, 400)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  if (/^\{|^\[\s*\{/.test(start)) return 'json';
  if (/^<(?:!doctype|html|\?xml|table|meta|head)/i.test(start)) return 'html';
  return 'text';
}
