import type { ChartAnswers } from '@diemnong/charts/draw';
import {
  type ChartKind,
  type Endpoint,
  getAreaEvidence,
  getChanges,
  getCommuneRanking,
  getConcentration,
  getCumulative,
  getGroupTable,
  getHourWeekday,
  getSeason,
  getTargets,
  getTrends,
  type ParsedRequestOf,
} from '@diemnong/contracts';
import { z } from 'zod';
import type { Scope } from '../../access/scope.ts';
import { parse } from '../../http/serve.ts';
import { toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { tellEvidence } from '../area-evidence/tell-evidence.ts';
import { listAreasById } from '../areas/areas-queries.ts';
import { tellTargets } from '../targets/read-targets.ts';
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
type ChartFacts = {
  from: string;
  to: string;
  by?: string;
  n: number | null;
  rule?: string;
  /** Codes of the categories counted, where the filters do not tell them; null = no incidents are counted. */
  categories?: readonly string[] | null;
  /** The area it is of. */
  place?: string;
};

/** Whose eyes it is drawn for, and where what was prepared for them is kept. */
type Viewer = { snapshots: SnapshotStore; scope: Scope };

export type AskedChart<Answer> = {
  filters: ChartFilters;
  tell: (source: CountSource, viewer: Viewer) => Promise<{ answer: Answer; facts: ChartFacts }>;
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

const targets = reader(getTargets, tellTargets, ({ year, asOf }) => ({
  from: `${year}-01-01`,
  to: dayAfter(asOf),
  n: null,
  categories: null,
}));

/** The area is named in the query, as everything else that a chart is asked with. */
const NamedArea = z.object({ area: z.uuid() });

/** The records of one area, by calendar month. Errors: `not_found`. */
function readAreaSeries(raw: unknown): AskedChart<ChartAnswers['area-series']> {
  const { area: id } = parse(NamedArea, raw, 'query') as z.output<typeof NamedArea>;
  const { asOf } = parse(getAreaEvidence.query, raw, 'query') as ParsedRequestOf<typeof getAreaEvidence>['query'];
  return {
    filters: {},
    tell: async (source, { snapshots, scope }) => {
      const answer = await tellEvidence(snapshots, scope, source, { id, asOf });
      const [area] = await source.ask((database) => listAreasById(database, [id]));
      const { months, recordsTo, categories, rule } = answer;
      return {
        answer,
        facts: {
          from: months[0]?.from ?? recordsTo,
          to: months.at(-1)?.to ?? dayAfter(recordsTo),
          n: months.reduce((sum, { count }) => sum + (count ?? 0), 0),
          rule,
          categories,
          place: area?.name ?? id,
        },
      };
    },
  };
}

function dayAfter(day: string): string {
  return toDay(toDayNumber(day) + 1);
}

/** Kinds that change without the data: whoever asks again gets them drawn again. */
export const changingKinds: ReadonlySet<ChartKind> = new Set(['targets', 'target-history', 'survival', 'area-series']);

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
  targets,
  'target-history': targets,
  survival: targets,
  'area-series': readAreaSeries,
};
