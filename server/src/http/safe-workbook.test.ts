import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { textCell, withoutGuard } from './formula-guard.ts';
import { addTextSheet, createSafeWorkbook } from './safe-workbook.ts';

const hostile = [
  '=1+2',
  '=cmd|"/c calc"!A1',
  '+HYPERLINK("http://x")',
  '-2+3+cmd|" /C calc"!A0',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n+1',
  '  =1+1',
  '＝1+2',
  '＋1',
  '－1+1',
  '＠x',
  '\u0000=1',
  '\u001f-cmd',
  '-',
  '+84 912 345 678',
];
const harmless = ['', 'Xã An Hoà', '-106,05', '+84912345678', '-1.5e-3', '20.65', "'=1", 'a=b', '1-2', '"=x"', '(1)'];

describe('a text in a workbook', () => {
  it.each(hostile)('%j is taken for text by every spreadsheet, and read back as it was', (text) => {
    const cell = textCell(text);
    expect(cell).toMatch(/^'/);
    // eslint-disable-next-line no-control-regex -- XML cannot hold them
    expect(withoutGuard(cell)).toBe(text.replace(/[\u0000-\u0008\u001f]/g, ''));
  });

  it.each(harmless)('%j stays as it is', (text) => expect(textCell(text)).toBe(text));

  it('has no way around it by the escapes of the format, and fits into a cell', () => {
    expect(textCell('_x003D_1+2')).toBe('_x005F_x003D_1+2');
    expect(textCell('_x and _x12_')).toBe('_x and _x12_');
    expect(textCell('\ufffe\ud800a')).toBe('\ufffda');
    expect(textCell(`=${'1'.repeat(40_000)}`)).toHaveLength(32_767);
  });

  it('is written as text, formatted as text, by nobody', async () => {
    const out = new PassThrough();
    const bytes = buffer(out);
    const workbook = createSafeWorkbook(out);
    const sheet = addTextSheet(workbook, 'Thử', ['=1+1', 'Số']);
    for (const text of hostile) sheet.addRow([textCell(text), 5]).commit();
    sheet.commit();
    await workbook.commit();
    const read = new exceljs.Workbook();
    await read.xlsx.load(new Uint8Array(await bytes).buffer);
    expect([read.creator, read.lastModifiedBy, read.definedNames.model]).toEqual(['', '', []]);
    expect(read.worksheets.map(({ name, state }) => [name, state])).toEqual([['Thử', 'visible']]);
    const types = new Set<exceljs.ValueType>();
    read.worksheets[0].eachRow((row) => {
      types.add(row.getCell(1).type);
      expect(row.getCell(1).numFmt).toBe('@');
      expect(row.getCell(1).text).toMatch(/^'/);
    });
    expect([...types]).toEqual([exceljs.ValueType.String]);
  });
});
