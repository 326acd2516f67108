import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, HiddenUnder, ShownCount } from './filters.ts';
import { Bbox } from './geo.ts';

export const Category = z.object({
  code: z.string(),
  parent: z.string().nullable(),
  nameVi: z.string(),
  nameEn: z.string(),
  /** Article(s) of the Penal Code 2015 where there is one, e.g. "173". */
  article: z.string().nullable(),
  /** Type of hot-spot area the category counts for: 1–4, see docs. */
  areaType: z.number().int().min(1).max(4).nullable(),
  /** Severity weight ≥ 0 for harm-weighted maps; default 1. */
  weight: z.number(),
});
export type Category = z.output<typeof Category>;

export const BoundarySet = z.object({
  id: z.string(),
  name: z.string(),
  validFrom: Day,
  validTo: Day.nullable(),
  isDefault: z.boolean(),
  communeCount: z.number().int(),
});
export type BoundarySet = z.output<typeof BoundarySet>;

/** What a client must know before it asks anything else. */
export const getMeta = endpoint({
  method: 'GET',
  path: '/api/meta',
  response: z.object({
    dataVersion: z.number().int(),
    /** True when the database holds the simulated province: every screen then says so. */
    demo: z.boolean(),
    /** True when the database is the embedded engine (trial use: screens say so). */
    embedded: z.boolean(),
    provinces: z.array(z.object({ code: z.string(), nameVi: z.string(), nameEn: z.string() })),
    boundarySets: z.array(BoundarySet),
    categories: z.array(Category),
    offices: z.array(z.object({ code: z.string(), name: z.string() })),
    /** First day with a record, and the day after the last; null while there is none. For a `viewer` the published years. */
    range: z.object({ from: Day, to: Day }).nullable(),
    incidentCount: ShownCount,
    hiddenUnder: HiddenUnder,
    bbox: Bbox.nullable(),
    /** A PMTiles basemap is configured (BASEMAP). */
    basemap: z.boolean(),
    locale: z.literal('vi-VN'),
    timeZone: z.literal('Asia/Ho_Chi_Minh'),
  }),
});
