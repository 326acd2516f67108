import { z } from 'zod';

export const chartKinds = [
  'periods',
  'cumulative',
  'season',
  'tet',
  'groups',
  'funnel',
  'ranking',
  'changes',
  'hour-weekday',
  'concentration',
  'concentration-history',
  'targets',
  'target-history',
  'survival',
  'area-series',
] as const;
/** Charts that the server draws as the browser does, each from the answer of the endpoint of its numbers. */
export const ChartKind = z.enum(chartKinds);
export type ChartKind = z.output<typeof ChartKind>;

/**
 * How a drawn chart looks; the rest of the query is that of the endpoint its numbers come from. `width` and `height` are the
 * chart's, in pixels; the sheet around it is 40 wider and as much higher as its words need.
 */
export const ChartLook = z.object({
  lang: z.enum(['vi', 'en']).default('vi'),
  theme: z.enum(['light', 'dark', 'projector', 'print']).default('light'),
  width: z.coerce.number<string | number>().int().min(320).max(3840).default(960),
  height: z.coerce.number<string | number>().int().min(200).max(2160).default(480),
});

/** GET: one chart with its title, period, filters, data version and n, as `image/svg+xml` (query: `ChartLook` and the numbers' own). */
export const chartPath = '/api/charts/:kind.svg';
