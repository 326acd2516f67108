import type {
  getChanges,
  getCommuneRanking,
  getConcentration,
  getCumulative,
  getGroupTable,
  getHourWeekday,
  getSeason,
  getTrends,
  ParsedRequestOf,
  ResponseOf,
} from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { listSharedTrends } from '../shared-counts/shared-trends.ts';
import { findChanges } from './changes.ts';
import { measureConcentration } from './concentration.ts';
import { countCumulative } from './cumulative.ts';
import { countGroups } from './groups.ts';
import { countHourWeekday } from './hour-weekday.ts';
import { countPeriods } from './periods.ts';
import { rankCommunes } from './ranking.ts';
import { tellSeason } from './season.ts';

/** Counts per period with the year before; for a viewer the published ones. */
export function listTrends(
  { snapshots }: AppContext,
  query: ParsedRequestOf<typeof getTrends>['query'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof getTrends>> {
  if (identity.scope.reach === 'shared') return listSharedTrends(snapshots, identity.scope, query);
  return snapshots.read(identity.scope, (source) => countPeriods(source, query));
}

/** One statistic, of what the account reaches. */
function answerWith<Query, Answer>(tell: (source: CountSource, query: Query) => Promise<Answer>) {
  return ({ snapshots }: AppContext, query: Query, { identity }: SignedInContext): Promise<Answer> =>
    snapshots.read(identity.scope, (source) => tell(source, query));
}

type QueryOf<E> = ParsedRequestOf<E>['query'];
export const answerCumulative = answerWith<QueryOf<typeof getCumulative>, ResponseOf<typeof getCumulative>>(
  countCumulative,
);
export const answerSeason = answerWith<QueryOf<typeof getSeason>, ResponseOf<typeof getSeason>>(tellSeason);
export const answerGroups = answerWith<QueryOf<typeof getGroupTable>, ResponseOf<typeof getGroupTable>>(countGroups);
export const answerRanking = answerWith<QueryOf<typeof getCommuneRanking>, ResponseOf<typeof getCommuneRanking>>(
  rankCommunes,
);
export const answerChanges = answerWith<QueryOf<typeof getChanges>, ResponseOf<typeof getChanges>>(findChanges);
export const answerHourWeekday = answerWith<QueryOf<typeof getHourWeekday>, ResponseOf<typeof getHourWeekday>>(
  countHourWeekday,
);
export const answerConcentration = answerWith<QueryOf<typeof getConcentration>, ResponseOf<typeof getConcentration>>(
  measureConcentration,
);
