import { VIETNAM_OFFSET_MS } from '@diemnong/analysis';
import type { ImportWarning, IncidentField } from '@diemnong/contracts';
import type { CoordinateReading } from './coordinate-reading.ts';
import { createEvenSample } from './even-sample.ts';
import { coordinateWarnings, fileWarnings } from './file-warnings.ts';
import { count, createRejectionList, createTally, viNumber } from './findings.ts';
import { createHashSet, createRowHash } from './hash-set.ts';
import { createPileUpCounter } from './pile-ups.ts';
import type { Placer } from './placement.ts';
import type { Row } from './reading/row-source.ts';
import type { ReadImport, ReadingTask } from './reading-task.ts';
import { placementProblem, type RowReason } from './reasons.ts';
import type { CategoryMatcher } from './rows/categories.ts';
import { cellText } from './rows/cell-text.ts';
import type { RecognisedColumns } from './rows/columns.ts';
import { rowProblem } from './rows/messages.ts';
import type { ParsedRow, RowReader } from './rows/row-reader.ts';
import { type PlacedRow, stageIncidents, stageRowErrors } from './staged-rows.ts';

export interface RowTaker {
  /** Place one row and stage it as accepted or rejected. */
  take(row: Row): void;
  rows(): number;
  /** Close the staged files and tell what was found. */
  finish(sourceWarnings: readonly ImportWarning[]): Omit<ReadImport, 'reading' | 'mapping'>;
  /** Close the staged files of a file that is refused. */
  abandon(): void;
}

type RowTakerOptions = {
  task: ReadingTask;
  placer: Placer;
  columns: RecognisedColumns;
  coordinates: CoordinateReading;
  reader: { rows: RowReader; categories: CategoryMatcher };
};

const DAY_MS = 86_400_000;
const OLD_MS = 30 * 365.25 * DAY_MS;
/** Rows remembered to tell repeated ones; beyond, repeats are no longer told (they cost memory, not correctness). */
const MAX_REMEMBERED = 4_000_000;
const PREVIEW_ACCEPTED = 5000;
const PREVIEW_REJECTED = 2000;
const PREVIEW_ROWS = 200;
/** Pile-ups and commune centres told of one file. */
const MAX_SPOTS = 20;
/** Points at a commune's centre are told from this many on, when they are this share of the commune's points. */
const CENTRE_ROWS = 5;
const CENTRE_SHARE = 0.01;
const NOWHERE = { lng: Number.NaN, lat: Number.NaN };

/**
 * What happens to every row: coordinates to WGS84, commune by point (or by name where there is no point), cells, checks,
 * reference. The order of the checks is the order below.
 */
