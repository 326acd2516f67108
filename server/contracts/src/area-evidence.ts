import { z } from 'zod';
import { AreaEventType, ListYear } from './areas.ts';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { H3Cell } from './geo.ts';

/** How the numbers read: strong, weak, not enough, against. Never a status. */
export const readings = ['strong', 'weak', 'insufficient', 'against'] as const;
export const Reading = z.enum(readings);
export type Reading = z.output<typeof Reading>;

const Ratio = z.object({
  /** null where there is nothing to divide; Infinity is written as null with `before` 0. */
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
});

/** Records of a stretch of days: `from` included, `to` excluded; `days`: reported ones. */
export const CountedDays = z.object({ from: Day, to: Day, count: z.number().int(), days: z.number() });

/** A month or reporting period of the series; `count` null = the commune did not report. */
const Step = z.object({
  from: Day,
  to: Day,
  count: z.number().int().nullable(),
  phase: z.enum(['before', 'during', 'after']),
});

const ControlArea = z.object({
  /** Centre of its disk of cells. */
  cell: H3Cell,
  cells: z.array(H3Cell),
  commune: z.string(),
  before: z.number().int(),
  after: z.number().int(),
});

/**
 * What the records say of an area, beside the official result and never merged with it. Counts are records with a place inside the
 * area (res-10 cells) of the categories that its types stand for. `stage`:
 * - no-place: not drawn yet; no-step: never listed nor transforming, so there is nothing to compare (`power` alone is told)
 * - measured: before and after are compared; too-early: under three reported months since the beginning.
 * "Before" and "after" hold the same calendar months, reported on both sides, so that seasons cannot pass for effects.
 */
export const AreaEvidence = z.object({
  dataVersion: z.number().int(),
  areaId: z.uuid(),
  /** Version and parameters of the rules of reading. */
  rule: z.string(),
  stage: z.enum(['no-place', 'no-step', 'too-early', 'measured']),
  /** The day that "after" begins: of the step `transforming`, else of the listing; null without. */
  startedOn: Day.nullable(),
  /** Last day that the records reach, excluded. */
  recordsTo: Day,
  /** Categories counted: those of the area's types. */
  categories: z.array(z.string()),
  /** Month by month from 24 months before the beginning (or the last 36). */
  months: z.array(Step),
  /** Reporting periods (cut-off day of the settings) with the same numbers. */
  periods: z.array(Step),
  /** Steps to draw on the series. */
  marks: z.array(z.object({ on: Day, type: AreaEventType, label: z.string().nullable() })),
  before: CountedDays.nullable(),
  after: CountedDays.nullable(),
  /** Exact conditional ratio of the two, and the same with limits widened by the dispersion. */
  ratio: Ratio.nullable(),
  eTestP: z.number().nullable(),
  /** Variance ÷ mean of the months before, after season; at least 1. */
  dispersion: z.number().nullable(),
  dispersedRatio: Ratio.nullable(),
  controls: z
    .object({
      /** False: too unequal; then `reason` says which, and nothing is compared with them. */
      isUsable: z.boolean(),
      reason: z.enum(['too-few', 'level', 'density', 'mix']).nullable(),
      candidates: z.number().int(),
      areas: z.array(ControlArea),
      before: z.number().int(),
      after: z.number().int(),
      /** Standardised differences of what was matched on, treated − controls. */
      balance: z.object({ level: z.number(), trend: z.number(), density: z.number(), mix: z.number() }),
      /** Ratio of the area ÷ ratio of its controls, with dispersion. */
      ratio: Ratio,
    })
    .nullable(),
  displacement: z
    .object({
      ring: z.array(H3Cell),
      /** Cells of the ring that this account may not see. */
      ringHidden: z.number().int(),
      before: z.number().int(),
      after: z.number().int(),
      controlBefore: z.number().int(),
      controlAfter: z.number().int(),
      wdd: z.object({
        wdd: z.number(),
        se: z.number(),
        z: z.number().nullable(),
        p: z.number().nullable(),
        low: z.number(),
        high: z.number(),
      }),
      wdq: z.object({ wdq: z.number(), buffer: z.number(), success: z.number(), reading: z.string() }).nullable(),
    })
    .nullable(),
  /** Areas are picked for being worst: the fall expected from that alone. `expectedRatio` 1 = none. */
  regression: z.object({ expectedRatio: z.number(), isLarge: z.boolean() }).nullable(),
  /** The least fall (0–1) that so few records would show with 80% chance at 95%; null = none could be. */
  power: z.object({ count: z.number().int(), detectableFall: z.number().nullable() }).nullable(),
  reading: Reading,
  /** One sentence for each language. */
  sentence: z.object({ vi: z.string(), en: z.string() }),
  /** Whether the official result and the reading point the same way; null while there is none. */
  agrees: z.boolean().nullable(),
  warnings: z.array(
    z.enum([
      'few-records',
      'unreported',
      'many-commune-only',
      'other-areas-near',
      'hidden-by-scope',
      'one-place',
      'short-before',
    ]),
  ),
});
export type AreaEvidence = z.output<typeof AreaEvidence>;

/** `asOf`: as if the records ended with that day. Default: all there are. */
export const getAreaEvidence = endpoint({
  method: 'GET',
  path: '/api/areas/:id/evidence',
  params: z.object({ id: z.uuid() }),
  query: z.object({ asOf: Day.optional() }),
  response: AreaEvidence,
});

/** The readings of a year's list, for the table beside the official results; areas that cannot be read have `insufficient`. */
export const listReadings = endpoint({
  method: 'GET',
  path: '/api/targets/readings',
  query: z.object({ year: ListYear, asOf: Day.optional() }),
  response: z.object({
    dataVersion: z.number().int(),
    rule: z.string(),
    /** Of more than 500 areas the first 500 are read; the others are asked for one by one. */
    areas: z.array(
      z.object({
        id: z.uuid(),
        reading: Reading,
        before: z.number().int().nullable(),
        after: z.number().int().nullable(),
        ratio: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      }),
    ),
  }),
});
export type ReadingsResponse = z.output<typeof listReadings.response>;
