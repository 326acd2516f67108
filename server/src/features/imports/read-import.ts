import { AppError } from '@diemnong/contracts';
import { categorySynonyms } from '@diemnong/data';
import { readCoordinateSystem } from './coordinate-reading.ts';
import { createPlacer } from './placement.ts';
import { openRowSource, type Row, type RowSource } from './reading/row-source.ts';
import {
  type Reading,
  type ReadingOutcome,
  type ReadingTask,
  type Refusal,
  reasonHeading,
  reasonMark,
  rowHeading,
} from './reading-task.ts';
import { createRowTaker, type RowTaker } from './row-taker.ts';
import { createCategoryMatcher } from './rows/categories.ts';
import { missingFields, type RecognisedColumns, recogniseColumns } from './rows/columns.ts';
import { createCommuneMatcher } from './rows/commune-names.ts';
import { createPersonDataGuard, type PersonDataProblem } from './rows/person-data.ts';
import { createRowReader } from './rows/row-reader.ts';

/** Pairs of coordinates tried against the communes before the first row is placed, and rows read to find them. */
const SAMPLE_PAIRS = 2000;
const SAMPLE_ROWS = 20_000;

/**
 * Read one incident file from start to end: columns, coordinate system, then row by row place, check and stage.
 * Memory is flat but for 16 bytes a row. Nothing but the staged files is written; the database is not touched.
 * @param report is told after every chunk which share of the file is done and how many rows were read.
 * @returns what was learned, or why the file as a whole is refused; the staged files of a refused file are to be deleted.
 * Errors: only unforeseen ones, and those of a full disk.
 */
