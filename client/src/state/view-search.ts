import type { AreaType, H3Res } from '@diemnong/contracts';
import { z } from 'zod';

/**
 * What the address holds: view, filters, time, selection, camera and language, so that every view is a link.
 * Absent = the default, and defaults are never written. A damaged value falls back to its default; a link never fails.
 */

/** Lists are written `a,b`; an empty list is no filter. */
const list = <Item>(item: z.ZodType<Item, string>) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item))
    .transform((items) => (items.length > 0 ? items : undefined))
    .optional()
    .catch(undefined);

const oneOf = <const T extends readonly string[]>(...names: T) => z.enum(names).optional().catch(undefined);
const integer = (min: number, max: number) => z.coerce.number<string>().int().min(min).max(max);
const day = z.iso.date().optional().catch(undefined);

/** `hex:88…` or `commune:26740`. */
const Place = z
  .string()
  .regex(/^(hex:8[0-9a-f]{14}|commune:[\w.-]{1,20})$/)
  .optional()
  .catch(undefined);

/** `lng,lat,zoom` */
const Camera = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([z.number().min(-180).max(180), z.number().min(-85).max(85), z.number().min(0).max(22)]))
  .transform(([lng, lat, zoom]) => ({ lng, lat, zoom }))
  .optional()
  .catch(undefined);

export const ViewSearch = z.object({
  from: day,
  to: day,
  /** Default: hexagons. */
  layer: oneOf('commune', 'heat', 'hotspot', 'emerging'),
  /** Of the commune layer. Default: count. */
  measure: oneOf('perKm2', 'per10k', 'change'),
  /** What hot spots are scored by. Default: count. */
  score: oneOf('perKm2', 'per10k'),
  /** Cold groups are drawn beside the hot ones. */
  cold: oneOf('1'),
  /** Resolution pinned by hand; absent = follows the zoom, for hot spots one size whatever the zoom. */
  res: integer(7, 10)
    .transform((res) => res as H3Res)
    .optional()
    .catch(undefined),
  /** `auto` = classes follow the data on screen; absent = locked. */
  classes: oneOf('auto'),
  categories: list(z.string().regex(/^[\w.-]{1,40}$/)),
  hours: list(integer(0, 23)),
  weekdays: list(integer(1, 7)),
  set: z.string().max(40).optional().catch(undefined),
  selected: Place,
  pinned: Place,
  at: Camera,
  lang: oneOf('en'),
  present: oneOf('1'),
  /** Length of a period on the trend pages. Default: month. */
  by: oneOf('quarter', 'year', 'week', 'reporting'),
  /** Trend pages: compared along the lunar calendar around Tết. Default: the same dates. */
  align: oneOf('lunar'),
  /** Year of the cumulative count; default: the last one of the period. */
  year: integer(1970, 2100).optional().catch(undefined),
  /** What rates of communes are per. Default: population. */
  per: oneOf('area'),
  /** Year of the cumulative count by reporting months (from the cut-off day of December). Default: calendar year. */
  yearBy: oneOf('reporting'),
  /** Hot-spot areas are drawn over whatever layer is on. */
  areas: oneOf('1'),
  /** Of the areas layer: which part of the life cycle. Default: all that are not over. */
  areaGroup: oneOf('proposed', 'current', 'watched', 'over'),
  /** Hot-spot area that is selected on the map. */
  area: z.uuid().optional().catch(undefined),
  /** Open note on the page of alerts. */
  alert: z.uuid().optional().catch(undefined),
  /** Areas: listed for this year, of these types, in these communes, on this level, with these words in the name. */
  areaYear: integer(2000, 2100).optional().catch(undefined),
  areaTypes: list(integer(1, 4).transform((type) => type as AreaType)),
  areaCommunes: list(z.string().regex(/^[\w.-]{1,20}$/)),
  areaLevel: oneOf('province', 'commune'),
  areaText: z.string().max(100).optional().catch(undefined),
  /** Areas and targets as they stood at the end of this day. Default: today. */
  asOf: day,
  /** Targets: year of the list (default: the running one), the successes followed, and the list that is open below. */
  targetYear: integer(2000, 2100).optional().catch(undefined),
  cohort: oneOf('watched'),
  targetList: oneOf('no-relapse'),
  /** Open review task of the relapse watch. */
  task: z.uuid().optional().catch(undefined),
  /** Batch on the import screen. */
  lo: z.uuid().optional().catch(undefined),
});
export type View = z.output<typeof ViewSearch>;
export type LayerName = 'hex' | 'commune' | 'heat' | 'hotspot' | 'emerging';
export type ScoreName = 'count' | 'perKm2' | 'per10k';
export type MeasureName = 'count' | 'perKm2' | 'per10k' | 'change';
export type AreaGroupName = NonNullable<View['areaGroup']> | 'open';
export type Camera = NonNullable<View['at']>;

/** `?from=2026-01-01&…` → the texts the schema reads. */
export function parseSearchText(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** A view → `?from=2026-01-01&hours=18,19`; commas and colons stay readable. "" when everything is default. */
export function toSearchText(view: Record<string, unknown>): string {
  const parts = Object.entries(view).flatMap(([name, value]) => {
    const text = toText(value);
    return text === '' ? [] : [`${name}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')}`];
  });
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object' || value === null) return '';
  const { lng, lat, zoom } = value as Camera;
  return `${lng.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;
}
