import type { ImportWarning } from '@diemnong/contracts';
import { withoutGuard } from '../../../http/formula-guard.ts';
import { FileRefusal } from './file-refusal.ts';
import { findHeadingRow, HEADING_SEARCH_ROWS, type HeadingRow, isBlank } from './heading-row.ts';
import { columnOf, createMergeFiller, readMergedRows } from './merged-cells.ts';
import type { Cell, Row, RowSource, RowSourceOptions } from './row-source.ts';
import { decodeEscapes, joinText, readWorkbook, type Workbook } from './workbook.ts';
import { attribute, createXmlScanner, type XmlHandlers } from './xml-scanner.ts';
import { type GuardedZip, guarded, openZip } from './zip-guard.ts';

const SAMPLE_ROWS = 200;
const CHUNK_ROWS = 2000;
/** Cells to the right of this are no part of a table (a stray value in XFD must not make rows of 16,384 cells). */
const MAX_COLUMNS = 1000;
/** The last row of a sheet. */
const MAX_ROW = 1_048_576;
const DAY_SECONDS = 86_400;

/**
 * An Excel workbook, streamed straight out of its archive: the archive is judged before it is inflated, one sheet is read,
 * row by row, no faster than the rows are taken. Only the shared strings are kept in memory, within limits.
 */
