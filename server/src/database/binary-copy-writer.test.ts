import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createBinaryCopyWriter, encodedText } from './binary-copy-writer.ts';

const directory = mkdtempSync(join(tmpdir(), 'diemnong-copy-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Fields of every row as buffers, null for an absent value; checks header and trailer. */
function decode(path: string): (Buffer | null)[][] {
  const bytes = readFileSync(path);
  expect(bytes.subarray(0, 11).toString('latin1')).toBe('PGCOPY\n\xff\r\n\0');
  expect(bytes.readInt32BE(11)).toBe(0);
  const rows: (Buffer | null)[][] = [];
  let at = 19;
  for (let columns = bytes.readInt16BE(at); columns >= 0; columns = bytes.readInt16BE(at)) {
    at += 2;
    const row: (Buffer | null)[] = [];
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at);
      row.push(length < 0 ? null : bytes.subarray(at + 4, at + 4 + length));
      at += 4 + Math.max(0, length);
    }
    rows.push(row);
  }
  expect(at + 2).toBe(bytes.length);
  return rows;
}

test('every type is written as PostgreSQL receives it', () => {
  const path = join(directory, 'types.copy');
  const writer = createBinaryCopyWriter(path);
  writer.beginRow(8);
  writer.text('Xã Hoà');
  writer.encoded(encodedText('phường'));
  writer.absent();
  writer.int4(-7);
  writer.int8(0x0874143c, -1);
  writer.timestamp(Date.UTC(2025, 9, 31, 7, 30));
  writer.point(106.05, 20.65);
  writer.textArray(['a', 'đ', '']);
  writer.finish();
  expect(writer.rows).toBe(1);
  const [text, encoded, absent, int4, int8, moment, point, list] = decode(path)[0] as Buffer[];
  expect([text?.toString(), encoded?.toString(), absent]).toEqual(['Xã Hoà', 'phường', null]);
  expect(int4?.readInt32BE(0)).toBe(-7);
  expect(int8?.readBigInt64BE(0)).toBe(0x0874143cffffffffn);
  expect(moment?.readBigInt64BE(0)).toBe(BigInt(Date.UTC(2025, 9, 31, 7, 30) - Date.UTC(2000, 0, 1)) * 1000n);
  expect(point?.toString('hex', 0, 9)).toBe('0101000020e6100000');
  expect([point?.readDoubleLE(9), point?.readDoubleLE(17)]).toEqual([106.05, 20.65]);
  expect([list?.readInt32BE(0), list?.readInt32BE(8), list?.readInt32BE(12), list?.readInt32BE(16)]).toEqual([
    1, 25, 3, 1,
  ]);
  expect(list?.subarray(20).toString('hex')).toBe('000000016100000002c49100000000');
});

test('moments before 2000 keep their microseconds', () => {
  const path = join(directory, 'old.copy');
  const writer = createBinaryCopyWriter(path);
  writer.beginRow(1);
  writer.timestamp(Date.UTC(1990, 0, 1, 0, 0, 0, 1));
  writer.finish();
  const expected = BigInt(Date.UTC(1990, 0, 1, 0, 0, 0, 1) - Date.UTC(2000, 0, 1)) * 1000n;
  expect(decode(path)[0]?.[0]?.readBigInt64BE(0)).toBe(expected);
});

test('rows beyond the buffer, a text larger than it, and NUL, which PostgreSQL has no place for', () => {
  const path = join(directory, 'large.copy');
  const writer = createBinaryCopyWriter(path);
  const large = 'ộ'.repeat(600_000);
  for (let row = 0; row < 50_000; row++) {
    writer.beginRow(2);
    writer.text(`HS-${row}`);
    writer.text(row === 25_000 ? large : 'a\0b');
  }
  writer.finish();
  const rows = decode(path);
  expect(rows).toHaveLength(50_000);
  expect(rows[49_999]?.map(String)).toEqual(['HS-49999', 'a b']);
  expect(rows[25_000]?.[1]?.toString()).toBe(large);
});
