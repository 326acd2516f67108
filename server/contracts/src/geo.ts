import { z } from 'zod';

/** [longitude, latitude] in degrees WGS84 (EPSG:4326). */
export const LngLat = z.tuple([z.number(), z.number()]);
export type LngLat = z.output<typeof LngLat>;

/** [west, south, east, north] in degrees WGS84. */
export const Bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Bbox = z.output<typeof Bbox>;

/** An H3 cell as its 15-digit lower-case hexadecimal index. */
export const H3Cell = z.string().regex(/^8[0-9a-f]{14}$/, 'expected a 15-digit H3 cell index');
export type H3Cell = z.output<typeof H3Cell>;

/** Resolutions the platform counts at; average cell area 5.16, 0.737, 0.105 and 0.015 km² (h3geo.org, table of cell statistics). */
export const H3Res = z.coerce
  .number<string | number>()
  .int()
  .min(7, 'res must be 7, 8, 9 or 10')
  .max(10, 'res must be 7, 8, 9 or 10')
  .transform((res) => res as 7 | 8 | 9 | 10);
export type H3Res = 7 | 8 | 9 | 10;

export const MultiPolygonGeometry = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(z.array(z.number())))),
});
export type MultiPolygonGeometry = z.output<typeof MultiPolygonGeometry>;

/** A commune as it is spoken of. */
export const CommuneRef = z.object({ code: z.string(), name: z.string() });
