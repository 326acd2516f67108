import { AppError } from '@diemnong/contracts';
import { openRowSource, type RowSource } from '../imports/reading/row-source.ts';
import { cellText } from '../imports/rows/cell-text.ts';
import { type CommuneName, createCommuneMatcher } from '../imports/rows/commune-names.ts';
import { createPersonDataGuard, findPersonNumber, type PersonDataProblem } from '../imports/rows/person-data.ts';
import { knownHeadings, type ListColumns, listFields, recogniseListColumns } from './list-columns.ts';
import { createLineReader, isNoArea, type ListLine, type Rejection } from './list-rows.ts';
import type { ListTask } from './run-list-worker.ts';

const MAX_ROWS = 5000;

export type ReadList = {
  sheet: string;
  columns: Record<string, string | null>;
  lines: ListLine[];
  rejected: Rejection[];
};

/**
 * Read a year's list from a workbook or CSV; nothing is compared or written.
 * Errors: FileRefusal for what cannot be read; `unprocessable` without the columns or without a row; `too_large` above 5,000 rows;
 * `person_data` when a column or a cell holds data of a person.
 */
export async function readList({ file, fileName, sheet, communes, today }: ListTask): Promise<ReadList> {
  const source = await openRowSource(file, { fileName, sheet, knownHeadings, fillsMerged: true });
  try {
    if (source.format === 'geojson')
      throw new AppError('unprocessable', 'Cần tệp .xlsx hoặc .csv, nhận được GeoJSON. (Expected .xlsx or .csv.)', {
        details: { reason: 'format' },
      });
    return await readRows(source, communes, today);
  } finally {
    await source.close();
  }
}

async function readRows(source: RowSource, communes: readonly CommuneName[], today: string): Promise<ReadList> {
  const { headings, date1904 } = source;
  const knownNames = communes.flatMap(({ name, fullName }) => [name, fullName]);
  const guard = createPersonDataGuard(headings, { knownNames });
  if (guard.headingProblem !== null) throw personData(guard.headingProblem);
  const columns = recogniseListColumns(headings);
  const readLine = createLineReader({
    columns,
    communes: createCommuneMatcher(communes),
    known: communes,
    today,
    date1904,
  });
  const list: ReadList = { sheet: source.sheet ?? '', columns: namesOf(columns, headings), lines: [], rejected: [] };
  let rows = 0;
  for await (const chunk of source.rows()) {
    for (const row of chunk) {
      if (++rows > MAX_ROWS)
        throw new AppError('too_large', `Danh sách dài hơn ${MAX_ROWS} dòng: hãy chia nhỏ. (The list is too long.)`, {
          details: { limit: MAX_ROWS },
        });
      const stopped = guard.check(row.rowNumber, row.cells) ? guard.problem() : null;
      if (stopped !== null) throw personData(stopped);
      row.cells.forEach((cell, at) => {
        // Numbers of decisions are not asked: 1234567890/QĐ-UBND is none of a person.
        const found = at === columns.decisionNumber ? null : findPersonNumber(cellText(cell));
        if (found !== null) throw personCell(headings[at] ?? '', row.rowNumber, found);
      });
      if (isNoArea(cellText(row.cells[columns.name]))) continue;
      const line = readLine(row);
      if (Array.isArray(line)) list.rejected.push(...line);
      else list.lines.push(line);
    }
  }
  const problem = guard.problem();
  if (problem !== null) throw personData(problem);
  return list;
}

function namesOf(columns: ListColumns, headings: readonly string[]): ReadList['columns'] {
  return Object.fromEntries(listFields.map((field) => [field, headings[columns[field]] ?? null]));
}

function personData({ kind, heading, rows, message, messageEn }: PersonDataProblem): AppError {
  return new AppError('person_data', `${message} (${messageEn})`, { details: { kind, heading, rows } });
}

function personCell(heading: string, row: number, { vi, en }: { vi: string; en: string }): AppError {
  return new AppError(
    'person_data',
    `Dòng ${row}, cột "${heading}" có ${vi}. Nền tảng không nhận dữ liệu cá nhân: hãy bỏ đi rồi nhập lại. Chưa có gì được lưu. (Row ${row} holds ${en}; nothing was stored.)`,
    { details: { heading, rows: [row] } },
  );
}
