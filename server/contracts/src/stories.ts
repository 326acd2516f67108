import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, HiddenUnder, ShownCount } from './filters.ts';
import { CommuneRef, H3Cell } from './geo.ts';

/** Rate ratio now ÷ same period last year, exact conditional 95% interval and central p; null when both are zero, when the window a year earlier begins before the first record, and when a count is hidden. `null` bounds stand for infinity. */
export const Ratio = z
  .object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(), p: z.number() })
  .nullable();
export type Ratio = z.output<typeof Ratio>;

/** The story of one place in one period: how many, more or less than before and how sure, when, what kinds, what is left out. */
export const Story = z.object({
  dataVersion: z.number().int(),
  place: z.object({
    kind: z.enum(['hex', 'commune', 'province']),
    /** Cell index, commune code, or province code. */
    id: z.string(),
    name: z.string().nullable(),
    /** For a hexagon: communes its records or centre lie in, default set. */
    communes: z.array(CommuneRef),
    areaKm2: z.number(),
    population: z.number().int().nullable(),
  }),
  from: z.string(),
  to: z.string(),
  hiddenUnder: HiddenUnder,
  count: ShownCount,
  inCells: ShownCount,
  communeOnly: ShownCount,
  timeUnknown: z.number().int(),
  /** Count of the same calendar dates one year earlier; 29 February becomes 28 February. */
  previous: ShownCount,
  /** null while `previous` is under 20, the window a year earlier begins before the first record, or a count is hidden: a bare percentage of a small base misleads. */
  changePercent: z.number().nullable(),
  ratio: Ratio,
  /** Last 12 calendar months up to `to`, with the same months one year earlier. `reported` false = "chưa báo cáo", not zero. null for a `viewer`. */
  months: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        count: z.number().int(),
        previousYear: z.number().int(),
        reported: z.boolean(),
      }),
    )
    .nullable(),
  /** Leaf categories, most frequent first; for a `viewer` groups in the order of the tree, and null for a hexagon. */
  categories: z.array(z.object({ code: z.string(), count: ShownCount })).nullable(),
  /** [7][24], Monday first; only records whose hour is known; their sum is `hourKnown`. null for a `viewer`. */
  hourWeekday: z.array(z.array(z.number())).nullable(),
  hourKnown: z.number().int().nullable(),
});
export type Story = z.output<typeof Story>;

export const getHexStory = endpoint({
  method: 'GET',
  path: '/api/hexes/:cell',
  params: z.object({ cell: H3Cell }),
  query: CountFilters,
  response: Story,
});

export const getCommuneStory = endpoint({
  method: 'GET',
  path: '/api/communes/:code',
  params: z.object({ code: z.string().max(20) }),
  query: CountFilters.extend({ boundarySet: z.string().optional() }),
  response: Story,
});
