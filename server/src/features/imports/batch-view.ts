import type { ImportBatch } from '@diemnong/contracts';
import type { BatchRow } from './imports-queries.ts';

/** A batch on the wire, without the data version, which is added when it is answered. */
export type BatchView = Omit<ImportBatch, 'dataVersion'>;

/** What is not known yet, a batch that is still being read does not say. */
export function toBatchView(batch: BatchRow, progress: number | null = null): BatchView {
  const { summary } = batch;
  return {
    id: batch.id,
    state: batch.state,
    kind: batch.kind,
    office: batch.office,
    fileName: batch.fileName,
    fileBytes: batch.fileBytes,
    createdAt: batch.createdAt.toISOString(),
    committedAt: batch.committedAt?.toISOString() ?? null,
    progress,
    rows: summary.rows ?? 0,
    accepted: summary.accepted ?? 0,
    rejected: summary.rejected ?? 0,
    inCells: summary.inCells ?? 0,
    communeOnly: summary.communeOnly ?? 0,
    period: summary.period ?? null,
    reading: summary.reading ?? null,
    mapping: summary.mapping ?? null,
    warnings: summary.warnings ?? [],
    rejections: summary.rejections ?? [],
    diff: summary.diff ?? null,
    replacedBy: batch.replacedBy,
    error: summary.error ?? null,
  };
}

/** States in which nothing happens until a person acts. */
export function isAtRest(state: BatchRow['state']): boolean {
  return state !== 'parsing' && state !== 'committing';
}

/** A batch as the log names it. */
export const auditTarget = (id: string) => `import/${id}`;

/** What the log keeps of a batch: which file of which office, and how many rows; nothing of what stands in them. */
export function auditedBatch({ office, fileName, fileSha256, summary, replaces }: BatchRow): object {
  const { rows, accepted, rejected, error } = summary;
  return { office, fileName, sha256: fileSha256, rows, accepted, rejected, replaces, reason: error?.code };
}
