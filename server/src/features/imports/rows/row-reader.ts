import type { ColumnMap, IncidentField } from '@diemnong/contracts';
import type { Cell } from '../reading/row-source.ts';
import type { CategoryMatcher } from './categories.ts';
import { cellText } from './cell-text.ts';
import type { CommuneMatcher } from './commune-names.ts';
import { type Position, parsePair, parsePosition } from './coordinates.ts';
import { type DateProblem, parseEnd, parseTimeOfDay, parseWhen, type When } from './dates.ts';
import { type ProblemCode, type RowProblem, rowProblem } from './messages.ts';
import { type Precision, toPrecision } from './precision.ts';
import { type State, toState } from './state.ts';

const MAX_REFERENCE = 100;
const MAX_UNKNOWN_VALUES = 200;

/**
 * One understood row. **The same object is returned for every row and overwritten by the next**: copy out what is kept.
 * Times are epoch milliseconds UTC. `x`/`y` are as in the file, x = longitude or easting, y = latitude or northing; both
 * NaN when the row has no coordinates. The coordinate system, the ranges and the commune of a point are not its business.
 */
export type ParsedRow = {
  rowNumber: number;
  /** null: the file gives none, one is generated later. */
  reference: string | null;
  category: string;
  occurredFrom: number;
  /** End (excluded) of the interval when the exact time is unknown, e.g. a date without time; else null. */
  occurredTo: number | null;
  reportedAt: number | null;
  resolvedAt: number | null;
  state: State;
  /** From the file; without such a column `point` with coordinates, `commune` without. Never finer than `hamlet` without. */
  precision: Precision;
  x: number;
  y: number;
  /** From the file's code or name column; null when it has none, or has coordinates and a name that says nothing sure. */
  communeCode: string | null;
};

export type RowReaderOptions = {
  headings: readonly string[];
  map: ColumnMap;
  categories: CategoryMatcher;
  communes: CommuneMatcher;
  /** RowSource.date1904. */
  date1904?: boolean;
};

export type RowReader = {
  /** The row, or what is wrong with it (at least one problem, in the order of the checks). */
  read(cells: readonly Cell[], rowNumber: number): ParsedRow | RowProblem[];
  /** Values of state and precision nobody recognised (read as 'received' and 'unknown') → rows. */
  unknownStates: Map<string, number>;
  unknownPrecisions: Map<string, number>;
  /** Rows read so far whose date has no time. */
  timeMissing(): number;
};

