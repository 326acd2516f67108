import { areaStatuses, areaTypes, type Fraction, type TargetsResponse } from '@diemnong/contracts';
import {
  type Cohort,
  closingDay,
  curveOf,
  type Followed,
  historyDays,
  indexByYear,
  type Listed,
  listedBy,
  noRelapseOf,
  type RulesOf,
  statusOn,
  succeededBy,
  type TargetSubject,
  transformationOf,
  watchedBy,
} from './targets-rules.ts';

/** The two lists behind the fractions. */
export type CountedLists = { listed: Listed[]; followed: Followed[] };

export type Counted = Pick<TargetsResponse, 'byType' | 'byCommuneKind' | 'byYear' | 'history' | 'cohorts' | 'years'> & {
  lists: CountedLists;
  transformation: Fraction;
  noRelapse: Fraction;
  curve: TargetsResponse['noRelapse']['curve'];
  statuses: TargetsResponse['transformation']['statuses'];
};

/**
 * Everything that is counted from the steps alone, for a year as of the end of a day. `byYear` and `cohorts` go from the oldest
 * to the newest, `years` the other way round.
 */
export function countTargets(
  areas: readonly TargetSubject[],
  { year, asOf, cohort }: { year: number; asOf: string; cohort: Cohort },
  rulesOf: RulesOf,
): Counted {
  const { listings, successions, successionsOfAreas } = indexByYear(areas, rulesOf);
  const listsOf = (y: number, day: string): CountedLists => ({
    listed: listedBy(listings.get(y) ?? [], y, day),
    followed:
      cohort === 'watched'
        ? watchedBy(successionsOfAreas, day, rulesOf)
        : succeededBy(successions.get(y - 1) ?? [], day),
  });
  const listYears = ascending(listings.keys());
  const isKnown = (y: number) => listings.get(y)?.some(({ listing }) => listing.on <= asOf);
  const provinces = [...new Set(areas.map(({ provinceCode }) => provinceCode))];
  /** Of several provinces with targets of their own, the highest: what all of them together must reach at least. */
  const targetsOf = (y: number) => {
    const rules = (provinces.length > 0 ? provinces : ['']).map((province) => rulesOf(province, y));
    return {
      transformation: Math.max(...rules.map(({ transformationTarget }) => transformationTarget)),
      noRelapse: Math.max(...rules.map(({ noRelapseTarget }) => noRelapseTarget)),
    };
  };
  const fractionsOf = ({ listed, followed }: CountedLists, y: number) => ({
    transformation: transformationOf(listed, targetsOf(y).transformation),
    noRelapse: noRelapseOf(followed, targetsOf(y).noRelapse),
  });
  const lists = listsOf(year, asOf);
  const partOf = (key: string, holds: (area: TargetSubject) => boolean) => ({
    key,
    ...fractionsOf(
      {
        listed: lists.listed.filter(({ area }) => holds(area)),
        followed: lists.followed.filter(({ area }) => holds(area)),
      },
      year,
    ),
  });
  const kinds = new Set([...lists.listed, ...lists.followed].map(({ area }) => area.communeKind));
  return {
    lists,
    ...fractionsOf(lists, year),
    curve: curveOf(lists.followed),
    statuses: countStatuses(lists.listed, asOf),
    // Those of later days too: the way from one year to another.
    years: [...listYears].reverse(),
    history: historyDays(year, asOf).map((on) => ({ on, ...fractionsOf(listsOf(year, on), year) })),
    byType: areaTypes.map((type) => partOf(String(type), ({ types }) => types.includes(type))),
    byCommuneKind: [...kinds]
      .sort((a, b) => a.localeCompare(b, 'vi'))
      .map((kind) => partOf(kind, ({ communeKind }) => communeKind === kind)),
    byYear: listYears.filter(isKnown).map((y) => ({
      year: y,
      on: closingDay(y, asOf),
      ...fractionsOf(listsOf(y, closingDay(y, asOf)), y),
    })),
    cohorts: ascending(successions.keys()).flatMap((y) => {
      const followed = succeededBy(successions.get(y) ?? [], asOf);
      return followed.length === 0
        ? []
        : {
            year: y,
            areas: followed.length,
            relapsed: followed.filter(({ relapse }) => relapse !== null).length,
            stillWatched: followed.filter(
              ({ area, relapse }) => relapse === null && isUnderWatch(statusOn(area, asOf)) && isLatest(area, y, asOf),
            ).length,
          };
    }),
  };
}

function ascending(years: Iterable<number>): number[] {
  return [...years].sort((a, b) => a - b);
}

function isUnderWatch(status: string): boolean {
  return status === 'assessed_success' || status === 'removed' || status === 'watched';
}

/** Was the latest success one of the year? What is watched is that one, not an earlier one whose watch was closed. */
function isLatest({ steps }: TargetSubject, year: number, asOf: string): boolean {
  const latest = steps.findLast(({ type, on }) => type === 'assessed_success' && on <= asOf);
  return latest?.on.startsWith(`${year}-`) ?? false;
}

/** In the order of the life cycle; statuses that no area has are left out. */
function countStatuses(listed: readonly Listed[], asOf: string): TargetsResponse['transformation']['statuses'] {
  const statuses = listed.map(({ area }) => statusOn(area, asOf));
  return areaStatuses
    .map((status) => ({ status, count: statuses.filter((other) => other === status).length }))
    .filter(({ count }) => count > 0);
}
