import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { CountFilters, Day, HiddenUnder, ShownCount } from './filters.ts';
import { Ratio } from './stories.ts';

/**
 * What a ratio and a percentage are of: the communes' months that were reported both in the window and in the one it is
 * compared with, day by day of the two. Records of communes outside the default set report to nobody and are in neither.
 */
const Compared = z.object({
  comparedCount: z.number().int(),
  comparedPrevious: z.number().int(),
  /** Pairs of commune-months that were compared, of `communeMonths` there are. */
  comparedMonths: z.number().int(),
  communeMonths: z.number().int(),
  /** `comparedCount` against `comparedPrevious`; null when both are zero, and when nothing could be compared. */
  ratio: Ratio,
  /** Of the same two; null while `comparedPrevious` is under 20 or `ratio` is null. */
  changePercent: z.number().nullable(),
});

/**
 * Counts per period, every period of [from, to) listed, zeros included; the first and last are cut at from and to.
 * Weeks begin on Monday (ISO 8601). `reporting` = months that begin on the configured cut-off day.
 * `reported` is false when at least one commune has not reported a calendar month of the period.
 */
export const getTrends = endpoint({
  method: 'GET',
  path: '/api/trends',
  query: CountFilters.extend({
    by: z.enum(['month', 'quarter', 'year', 'week', 'reporting']),
    /**
     * `lunar`: a period that shares a day with the Tết season (14 days before to 14 days after the lunar new year) is compared
     * with the window of equal length at the same distance from last year's Tết. Years are not moved: each holds one Tết.
     * For a `viewer` `forbidden`.
     */
    align: z.enum(['calendar', 'lunar']).default('calendar'),
    /**
     * Only records with a place in this area's res-10 cells, whatever their category; reports are those of its communes. For a
     * `viewer` `forbidden`. Errors: `not_found`; `unprocessable` for an area that is not drawn yet.
     */
    area: z.uuid().optional(),
  }),
  response: z.object({
    dataVersion: z.number().int(),
    by: z.string(),
    align: z.string(),
    hiddenUnder: HiddenUnder,
    total: ShownCount,
    timeUnknown: z.number().int(),
    periods: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        count: ShownCount,
        /** Count of [previousFrom, previousTo): the same calendar dates one year earlier (29 February becomes 28 February), or as `align` says. */
        previousYear: ShownCount,
        previousFrom: Day,
        previousTo: Day,
        /** As in `Compared`; null, like the ratio and the percentage, for a `viewer`. */
        comparedCount: ShownCount,
        comparedPrevious: ShownCount,
        comparedMonths: z.number().int(),
        communeMonths: z.number().int(),
        ratio: Ratio,
        changePercent: z.number().nullable(),
        reported: z.boolean(),
        unreportedCommunes: z.number().int(),
      }),
    ),
  }),
});
export type TrendsResponse = z.output<typeof getTrends.response>;
export type TrendPeriod = TrendsResponse['periods'][number];

const YearFilters = CountFilters.omit({ from: true, to: true });

/**
 * The year so far against last year and against the yearly goal. Whole calendar years, or reporting years (from the cut-off
 * day of December to the day before the next one). Only past days are counted: `until` is the day after the last record's day
 * (of all records that the account reaches), cut at both ends of the year; `from` while there is no record.
 * Points stand at the end of each month (reporting month) and, within a month that has begun, at `until`.
 */
export const getCumulative = endpoint({
  method: 'GET',
  path: '/api/trends/cumulative',
  query: YearFilters.extend({
    year: z.coerce.number<string | number>().int().min(1970).max(2100),
    by: z.enum(['month', 'reporting']).default('month'),
  }),
  response: z.object({
    dataVersion: z.number().int(),
    year: z.number().int(),
    by: z.string(),
    from: Day,
    to: Day,
    until: Day,
    /** Wanted fall against the whole of last year, in percent (setting `yearlyReductionPercent`). */
    goalPercent: z.number(),
    points: z.array(
      z.object({
        /** End, excluded. */
        to: Day,
        /** null after `until`. */
        current: z.number().int().nullable(),
        previous: z.number().int(),
        /** `previous · (1 − goalPercent ÷ 100)`. */
        goal: z.number(),
        /** Commune-months begun before `to` and before `until` that were not reported this year, and those of last year up to the same date. */
        unreported: z.number().int(),
      }),
    ),
    current: z.number().int(),
    /** Last year up to the same date. */
    previous: z.number().int(),
    previousWholeYear: z.number().int(),
    ...Compared.shape,
    /**
     * `ratio` against 1 − goal: `met` and `missed` when the whole 95% interval of the ratio lies on that side of it,
     * `likely-met` and `likely-missed` when only the value does, `no-data` without a ratio.
     */
    state: z.enum(['met', 'likely-met', 'likely-missed', 'missed', 'no-data']),
    unreported: z.number().int(),
  }),
});
export type CumulativeResponse = z.output<typeof getCumulative.response>;