export function createRowTaker({ task, placer, columns, coordinates, reader }: RowTakerOptions): RowTaker {
  const { system } = coordinates;
  const isPlainDegrees = system.id === 'EPSG:4326' && !system.isSwapped;
  const { map } = columns;
  const hasReferences = map.reference !== undefined;
  const categoryColumn = columns.columns.findIndex(({ heading }) => heading === map.category);
  const columnOf = new Map(columns.columns.map(({ heading }, at) => [heading, at]));
  const lngField: IncidentField = map.coordinates === undefined ? 'lng' : 'coordinates';
  const latField: IncidentField = map.coordinates === undefined ? 'lat' : 'coordinates';

  const { area } = task;
  const isInArea = placer.communes.map(
    ({ code, provinceCode }) =>
      area === null || ((area.commune ?? code) === code && (area.province ?? provinceCode) === provinceCode),
  );

  const incidents = stageIncidents(task.stagedDir, task.batchId, task.office, placer);
  const rowErrors = stageRowErrors(task.stagedDir, task.batchId);
  const rejections = createRejectionList();
  const acceptedSample = createEvenSample(PREVIEW_ACCEPTED);
  const rejectedSample = createEvenSample(PREVIEW_REJECTED);
  const rejectedRows: ReadImport['preview']['rejectedRows'] = [];
  const pileUps = createPileUpCounter();
  const references = createHashSet();
  const contents = createHashSet();
  const occurrences = new Map<string, number>();
  const hash = createRowHash();
  const perDay = new Map<number, number>();
  const perCommune = new Int32Array(placer.communes.length);
  const pointsPerCommune = new Int32Array(placer.communes.length);
  const atCentre = placer.communes.map(createTally);
  const nullIsland = createTally();
  const mismatches = createTally();
  const future = createTally();
  const old = createTally();
  const repeated = createTally();
  let rows = 0;
  let accepted = 0;
  let rejected = 0;
  let inCells = 0;
  let outsideArea = 0;
  const placed: PlacedRow = { reference: '', ordinal: -1, precision: 'point', lng: 0, lat: 0, cells: null };

  function take(row: Row): void {
    rows++;
    const parsed = reader.rows.read(row.cells, row.rowNumber);
    if (Array.isArray(parsed)) return reject(row, parsed);
    const problem =
      (Number.isNaN(parsed.x) ? placeByName(parsed) : placeByPoint(parsed, row)) ?? requireInArea(parsed, row);
    noteRepeated(parsed, row);
    if (problem !== null) return reject(row, [problem], placed);
    const badReference = takeReference(parsed, row);
    if (badReference !== null) return reject(row, [badReference], placed);
    accept(parsed);
  }

  /** Fill `placed` from the coordinates. */
  function placeByPoint(parsed: ParsedRow, row: Row): RowReason | null {
    placed.lng = parsed.x;
    placed.lat = parsed.y;
    if (!isPlainDegrees) [placed.lng, placed.lat] = system.toLngLat(parsed.x, parsed.y);
    const { lng, lat } = placed;
    const isNull = parsed.x === 0 && parsed.y === 0;
    // Written so that NaN is impossible, too.
    if (isNull || !(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) {
      if (isNull) count(nullIsland, row.rowNumber);
      placed.lng = placed.lat = Number.NaN;
      const field = isNull || Math.abs(lng) > 180 ? lngField : latField;
      return placementProblem('impossible_coordinates', field, got(row, field));
    }
    pileUps.add(lng, lat, row.rowNumber);
    placed.ordinal = placer.index.findOrdinal(lng, lat);
    if (placed.ordinal < 0) return outside(row);
    placed.precision = parsed.precision;
    placed.cells = parsed.precision === 'point' || parsed.precision === 'street' ? placer.cells(lng, lat) : null;
    pointsPerCommune[placed.ordinal]++;
    if (placer.isAtCentre(placed.ordinal, lng, lat)) count(atCentre[placed.ordinal], row.rowNumber);
    if (parsed.communeCode !== null && parsed.communeCode !== placer.communes[placed.ordinal]?.code) {
      count(mismatches, row.rowNumber);
    }
    return null;
  }

  function outside(row: Row): RowReason {
    const { commune, distanceM } = placer.nearest(placed.lng, placed.lat);
    const vi = distanceM < 1000 ? `${Math.ceil(distanceM)} m` : `${viNumber(Math.round(distanceM / 100) / 10)} km`;
    const en = distanceM < 1000 ? `${Math.ceil(distanceM)} m` : `${(distanceM / 1000).toFixed(1)} km`;
    return placementProblem('outside', lngField, got(row, lngField), {
      vi: `: cách ${commune.fullName} ${vi}`,
      en: `: ${en} from ${commune.fullName}`,
    });
  }

  /** Fill `placed` from the commune's name or code. */
  function placeByName(parsed: ParsedRow): RowReason | null {
    placed.lng = placed.lat = Number.NaN;
    placed.cells = null;
    if (parsed.communeCode === null) return rowProblem(lngField, 'no_place', '');
    placed.ordinal = placer.ordinalOf(parsed.communeCode);
    if (placed.ordinal < 0) return placementProblem('unknown_commune', 'communeName', parsed.communeCode);
    // Known to the commune only, whatever the precision column says.
    placed.precision = parsed.precision === 'hamlet' ? 'hamlet' : 'commune';
    return null;
  }

  /** A row may neither lie in nor name a commune that is not the account's or the office's. */
  function requireInArea(parsed: ParsedRow, row: Row): RowReason | null {
    if (area === null) return null;
    const named = parsed.communeCode === null ? placed.ordinal : placer.ordinalOf(parsed.communeCode);
    if (isInArea[placed.ordinal] && isInArea[named]) return null;
    outsideArea++;
    const isByName = Number.isNaN(parsed.x) || isInArea[placed.ordinal];
    const field = !isByName ? lngField : map.communeName === undefined ? 'communeCode' : 'communeName';
    return placementProblem(area.reason, field, got(row, field));
  }

  /** The same incident under two references: told, never dropped, since nobody but the office can know. */
  function noteRepeated(parsed: ParsedRow, row: Row): void {
    if (!hasReferences || contents.size >= MAX_REMEMBERED) return;
    hash.reset();
    hash.text(cellText(row.cells[categoryColumn]));
    hash.number(parsed.occurredFrom);
    hash.number(parsed.occurredTo ?? 0);
    hash.number(parsed.x);
    hash.number(parsed.y);
    if (parsed.communeCode !== null) hash.text(parsed.communeCode);
    if (!contents.add(hash.high, hash.low)) count(repeated, parsed.rowNumber);
  }

  /** Fill `placed.reference`, generated where the file has none. */
  function takeReference(parsed: ParsedRow, row: Row): RowReason | null {
    placed.reference = parsed.reference ?? generateReference(parsed, row);
    const taken = task.takenReferences.size === 0 ? undefined : task.takenReferences.get(placed.reference);
    if (taken !== undefined) {
      const field = parsed.reference === null ? null : 'reference';
      const named = taken === '' ? '' : `: ${taken}`; // the file of a hidden batch is not named
      return placementProblem('taken_reference', field, placed.reference, { vi: named, en: named });
    }
    hash.reset();
    hash.text(placed.reference);
    if (references.add(hash.high, hash.low)) return null;
    return placementProblem('repeated_reference', 'reference', placed.reference);
  }

  /**
   * From what the office wrote, not from what we made of it, so that a category mapped later leaves it the same; with a
   * number, since two incidents may read alike.
   */
  function generateReference(parsed: ParsedRow, row: Row): string {
    hash.reset();
    hash.text(cellText(row.cells[categoryColumn]).trim());
    hash.number(parsed.occurredFrom);
    hash.number(parsed.occurredTo ?? 0);
    hash.number(Math.round(parsed.x * 1e7));
    hash.number(Math.round(parsed.y * 1e7));
    if (parsed.communeCode !== null) hash.text(parsed.communeCode);
    const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0');
    const base = `auto-${hex(hash.high)}${hex(hash.low)}`;
    const occurrence = contents.add(hash.high, hash.low) ? 1 : (occurrences.get(base) ?? 1) + 1;
    if (occurrence > 1) {
      occurrences.set(base, occurrence);
      count(repeated, row.rowNumber);
    }
    return `${base}-${occurrence}`;
  }

  function accept(parsed: ParsedRow): void {
    accepted++;
    if (placed.cells !== null) inCells++;
    perCommune[placed.ordinal]++;
    const day = Math.floor((parsed.occurredFrom + VIETNAM_OFFSET_MS) / DAY_MS);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    if (parsed.occurredFrom > task.nowMs) count(future, parsed.rowNumber);
    else if (parsed.occurredFrom < task.nowMs - OLD_MS) count(old, parsed.rowNumber);
    if (!Number.isNaN(placed.lng)) acceptedSample.add(placed.lng, placed.lat);
    incidents.add(parsed, placed);
  }

  function reject(row: Row, problems: RowReason[], at: { lng: number; lat: number } = NOWHERE): void {
    rejected++;
    const [first] = problems as [RowReason];
    rejections.add(first, row.rowNumber);
    if (!Number.isNaN(at.lng)) rejectedSample.add(at.lng, at.lat);
    rowErrors.add(row.rowNumber, problems, at, row.cells);
    if (rejectedRows.length >= PREVIEW_ROWS) return;
    const { field, code, message, messageEn } = first;
    rejectedRows.push({
      row: row.rowNumber,
      field,
      heading: field === null ? null : (map[field] ?? null),
      got: first.got,
      code,
      message,
      messageEn,
      values: row.cells.map((cell) => cellText(cell)),
    });
  }

  function got(row: Row, field: IncidentField): string {
    const column = columnOf.get(map[field] ?? '');
    return column === undefined ? '' : cellText(row.cells[column]);
  }

  function finish(sourceWarnings: readonly ImportWarning[]): Omit<ReadImport, 'reading' | 'mapping'> {
    incidents.finish();
    rowErrors.finish();
    const piles = pileUps.find().slice(0, MAX_SPOTS);
    const centres = atCentre
      .flatMap((tally, ordinal) => {
        const isTold = tally.rows >= CENTRE_ROWS && tally.rows >= CENTRE_SHARE * pointsPerCommune[ordinal];
        return isTold ? [{ ...tally, commune: placer.communes[ordinal] }] : [];
      })
      .sort((a, b) => b.rows - a.rows)
      .slice(0, MAX_SPOTS);
    const warnings = [
      ...sourceWarnings,
      ...coordinateWarnings(coordinates, rows),
      ...fileWarnings({
        piles,
        centres,
        nullIsland,
        mismatches,
        future,
        old,
        repeated,
        timeMissing: reader.rows.timeMissing(),
        withoutReference: hasReferences ? 0 : accepted,
        unknownCategories: reader.categories.unknown,
        unknownStates: reader.rows.unknownStates,
        unknownPrecisions: reader.rows.unknownPrecisions,
      }),
    ];
    const communesSeen = [...perCommune.keys()].filter((ordinal) => perCommune[ordinal] > 0);
    return {
      rows,
      accepted,
      rejected,
      inCells,
      communeOnly: accepted - inCells,
      period: periodOf(perDay),
      warnings,
      rejections: rejections.list(),
      preview: {
        accepted: acceptedSample.positions().map(([lng, lat]) => [lng, lat]),
        rejected: rejectedSample.positions().map(([lng, lat]) => [lng, lat]),
        suspicious: [
          ...piles.map(({ at, rows }) => ({ at: [at[0], at[1]] as [number, number], rows, code: 'pile_up' })),
          ...centres.map(({ commune, rows }) => {
            const [lng, lat] = commune.labelPoint;
            return { at: [lng, lat] as [number, number], rows, code: 'centroid' };
          }),
        ],
        rejectedRows,
      },
      months: monthsOf(perDay),
      outsideArea,
      // What is of one commune alone reports no other.
      onlyCommune:
        area?.commune ?? (communesSeen.length === 1 ? (placer.communes[communesSeen[0]]?.code ?? null) : null),
    };
  }

  return {
    take,
    rows: () => rows,
    finish,
    abandon() {
      incidents.abandon();
      rowErrors.abandon();
    },
  };
}

function periodOf(perDay: ReadonlyMap<number, number>): ReadImport['period'] {
  if (perDay.size === 0) return null;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of perDay.keys()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return { from: isoDay(first), to: isoDay(last + 1) };
}

/** '2026-10' → rows, in order. */
function monthsOf(perDay: ReadonlyMap<number, number>): Record<string, number> {
  const months = new Map<string, number>();
  for (const [day, rows] of perDay) {
    const month = isoDay(day).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + rows);
  }
  return Object.fromEntries([...months].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
