import type { ChartAnswers } from '@diemnong/charts/draw';
import {
  type ChartKind,
  type Endpoint,
  getChanges,
  getCommuneRanking,
  getConcentration,
  getCumulative,
  getGroupTable,
  getHourWeekday,
  getSeason,
  getTrends,
  type ParsedRequestOf,
} from '@diemnong/contracts';
import { parse } from '../../http/serve.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { findChanges } from '../trends/changes.ts';
import { measureConcentration } from '../trends/concentration.ts';
import { countCumulative } from '../trends/cumulative.ts';
import { countGroups } from '../trends/groups.ts';
import { countHourWeekday } from '../trends/hour-weekday.ts';
import { countPeriods } from '../trends/periods.ts';
import { rankCommunes } from '../trends/ranking.ts';
import { tellSeason } from '../trends/season.ts';

/** The filters a sheet tells; those that a kind's query has not are absent. */
export type ChartFilters = {
  categories?: string[] | undefined;
  communes?: string[] | undefined;
  hours?: number[] | undefined;
  weekdays?: number[] | undefined;
};

/** What else stands on the sheet beside the chart. */
type ChartFacts = { from: string; to: string; by?: string; n: number | null; rule?: string };

export type AskedChart<Answer> = {
  filters: ChartFilters;
  tell: (source: CountSource) => Promise<{ answer: Answer; facts: ChartFacts }>;
};

/** Parses the query of the endpoint that a kind's numbers come from, counts them as it does, and picks what the sheet tells. */
function reader<E extends Endpoint, Answer>(
  endpoint: E,
  count: (source: CountSource, query: ParsedRequestOf<E>['query']) => Promise<Answer>,
  factsOf: (answer: Answer, query: ParsedRequestOf<E>['query']) => ChartFacts,
): (raw: unknown) => AskedChart<Answer> {
  return (raw) => {
    const query = parse(endpoint.query, raw, 'query') as ParsedRequestOf<E>['query'];
    return {
      filters: query as ChartFilters,
      tell: async (source) => {
        const answer = await count(source, query);
        return { answer, facts: factsOf(answer, query) };
      },
    };
  };
}

const season = reader(getSeason, tellSeason, ({ from, to, n, rule }) => ({ from, to, n, rule }));
const ranking = reader(getCommuneRanking, rankCommunes, ({ from, to, n, rule }) => ({ from, to, n, rule }));
const concentration = reader(getConcentration, measureConcentration, ({ from, to, n, rule }) => ({
  from,
  to,
  n,
  rule,
}));

/** How each kind of chart reads its query. Errors: `invalid_input` with the path of each bad value. */
export const chartReaders: { readonly [K in ChartKind]: (raw: unknown) => AskedChart<ChartAnswers[K]> } = {
  periods: reader(getTrends, countPeriods, ({ total }, { from, to, by }) => ({ from, to, by, n: total })),
  cumulative: reader(getCumulative, countCumulative, ({ from, to, current }) => ({ from, to, n: current })),
  season,
  tet: season,
  groups: reader(getGroupTable, countGroups, ({ rows, rule }, { from, to, by }) => ({
    from,
    to,
    by,
    n: rows.at(-1)?.total ?? 0,
    rule,
  })),
  funnel: ranking,
  ranking,
  changes: reader(getChanges, findChanges, ({ from, to, n, rule }) => ({ from, to, n, rule })),
  'hour-weekday': reader(getHourWeekday, countHourWeekday, ({ n, rule }, { from, to }) => ({ from, to, n, rule })),
  concentration,
  'concentration-history': concentration,
};
