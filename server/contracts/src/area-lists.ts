import { z } from 'zod';
import { AreaFilter, AreaLevel, AreaType } from './areas.ts';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';

/** One row of a year's list as it was read. */
export const AreaListRow = z.object({
  /** Row of the sheet, 1-based, the heading included. */
  row: z.number().int(),
  name: z.string(),
  communeCode: z.string(),
  communeName: z.string(),
  types: z.array(AreaType),
  level: AreaLevel,
  description: z.string(),
  decisionNumber: z.string().nullable(),
  decisionDate: Day.nullable(),
  /**
   * new: a new area, proposed and listed; carried: an area of the year before, carried over; known: already listed for the year,
   * nothing is done.
   */
  does: z.enum(['new', 'carried', 'known']),
  /** The area it was found to be (same name and commune; accents and case ignored where none has the very accents). */
  areaId: z.uuid().nullable(),
  /** Types of that area, where the row has others: they stay, its own page changes them. */
  keepsTypes: z.array(AreaType).nullable(),
});
export type AreaListRow = z.output<typeof AreaListRow>;

export const AreaListAnswer = z.object({
  dataVersion: z.number().int(),
  year: z.number().int(),
  sha256: z.string(),
  sheet: z.string(),
  /** Field → heading of the column it was read from; null = not found. */
  columns: z.record(z.string(), z.string().nullable()),
  rows: z.array(AreaListRow),
  rejected: z.array(
    z.object({
      row: z.number().int(),
      field: z.string(),
      got: z.string(),
      reason: z.string(),
      suggestion: z.string().nullable(),
    }),
  ),
  /** Written; false for a review. */
  committed: z.boolean(),
  /** Ids of the steps that now wait for a second person. */
  pending: z.array(z.uuid()),
});
export type AreaListAnswer = z.output<typeof AreaListAnswer>;

/**
 * A year's list from a workbook or CSV: name, commune, types, decision number and date, also description and level; a cell joined
 * over several rows counts for each. Multipart:
 * field `options` (JSON of AreaListOptions) and `file`. Without `commit` a review, which writes nothing. Listings wait for a second
 * person. The same file again changes nothing. Errors: `person_data` when a column or cell holds data of a person (nothing is written);
 * `unprocessable` when the heading is not found or no row can be taken.
 */
export const postAreaList = endpoint({ method: 'POST', path: '/api/area-lists', response: AreaListAnswer });
export const AreaListOptions = z
  .object({
    year: z.number().int().min(2000).max(2100),
    commit: z.boolean().default(false),
    sheet: z.string().max(200).optional(),
  })
  .strict();
export type AreaListOptions = z.output<typeof AreaListOptions>;

/** GET: an empty list with its headings and a row of example. */
export const areaListTemplatePath = '/api/area-lists/template.xlsx';
/** GET: lists, events and readings of the areas selected (query as AreaFilter), as a workbook; the export is logged. */
export const areasExportPath = '/api/areas.xlsx';
export const AreasExportQuery = AreaFilter.extend({
  /** A workbook that is taken along holds all that match: screens ask for less at a time. */
  limit: AreaFilter.shape.limit.unwrap().default(10_000),
  lang: z.enum(['vi', 'en']).default('vi'),
});
/** GET: one area with its events, months and evidence. */
export const areaExportPath = '/api/areas/:id/sheet.xlsx';
