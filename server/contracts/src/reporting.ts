import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';

/**
 * `reported`: a batch carried records of the month. `none`: the commune confirmed that there was no incident. `missing`: the
 * month is over and nothing came ("chưa báo cáo", which is not zero). `pending`: the month is not over.
 */
export const MonthState = z.enum(['reported', 'none', 'missing', 'pending']);
export type MonthState = z.output<typeof MonthState>;

/** Communes × calendar months that share a day with [from, to); communes of the default set within the account's scope. */
export const getReporting = endpoint({
  method: 'GET',
  path: '/api/reporting',
  query: z.object({ from: Day, to: Day }),
  response: z.object({
    dataVersion: z.number().int(),
    /** First days of the months. */
    months: z.array(Day),
    /** By code; arrays in the order of `months`. */
    communes: z.array(
      z.object({ code: z.string(), name: z.string(), states: z.array(MonthState), counts: z.array(z.number().int()) }),
    ),
    sums: z.object({
      reported: z.number().int(),
      none: z.number().int(),
      missing: z.number().int(),
      pending: z.number().int(),
    }),
  }),
});
export type ReportingResponse = z.output<typeof getReporting.response>;

const CommuneMonth = z.object({
  commune: z.string().regex(/^\P{Cc}{1,20}$/u, 'expected the code of a commune'),
  /** `2026-10`. */
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month as YYYY-MM'),
});

/**
 * "No incident this month", said by the commune (or the province for it). Said again it changes nothing.
 * Errors: `conflict` when there are records of that commune and month, or the month is not over; `not_found` for a commune
 * that the account does not reach.
 */
export const confirmNoIncident = endpoint({
  method: 'POST',
  path: '/api/reporting/:commune/:month',
  params: CommuneMonth,
  response: z.object({ state: MonthState }),
});

/** Take it back. Errors: `not_found` when nothing was confirmed. */
export const retractNoIncident = endpoint({
  method: 'DELETE',
  path: '/api/reporting/:commune/:month',
  params: CommuneMonth,
  response: z.object({ state: MonthState }),
});
