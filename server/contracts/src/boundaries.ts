import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';

/** How a boundary file is read: which set it becomes and which fields hold what. */
export const BoundaryOptions = z.object({
  set: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'set must be 1–40 letters, digits, ".", "_" or "-"'),
  name: z.string().min(1).max(200).optional(),
  validFrom: Day,
  validTo: Day.optional(),
  /** Field names in the file; guessed from the usual Vietnamese and English names when absent. */
  codeField: z.string().optional(),
  nameField: z.string().optional(),
  provinceField: z.string().optional(),
  populationField: z.string().optional(),
  kindField: z.string().optional(),
  /** Province code for all communes, when the file has no such field. */
  province: z.string().optional(),
  /** Layer of a file that holds several. */
  layer: z.string().optional(),
  /** `auto` = as the file declares; else `EPSG:n` or `vn2000:106.5`. */
  crs: z.string().default('auto'),
});
export type BoundaryOptions = z.input<typeof BoundaryOptions>;

export const BoundaryReport = z.object({
  set: z.string(),
  communes: z.number().int(),
  provinces: z.array(z.string()),
  areaKm2: z.number(),
  /** Invalid rings repaired: what was wrong, where. */
  repaired: z.array(
    z.object({
      code: z.string(),
      reason: z.string(),
      at: z.tuple([z.number(), z.number()]).nullable(),
      areaChangeM2: z.number(),
    }),
  ),
  rejected: z.array(z.object({ feature: z.number().int(), reason: z.string() })),
  overlaps: z.object({
    pairs: z.number().int(),
    areaM2: z.number(),
    largest: z.array(z.object({ a: z.string(), b: z.string(), areaM2: z.number() })),
  }),
  gaps: z.object({
    count: z.number().int(),
    areaM2: z.number(),
    largest: z.array(z.object({ areaM2: z.number(), at: z.tuple([z.number(), z.number()]) })),
  }),
  cells: z.object({ owned: z.number().int(), touching: z.number().int() }),
  warnings: z.array(z.string()),
  demoRemoved: z.boolean(),
  /** The set was already there with the same content: nothing was changed, and this is the report of that import. */
  unchanged: z.boolean(),
});
export type BoundaryReport = z.output<typeof BoundaryReport>;

export const BoundaryImport = z.object({
  id: z.string(),
  state: z.enum(['reading', 'checking', 'filling', 'committed', 'refused']),
  done: z.number(),
  total: z.number().nullable(),
  report: BoundaryReport.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type BoundaryImport = z.output<typeof BoundaryImport>;

/** Multipart: `file` and `options` (JSON of BoundaryOptions). */
export const postBoundaryImport = endpoint({
  method: 'POST',
  path: '/api/boundary-imports',
  response: z.object({ id: z.string() }),
});

export const getBoundaryImport = endpoint({
  method: 'GET',
  path: '/api/boundary-imports/:id',
  params: z.object({ id: z.uuid() }),
  response: BoundaryImport,
});
