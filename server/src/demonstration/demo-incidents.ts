import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCellPlacer, VIETNAM_OFFSET_MS } from '@diemnong/analysis';
import {
  type DemoIncident,
  type DemoIncidents,
  type DemoProvince,
  formatOfficeTime,
  PROVINCE_OFFICE,
} from '@diemnong/data';
import { type BinaryCopyWriter, createBinaryCopyWriter, encodedUuid } from '../database/binary-copy-writer.ts';
import { incidentColumns } from '../features/imports/staged-rows.ts';

/** One month of one office, as it would have been sent in: the replaceable unit. */
export type DemoBatch = {
  id: string;
  office: string;
  /** `2026-09`. */
  month: string;
  /** null for the province's own office, which reports no commune's month. */
  communeCode: string | null;
  rows: number;
  inCells: number;
  /** The batch this one corrected. */
  replaces: string | null;
};

/**
 * Write the simulated incidents as two files of COPY bytes: the live rows, and the rows that the one correction replaced
 * (with `replaced_by` as a last column).
 * @returns every batch: one for each office and month that reported, empty ones included.
 */
export function stageDemoIncidents(
  province: DemoProvince,
  incidents: DemoIncidents,
  directory: string,
): { batches: DemoBatch[]; liveFile: string; replacedFile: string } {
  const liveFile = join(directory, 'incident.copy');
  const replacedFile = join(directory, 'incident_replaced.copy');
  const live = createBinaryCopyWriter(liveFile);
  const replaced = createBinaryCopyWriter(replacedFile);
  const placer = createCellPlacer();
  const provinceCode = province.province.code;
  const batches = planBatches(province, incidents);
  const corrections = new Map(
    incidents.corrections.map((correction) => {
      const key = `${correction.office} ${correction.month}`;
      const original = batches.get(key);
      if (original === undefined) throw new Error(`the correction of ${key} corrects no batch`);
      const batch: DemoBatch = { ...original, id: randomUUID(), rows: 0, inCells: 0, replaces: original.id };
      return [key, { correction, batch }];
    }),
  );

  const write = (writer: BinaryCopyWriter, row: DemoIncident, batch: DemoBatch, replacedBy: string | undefined) => {
    batch.rows++;
    if (row.lng !== null) batch.inCells++;
    writer.beginRow(incidentColumns.length + (replacedBy === undefined ? 0 : 1));
    for (const text of [provinceCode, row.office, row.reference]) writer.text(text);
    writer.encoded(encodedUuid(batch.id));
    writer.text(row.category);
    writer.timestamp(row.occurredFrom);
    for (const moment of [row.occurredTo, row.reportedAt, row.resolvedAt])
      if (moment === null) writer.absent();
      else writer.timestamp(moment);
    for (const text of [row.state, row.precision, row.communeCode]) writer.text(text);
    writePlace(writer, placer, row);
    if (replacedBy !== undefined) writer.encoded(encodedUuid(replacedBy));
  };

  for (const row of incidents.rows()) {
    const key = batchKey(row);
    const batch = batches.get(key);
    if (batch === undefined) throw new Error(`${row.reference} lies in a month that was not reported: ${key}`);
    const correction = corrections.get(key);
    if (correction === undefined) write(live, row, batch, undefined);
    else write(replaced, row, batch, correction.batch.id);
  }
  for (const { correction, batch } of corrections.values())
    for (const row of correction.rows) write(live, row, batch, undefined);
  live.finish();
  replaced.finish();
  return {
    batches: [...batches.values(), ...[...corrections.values()].map(({ batch }) => batch)],
    liveFile,
    replacedFile,
  };
}

function writePlace(
  writer: BinaryCopyWriter,
  placer: ReturnType<typeof createCellPlacer>,
  { lng, lat }: DemoIncident,
): void {
  if (lng === null || lat === null) {
    for (let column = 0; column < 5; column++) writer.absent();
    return;
  }
  const cells = new BigInt64Array(4);
  placer.place(lng, lat, cells, 0);
  for (const cell of cells.toReversed()) writer.int8(Number(cell >> 32n), Number(cell & 0xffff_ffffn));
  writer.point(lng, lat);
}

/** `CAX-90001 2026-09`: the office and local month a row was sent in with. */
function batchKey(row: DemoIncident): string {
  const [, month, year] = formatOfficeTime(row.occurredFrom).slice(0, 10).split('/');
  return `${row.office} ${year}-${month}`;
}

function planBatches(province: DemoProvince, { columns }: DemoIncidents): Map<string, DemoBatch> {
  const silent = new Set(province.unreportedMonths.map(({ communeCode, month }) => `${communeCode} ${month}`));
  const batches = new Map<string, DemoBatch>();
  for (const month of monthsOf(columns.occurredFrom))
    for (const { code, communeCode } of columns.offices) {
      if (communeCode !== null && silent.has(`${communeCode} ${month}`)) continue;
      const isProvince = code === PROVINCE_OFFICE;
      batches.set(`${code} ${month}`, {
        id: randomUUID(),
        office: code,
        month,
        communeCode: isProvince ? null : communeCode,
        rows: 0,
        inCells: 0,
        replaces: null,
      });
    }
  return batches;
}

/** Every calendar month from the first row to the last, in Việt Nam's time. Rows are ordered by time. */
function monthsOf(occurredFrom: Float64Array): string[] {
  const monthNumber = (ms: number) => {
    const local = new Date(ms + VIETNAM_OFFSET_MS);
    return local.getUTCFullYear() * 12 + local.getUTCMonth();
  };
  const first = monthNumber(occurredFrom[0]);
  const last = monthNumber(occurredFrom[occurredFrom.length - 1]);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const month = first + at;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
