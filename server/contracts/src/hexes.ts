import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, HiddenUnder, Weight } from './filters.ts';
import { H3Cell, H3Res } from './geo.ts';

/**
 * Counts per H3 cell, non-empty cells only (by severity: those that weigh more than 0), sorted by cell; every other owned
 * cell of the province counts zero, and `ownedCells` says how many there are. Only `point` and `street` records are in
 * cells: `total = inCells + communeOnly`.
 *
 * The same answer as bytes when the request accepts `application/octet-stream` (35–70 times smaller than polygons):
 * `"DNH1"`, then unsigned LEB128 varints: res, dataVersion, scale, total, inCells, communeOnly, timeUnknown,
 * ownedCells (+1; 0 = unknown), n, then n cells and n counts. Cells are shifted right by 3·(15 − res) bits (the
 * unused digits), sorted, first as is, then as differences. total, inCells, communeOnly and counts are multiplied by `scale`
 * (1 for `weight=count`, 1000 for `weight=severity`) and rounded. An answer with hidden numbers has no such form: whoever gets
 * one (`hiddenUnder` not null) gets JSON, with the cells that are shown and no others.
 */
export const HexesQuery = CountFilters.extend({ res: H3Res, weight: Weight });
export type HexesQuery = z.output<typeof HexesQuery>;

export const HexesResponse = z.object({
  dataVersion: z.number().int(),
  res: z.number().int(),
  from: z.string(),
  to: z.string(),
  hiddenUnder: HiddenUnder,
  /** These three are null when hidden. */
  total: z.number().nullable(),
  inCells: z.number().nullable(),
  communeOnly: z.number().nullable(),
  /** Records that match all but the hour or weekday filter, whose time is not known well enough. */
  timeUnknown: z.number(),
  /** Number of cells whose centre lies in a commune of the default set; null when not known at this resolution. */
  ownedCells: z.number().int().nullable(),
  cells: z.array(H3Cell),
  counts: z.array(z.number()),
});
export type HexesResponse = z.output<typeof HexesResponse>;

export const getHexes = endpoint({ method: 'GET', path: '/api/hexes', query: HexesQuery, response: HexesResponse });
