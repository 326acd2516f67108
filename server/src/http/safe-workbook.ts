import type { Writable } from 'node:stream';
import exceljs from 'exceljs';
import { textCell } from './formula-guard.ts';

const HEADING: Partial<exceljs.Font> = { bold: true };

/** A workbook written in a stream, from nothing: no author, comment, defined name, hidden sheet, link or formula. */
export function createSafeWorkbook(out: Writable): exceljs.stream.xlsx.WorkbookWriter {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  workbook.creator = '';
  workbook.lastModifiedBy = '';
  return workbook;
}

/** A sheet with its heading row. Its cells are formatted as text, so that a correction typed into one stays as it was typed. */
export function addTextSheet(
  workbook: exceljs.stream.xlsx.WorkbookWriter,
  name: string,
  headings: readonly string[],
): exceljs.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = headings.map((heading) => ({
    width: Math.max(14, Math.min(40, heading.length + 4)),
    style: { numFmt: '@' },
  }));
  const line = sheet.addRow(headings.map(textCell));
  line.font = HEADING;
  line.commit();
  return sheet;
}
