import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, Day } from './filters.ts';
import { CommuneRef, H3Cell, H3Res } from './geo.ts';

/** What is scored in each cell: records, records per km², or records per 10,000 people (population of the commune spread evenly over its owned cells). */
export const HotspotMeasure = z.enum(['count', 'perKm2', 'per10k']).default('count');

export const emergingGroups = ['emerging', 'lasting', 'falling', 'unsteady', 'past'] as const;
/** The five plain groups: mới nổi, kéo dài, đang giảm, thất thường, đã qua. */
export const EmergingGroup = z.enum(emergingGroups);
export type EmergingGroup = z.output<typeof EmergingGroup>;

/**
 * ±1, ±2, ±3: significant at 90, 95, 99%, after the false discovery rate of both questions (Gi*, and the exact chance of so many
 * records in the cell and its ring: docs/hotspots.md); positive = hot, negative = cold, 0 = neither.
 */
export const Significance = z.number().int().min(-3).max(3);

/** What must be said on the map itself before anybody believes it. */
export const HotspotWarning = z.discriminatedUnion('kind', [
  /** `counted` records over the grid; below `needed` the scores say little. */
  z.object({ kind: z.literal('few-incidents'), counted: z.number().int(), needed: z.number().int() }),
  /** "chưa đủ kỳ": no label under 12 monthly steps that any commune reported; `steps` counts those. */
  z.object({ kind: z.literal('few-steps'), steps: z.number().int(), needed: z.number().int() }),
  /** Commune-months that were not reported and so are not in the statistic; `communes` have none left and are outside the grid. */
  z.object({
    kind: z.literal('unreported'),
    communeMonths: z.number().int(),
    communes: z.array(z.string()),
  }),
  /** Counts that are not divided by people: hot where people are. */
  z.object({ kind: z.literal('raw-counts') }),
  /** Places where one coordinate carries too many records, the largest first. */
  z.object({
    kind: z.literal('pile-ups'),
    records: z.number().int(),
    places: z.array(z.object({ lng: z.number(), lat: z.number(), cell: H3Cell, count: z.number().int() })),
  }),
  /** Communes without a population, outside the grid of `per10k`. */
  z.object({ kind: z.literal('no-population'), communes: z.array(z.string()) }),
]);
export type HotspotWarning = z.output<typeof HotspotWarning>;

export const HotspotsQuery = CountFilters.extend({
  res: H3Res,
  measure: HotspotMeasure,
  /** `significant`: list only cells that are significant (90% after FDR) or carry a label; the statistic is the same. */
  only: z.enum(['all', 'significant']).default('all'),
});
export type HotspotsQuery = z.output<typeof HotspotsQuery>;

/** One calendar month that lies wholly in the window: a step of the labels. */
const Step = z.object({ from: Day, to: Day, unreportedCommunes: z.number().int() });

/**
 * Getis–Ord Gi* over the full grid: every cell whose centre lies in a commune of the default set that the account reaches,
 * zeros included; where the filter names communes, in one of those (elsewhere the zeros would be the filter's).
 * Commune-months without a report leave the statistic: their records are not counted, and a cell's value is scaled to the
 * whole window by the days that were reported (`count · days in window ÷ days reported`).
 * Arrays are index-aligned with `cells`, which are sorted. Numbers are rounded to six significant digits.
 */
