import { z } from 'zod';
import { AreaRef, AreaStatus, AreaType, ListYear } from './areas.ts';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { CommuneRef } from './geo.ts';

export const TargetState = z.enum(['met', 'at-risk', 'missed', 'no-data']);
export type TargetState = z.output<typeof TargetState>;

const Fraction = z.object({
  numerator: z.number().int(),
  denominator: z.number().int(),
  /** null when the denominator is 0: "chưa có dữ liệu". */
  rate: z.number().nullable(),
  /** 95% Wilson interval. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  target: z.number(),
  state: TargetState,
  /** Numerator that is still missing; 0 when the target is met. */
  needed: z.number().int(),
  /** How many of the numerator could still be lost without missing the target; 0 when it is missed. */
  spare: z.number().int(),
});
export type Fraction = z.output<typeof Fraction>;

/** One area in the list behind a fraction, with the decision that put it there. */
export const TargetArea = AreaRef.extend({
  commune: CommuneRef,
  types: z.array(AreaType),
  status: AreaStatus,
  /** In the numerator. */
  counts: z.boolean(),
  /** Transformation: day and decision of the listing. No relapse: of the success. */
  on: Day,
  decisionNumber: z.string().nullable(),
  decisionDate: Day.nullable(),
  /** First file of that decision. */
  fileId: z.uuid().nullable(),
  /** Transformation: day of the success (null = not yet). No relapse: day of the relapse (null = none). */
  outcomeOn: Day.nullable(),
  outcomeDecisionNumber: z.string().nullable(),
  outcomeFileId: z.uuid().nullable(),
  /** Carried over from the year before. */
  carried: z.boolean(),
  /** Listed after the day the rules name. */
  late: z.boolean(),
  /** Made by dividing or joining others. */
  reshaped: z.boolean(),
});
export type TargetArea = z.output<typeof TargetArea>;

const Part = z.object({
  /** Type 1–4, or kind of commune as the boundary set names it. */
  key: z.string(),
  transformation: Fraction,
  noRelapse: Fraction,
});

/** Which successes the no-relapse rate follows: those dated in the year before, or all still under watch. */
export const cohorts = ['previous-year', 'watched'] as const;

/**
 * The two targets as of the end of a day (default: today, or 31 December of a year that is over). Rules of counting: docs/targets.md.
 * `areas.of` is the list of the denominator, `areas.in` the ids of the numerator.
 */
export const getTargets = endpoint({
  method: 'GET',
  path: '/api/targets',
  query: z.object({
    year: ListYear,
    asOf: Day.optional(),
    cohort: z.enum(cohorts).default('previous-year'),
  }),
  response: z.object({
    dataVersion: z.number().int(),
    year: z.number().int(),
    asOf: Day,
    /** Years that have a list, newest first. */
    years: z.array(z.number().int()),
    transformation: Fraction.extend({
      areas: z.object({ in: z.array(z.uuid()), of: z.array(TargetArea) }),
      carried: z.number().int(),
      late: z.number().int(),
      reshaped: z.number().int(),
      /** Of the denominator, by status on the day asked about. */
      statuses: z.array(z.object({ status: AreaStatus, count: z.number().int() })),
      /** Assessments of success that wait for a second person: they do not count yet. */
      pending: z.number().int(),
    }),
    noRelapse: Fraction.extend({
      cohort: z.enum(cohorts),
      /** Days of success that the cohort takes, `to` excluded; null for `watched`. */
      window: z.object({ from: Day, to: Day }).nullable(),
      areas: z.object({ in: z.array(z.uuid()), of: z.array(TargetArea) }),
      /** Kaplan–Meier: share not relapsed by months since the success (one month = 30.4375 days). */
      curve: z.array(
        z.object({
          months: z.number(),
          atRisk: z.number().int(),
          events: z.number().int(),
          censored: z.number().int(),
          survival: z.number(),
          low: z.number().nullable(),
          high: z.number().nullable(),
        }),
      ),
      /** Review tasks about areas of the cohort that nobody decided yet. */
      tasks: z.number().int(),
    }),
    /** At the end of each month of the year, up to `asOf` (the last one is `asOf` itself). */
    history: z.array(z.object({ on: Day, transformation: Fraction, noRelapse: Fraction })),
    /** An area of several types counts in each of its rows, once in the total. */
    byType: z.array(Part),
    byCommuneKind: z.array(Part),
    /** One row a year with a list: the state at its end (or `asOf` for the running one). */
    byYear: z.array(z.object({ year: z.number().int(), on: Day, transformation: Fraction, noRelapse: Fraction })),
    /** Cohorts of success by year, each with its curve's end. */
    cohorts: z.array(
      z.object({
        year: z.number().int(),
        areas: z.number().int(),
        relapsed: z.number().int(),
        stillWatched: z.number().int(),
      }),
    ),
  }),
});
export type TargetsResponse = z.output<typeof getTargets.response>;
