import type { Writable } from 'node:stream';
import type { ColumnMap, IncidentField } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { reasonHeading, reasonMark, rowHeading } from './reading-task.ts';
import type { RowError } from './staged-rows.ts';

/** Rows of one sheet besides the heading: Excel ends at 1,048,576. */
const ROWS_PER_SHEET = 1_000_000;
/** After so many rows others get their turn in the event loop. */
const ROWS_PER_TURN = 100;
const WRONG: exceljs.FillPattern = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };
const HEADING: Partial<exceljs.Font> = { bold: true };

/**
 * The rejected rows as a workbook for the office: its own columns in its own order, the reason in the cell that is wrong
 * (`giá trị cũ ⟵ lý do`, red), all reasons of the row and its number in the file behind. The importer reads the corrected
 * workbook as it is. Everything is text, so nothing that begins with "=" is a formula; no comments, names or hidden sheets.
 * @param out is ended. Memory stays flat.
 */
export async function writeErrorWorkbook(
  out: Writable,
  { headings, columns, rows }: { headings: readonly string[]; columns: ColumnMap; rows: AsyncIterable<RowError> },
): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = '';
  workbook.lastModifiedBy = '';
  const own = headings.flatMap((heading, at) => (heading === reasonHeading || heading === rowHeading ? [] : [at]));
  const columnOf = new Map(own.map((at, column) => [headings[at], column]));
  let sheet: exceljs.Worksheet | undefined;
  let written = 0;
  for await (const row of rows) {
    if (sheet === undefined || written % ROWS_PER_SHEET === 0) {
      sheet?.commit();
      const number = written / ROWS_PER_SHEET + 1;
      sheet = addSheet(workbook, number === 1 ? 'Dòng lỗi' : `Dòng lỗi ${number}`, [
        ...own.map((at) => headings[at]),
        reasonHeading,
        rowHeading,
      ]);
    }
    const values: (string | number)[] = own.map((at) => row.values[at] ?? '');
    const line = sheet.addRow([...values, row.reasons.join('; '), row.rowNumber]);
    row.fields.forEach((field, at) => {
      const column = columnOf.get(columns[field as IncidentField] ?? '');
      if (column === undefined) return;
      const cell = line.getCell(column + 1);
      cell.value = `${values[column]}${reasonMark}${row.reasons[at]}`;
      cell.fill = WRONG;
    });
    line.commit();
    if (++written % ROWS_PER_TURN === 0) await new Promise((next) => setImmediate(next));
  }
  if (sheet === undefined)
    sheet = addSheet(workbook, 'Dòng lỗi', [...own.map((at) => headings[at]), reasonHeading, rowHeading]);
  sheet.commit();
  await workbook.commit();
}

function addSheet(workbook: exceljs.stream.xlsx.WorkbookWriter, name: string, headings: string[]): exceljs.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headings.map((heading) => ({ width: Math.max(14, Math.min(40, heading.length + 4)) }));
  const line = sheet.addRow(headings);
  line.font = HEADING;
  line.commit();
  return sheet;
}