export const HotspotsResponse = z.object({
  dataVersion: z.number().int(),
  res: z.number().int(),
  from: Day,
  to: Day,
  measure: z.string(),
  /** Version and parameters of every rule behind the numbers. */
  rule: z.string(),
  /** Cells in the statistic. */
  gridCells: z.number().int(),
  /** Records that match: in cells, known only to the commune. */
  total: z.number().int(),
  inCells: z.number().int(),
  communeOnly: z.number().int(),
  timeUnknown: z.number().int(),
  /** Records in the statistic: those in cells, in months that were reported. */
  counted: z.number().int(),
  /** Mean of the scored value over the grid. */
  mean: z.number(),
  /** Global Moran's I: is there clustering at all? null when all cells are equal. */
  moran: z.object({ i: z.number(), expected: z.number(), z: z.number(), p: z.number() }).nullable(),
  steps: z.array(Step),
  /** Number of cells at each level after FDR (each once, at its strictest), over the whole grid, and what 95% without FDR would have called. */
  significant: z.object({
    hot: z.object({ p90: z.number().int(), p95: z.number().int(), p99: z.number().int() }),
    cold: z.object({ p90: z.number().int(), p95: z.number().int(), p99: z.number().int() }),
    withoutFdr: z.object({ hot: z.number().int(), cold: z.number().int() }),
  }),
  /** Cells of each plain group over the whole grid; null under 12 steps. */
  groups: z.record(EmergingGroup, z.object({ hot: z.number().int(), cold: z.number().int() })).nullable(),
  warnings: z.array(HotspotWarning),
  cells: z.array(H3Cell),
  /** Records in the statistic. */
  counts: z.array(z.number()),
  z: z.array(z.number().nullable()),
  p: z.array(z.number().nullable()),
  q: z.array(z.number().nullable()),
  /** Benjamini–Hochberg's q of the exact (binomial) chance that the cell and its ring hold so many of these records, or so few. */
  exactQ: z.array(z.number().nullable()),
  significance: z.array(Significance),
  /** One of the 17 labels, 'none', or null under 12 steps. */
  label: z.array(z.string().nullable()),
  group: z.array(EmergingGroup.nullable()),
});
export type HotspotsResponse = z.output<typeof HotspotsResponse>;

export const getHotspots = endpoint({
  method: 'GET',
  path: '/api/hotspots',
  query: HotspotsQuery,
  response: HotspotsResponse,
});

/** "Why this cell": its numbers against its neighbours' and the province's, and its months. */
export const HotspotStory = z.object({
  dataVersion: z.number().int(),
  cell: H3Cell,
  res: z.number().int(),
  from: Day,
  to: Day,
  measure: z.string(),
  rule: z.string(),
  /** Owner, default set. */
  commune: CommuneRef,
  gridCells: z.number().int(),
  /** 1 = highest z. */
  rank: z.number().int().nullable(),
  count: z.number(),
  value: z.number(),
  /** The ring around it, inside the grid. */
  neighbours: z.array(z.object({ cell: H3Cell, count: z.number(), value: z.number() })),
  /** Sum of the values of the cell and its ring, what chance puts there (cells · mean), and the standard deviation of that. */
  localSum: z.number(),
  expectedSum: z.number(),
  spread: z.number(),
  mean: z.number(),
  z: z.number().nullable(),
  p: z.number().nullable(),
  q: z.number().nullable(),
  /** Records of the cell and its ring, and how often chance alone would put so many there, or so few: exact, and after FDR. */
  localCount: z.number().int(),
  exactP: z.number().nullable(),
  exactQ: z.number().nullable(),
  significance: Significance,
  label: z.string().nullable(),
  group: EmergingGroup.nullable(),
  /** Monthly: records of the cell, of the cell with its ring, and the cell's z; null in a month that its commune did not report. */
  steps: z.array(
    z.object({
      from: Day,
      to: Day,
      count: z.number().nullable(),
      neighbourhood: z.number().nullable(),
      z: z.number().nullable(),
    }),
  ),
  /** Mann–Kendall over the z of the reported steps, and Theil–Sen slope of the neighbourhood's counts per month; null under 12 steps. */
  trend: z.object({ s: z.number(), z: z.number(), p: z.number(), tau: z.number(), slope: z.number() }).nullable(),
  warnings: z.array(HotspotWarning),
});
export type HotspotStory = z.output<typeof HotspotStory>;

/** Errors: `not_found` for a cell that is not in the grid. */
export const getHotspotStory = endpoint({
  method: 'GET',
  path: '/api/hotspots/:cell',
  params: z.object({ cell: H3Cell }),
  query: CountFilters.extend({ measure: HotspotMeasure }),
  response: HotspotStory,
});
