import type { Writable } from 'node:stream';
import type { ColumnMap, IncidentField } from '@diemnong/contracts';
import type exceljs from 'exceljs';
import { textCell } from '../../http/formula-guard.ts';
import { addTextSheet, createSafeWorkbook } from '../../http/safe-workbook.ts';
import { reasonHeading, reasonMark, rowHeading } from './reading-task.ts';
import type { RowError } from './staged-rows.ts';

/** Rows of one sheet besides the heading: Excel ends at 1,048,576. */
const ROWS_PER_SHEET = 1_000_000;
/** After so many rows others get their turn in the event loop. */
const ROWS_PER_TURN = 100;
const WRONG: exceljs.FillPattern = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };

/**
 * The rejected rows as a workbook for the office: its own columns in its own order, the reason in the cell that is wrong
 * (`giá trị cũ ⟵ lý do`, red), all reasons of the row and its number in the file behind. Everything is text that no
 * spreadsheet runs; the importer reads the corrected workbook as it is.
 * @param out is ended. Memory stays flat.
 */
export async function writeErrorWorkbook(
  out: Writable,
  { headings, columns, rows }: { headings: readonly string[]; columns: ColumnMap; rows: AsyncIterable<RowError> },
): Promise<void> {
  const workbook = createSafeWorkbook(out);
  const own = headings.flatMap((heading, at) => (heading === reasonHeading || heading === rowHeading ? [] : [at]));
  const columnOf = new Map(own.map((at, column) => [headings[at], column]));
  let sheet: exceljs.Worksheet | undefined;
  let written = 0;
  for await (const row of rows) {
    if (sheet === undefined || written % ROWS_PER_SHEET === 0) {
      sheet?.commit();
      const number = written / ROWS_PER_SHEET + 1;
      sheet = addTextSheet(workbook, number === 1 ? 'Dòng lỗi' : `Dòng lỗi ${number}`, [
        ...own.map((at) => headings[at]),
        reasonHeading,
        rowHeading,
      ]);
    }
    const values = own.map((at) => row.values[at] ?? '');
    const line = sheet.addRow([...values.map(textCell), textCell(row.reasons.join('; ')), row.rowNumber]);
    row.fields.forEach((field, at) => {
      const column = columnOf.get(columns[field as IncidentField] ?? '');
      if (column === undefined) return;
      const cell = line.getCell(column + 1);
      cell.value = textCell(`${values[column]}${reasonMark}${row.reasons[at]}`);
      cell.fill = WRONG;
    });
    line.commit();
    if (++written % ROWS_PER_TURN === 0) await new Promise((next) => setImmediate(next));
  }
  if (sheet === undefined)
    sheet = addTextSheet(workbook, 'Dòng lỗi', [...own.map((at) => headings[at]), reasonHeading, rowHeading]);
  sheet.commit();
  await workbook.commit();
}
