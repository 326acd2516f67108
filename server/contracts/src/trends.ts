import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, HiddenUnder, ShownCount } from './filters.ts';

/**
 * Counts per period, every period of [from, to) listed, zeros included; the first and last are cut at from and to.
 * Weeks begin on Monday (ISO 8601). `reporting` = months that begin on the configured cut-off day.
 * `reported` is false when at least one commune has not reported a calendar month of the period.
 */
export const getTrends = endpoint({
  method: 'GET',
  path: '/api/trends',
  query: CountFilters.extend({ by: z.enum(['month', 'quarter', 'year', 'week', 'reporting']) }),
  response: z.object({
    dataVersion: z.number().int(),
    by: z.string(),
    hiddenUnder: HiddenUnder,
    total: ShownCount,
    timeUnknown: z.number().int(),
    periods: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        count: ShownCount,
        /** Count of the same calendar dates one year earlier; 29 February becomes 28 February. */
        previousYear: ShownCount,
        reported: z.boolean(),
        unreportedCommunes: z.number().int(),
      }),
    ),
  }),
});
export type TrendPeriod = z.output<typeof getTrends.response>['periods'][number];