export async function readImport(
  task: ReadingTask,
  report: (share: number, rows: number) => void,
): Promise<ReadingOutcome> {
  let reading: Reading | null = null;
  let mapping = null;
  let source: RowSource | undefined;
  let taker: RowTaker | undefined;
  try {
    source = await openRowSource(task.file, {
      fileName: task.fileName,
      sheet: task.sheet ?? undefined,
      knownHeadings: Object.values(task.mapping.columns),
    });
    const columns = recogniseColumns(source.headings, source.samples, task.mapping.columns);
    const knownNames = [
      ...task.communes.flatMap(({ name, fullName }) => [name, fullName]),
      ...task.categories.flatMap(({ nameVi, nameEn }) => [nameVi, nameEn]),
    ];
    const guard = createPersonDataGuard(source.headings, { knownNames });
    if (guard.headingProblem !== null) return refused(personDataRefusal(guard.headingProblem));
    // Samples of the columns are kept even of a file that cannot be read on, so they are looked at on their own first.
    const sampleGuard = createPersonDataGuard(source.headings, { knownNames });
    for (const { rowNumber, cells } of source.samples) sampleGuard.check(rowNumber, cells);
    const inSamples = sampleGuard.problem();
    if (inSamples !== null) return refused(personDataRefusal(inSamples));
    mapping = { columns: columns.map, categories: task.mapping.categories };
    reading = describeReading(source, columns);
    const missing = missingFields(columns.map);
    if (missing.length > 0) return { refusal: missingRefusal(missing), reading, mapping };

    const placer = createPlacer(task.communes);
    const matchers = () => ({
      categories: createCategoryMatcher({
        categories: task.categories,
        synonyms: categorySynonyms,
        mapping: task.mapping.categories,
      }),
      communes: createCommuneMatcher(task.communes),
    });
    const { headings, date1904 } = source;
    const reader = () => {
      const matched = matchers();
      return { ...matched, rows: createRowReader({ headings, map: columns.map, date1904, ...matched }) };
    };
    const strip = ownColumnStripper(headings);
    const chunks = source.rows()[Symbol.asyncIterator]();
    // A reader of its own: what the sample counts must not be counted again.
    const { buffered, pairs } = await readSample(chunks, reader().rows, columns, strip);
    const crs = task.crs === 'auto' ? (source.declaredCrs ?? 'auto') : task.crs;
    const coordinates = readCoordinateSystem(crs, pairs, placer.index);
    reading = { ...reading, crs: coordinates.system.id, crsShare: coordinates.share };

    taker = createRowTaker({ task, placer, columns, coordinates, reader: reader() });
    for (;;) {
      const chunk = buffered.shift() ?? (await nextChunk(chunks, strip));
      if (chunk === undefined) break;
      for (const row of chunk) {
        if (guard.check(row.rowNumber, row.cells))
          return refused(personDataRefusal(guard.problem() as PersonDataProblem));
        taker.take(row);
      }
      report(source.progress(), taker.rows());
    }
    const problem = guard.problem();
    if (problem !== null) return refused(personDataRefusal(problem));
    const result = taker.finish(source.warnings);
    taker = undefined;
    return { read: { ...result, reading, mapping } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = (error.details as { reason?: string } | undefined)?.reason ?? error.code;
    if (reason === 'person_property')
      return refused({ code: 'person_data', message: error.message, details: error.details });
    return { refusal: { code: reason, message: error.message, details: error.details }, reading, mapping };
  } finally {
    taker?.abandon();
    await source?.close();
  }
}

/** Person data stop everything: not even the samples of the columns are kept. */
function refused(refusal: Refusal): ReadingOutcome {
  return { refusal, reading: null, mapping: null };
}

function personDataRefusal({ kind, heading, rows, message, messageEn }: PersonDataProblem): Refusal {
  return { code: 'person_data', message, details: { kind, heading, rows, messageEn } };
}

function missingRefusal(missing: ('category' | 'date' | 'place')[]): Refusal {
  const names = { category: 'loại vụ việc', date: 'thời điểm xảy ra', place: 'toạ độ hoặc xã, phường' };
  const namesEn = { category: 'category', date: 'date', place: 'coordinates or commune' };
  return {
    code: 'missing_columns',
    message: `Chưa nhận ra cột ${missing.map((field) => names[field]).join('; cột ')}: hãy chỉ ra cột tương ứng trong tệp.`,
    details: { missing, messageEn: `No column recognised for: ${missing.map((field) => namesEn[field]).join(', ')}` },
  };
}

function describeReading(source: RowSource, columns: RecognisedColumns): Reading {
  const { format, encoding, delimiter, sheet, sheets } = source;
  return { format, encoding, delimiter, sheet, sheets, crs: null, crsShare: null, columns: columns.columns };
}

type Chunks = AsyncIterator<Row[]>;
type Strip = (rows: Row[]) => void;

async function nextChunk(chunks: Chunks, strip: Strip): Promise<Row[] | undefined> {
  const { value, done } = await chunks.next();
  if (done === true) return undefined;
  strip(value);
  return value;
}

async function readSample(
  chunks: Chunks,
  reader: ReturnType<typeof createRowReader>,
  { map }: RecognisedColumns,
  strip: Strip,
): Promise<{ buffered: Row[][]; pairs: [number, number][] }> {
  const buffered: Row[][] = [];
  const pairs: [number, number][] = [];
  if (map.coordinates === undefined && (map.lng === undefined || map.lat === undefined)) return { buffered, pairs };
  let rows = 0;
  while (pairs.length < SAMPLE_PAIRS && rows < SAMPLE_ROWS) {
    const chunk = await nextChunk(chunks, strip);
    if (chunk === undefined) break;
    buffered.push(chunk);
    for (const { cells, rowNumber } of chunk) {
      rows++;
      const row = reader.read(cells, rowNumber);
      if (Array.isArray(row) || Number.isNaN(row.x) || (row.x === 0 && row.y === 0)) continue;
      if (pairs.length < SAMPLE_PAIRS) pairs.push([row.x, row.y]);
    }
  }
  return { buffered, pairs };
}

/** For a workbook of rejected rows that comes back corrected: our columns are emptied, our reasons cut off. */
function ownColumnStripper(headings: readonly string[]): Strip {
  const own = headings.flatMap((heading, at) => (heading === reasonHeading || heading === rowHeading ? [at] : []));
  if (own.length === 0) return () => {};
  return (rows) => {
    for (const { cells } of rows) {
      for (const at of own) cells[at] = null;
      cells.forEach((cell, at) => {
        if (typeof cell === 'string' && cell.includes(reasonMark)) cells[at] = cell.slice(0, cell.indexOf(reasonMark));
      });
    }
  };
}
