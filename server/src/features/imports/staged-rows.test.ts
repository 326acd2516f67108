import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rowErrorFile, stageRowErrors } from './staged-rows.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diemnong-staged-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('stops a file whose rejected rows would fill the disk: the wide rows of a workbook of few bytes', () => {
  const rowErrors = stageRowErrors(folder, '00000000-0000-4000-8000-000000000001', { maxMb: 1 });
  const reason = { field: null, code: 'no_place', got: '', message: 'Thiếu vị trí', messageEn: 'No place' };
  const wide = Array.from({ length: 1000 }, () => null);
  const fill = () => {
    for (let row = 1; row < 100_000; row++) rowErrors.add(row, [reason], { lng: 0, lat: 0 }, wide);
  };
  expect(fill).toThrow(expect.objectContaining({ code: 'too_large', reason: 'too_many_rejected' }));
  rowErrors.abandon();
  expect(statSync(rowErrorFile(folder)).size).toBeLessThan(2 * 1024 ** 2);
});