/**
 * The rule for months (weeks, periods) that some commune did not report, in `season`, `changes` and the trend of `groups`:
 * a silent commune's records of that month are not counted, and the month counts for as many days as the others' usual share
 * of all records (`share`; usual = a commune's mean per day over its reported months in the question). A month of which less
 * than half is left is left out.
 *
 * The months of the year against the mean of their year, and the weeks around Tết. Only whole calendar years in the window
 * count for `months` (index 1 = the mean); intervals are 95%.
 */
export const getSeason = endpoint({
  method: 'GET',
  path: '/api/trends/season',
  query: CountFilters,
  response: z.object({
    dataVersion: z.number().int(),
    from: Day,
    to: Day,
    n: z.number().int(),
    rule: z.string(),
    years: z.array(z.number().int()),
    months: z.array(
      z.object({
        /** 1–12. */
        month: z.number().int(),
        index: z.number().nullable(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        /** In the order of `years`: records of the communes that reported it; null where under half is left. */
        counts: z.array(z.number().int().nullable()),
      }),
    ),
    tet: z.object({
      /** Lunar new years whose 8 weeks before and 8 weeks after lie in the window. */
      years: z.array(z.object({ year: z.number().int(), day: Day })),
      /** Week 0 begins on the first day of Tết; index against the mean week of the 17 shown. */
      weeks: z.array(
        z.object({
          week: z.number().int().min(-8).max(8),
          index: z.number().nullable(),
          low: z.number().nullable(),
          high: z.number().nullable(),
          /** In the order of `years`, as for months. */
          counts: z.array(z.number().int().nullable()),
        }),
      ),
    }),
  }),
});
export type SeasonResponse = z.output<typeof getSeason.response>;

const GroupCell = z.object({
  count: z.number().int(),
  previous: z.number().int(),
  comparedCount: z.number().int(),
  comparedPrevious: z.number().int(),
  /** As in `Compared`, against the same period last year. */
  ratio: Ratio,
});

/** Groups of categories × periods, each with the same period last year. A base under 20 is marked and carries no percentage. */
export const getGroupTable = endpoint({
  method: 'GET',
  path: '/api/trends/groups',
  query: CountFilters.extend({ by: z.enum(['month', 'quarter', 'year', 'reporting']).default('month') }),
  response: z.object({
    dataVersion: z.number().int(),
    by: z.string(),
    rule: z.string(),
    periods: z.array(z.object({ from: Day, to: Day, unreportedCommunes: z.number().int() })),
    /** In the order of the tree, those that were asked for; the last one, code null, is all records that match, also of categories no longer in the tree. */
    rows: z.array(
      z.object({
        code: z.string().nullable(),
        cells: z.array(GroupCell),
        total: z.number().int(),
        previous: z.number().int(),
        ...Compared.shape,
        /** `comparedPrevious` is under 20: no percentage. */
        isSmallBase: z.boolean(),
        /** Over the whole periods inside the window, records per day by the rule for unreported months; slope in records per period; null under 12 periods. */
        trend: z.object({ tau: z.number(), p: z.number(), slope: z.number() }).nullable(),
      }),
    ),
  }),
});
export type GroupTableResponse = z.output<typeof getGroupTable.response>;

/**
 * Communes ranked without punishing small ones: rates per 10,000 people and year (or per km² and year) of the months that were
 * reported (records of other months are not counted), with exact Poisson intervals, shrunk towards the province's (gamma–Poisson), and funnel limits widened by the
 * differences found between true rates.
 */
export const getCommuneRanking = endpoint({
  method: 'GET',
  path: '/api/trends/communes',
  query: CountFilters.extend({ per: z.enum(['population', 'area']).default('population') }),
  response: z.object({
    dataVersion: z.number().int(),
    from: Day,
    to: Day,
    per: z.string(),
    rule: z.string(),
    n: z.number().int(),
    /** The province's rate, in the unit of `rate`. */
    overall: z.number().nullable(),
    /** Relative standard deviation of true rates between communes: 0.35 = they differ by ±35% beyond chance; 0 = chance alone. */
    tau: z.number().nullable(),
    /** By shrunken rate, highest first. */
    communes: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        count: z.number().int(),
        /** 10,000 people · years, or km² · years, of the days of reported months; a year has 365.25 days. */
        exposure: z.number(),
        expected: z.number(),
        rate: z.number(),
        low: z.number(),
        high: z.number(),
        shrunk: z.number(),
        shrunkLow: z.number(),
        shrunkHigh: z.number(),
        /** Funnel score: chance and the differences between true rates (tau) taken into account; p two-sided, q over all communes. */
        z: z.number(),
        p: z.number(),
        q: z.number(),
        /** Outside the funnel's 95 or 99.8% limits. */
        outside: z.enum(['high-99.8', 'high-95', 'low-95', 'low-99.8']).nullable(),
        unreportedMonths: z.number().int(),
      }),
    ),
    /** For drawing, by exposure ascending. */
    limits: z.array(
      z.object({
        exposure: z.number(),
        low998: z.number(),
        low95: z.number(),
        high95: z.number(),
        high998: z.number(),
      }),
    ),
    leftOut: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        reason: z.enum(['no-population', 'not-reported']),
        count: z.number().int(),
      }),
    ),
  }),
});
export type CommuneRankingResponse = z.output<typeof getCommuneRanking.response>;

