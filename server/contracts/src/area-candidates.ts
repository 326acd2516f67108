import { z } from 'zod';
import { AreaType } from './areas.ts';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { CommuneRef, H3Cell, MultiPolygonGeometry } from './geo.ts';
import { Reason } from './texts.ts';

/** A suggestion: significant cells that touch each other, of the records of one area type. */
export const AreaCandidate = z.object({
  /** Names the suggestion: type, period and cells; the same data give the same. */
  key: z.string(),
  type: AreaType,
  cells: z.array(H3Cell),
  geometry: MultiPolygonGeometry,
  communes: z.array(CommuneRef),
  areaKm2: z.number(),
  count: z.number().int(),
  /** Records expected there, were they spread evenly over the cells. */
  expected: z.number(),
  /** Strongest confidence of its cells, percent: 90, 95 or 99. */
  confidence: z.union([z.literal(90), z.literal(95), z.literal(99)]),
  /** Largest q (false discovery) of its cells. */
  q: z.number(),
  /** Same length of time before. */
  previous: z.number().int(),
  /** Areas not yet closed that it overlaps, with the share of its cells in each. */
  overlaps: z.array(z.object({ id: z.uuid(), name: z.string(), share: z.number() })),
  decision: z
    .object({
      decision: z.enum(['accepted', 'changed', 'refused']),
      reason: z.string().nullable(),
      by: z.string(),
      at: z.iso.datetime(),
      areaId: z.uuid().nullable(),
    })
    .nullable(),
});
export type AreaCandidate = z.output<typeof AreaCandidate>;

/**
 * Suggestions from the hot-spot statistic (docs/hotspots.md), strongest first. Default period: the 12 months before the last record.
 * `decided=1`: those decided about, too. A refused suggestion stays away while at least half of its cells are those that were refused.
 */
export const listAreaCandidates = endpoint({
  method: 'GET',
  path: '/api/area-candidates',
  query: z.object({
    from: Day.optional(),
    to: Day.optional(),
    type: z.coerce.number<string | number>().pipe(AreaType).optional(),
    res: z.coerce.number<string | number>().int().min(7).max(9).default(9),
    decided: z.enum(['0', '1']).default('0'),
  }),
  response: z.object({
    dataVersion: z.number().int(),
    rule: z.string(),
    from: Day,
    to: Day,
    res: z.number().int(),
    candidates: z.array(AreaCandidate),
    /** Left out because somebody refused them. */
    refused: z.number().int(),
  }),
});
export type AreaCandidatesResponse = z.output<typeof listAreaCandidates.response>;

/** A planner says no. (Taking one is POST /api/areas with `candidate`.) */
export const refuseAreaCandidate = endpoint({
  method: 'POST',
  path: '/api/area-candidates/refuse',
  body: z
    .object({
      key: z.string().max(80),
      from: Day,
      to: Day,
      res: z.number().int().min(7).max(9),
      type: AreaType,
      reason: Reason,
    })
    .strict(),
  response: AreaCandidate,
});
