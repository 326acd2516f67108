import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, HiddenUnder, ShownCount } from './filters.ts';
import { MultiPolygonGeometry } from './geo.ts';
import { Ratio } from './stories.ts';

export const CommuneProperties = z.object({
  code: z.string(),
  name: z.string(),
  /** Name with its kind: "Phường Phố Hiến". */
  fullName: z.string(),
  /** "xã", "phường", "đặc khu", "thị trấn" or "". */
  kind: z.string(),
  provinceCode: z.string(),
  /** Measured on the spheroid from the polygon. */
  areaKm2: z.number(),
  population: z.number().int().nullable(),
  /** Where the label goes: inside the polygon. */
  labelPoint: z.tuple([z.number(), z.number()]),
});
export type CommuneProperties = z.output<typeof CommuneProperties>;

/** Communes of one boundary set (default set when absent) as GeoJSON, simplified for drawing (shared borders stay shared). */
export const getCommunes = endpoint({
  method: 'GET',
  path: '/api/communes',
  query: z.object({ boundarySet: z.string().optional() }),
  response: z.object({
    type: z.literal('FeatureCollection'),
    dataVersion: z.number().int(),
    boundarySet: z.string().nullable(),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string(),
        properties: CommuneProperties,
        geometry: MultiPolygonGeometry,
      }),
    ),
  }),
});

/**
 * Counts per commune of one boundary set, every commune listed, zeros included, ordered by code.
 * Records with a point are placed by their point in any set; records known only to the commune belong to the default set
 * and are counted as `unplaced` under another one.
 */
export const getCommuneCounts = endpoint({
  method: 'GET',
  path: '/api/communes/counts',
  query: CountFilters.extend({ boundarySet: z.string().optional() }),
  response: z.object({
    dataVersion: z.number().int(),
    boundarySet: z.string().nullable(),
    from: z.string(),
    to: z.string(),
    hiddenUnder: HiddenUnder,
    total: ShownCount,
    inCells: ShownCount,
    communeOnly: ShownCount,
    timeUnknown: z.number().int(),
    /** Records that match but lie in no commune of this set. */
    unplaced: ShownCount,
    communes: z.array(
      z.object({
        code: z.string(),
        count: ShownCount,
        inCells: ShownCount,
        communeOnly: ShownCount,
        /** null when the count is hidden. */
        perKm2: z.number().nullable(),
        /** Per 10,000 people; null without a population and when the count is hidden. */
        per10k: z.number().nullable(),
        /** Same calendar dates one year earlier; 29 February becomes 28 February. */
        previous: ShownCount,
        /** null while `previous` is under 20, the window a year earlier begins before the first record, or a count is hidden. */
        changePercent: z.number().nullable(),
        ratio: Ratio,
        /** Every calendar month that begins in the window was reported. */
        reported: z.boolean(),
        unreportedMonths: z.number().int(),
      }),
    ),
  }),
});