export async function openXlsxSource(file: string, options: RowSourceOptions): Promise<RowSource> {
  const zip = await openZip(file);
  try {
    const workbook = await readWorkbook(zip);
    const { sheet, heading, samples } = await chooseSheet(zip, workbook, options);
    const warnings: ImportWarning[] = [];
    let bytesRead = 0;
    const sheetBytes = zip.sizeOf(sheet.path);
    return {
      format: 'xlsx',
      encoding: null,
      delimiter: null,
      sheet: sheet.name,
      sheets: workbook.sheets.map(({ name }) => name),
      headings: heading.headings,
      headingRow: heading.headingRow,
      date1904: workbook.date1904,
      declaredCrs: null,
      samples,
      warnings,
      async *rows() {
        const errors: ErrorCells = { cells: 0, rows: [] };
        const merged = options.fillsMerged ? await readMergedRows(zip, sheet.path) : [];
        const fillMerged = createMergeFiller(merged);
        for await (const chunk of readSheet(zip, sheet.path, workbook, {
          errors,
          onBytes: (bytes) => (bytesRead += bytes),
        })) {
          const rows = chunk.filter((row) => {
            const isWanted = row.rowNumber > heading.headingRow && !isBlank(row.cells);
            fillMerged(row);
            return isWanted;
          });
          if (rows.length > 0) yield rows;
        }
        if (errors.cells > 0) warnings.push(errorCellsWarning(errors));
      },
      progress: () => (sheetBytes === 0 ? 1 : Math.min(1, bytesRead / sheetBytes)),
      async close() {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

type Choice = { sheet: Workbook['sheets'][number]; heading: HeadingRow; samples: Row[] };

/** The sheet asked for, else the first visible one with a recognised heading row, else the first with any content. */
async function chooseSheet(zip: GuardedZip, workbook: Workbook, options: RowSourceOptions): Promise<Choice> {
  const { sheets } = workbook;
  const asked = options.sheet === undefined ? sheets : sheets.filter(({ name }) => name === options.sheet);
  if (asked.length === 0) {
    throw sheets.length === 0 || options.sheet === undefined
      ? new FileRefusal('empty')
      : new FileRefusal('no_sheet', {
          detail: options.sheet,
          sheets: sheets.map(({ name }) => `"${name}"`).join(', '),
        });
  }
  let fallback: Choice | null = null;
  for (const sheet of [...asked].sort((a, b) => Number(a.isHidden) - Number(b.isHidden))) {
    const first = await readFirstRows(zip, sheet.path, workbook);
    const heading = findHeadingRow(first.slice(0, HEADING_SEARCH_ROWS), options.knownHeadings);
    if (heading === null) continue;
    const samples = first
      .filter((row) => row.rowNumber > heading.headingRow && !isBlank(row.cells))
      .slice(0, SAMPLE_ROWS);
    const choice = { sheet, heading, samples };
    if (heading.known >= 2) return choice;
    fallback ??= choice;
  }
  if (fallback === null) throw new FileRefusal('empty');
  return fallback;
}

async function readFirstRows(zip: GuardedZip, path: string, workbook: Workbook): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const chunk of readSheet(zip, path, workbook, { chunkRows: 100 })) {
    rows.push(...chunk);
    if (rows.length >= SAMPLE_ROWS + HEADING_SEARCH_ROWS) break;
  }
  return rows;
}

type ErrorCells = { cells: number; rows: number[] };
type SheetOptions = { chunkRows?: number; errors?: ErrorCells; onBytes?: (bytes: number) => void };

/** All rows of a sheet that hold cells, in chunks. */
async function* readSheet(
  zip: GuardedZip,
  path: string,
  workbook: Workbook,
  options: SheetOptions,
): AsyncGenerator<Row[]> {
  const { chunkRows = CHUNK_ROWS, errors, onBytes } = options;
  let done: Row[] = [];
  const push = createXmlScanner(sheetHandlers(workbook, (row) => done.push(row), errors));
  const decoder = new TextDecoder();
  for await (const block of guarded(await zip.stream(path))) {
    onBytes?.(block.length);
    push(decoder.decode(block, { stream: true }));
    if (done.length >= chunkRows) {
      yield done;
      done = [];
    }
  }
  if (done.length > 0) yield done;
}

function sheetHandlers(workbook: Workbook, emit: (row: Row) => void, errors?: ErrorCells): XmlHandlers {
  let rowNumber = 0;
  let cells: Cell[] | null = null;
  let column = -1;
  let type = '';
  let style = '';
  let text = '';
  let isPhonetic = false;

  const handlers: XmlHandlers = {
    wantsText: false,
    open(name, attributes) {
      switch (name) {
        case 'row': {
          // Numbers only rise: they name the rejected rows, one each.
          const given = Number(attribute(attributes, 'r'));
          rowNumber = Number.isInteger(given) && given > rowNumber ? given : rowNumber + 1;
          if (rowNumber > MAX_ROW) throw new FileRefusal('damaged', { detail: `dòng ${rowNumber}` });
          cells = [];
          column = -1;
          break;
        }
        case 'c': {
          const given = attribute(attributes, 'r');
          column = given === '' ? column + 1 : columnOf(given);
          type = attribute(attributes, 't');
          style = attribute(attributes, 's');
          text = '';
          break;
        }
        case 'v':
          handlers.wantsText = true;
          break;
        case 't':
          handlers.wantsText = !isPhonetic;
          break;
        case 'rPh':
          isPhonetic = true;
          break;
      }
    },
    text(piece) {
      text = joinText(text, piece);
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          handlers.wantsText = false;
          break;
        case 'rPh':
          isPhonetic = false;
          break;
        case 'c': {
          if (cells === null || column < 0 || column >= MAX_COLUMNS) break;
          const value = toCell();
          if (value === null) break;
          while (cells.length < column) cells.push(null);
          cells[column] = value;
          break;
        }
        case 'row':
          if (cells !== null && cells.length > 0) emit({ rowNumber, cells });
          cells = null;
          break;
      }
    },
  };

  function toCell(): Cell {
    if (text === '') return null;
    switch (type) {
      case 's':
        return withoutGuard(workbook.sharedStrings[Number(text)] ?? '') || null;
      case 'str':
      case 'inlineStr':
        return withoutGuard(decodeEscapes(text));
      case 'b':
        return text === '1' || text === 'true';
      case 'e':
        if (errors) {
          errors.cells++;
          if (errors.rows.length < 10 && errors.rows.at(-1) !== rowNumber) errors.rows.push(rowNumber);
        }
        return null;
      case 'd':
        return text;
      default: {
        const value = Number(text);
        if (Number.isNaN(value)) return text;
        return style !== '' && workbook.isDateStyle[Number(style)] ? toDate(value, workbook.date1904) : value;
      }
    }
  }
  return handlers;
}

/** Wall clock of a serial as the UTC fields of a Date, to the second. 1900 system: right from 1900-03-01 on. */
function toDate(serial: number, date1904: boolean): Date {
  return new Date(Math.round((serial - (date1904 ? 24_107 : 25_569)) * DAY_SECONDS) * 1000);
}

function errorCellsWarning({ cells, rows }: ErrorCells): ImportWarning {
  return {
    code: 'other',
    message: `${cells} ô chứa lỗi công thức Excel (#N/A, #REF!…), được coi là ô trống.`,
    messageEn: `${cells} cells hold Excel formula errors (#N/A, #REF!…); read as empty.`,
    rows: cells,
    sampleRows: rows,
    at: null,
  };
}
