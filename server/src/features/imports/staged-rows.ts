import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createBinaryCopyWriter, encodedText, encodedUuid } from '../../database/binary-copy-writer.ts';
import type { Placer } from './placement.ts';
import { FileRefusal } from './reading/file-refusal.ts';
import type { Cell } from './reading/row-source.ts';
import type { RowReason } from './reasons.ts';
import { cellText } from './rows/cell-text.ts';
import type { Precision } from './rows/precision.ts';
import type { ParsedRow } from './rows/row-reader.ts';

/**
 * The rows of a file between reading and commit: two files of PostgreSQL's binary COPY format in the batch's own folder,
 * so that memory stays flat, review survives a restart, and commit is one COPY.
 */
export const incidentColumns = [
  'province_code',
  'office',
  'reference',
  'batch_id',
  'category',
  'occurred_from',
  'occurred_to',
  'reported_at',
  'resolved_at',
  'state',
  'precision',
  'commune_code',
  'cell',
  'cell_9',
  'cell_8',
  'cell_7',
  'geom',
];
export const rowErrorColumns = ['batch_id', 'row_number', 'code', 'fields', 'reasons', 'lng', 'lat', 'row_values'];

export const incidentFile = (stagedDir: string) => join(stagedDir, 'incident.copy');
export const rowErrorFile = (stagedDir: string) => join(stagedDir, 'import_row_error.copy');

/** A small archive may hold rows without end: what is staged of one file has one. */
const MAX_INCIDENT_MB = 8192;
const MAX_ROW_ERROR_MB = 1024;

export interface StagedIncidents {
  /** `lng` and `lat` are NaN without a point; `cells` null when the row does not enter hexagons. Errors: FileRefusal `too_many_rows`. */
  add(row: ParsedRow, placed: PlacedRow): void;
  finish(): void;
  abandon(): void;
}

export type PlacedRow = {
  reference: string;
  ordinal: number;
  precision: Precision;
  lng: number;
  lat: number;
  cells: Int32Array | null;
};

export function stageIncidents(
  stagedDir: string,
  batchId: string,
  office: string,
  placer: Placer,
  { maxMb = MAX_INCIDENT_MB } = {},
): StagedIncidents {
  const writer = createBinaryCopyWriter(incidentFile(stagedDir));
  const officeField = encodedText(office);
  const batchField = encodedUuid(batchId);
  const provinceFields = placer.communes.map(({ provinceCode }) => encodedText(provinceCode));
  const communeFields = placer.communes.map(({ code }) => encodedText(code));
  const words = new Map<string, Uint8Array>();
  const word = (text: string) => {
    let field = words.get(text);
    if (field === undefined) {
      field = encodedText(text);
      words.set(text, field);
    }
    return field;
  };
  const moment = (ms: number | null) => (ms === null ? writer.absent() : writer.timestamp(ms));
  return {
    add(row, { reference, ordinal, precision, lng, lat, cells }) {
      if (writer.bytes > maxMb * 1024 ** 2) throw new FileRefusal('too_many_rows', { limit: maxMb });
      writer.beginRow(incidentColumns.length);
      writer.encoded(provinceFields[ordinal]);
      writer.encoded(officeField);
      writer.text(reference);
      writer.encoded(batchField);
      writer.encoded(word(row.category));
      writer.timestamp(row.occurredFrom);
      moment(row.occurredTo !== null && row.occurredTo > row.occurredFrom ? row.occurredTo : null);
      moment(row.reportedAt);
      moment(row.resolvedAt);
      writer.encoded(word(row.state));
      writer.encoded(word(precision));
      writer.encoded(communeFields[ordinal]);
      for (let i = 0; i < 8; i += 2) {
        if (cells === null) writer.absent();
        else writer.int8(cells[i], cells[i + 1]);
      }
      if (Number.isNaN(lng)) writer.absent();
      else writer.point(lng, lat);
    },
    finish: () => writer.finish(),
    abandon: () => writer.abandon(),
  };
}

/** A rejected row as it is kept: `fields` and `reasons` belong together, '' is the row as a whole. */
export type RowError = { rowNumber: number; fields: string[]; reasons: string[]; values: string[] };

export interface StagedRowErrors {
  /** Errors: FileRefusal `too_many_rejected`. */
  add(
    rowNumber: number,
    problems: readonly RowReason[],
    at: { lng: number; lat: number },
    cells: readonly Cell[],
  ): void;
  finish(): void;
  abandon(): void;
}

export function stageRowErrors(stagedDir: string, batchId: string, { maxMb = MAX_ROW_ERROR_MB } = {}): StagedRowErrors {
  const writer = createBinaryCopyWriter(rowErrorFile(stagedDir));
  const batchField = encodedUuid(batchId);
  return {
    add(rowNumber, problems, { lng, lat }, cells) {
      if (writer.bytes > maxMb * 1024 ** 2) throw new FileRefusal('too_many_rejected', { limit: maxMb });
      writer.beginRow(rowErrorColumns.length);
      writer.encoded(batchField);
      writer.int4(rowNumber);
      writer.text(problems[0]?.code ?? '');
      writer.textArray(problems.map(({ field }) => field ?? ''));
      writer.textArray(problems.map(({ message }) => message));
      for (const degrees of [lng, lat]) {
        if (Number.isFinite(degrees)) writer.float8(degrees);
        else writer.absent();
      }
      writer.textArray(cells.map((cell) => cellText(cell)));
    },
    finish: () => writer.finish(),
    abandon: () => writer.abandon(),
  };
}

/** Read back what `stageRowErrors` wrote, in the file's order. Errors: those of the file system. */
export async function* readStagedRowErrors(stagedDir: string): AsyncGenerator<RowError> {
  const headerBytes = 19;
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of createReadStream(rowErrorFile(stagedDir), {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = isFirst ? headerBytes : 0;
    isFirst = false;
    for (;;) {
      const row = decodeRowError(rest, at);
      if (row === undefined) break;
      yield row.value;
      at = row.end;
    }
    rest = rest.subarray(at);
  }
}

/** undefined when the row is not whole yet, or at the trailer. */
function decodeRowError(buffer: Buffer, start: number): { value: RowError; end: number } | undefined {
  if (start + 2 > buffer.length || buffer.readInt16BE(start) < 0) return undefined;
  const fields: Buffer[] = [];
  let at = start + 2;
  for (let column = 0; column < rowErrorColumns.length; column++) {
    if (at + 4 > buffer.length) return undefined;
    const bytes = Math.max(0, buffer.readInt32BE(at));
    at += 4;
    if (at + bytes > buffer.length) return undefined;
    fields.push(buffer.subarray(at, at + bytes));
    at += bytes;
  }
  const [, rowNumber, , names, reasons, , , values] = fields as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  const value = {
    rowNumber: rowNumber.readInt32BE(0),
    fields: decodeTextArray(names),
    reasons: decodeTextArray(reasons),
    values: decodeTextArray(values),
  };
  return { value, end: at };
}

function decodeTextArray(field: Buffer): string[] {
  if (field.readInt32BE(0) === 0) return [];
  const texts: string[] = [];
  let at = 20;
  for (let left = field.readInt32BE(12); left > 0; left--) {
    const bytes = field.readInt32BE(at);
    texts.push(field.toString('utf8', at + 4, at + 4 + bytes));
    at += 4 + bytes;
  }
  return texts;
}
