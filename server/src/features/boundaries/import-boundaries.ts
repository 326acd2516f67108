import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommuneShape, communeCells, communeIndex } from '@diemnong/analysis';
import { AppError, type BoundaryOptions, BoundaryReport } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { z } from 'zod';
import { type Actor, recordAudit } from '../../access/record-audit.ts';
import type { Scope } from '../../access/scope.ts';
import { createBinaryCopyWriter, encodedText } from '../../database/binary-copy-writer.ts';
import { bulkLoad } from '../../database/bulk-load.ts';
import { raiseDataVersion } from '../../database/data-version.ts';
import { fromWkb } from '../../database/multipolygon-wkb.ts';
import type { Database } from '../../database/open-database.ts';
import { syncEmbeddedCluster } from '../../database/sync-cluster.ts';
import {
  type CommuneRow,
  createStage,
  deleteProvinces,
  describeDemonstration,
  findBoundarySet,
  insertBoundarySet,
  insertCommunes,
  insertProvinces,
  listGaps,
  listOutlines,
  listOverlaps,
  type Overlap,
  repairStage,
  saveReport,
  stageCommunes,
} from './boundaries-queries.ts';
import { type CommuneDraft, mergeParts, readFeature, recogniseFields } from './boundaries-rules.ts';
import { readBoundaryFile } from './boundary-files.ts';
import type { RawFeature } from './geojson-features.ts';
import { findProvince, type Province } from './provinces.ts';

export type ParsedBoundaryOptions = z.output<typeof BoundaryOptions>;
/** `reading` in bytes, `checking` and `filling` in communes; `total` null when not known. */
export type BoundaryProgress = { state: 'reading' | 'checking' | 'filling'; done: number; total: number | null };

/** A shared border drawn twice differs by square centimetres; less than this is no overlap and no gap. */
const smallestM2 = 1;
/** A larger hole is a lake, another province or a commune that is not in the file, not a slip of drawing. */
const largestGapM2 = 5_000_000;
const cellResolutions = [7, 8, 9] as const;
const listedAtMost = 20;
const rejectedAtMost = 1000;
const stageBytes = 4 << 20;
/** Viet Nam with its seas, generously; only to warn. */
const vietNam = { west: 100, south: 5, east: 120, north: 25 };

/**
 * Import a boundary file as a named, dated boundary set: outlines repaired, overlaps and gaps measured, owned and touching cells
 * filled, all in one transaction. The first set becomes the default; a demonstration province gives way to the first real
 * one. The same set again with the same content changes nothing (`unchanged`).
 * Errors (`AppError`, for people): `conflict` when the set is there with other content, or the demonstration province holds data of
 * an office; `unprocessable` or `invalid_input` when the file cannot be a boundary set; `too_large`.
 */
