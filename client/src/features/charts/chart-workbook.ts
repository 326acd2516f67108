import type { ChartTable, TableColumn } from '@diemnong/charts';
import { spreadsheetText } from './spreadsheet-text.ts';

const formats: Record<TableColumn['kind'], string | undefined> = {
  text: undefined,
  number: '#,##0',
  decimal: '#,##0.00##',
  percent: '0.0%',
  day: 'dd/mm/yyyy',
};

type Sheet = { title: string; notes: readonly string[]; table: ChartTable; sheetName: string };

/**
 * The table as a workbook: title, notes, an empty row, then the table with numbers as numbers and days as days. The writer
 * is loaded when somebody asks for a file; it needs neither workers nor eval (docs/decisions/charts.md).
 */
export async function toWorkbook({ title, notes, table, sheetName }: Sheet): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx');
  const headRow = notes.length + 2;
  const cells = new Map<string, { style: { font?: { bold?: boolean; size?: number }; numFmt?: string } }>();
  cells.set('0,0', { style: { font: { bold: true, size: 14 } } });
  table.columns.forEach((_, column) => cells.set(`${headRow},${column}`, { style: { font: { bold: true } } }));
  table.rows.forEach((row, r) =>
    row.forEach((value, column) => {
      const numFmt = formats[table.columns[column]?.kind ?? 'text'];
      if (numFmt !== undefined && value !== null) cells.set(`${headRow + 1 + r},${column}`, { style: { numFmt } });
    }),
  );
  return writeXlsx({
    sheets: [
      {
        name: sheetName.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
        columns: table.columns.map(({ kind, label }, column) => ({ width: widthOf(kind, label, column === 0) })),
        rows: [
          [spreadsheetText(title)],
          ...notes.map((note) => [spreadsheetText(note)]),
          [],
          table.columns.map(({ label }) => spreadsheetText(label)),
          ...table.rows.map((row) => row.map((value, column) => toCell(value, table.columns[column]?.kind ?? 'text'))),
        ],
        cells,
        freezePane: { rows: headRow + 1 },
      },
    ],
  });
}

function toCell(value: string | number | null, kind: TableColumn['kind']): string | number | Date | null {
  if (typeof value !== 'string') return value;
  return kind === 'day' ? new Date(`${value}T00:00:00Z`) : spreadsheetText(value);
}

/** In characters, as Excel counts. */
function widthOf(kind: TableColumn['kind'], label: string, isFirst: boolean): number {
  const least = kind === 'text' || isFirst ? 16 : 11;
  return Math.min(Math.max(least, Math.ceil(label.length * 0.9)), 34);
}
