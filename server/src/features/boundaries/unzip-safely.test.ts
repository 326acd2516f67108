import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ZipEntry, zipArchive } from '../../../../tests/support/zip-archive.ts';
import { unzipSafely } from './unzip-safely.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'diemnong-zip-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function unzip(entries: ZipEntry[]): Promise<string[]> {
  const file = join(directory, 'a.zip');
  writeFileSync(file, zipArchive(entries));
  return unzipSafely(file, join(directory, 'out'), new Set(['.shp', '.dbf']));
}

it('writes the wanted files only, those of one folder together, extensions in small letters', async () => {
  const files = await unzip([
    { name: 'Ranh giới/XA.SHP', data: Buffer.from('shape') },
    { name: 'Ranh giới/XA.dbf', data: Buffer.from('table') },
    { name: 'đọc tôi.txt', data: Buffer.from('no') },
    { name: '__MACOSX/._XA.shp', data: Buffer.from('no') },
  ]);
  expect(files.map((file) => basename(file))).toEqual(['XA.shp', 'XA.dbf']);
  expect(new Set(files.map((file) => dirname(file))).size).toBe(1);
  expect(readFileSync(files[0] ?? '', 'utf8')).toBe('shape');
});

it('refuses names that lead out of the archive and writes nothing outside', async () => {
  for (const name of ['../escaped.shp', 'a/../../escaped.shp', '/escaped.shp', '..\\escaped.shp', 'C:/escaped.shp']) {
    await expect(unzip([{ name, data: Buffer.from('x') }])).rejects.toMatchObject({ code: 'unprocessable' });
  }
  expect(existsSync(join(directory, 'escaped.shp'))).toBe(false);
});

it('refuses a bomb by what it claims, and one that lies by what it inflates to', async () => {
  const zeros = Buffer.alloc(150 * 1024 * 1024);
  await expect(unzip([{ name: 'a.shp', data: zeros }])).rejects.toMatchObject({ code: 'too_large' });
  const liar = { name: 'a.shp', data: zeros.subarray(0, 1024 * 1024), claims: 1000 };
  await expect(unzip([liar])).rejects.toMatchObject({ code: 'unprocessable' });
});

it('refuses what is no archive', async () => {
  const file = join(directory, 'a.zip');
  writeFileSync(file, 'PK is not enough');
  await expect(unzipSafely(file, join(directory, 'out'), new Set(['.shp']))).rejects.toMatchObject({
    code: 'unprocessable',
  });
});