export async function importBoundaries(
  db: Database,
  request: {
    file: string;
    options: ParsedBoundaryOptions;
    /** Who brings the file, for the log, and how far they reach. */
    by: Actor & { scope: Scope };
    onProgress?: (progress: BoundaryProgress) => void;
  },
): Promise<BoundaryReport> {
  const { file, options, by, onProgress = () => {} } = request;
  const workDir = join(db.stagingDir, `boundaries-${randomUUID()}`);
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  try {
    const reading = await readCommunes(file, options, workDir, onProgress);
    const report = await db.transaction(by.scope, (transaction) =>
      storeCommunes(db, transaction, { ...reading, options, by, workDir, onProgress }),
    );
    await syncEmbeddedCluster(db);
    return report;
  } catch (error) {
    if ((error as { code?: string; constraint?: string }).constraint === 'boundary_set_pkey')
      throw setExists(options.set);
    throw error;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** What a file holds, before the database is asked. */
type Reading = {
  communes: (CommuneRow & { notes: string[] })[];
  provinces: Province[];
  rejected: BoundaryReport['rejected'];
  warnings: string[];
};

async function readCommunes(
  file: string,
  options: ParsedBoundaryOptions,
  workDir: string,
  onProgress: (progress: BoundaryProgress) => void,
): Promise<Reading> {
  const drafts: CommuneDraft[] = [];
  const rejected: BoundaryReport['rejected'] = [];
  const warnings: string[] = [];
  let feature = 0;
  const features = readBoundaryFile(file, {
    layer: options.layer,
    crs: options.crs,
    workDir,
    onProgress: (done, total) => onProgress({ state: 'reading', done, total }),
  });
  const { fields, all } = await withFields(features, options);
  for await (const raw of all) {
    feature++;
    const read = readFeature(raw, feature, fields);
    if ('rejected' in read) rejected.push({ feature, reason: read.rejected });
    else drafts.push(read);
  }
  if (drafts.length === 0) throw nothingLeft(rejected);
  const { communes, merged } = mergeParts(drafts);
  for (const { code, parts } of merged) {
    warnings.push(`Mã ${code}: ${parts} đối tượng cùng tên được gộp làm một xã. (${parts} features were merged.)`);
  }
  const { kept, provinces } = placeInProvinces(communes, options, fields.province, rejected, warnings);
  if (kept.length === 0) throw nothingLeft(rejected);
  const unknownPopulation = kept.filter(({ population }) => population === null).length;
  if (fields.population !== undefined && unknownPopulation > 0)
    warnings.push(
      `${unknownPopulation} xã không có số dân hoặc ghi 0: coi là chưa biết. (Population missing or zero: taken as unknown.)`,
    );
  if (rejected.length > rejectedAtMost)
    warnings.push(
      `Chỉ liệt kê ${rejectedAtMost} trong ${rejected.length} đối tượng bị loại. (Not all rejected features are listed.)`,
    );
  return { communes: kept, provinces, rejected: rejected.slice(0, rejectedAtMost), warnings };
}

/** Fields are known after a look at the first features: GeoJSON may leave absent ones out. */
async function withFields(features: AsyncGenerator<RawFeature>, options: ParsedBoundaryOptions) {
  const first: RawFeature[] = [];
  while (first.length < 50) {
    const { value, done } = await features.next();
    if (done) break;
    first.push(value);
  }
  const names = new Set(first.flatMap(({ properties }) => Object.keys(properties)));
  if (first.length === 0) throw nothingLeft([]);
  async function* all(): AsyncGenerator<RawFeature> {
    yield* first;
    yield* features;
  }
  return { fields: recogniseFields([...names], options), all: all() };
}

function placeInProvinces(
  drafts: readonly CommuneDraft[],
  options: ParsedBoundaryOptions,
  field: string | undefined,
  rejected: BoundaryReport['rejected'],
  warnings: string[],
): { kept: Reading['communes']; provinces: Province[] } {
  if (options.province === undefined && field === undefined)
    throw new AppError(
      'invalid_input',
      'Không rõ các xã thuộc tỉnh nào: hãy khai --province (mã tỉnh) hoặc --province-field. (Give --province or --province-field.)',
    );
  const known = new Map<string, Province | undefined>();
  const provinces = new Map<string, Province>();
  const kept: Reading['communes'] = [];
  for (const { feature, province: written, outline, ...draft } of drafts) {
    const text = options.province ?? written ?? '';
    if (!known.has(text)) known.set(text, resolveProvince(text, warnings));
    const province = known.get(text);
    if (province === undefined) {
      rejected.push({ feature, reason: `Mã ${draft.code}: không nhận ra tỉnh "${text}". (Unknown province.)` });
      continue;
    }
    provinces.set(province.code, province);
    kept.push({ ...draft, provinceCode: province.code, ewkb: outline });
  }
  return { kept, provinces: [...provinces.values()].sort((a, b) => (a.code < b.code ? -1 : 1)) };
}

function resolveProvince(text: string, warnings: string[]): Province | undefined {
  const province = findProvince(text);
  if (province === undefined) {
    const code = text.trim();
    return /^\d{1,3}$/.test(code) ? { code: code.padStart(2, '0'), nameVi: code, nameEn: code } : undefined;
  }
  const isFormerName =
    /\p{L}/u.test(text) && findProvince(province.nameVi)?.code === province.code && !text.includes(province.nameVi);
  if (isFormerName || (/^\d+$/.test(text.trim()) && text.trim().padStart(2, '0') !== province.code))
    warnings.push(
      `Tỉnh "${text.trim()}" được ghi vào ${province.code} ${province.nameVi}. (Kept under the province of today.)`,
    );
  return province;
}

type Loading = Reading & {
  options: ParsedBoundaryOptions;
  by: Actor;
  workDir: string;
  onProgress: (progress: BoundaryProgress) => void;
};

async function storeCommunes(db: Database, transaction: Knex.Transaction, loading: Loading): Promise<BoundaryReport> {
  const { options, onProgress, provinces } = loading;
  const warnings = [...loading.warnings];
  const set = {
    id: options.set,
    name: options.name ?? options.set,
    validFrom: options.validFrom,
    validTo: options.validTo,
  };
  const fingerprint = fingerprintOf(set, loading.communes);
  const demoRemoved = await removeDemonstration(transaction, provinces);
  const existing = await findBoundarySet(transaction, set.id);
  if (existing !== undefined) {
    if (existing.fingerprint !== fingerprint) throw setExists(set.id);
    return { ...BoundaryReport.parse(existing.report), unchanged: true };
  }

  const total = loading.communes.length;
  onProgress({ state: 'checking', done: 0, total });
  await insertBoundarySet(transaction, set);
  await insertProvinces(transaction, provinces);
  const { repaired, emptied } = await stageAndRepair(transaction, loading.communes);
  const rejected = [
    ...loading.rejected,
    ...emptied.map((code) => ({
      feature: 0,
      reason: `Mã ${code}: hình hỏng, sửa xong không còn gì. (Nothing is left of the invalid outline.)`,
    })),
  ];
  const { communes, areaM2 } = await insertCommunes(transaction, set.id);
  if (communes === 0) throw nothingLeft(rejected);

  const overlaps = await measureOverlaps(transaction, set.id, loading.communes, (done) =>
    onProgress({ state: 'checking', done, total }),
  );
  const gaps = await listGaps(transaction, set.id, { minM2: smallestM2, maxM2: largestGapM2 });

  onProgress({ state: 'filling', done: 0, total });
  const outlines = await listOutlines(transaction, set.id);
  const shapes = outlines.map(
    ({ code, wkb }): CommuneShape => ({ code, geometry: { type: 'MultiPolygon', coordinates: fromWkb(wkb) } }),
  );
  if (shapes.every(isOutsideVietNam))
    warnings.push(
      'Mọi xã đều nằm ngoài Việt Nam: hãy kiểm tra hệ toạ độ (--crs). (Everything lies outside Viet Nam: check the coordinate system.)',
    );
  const cells = await fillCells(db, transaction, { set: set.id, shapes, workDir: loading.workDir }, (done) =>
    onProgress({ state: 'filling', done, total }),
  );

  const report: BoundaryReport = {
    set: set.id,
    communes,
    provinces: provinces.map(({ code }) => code),
    areaKm2: areaM2 / 1e6,
    repaired,
    rejected,
    overlaps: { pairs: overlaps.length, areaM2: sum(overlaps), largest: overlaps.slice(0, listedAtMost) },
    gaps: { count: gaps.length, areaM2: sum(gaps), largest: gaps.slice(0, listedAtMost) },
    cells,
    warnings,
    demoRemoved,
    unchanged: false,
  };
  await saveReport(transaction, set.id, { ...report, fingerprint });
  await raiseDataVersion(transaction);
  const { areaKm2 } = report;
  await recordAudit(transaction, loading.by, {
    action: 'boundaries.imported',
    target: `boundaries/${set.id}`,
    after: { ...set, communes, provinces: report.provinces, areaKm2, demoRemoved, fingerprint },
  });
  return report;
}

/** A demonstration gives way to the first real province, unless somebody has begun to work in it. */
async function removeDemonstration(transaction: Knex.Transaction, provinces: readonly Province[]): Promise<boolean> {
  const demonstration = await describeDemonstration(transaction);
  const isReal = provinces.some(({ code }) => !demonstration.provinces.includes(code));
  if (demonstration.provinces.length === 0 || demonstration.hasRealProvince || !isReal) return false;
  if (demonstration.userOffices.length > 0)
    throw new AppError(
      'conflict',
      `Cơ sở dữ liệu đang chứa tỉnh mô phỏng, trong đó có dữ liệu đã nhập của: ${demonstration.userOffices.join(', ')}. ` +
        'Hãy hoàn tác các lô nhập đó, hoặc dùng một thư mục dữ liệu (DATA_DIR) mới. ' +
        '(The demonstration province holds data these offices imported: undo their batches or start with an empty database.)',
      { details: demonstration.userOffices },
    );
  await deleteProvinces(transaction, demonstration.provinces);
  return true;
}

async function stageAndRepair(
  transaction: Knex.Transaction,
  communes: Reading['communes'],
): Promise<{ repaired: BoundaryReport['repaired']; emptied: string[] }> {
  await createStage(transaction);
  for (const batch of batchesOf(communes)) await stageCommunes(transaction, batch);
  const repairs = await repairStage(transaction);
  const notes = communes.flatMap(({ code, notes }) =>
    notes.map((reason) => ({ code, reason, at: null, areaChangeM2: 0 })),
  );
  return {
    repaired: [
      ...notes,
      ...repairs
        .filter(({ isEmpty }) => !isEmpty)
        .map(({ code, reason, lng, lat, areaChangeM2 }) => ({
          code,
          reason: reasonInVietnamese(reason),
          at: lng === null || lat === null ? null : ([lng, lat] satisfies [number, number]),
          areaChangeM2,
        })),
    ],
    emptied: repairs.filter(({ isEmpty }) => isEmpty).map(({ code }) => code),
  };
}

function* batchesOf(communes: Reading['communes']): Generator<Reading['communes']> {
  let batch: Reading['communes'] = [];
  let bytes = 0;
  for (const commune of communes) {
    batch.push(commune);
    bytes += commune.ewkb.length;
    if (bytes < stageBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

async function measureOverlaps(
  transaction: Knex.Transaction,
  set: string,
  communes: readonly CommuneRow[],
  onProgress: (done: number) => void,
): Promise<Overlap[]> {
  const overlaps: Overlap[] = [];
  const step = 50; // so that the bar moves and no statement runs for minutes
  for (let done = 0; done < communes.length; done += step) {
    const codes = communes.slice(done, done + step).map(({ code }) => code);
    overlaps.push(...(await listOverlaps(transaction, set, codes, smallestM2)));
    onProgress(Math.min(done + step, communes.length));
  }
  return overlaps.sort((a, b) => b.areaM2 - a.areaM2);
}

async function fillCells(
  db: Database,
  transaction: Knex.Transaction,
  { set, shapes, workDir }: { set: string; shapes: readonly CommuneShape[]; workDir: string },
  onProgress: (done: number) => void,
): Promise<BoundaryReport['cells']> {
  const file = join(workDir, 'cells.copy');
  const writer = createBinaryCopyWriter(file);
  const setField = encodedText(set);
  const isOwnedField = { true: new Uint8Array([0, 0, 0, 1, 1]), false: new Uint8Array([0, 0, 0, 1, 0]) };
  const counts = { owned: 0, touching: 0 };
  const index = communeIndex(shapes);
  const step = 8; // some hundredths of a second at a time: the process answers requests meanwhile
  for (let done = 0; done < shapes.length; done += step) {
    const some = shapes.slice(done, done + step);
    for (const res of cellResolutions) {
      const resField = new Uint8Array([0, 0, 0, 2, 0, res]);
      for (const { code, owned, touching } of communeCells(index, some, res)) {
        const codeField = encodedText(code);
        const write = (cell: bigint, isOwned: boolean) => {
          writer.beginRow(5);
          writer.encoded(setField);
          writer.encoded(resField);
          writer.int8(Number(cell >> 32n), Number(cell & 0xffff_ffffn));
          writer.encoded(codeField);
          writer.encoded(isOwned ? isOwnedField.true : isOwnedField.false);
        };
        for (const cell of owned) write(cell, true);
        for (const cell of touching) write(cell, false);
        counts.owned += owned.length;
        counts.touching += touching.length;
      }
    }
    onProgress(Math.min(done + step, shapes.length));
    await new Promise((next) => setImmediate(next));
  }
  writer.finish();
  await bulkLoad(db, transaction, {
    table: 'commune_cell',
    columns: ['boundary_set_id', 'res', 'cell', 'commune_code', 'is_owned'],
    file,
  });
  return counts;
}

/** What the set says, whatever the format and order of the file. */
function fingerprintOf(set: object, communes: readonly CommuneRow[]): string {
  const hash = createHash('sha256').update(JSON.stringify(set));
  for (const { code, name, fullName, kind, provinceCode, population, ewkb } of communes) {
    hash.update(JSON.stringify([code, name, fullName, kind, provinceCode, population])).update(ewkb);
  }
  return hash.digest('hex');
}

/** GEOS's words for what is wrong with an outline (geos::operation::valid::TopologyValidationError). */
const reasons: Record<string, string> = {
  'Self-intersection': 'đường biên tự cắt',
  'Ring Self-intersection': 'đường biên tự chạm',
  'Hole lies outside shell': 'lỗ nằm ngoài vành',
  'Holes are nested': 'lỗ lồng nhau',
  'Interior is disconnected': 'phần trong bị cắt rời',
  'Nested shells': 'các phần lồng nhau',
  'Duplicate Rings': 'vành lặp lại',
  'Too few points in geometry component': 'vành quá ít điểm',
};

function reasonInVietnamese(reason: string): string {
  return reasons[reason] === undefined ? reason : `${reasons[reason]} (${reason})`;
}

function isOutsideVietNam({ geometry }: CommuneShape): boolean {
  const [lng = 0, lat = 0] = geometry.coordinates.flat(2)[0] as unknown as number[];
  return lng < vietNam.west || lng > vietNam.east || lat < vietNam.south || lat > vietNam.north;
}

function sum(items: readonly { areaM2: number }[]): number {
  return items.reduce((total, { areaM2 }) => total + areaM2, 0);
}

function setExists(set: string): AppError {
  return new AppError(
    'conflict',
    `Bộ ranh giới "${set}" đã tồn tại với nội dung khác: hãy đặt mã khác bằng --set. (The set exists with other content: choose another id.)`,
  );
}

function nothingLeft(rejected: BoundaryReport['rejected']): AppError {
  const first = rejected.slice(0, 3).map(({ feature, reason }) => `${feature}: ${reason}`);
  return new AppError(
    'unprocessable',
    `Tệp không có xã nào dùng được${first.length > 0 ? ` (${rejected.length} đối tượng bị loại; ${first.join(' ')})` : ''}. (No usable commune in the file.)`,
    { details: rejected.slice(0, 100) },
  );
}
