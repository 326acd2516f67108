import type { getImportPreview, ImportBatch, ImportMapping, ImportWarning, ResponseOf } from '@diemnong/contracts';
import type { ImportCommune } from './placement.ts';
import type { PlacementReason } from './reasons.ts';
import type { CategoryName } from './rows/categories.ts';

/** Where the rows of a file may lie: one province, one commune of it, or both; those elsewhere are rejected for `reason`. */
export type Area = { province: string | null; commune: string | null; reason: PlacementReason };

/** All that a worker needs to read one file: plain data, so that it can be posted. */
export type ReadingTask = {
  batchId: string;
  file: string;
  fileName: string;
  stagedDir: string;
  office: string;
  /** `auto`, `EPSG:n` or `vn2000:106.5`. */
  crs: string;
  sheet: string | null;
  /** What the person mapped, over what the office's earlier files used. */
  mapping: ImportMapping;
  categories: readonly CategoryName[];
  communes: readonly ImportCommune[];
  /** Reference numbers that other live batches of the office hold → name of that batch's file: rejected. */
  takenReferences: ReadonlyMap<string, string>;
  /** null = wherever there are communes. */
  area: Area | null;
  nowMs: number;
};

export type ImportPreview = Omit<ResponseOf<typeof getImportPreview>, 'dataVersion'>;
export type Reading = NonNullable<ImportBatch['reading']>;
export type Refusal = { code: string; message: string; details?: unknown };

/** What was learned of a file; its rows stand in the staged files. */
export type ReadImport = {
  reading: Reading;
  mapping: ImportMapping;
  rows: number;
  accepted: number;
  rejected: number;
  inCells: number;
  communeOnly: number;
  period: ImportBatch['period'];
  warnings: ImportWarning[];
  rejections: ImportBatch['rejections'];
  preview: ImportPreview;
  /** Accepted rows per month: '2026-10' → rows. */
  months: Record<string, number>;
  /** Rows rejected since they lie, or say they lie, elsewhere than in the task's area. */
  outsideArea: number;
  /** The commune whose months the file reports; null when its rows lie in several. */
  onlyCommune: string | null;
};

export type ReadingOutcome =
  | { read: ReadImport }
  | { refusal: Refusal; reading: Reading | null; mapping: ImportMapping | null };

/** Columns of a rejected row's workbook that the platform itself adds: never read back as the office's own. */
export const reasonHeading = 'Lý do từ chối';
export const rowHeading = 'Dòng trong tệp gốc';
/** Between the old value of a wrong cell and the reason. */
export const reasonMark = ' ⟵ ';
