import type { ChartTable } from '@diemnong/charts';
import ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { textCell } from '../../../../server/src/http/formula-guard.ts';
import { toCsv } from './chart-csv.ts';
import { toWorkbook } from './chart-workbook.ts';
import { spreadsheetText } from './spreadsheet-text.ts';

const table: ChartTable = {
  columns: [
    { key: 'name', label: 'Xã, phường', kind: 'text' },
    { key: 'from', label: 'Từ ngày', kind: 'day' },
    { key: 'count', label: 'Số vụ', kind: 'number' },
    { key: 'rate', label: 'Tỉ suất', kind: 'decimal' },
    { key: 'change', label: 'Thay đổi', kind: 'percent' },
  ],
  rows: [
    ['Phường "Mỹ Thới"; ấp 2', '2026-10-01', 1240, 12.5, 0.125],
    ['=HYPERLINK("http://a")', '2026-11-01', 0, null, -0.04],
  ],
};

describe('CSV', () => {
  test('opens in Excel set to Vietnamese: byte order mark, semicolons, decimal commas', () => {
    const csv = toCsv(table, 'vi');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv.slice(1).split('\r\n')).toEqual([
      '"Xã, phường";Từ ngày;Số vụ;Tỉ suất;Thay đổi',
      '"Phường ""Mỹ Thới""; ấp 2";2026-10-01;1240;12,5;0,125',
      `"'=HYPERLINK(""http://a"")";2026-11-01;0;;-0,04`,
      '',
    ]);
  });

  test('has commas and points in English', () => {
    expect(toCsv(table, 'en').split('\r\n')[2]).toContain(',2026-11-01,0,,-0.04');
  });
});

test.each([
  '=1+1',
  '+SUM(A1)',
  '-2+3',
  '@cmd',
  ' =1',
  '＝1',
  '\t=1',
  '−5',
  '-5',
  '+12.5',
  'Xã Mỹ Thới',
  '',
  '-',
  '1e5',
  '-1e5',
])('the text %j is guarded as the server guards it', (text) => {
  expect(spreadsheetText(text)).toBe(textCell(text));
});

describe('XLSX', () => {
  test('holds title, notes and the table, numbers as numbers, days as days, no formula', async () => {
    const bytes = await toWorkbook({
      title: 'Số vụ theo tháng',
      notes: ['10/2026 · phiên dữ liệu 412', '=1+1'],
      table,
      sheetName: 'Số vụ: theo tháng / quý',
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const [sheet] = book.worksheets;
    expect(sheet?.name).toBe('Số vụ  theo tháng   quý');
    const row = (place: number) => ((sheet?.getRow(place).values ?? []) as unknown[]).slice(1);
    expect(row(1)).toEqual(['Số vụ theo tháng']);
    expect(row(3)).toEqual(["'=1+1"]);
    expect(row(5)).toEqual(table.columns.map(({ label }) => label));
    expect(row(6)).toEqual(['Phường "Mỹ Thới"; ấp 2', new Date('2026-10-01T00:00:00Z'), 1240, 12.5, 0.125]);
    expect(row(7)[0]).toBe(`'=HYPERLINK("http://a")`);
    expect(sheet?.getCell('C6').numFmt).toBe('#,##0');
    expect(sheet?.getCell('E6').numFmt).toBe('0.0%');
    expect(sheet?.getCell('B6').numFmt).toBe('dd/mm/yyyy');
  });
});
