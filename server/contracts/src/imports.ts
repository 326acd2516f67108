import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** The fields an incident file can fill. Only `category`, a date, and a place (coordinates or commune) are needed. */
export const incidentFields = [
  'reference',
  'category',
  'occurredFrom',
  'occurredTo',
  'occurredTime',
  'reportedAt',
  'lng',
  'lat',
  'coordinates',
  'communeName',
  'communeCode',
  'precision',
  'state',
  'resolvedAt',
] as const;
export type IncidentField = (typeof incidentFields)[number];

/** field → heading as it stands in the file. A field that is absent is not read. */
export const ColumnMap = z.partialRecord(z.enum(incidentFields), z.string());
export type ColumnMap = z.output<typeof ColumnMap>;

/** MAP.json of the command line, and the mapping kept per office. */
export const ImportMapping = z.object({
  columns: ColumnMap.default({}),
  /** Value in the file → category code. */
  categories: z.record(z.string(), z.string()).default({}),
});
export type ImportMapping = z.output<typeof ImportMapping>;

export const ImportOptions = z.object({
  office: z
    .string()
    .trim()
    .min(1, 'office is required')
    .max(60)
    .regex(/^\P{C}+$/u, 'no control characters'),
  kind: z.enum(['incidents']).default('incidents'),
  /** `auto` = find by fit to the boundaries; else `EPSG:n` or `vn2000:106.5`. */
  crs: z.string().default('auto'),
  mapping: ImportMapping.optional(),
  /** Sheet of a workbook; first sheet with a heading row when absent. */
  sheet: z.string().optional(),
  /** Commit without review when nothing stops it. */
  commit: z.boolean().default(false),
  /** Batch this file corrects: `auto` finds it (same office, mostly the same references), `none` = a new batch. */
  replaces: z.union([z.literal('auto'), z.literal('none'), z.uuid()]).default('auto'),
});
export type ImportOptions = z.input<typeof ImportOptions>;

export const importStates = ['parsing', 'review', 'committing', 'committed', 'refused', 'undone'] as const;

/** A warning never stops an import; it is shown before commit. `code` names it, `message` is Vietnamese. */
export const ImportWarning = z.object({
  code: z.enum([
    'unknown_categories',
    'pile_up',
    'centroid',
    'null_island',
    'swapped_axes',
    'crs_found',
    'future_date',
    'old_date',
    'more_than_usual',
    'less_than_usual',
    'repeated_rows',
    'missing_reference',
    'commune_mismatch',
    'time_missing',
    'encoding',
    'other',
  ]),
  message: z.string(),
  messageEn: z.string(),
  rows: z.number().int(),
  /** First row numbers (as in the file, heading = 1). */
  sampleRows: z.array(z.number().int()),
  at: z.tuple([z.number(), z.number()]).nullable(),
  /** For unknown_categories: value → rows. */
  values: z.record(z.string(), z.number().int()).optional(),
});
export type ImportWarning = z.output<typeof ImportWarning>;

export const ImportDiff = z.object({
  replaces: z.string(),
  replacedFileName: z.string(),
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
});

export const ImportBatch = z.object({
  dataVersion: z.number().int(),
  id: z.string(),
  state: z.enum(importStates),
  kind: z.string(),
  office: z.string(),
  fileName: z.string(),
  fileBytes: z.number().int(),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
  /** Bytes or rows done so far, 0–1; null when not known. */
  progress: z.number().nullable(),
  rows: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  inCells: z.number().int(),
  communeOnly: z.number().int(),
  /** Days in Asia/Ho_Chi_Minh, `to` excluded. */
  period: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** What was understood of the file: format, encoding, delimiter, sheet, coordinate system, columns with samples. */
  reading: z
    .object({
      format: z.string(),
      encoding: z.string().nullable(),
      delimiter: z.string().nullable(),
      sheet: z.string().nullable(),
      sheets: z.array(z.string()),
      crs: z.string().nullable(),
      crsShare: z.number().nullable(),
      columns: z.array(z.object({ heading: z.string(), field: z.string().nullable(), samples: z.array(z.string()) })),
    })
    .nullable(),
  mapping: ImportMapping.nullable(),
  warnings: z.array(ImportWarning),
  /** Why rows were rejected, most frequent first. */
  rejections: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      messageEn: z.string(),
      rows: z.number().int(),
      sampleRows: z.array(z.number().int()),
    }),
  ),
  diff: ImportDiff.nullable(),
  /** The batch that took this one's place: it cannot be undone before that one is. */
  replacedBy: z.string().nullable(),
  /** Why the whole file was refused: person data, no readable columns, the same file again… */
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }).nullable(),
});
export type ImportBatch = z.output<typeof ImportBatch>;

const IdParams = z.object({ id: z.uuid() });

/** Multipart: field `options` (JSON of ImportOptions) and `file`. Streamed to disk; 202 at once. */
export const postImport = endpoint({ method: 'POST', path: '/api/imports', response: z.object({ id: z.string() }) });

/** Newest first, 100 at most. */
export const listImports = endpoint({
  method: 'GET',
  path: '/api/imports',
  response: z.object({ dataVersion: z.number().int(), imports: z.array(ImportBatch) }),
});
export const getImport = endpoint({ method: 'GET', path: '/api/imports/:id', params: IdParams, response: ImportBatch });

/** Read the same file again with another mapping or coordinate system; only in `review` or `refused`. */
export const remapImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/remap',
  params: IdParams,
  body: z.object({ mapping: ImportMapping.optional(), crs: z.string().optional(), sheet: z.string().optional() }),
  response: z.object({ id: z.string() }),
});
export const commitImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/commit',
  params: IdParams,
  response: ImportBatch,
});
export const undoImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/undo',
  params: IdParams,
  response: ImportBatch,
});
/** Drop a batch that was not committed. */
export const deleteImport = endpoint({
  method: 'DELETE',
  path: '/api/imports/:id',
  params: IdParams,
  response: z.object({ id: z.string() }),
});

/** For the map preview before commit: up to 5,000 accepted and 2,000 rejected positions, evenly sampled, and pile-ups. */
export const getImportPreview = endpoint({
  method: 'GET',
  path: '/api/imports/:id/preview',
  params: IdParams,
  response: z.object({
    dataVersion: z.number().int(),
    accepted: z.array(z.tuple([z.number(), z.number()])),
    rejected: z.array(z.tuple([z.number(), z.number()])),
    suspicious: z.array(z.object({ at: z.tuple([z.number(), z.number()]), rows: z.number().int(), code: z.string() })),
    /** First 200 rejected rows: row number, reason in Vietnamese and English, the cell that is wrong. */
    rejectedRows: z.array(
      z.object({
        row: z.number().int(),
        field: z.string().nullable(),
        heading: z.string().nullable(),
        got: z.string(),
        code: z.string(),
        message: z.string(),
        messageEn: z.string(),
        values: z.array(z.string()),
      }),
    ),
  }),
});

// GET /api/imports/:id/events: server-sent events, `data:` = ImportBatch, whenever it changes, ends when it rests.
// GET /api/imports/:id/errors.xlsx: the rejected rows as a workbook, the reason in Vietnamese in the cell that is wrong.
export const importEventsPath = '/api/imports/:id/events';
export const importErrorsPath = '/api/imports/:id/errors.xlsx';