/**
 * Since when? Breaks in the level of the monthly series: Poisson segmentation with the season and the length of months taken
 * out; unreported months by the rule above `getSeason`. Under 24 usable months `segments` and `changes` are empty.
 */
export const getChanges = endpoint({
  method: 'GET',
  path: '/api/trends/changes',
  query: CountFilters,
  response: z.object({
    dataVersion: z.number().int(),
    from: Day,
    to: Day,
    rule: z.string(),
    n: z.number().int(),
    /**
     * Calendar months wholly inside the window. `counted`: records of the communes that reported it, which usually have
     * `share` of all; `fitted`: level of its segment with season, length of month and share put back, to compare with `counted`.
     */
    months: z.array(
      z.object({
        from: Day,
        to: Day,
        count: z.number().int(),
        counted: z.number().int(),
        share: z.number(),
        reported: z.boolean(),
        fitted: z.number().nullable(),
      }),
    ),
    usable: z.number().int(),
    needed: z.number().int(),
    /** Mean per 30 days, season taken out, with 95% interval. */
    segments: z.array(z.object({ from: Day, to: Day, level: z.number(), low: z.number(), high: z.number() })),
    /** First day of the new level; new ÷ old. */
    changes: z.array(z.object({ at: Day, ratio: Ratio })),
    /** Over usable months, season taken out; slope per month in records; null under 12. */
    trend: z.object({ s: z.number(), z: z.number(), p: z.number(), tau: z.number(), slope: z.number() }).nullable(),
  }),
});
export type ChangesResponse = z.output<typeof getChanges.response>;

/**
 * Hours of the week. A record whose time is an interval is spread over the hours it may have happened in (aoristic, Ratcliffe
 * 2000); intervals over seven days say nothing about the hour and are left out. Matrices are [7][24], Monday first; the
 * filters on hours and weekdays do not apply here.
 */
export const getHourWeekday = endpoint({
  method: 'GET',
  path: '/api/trends/hour-weekday',
  query: CountFilters.omit({ hours: true, weekdays: true }),
  response: z.object({
    dataVersion: z.number().int(),
    from: Day,
    to: Day,
    rule: z.string(),
    /** Records in the matrix = `exact` + `spread`; its sum. */
    n: z.number().int(),
    /** Known to within one hour. */
    exact: z.number().int(),
    spread: z.number().int(),
    /** Intervals longer than a week. */
    leftOut: z.number().int(),
    matrix: z.array(z.array(z.number())),
    /** The exact ones alone, whole numbers. */
    exactMatrix: z.array(z.array(z.number().int())),
    hours: z.array(z.number()),
    weekdays: z.array(z.number()),
  }),
});
export type HourWeekdayResponse = z.output<typeof getHourWeekday.response>;

/**
 * How few cells hold how much: the share of records in the x% of grid cells that hold most. `chance` is the same for records
 * thrown at random over the grid, since few records always look concentrated. The grid is that of the communes that reported
 * a month of the window; records in no cell of it are not in `n`.
 */
export const getConcentration = endpoint({
  method: 'GET',
  path: '/api/trends/concentration',
  query: CountFilters.extend({
    res: z.coerce
      .number<string | number>()
      .int()
      .min(7)
      .max(10)
      .transform((res) => res as 7 | 8 | 9 | 10)
      .default(9),
  }),
  response: z.object({
    dataVersion: z.number().int(),
    from: Day,
    to: Day,
    res: z.number().int(),
    rule: z.string(),
    n: z.number().int(),
    gridCells: z.number().int(),
    /** Communes that reported no month of the window: their cells are not in the grid. */
    leftOut: z.array(z.string()),
    /** Records that match and are in no cell of the grid: known only to the commune, beyond the border, of communes left out. */
    outside: z.number().int(),
    /** From (0, 0) to (1, 1), at most 201 points; empty, like `top`, without records. */
    curve: z.array(z.object({ cells: z.number(), records: z.number(), chance: z.number() })),
    /** Share of records in the top 1, 5 and 10% of cells. */
    top: z.array(z.object({ cells: z.number(), records: z.number(), chance: z.number() })),
    /** Smallest share of cells that holds half of the records; null without records. */
    half: z.number().nullable(),
    /** Gini coefficient for fewer records than cells (Bernasco & Steenbeek 2017); null without records. */
    gini: z.number().nullable(),
    /** Calendar years inside the window, the first and last cut by it. */
    history: z.array(
      z.object({
        from: Day,
        to: Day,
        n: z.number().int(),
        top5: z.number().nullable(),
        half: z.number().nullable(),
        gini: z.number().nullable(),
      }),
    ),
  }),
});
export type ConcentrationResponse = z.output<typeof getConcentration.response>;