export function createRowReader({
  headings,
  map,
  categories,
  communes,
  date1904 = false,
}: RowReaderOptions): RowReader {
  const at = (field: IncidentField) => (map[field] ? headings.indexOf(map[field]) : -1);
  const columns = {
    reference: at('reference'),
    category: at('category'),
    from: at('occurredFrom'),
    to: at('occurredTo'),
    time: at('occurredTime'),
    reported: at('reportedAt'),
    resolved: at('resolvedAt'),
    lng: at('lng'),
    lat: at('lat'),
    pair: at('coordinates'),
    communeName: at('communeName'),
    communeCode: at('communeCode'),
    precision: at('precision'),
    state: at('state'),
  };
  const width = headings.length;
  const unknownStates = new Map<string, number>();
  const unknownPrecisions = new Map<string, number>();
  let timeMissing = 0;

  const row: ParsedRow = {
    rowNumber: 0,
    reference: null,
    category: '',
    occurredFrom: 0,
    occurredTo: null,
    reportedAt: null,
    resolvedAt: null,
    state: 'received',
    precision: 'point',
    x: Number.NaN,
    y: Number.NaN,
    communeCode: null,
  };
  const when: When = { from: 0, to: null, hasTime: false };
  const position: Position = { x: Number.NaN, y: Number.NaN };

  /** null = the file has no such column. */
  const cellAt = (cells: readonly Cell[], column: number): Cell => (column < 0 ? null : (cells[column] ?? null));
  const textAt = (cells: readonly Cell[], column: number): string => {
    const cell = cellAt(cells, column);
    return (typeof cell === 'string' ? cell : cellText(cell)).trim();
  };

  function read(cells: readonly Cell[], rowNumber: number): ParsedRow | RowProblem[] {
    let problems: RowProblem[] | null = null;
    const reject = (field: IncidentField | null, code: ProblemCode, got: string, detail?: string) => {
      problems ??= [];
      problems.push(rowProblem(field, code, got, detail));
    };
    row.rowNumber = rowNumber;
    if (cells.length > width && cells.slice(width).some((cell) => cellText(cell).trim() !== '')) {
      reject(null, 'extra_cells', cells.map(cellText).join(' | '), String(cells.length));
      return problems ?? [];
    }

    const reference = textAt(cells, columns.reference);
    if (reference.length > MAX_REFERENCE) reject('reference', 'reference_too_long', reference);
    row.reference = reference === '' ? null : reference;

    const category = textAt(cells, columns.category);
    if (category === '') reject('category', 'no_category', '');

    readTimes(cells, reject);
    readPlace(cells, reject);
    // Read last, so that `unknown` counts accepted rows only.
    if (problems !== null) return problems;
    row.category = categories.match(category);
    row.precision = readPrecision(cells);
    row.state = readState(cells);
    if (!when.hasTime) timeMissing++;
    return row;
  }

  type Reject = (field: IncidentField | null, code: ProblemCode, got: string, detail?: string) => void;

  function readTimes(cells: readonly Cell[], reject: Reject) {
    const say = (field: IncidentField, column: number, problem: DateProblem) =>
      reject(field, problem === 'empty' ? 'no_date' : problem, textAt(cells, column));
    const problem = parseWhen(cellAt(cells, columns.from), when, date1904);
    if (problem !== null) say('occurredFrom', columns.from, problem);
    else {
      if (columns.time >= 0) {
        const timeProblem = parseTimeOfDay(cellAt(cells, columns.time), when);
        if (timeProblem !== null) say('occurredTime', columns.time, timeProblem);
      }
      if (columns.to >= 0) {
        const endProblem = parseEnd(cellAt(cells, columns.to), when, date1904);
        if (endProblem !== null) say('occurredTo', columns.to, endProblem);
      }
      row.occurredFrom = when.from;
      row.occurredTo = when.to;
    }
    row.reportedAt = columns.reported < 0 ? null : readInstant(cells, 'reportedAt', columns.reported, reject);
    row.resolvedAt = columns.resolved < 0 ? null : readInstant(cells, 'resolvedAt', columns.resolved, reject);
  }

  const instant: When = { from: 0, to: null, hasTime: false };
  function readInstant(cells: readonly Cell[], field: IncidentField, column: number, reject: Reject): number | null {
    const problem = parseWhen(cellAt(cells, column), instant, date1904);
    if (problem === null) return instant.from;
    if (problem !== 'empty' && !isNothing(textAt(cells, column))) reject(field, problem, textAt(cells, column));
    return null;
  }

  function readPlace(cells: readonly Cell[], reject: Reject) {
    const hasAxes = columns.lng >= 0 && columns.lat >= 0;
    const problem = hasAxes
      ? parsePosition(cellAt(cells, columns.lng), cellAt(cells, columns.lat), position)
      : columns.pair >= 0
        ? parsePair(cellAt(cells, columns.pair), position)
        : null;
    if (!hasAxes && columns.pair < 0) position.x = position.y = Number.NaN;
    if (problem !== null) {
      if (!hasAxes) reject('coordinates', problem, textAt(cells, columns.pair));
      else if (problem === 'not_a_point') reject('lng', problem, textAt(cells, columns.lng));
      else rejectAxes(cells, problem, reject);
    }
    row.x = position.x;
    row.y = position.y;
    const hasPoint = !Number.isNaN(position.x);
    row.communeCode = null;
    if (columns.communeCode >= 0 || columns.communeName >= 0) readCommune(cells, hasPoint || problem !== null, reject);
    else if (!hasPoint && problem === null) reject(hasAxes ? 'lng' : 'coordinates', 'no_place', '');
  }

  /** Name the axis whose cell is wrong, so that the right cell is marked in the workbook that goes back. */
  function rejectAxes(cells: readonly Cell[], problem: ProblemCode, reject: Reject) {
    const lng = textAt(cells, columns.lng);
    const lat = textAt(cells, columns.lat);
    if (problem === 'half_coordinate') reject(lng === '' ? 'lng' : 'lat', problem, lng === '' ? lat : lng);
    else if (problem === 'bad_coordinate') {
      const isLngReadable = parsePosition(cellAt(cells, columns.lng), 0, { x: 0, y: 0 }) === null;
      reject(isLngReadable ? 'lat' : 'lng', problem, isLngReadable ? lat : lng);
    } else reject('lng', problem, `${lng}; ${lat}`);
  }

  /** `isDecided`: coordinates give the place (or are wrong and told already), so that a doubtful name is no reason to reject. */
  function readCommune(cells: readonly Cell[], isDecided: boolean, reject: Reject) {
    const codeText = textAt(cells, columns.communeCode);
    const nameText = textAt(cells, columns.communeName);
    const byCode = codeText === '' ? null : communes.byCode(codeText);
    const byName = nameText === '' ? null : communes.byName(nameText);
    const named = byName !== null && 'code' in byName ? byName.code : null;
    if (byCode !== null && named !== null && byCode !== named) {
      // With a point the point decides and the pipeline compares.
      if (!isDecided) reject('communeCode', 'commune_conflict', codeText, nameText);
      return;
    }
    row.communeCode = byCode ?? named;
    if (row.communeCode !== null || isDecided) return;
    if (nameText !== '' && byName !== null && 'candidates' in byName) {
      reject('communeName', 'commune_ambiguous', nameText, byName.candidates.join('; '));
    } else if (codeText !== '') reject('communeCode', 'commune_code_unknown', codeText);
    else if (nameText !== '') reject('communeName', 'commune_unknown', nameText);
    else reject(columns.communeName >= 0 ? 'communeName' : 'communeCode', 'no_place', '');
  }

  function readPrecision(cells: readonly Cell[]): Precision {
    const hasPoint = !Number.isNaN(row.x);
    const text = textAt(cells, columns.precision);
    if (text === '') return hasPoint ? 'point' : 'commune';
    const precision = toPrecision(text);
    if (precision === undefined) {
      count(unknownPrecisions, text);
      return hasPoint ? 'unknown' : 'commune';
    }
    return !hasPoint && (precision === 'point' || precision === 'street') ? 'commune' : precision;
  }

  function readState(cells: readonly Cell[]): State {
    const text = textAt(cells, columns.state);
    if (text === '') return row.resolvedAt === null ? 'received' : 'resolved';
    const state = toState(text);
    if (state === undefined) count(unknownStates, text);
    return state ?? 'received';
  }

  return { read, unknownStates, unknownPrecisions, timeMissing: () => timeMissing };
}

/** What people type where there is nothing to say. */
const isNothing = (text: string) =>
  /^(?:[-–—.?x]+|chưa(?: có| rõ| giải quyết)?|không(?: rõ| có)?|n\/a|null)$/i.test(text);

function count(values: Map<string, number>, value: string) {
  const key = values.has(value) || values.size < MAX_UNKNOWN_VALUES ? value : '…';
  values.set(key, (values.get(key) ?? 0) + 1);
}
