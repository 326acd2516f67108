import { type getTargets, type ParsedRequestOf, type TargetArea, type TargetsResponse } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { getVersions } from '../../database/data-version.ts';
import { localDayOf, toDay } from '../../snapshot/local-days.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { readRulesOfYears } from '../areas/area-rules-queries.ts';
import { type CountedLists, countTargets } from './count-targets.ts';
import { findDecisions, listOpenTaskAreas, listSubjects, type SubjectLine } from './targets-queries.ts';
import { closingDay, statusOn, type TargetStep, type TargetSubject, withBirths } from './targets-rules.ts';

type TargetsQuery = ParsedRequestOf<typeof getTargets>['query'];

/** GET /api/targets for a chart of it. */
export function tellTargets({ ask }: CountSource, query: TargetsQuery): Promise<TargetsResponse> {
  return ask((database) => readTargets(database, query));
}

/**
 * Read the steps within reach, count, and look up the lines and decisions of the two lists.
 * `asOf`: default today, or 31 December of a year that is over; a later day than today is today.
 */
export async function readTargets(transaction: Knex, query: TargetsQuery): Promise<TargetsResponse> {
  const { year, cohort } = query;
  const today = toDay(localDayOf(Date.now()));
  const yearEnd = `${year}-12-31`;
  const asOf = [query.asOf ?? yearEnd, today].sort()[0];
  const { data: dataVersion } = await getVersions(transaction);
  const { subjects, waiting } = await listSubjects(transaction);
  const areas = withBirths(subjects);
  const rulesOf = await readRulesOfYears(transaction);
  const { lists, ...counted } = countTargets(areas, { year, asOf, cohort }, rulesOf);
  const { listed, followed } = lists;
  const describe = await areaDescriber(transaction, subjects, lists, asOf);

  const closing = closingDay(year, asOf);
  const waitingSuccesses = new Set(
    waiting.filter(({ on }) => on >= `${year}-01-01` && on <= closing).map(({ areaId }) => areaId),
  );
  const watched = new Set(followed.map(({ area }) => area.id));
  const tasks = (await listOpenTaskAreas(transaction)).filter((id) => watched.has(id)).length;
  const { transformation, noRelapse, curve, statuses, ...rest } = counted;
  return {
    dataVersion,
    year,
    asOf,
    ...rest,
    transformation: {
      ...transformation,
      areas: {
        in: listed.filter(({ success }) => success !== null).map(({ area }) => area.id),
        of: listed.map(({ area, listing, success, carried, late, reshaped }) =>
          describe(area, listing, success, { counts: success !== null, carried, late, reshaped }),
        ),
      },
      carried: listed.filter(({ carried }) => carried).length,
      late: listed.filter(({ late }) => late).length,
      reshaped: listed.filter(({ reshaped }) => reshaped).length,
      statuses,
      pending: listed.filter(({ area, success }) => success === null && waitingSuccesses.has(area.id)).length,
    },
    noRelapse: {
      ...noRelapse,
      cohort,
      window: cohort === 'previous-year' ? { from: `${year - 1}-01-01`, to: `${year}-01-01` } : null,
      areas: {
        in: followed.filter(({ relapse }) => relapse === null).map(({ area }) => area.id),
        of: followed.map(({ area, success, relapse }) =>
          describe(area, success, relapse, {
            counts: relapse === null,
            carried: false,
            late: false,
            reshaped: area.parents.length > 0,
          }),
        ),
      },
      curve,
      tasks,
    },
  };
}

type Marks = Pick<TargetArea, 'counts' | 'carried' | 'late' | 'reshaped'>;

/** Tells an area of a list: how it is shown, the step that put it there and the one that decided, with their decisions. */
async function areaDescriber(
  transaction: Knex,
  subjects: readonly SubjectLine[],
  { listed, followed }: CountedLists,
  asOf: string,
): Promise<(area: TargetSubject, first: TargetStep, outcome: TargetStep | null, marks: Marks) => TargetArea> {
  const lines = new Map(subjects.map((line) => [line.id, line]));
  const steps = [
    ...listed.flatMap(({ listing, success }) => [listing, success]),
    ...followed.flatMap(({ success, relapse }) => [success, relapse]),
  ];
  const decisions = await findDecisions(
    transaction,
    steps.flatMap((step) => step?.sequence ?? []),
  );
  return (area, first, outcome, marks) => {
    const line = lines.get(area.id);
    const decision = decisions.get(first.sequence);
    const last = outcome === null ? undefined : decisions.get(outcome.sequence);
    return {
      id: area.id,
      number: line?.number ?? 0,
      name: line?.name ?? '',
      commune: { code: line?.communeCode ?? '', name: line?.communeName ?? '' },
      types: [...area.types],
      status: statusOn(area, asOf),
      on: first.on,
      decisionNumber: decision?.decisionNumber ?? null,
      decisionDate: decision?.decisionDate ?? null,
      fileId: decision?.fileId ?? null,
      outcomeOn: outcome?.on ?? null,
      outcomeDecisionNumber: last?.decisionNumber ?? null,
      outcomeFileId: last?.fileId ?? null,
      ...marks,
    };
  };
}
