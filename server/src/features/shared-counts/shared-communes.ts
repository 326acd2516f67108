import {
  AppError,
  type getCommuneCounts,
  type getCommuneStory,
  type ParsedRequestOf,
  type ResponseOf,
  type Story,
} from '@diemnong/contracts';
import type { Scope } from '../../access/scope.ts';
import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { addShown } from './publication.ts';
import { readShared, type SharedSource } from './read-shared.ts';
import { compareYears, countCommune, countCommuneOnly, countGroups, countYears } from './shared-sums.ts';
import { refuse, type SharedYears, sharedGroups, sharedSelection, sharedYears } from './shared-window.ts';

/** The counts of all communes for a viewer: calendar years, all records or groups of categories. */
export function listSharedCommuneCounts(
  snapshots: SnapshotStore,
  viewer: Scope,
  query: ParsedRequestOf<typeof getCommuneCounts>['query'],
): Promise<ResponseOf<typeof getCommuneCounts>> {
  return readShared(snapshots, viewer, async ({ reference, publication }) => {
    const { window, groups } = askedOf(query, { reference, publication });
    const { years } = window;
    const communes = communesOf(reference.defaultSet, reference).map(({ code, areaKm2, population }, commune) => {
      const { count, ...comparison } = compareYears(publication, window, (some) =>
        countCommune(publication, some, commune, groups),
      );
      return {
        code,
        count,
        ...placedIn(groups === undefined ? countCommuneOnly(publication, years, commune) : null, count),
        perKm2: count === null ? null : count / areaKm2,
        per10k: count === null || !population ? null : (count / population) * 10_000,
        ...comparison,
        ...reportedBy(code, window, reference),
      };
    });
    const total = groups === undefined ? countYears(publication, years) : countGroups(publication, years, groups);
    const unplaced = publication.kinds.communes.length - 1;
    const everywhere = groups === undefined ? publication.kinds.communes.map((_, commune) => commune) : [];
    const communeOnly = addShown(everywhere.map((commune) => countCommuneOnly(publication, years, commune)));
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: publication.smallest,
      boundarySet: reference.defaultSet ?? null,
      from: window.from,
      to: window.to,
      total,
      ...placedIn(groups === undefined ? communeOnly : null, total),
      timeUnknown: 0,
      unplaced: countCommune(publication, years, unplaced, groups),
      communes,
    };
  });
}

/** The story of a commune for a viewer. Errors: `not_found` for a code that the default set does not have. */
export function tellSharedCommuneStory(
  snapshots: SnapshotStore,
  viewer: Scope,
  code: string,
  query: ParsedRequestOf<typeof getCommuneStory>['query'],
): Promise<Story> {
  return readShared(snapshots, viewer, async ({ reference, publication }) => {
    const { window, groups } = askedOf(query, { reference, publication });
    const commune = publication.kinds.communes.indexOf(code);
    const place = communesOf(reference.defaultSet, reference)[commune];
    if (place === undefined)
      throw new AppError(
        'not_found',
        `No commune ${code} in boundary set ${reference.defaultSet ?? '(none was imported)'}`,
      );
    const { count, ...comparison } = compareYears(publication, window, (some) =>
      countCommune(publication, some, commune, groups),
    );
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: publication.smallest,
      place: {
        kind: 'commune',
        id: code,
        name: place.fullName,
        communes: [],
        areaKm2: place.areaKm2,
        population: place.population,
      },
      from: window.from,
      to: window.to,
      count,
      ...placedIn(groups === undefined ? countCommuneOnly(publication, window.years, commune) : null, count),
      timeUnknown: 0,
      ...comparison,
      months: null,
      categories: publication.kinds.groups.flatMap((group, i) => {
        if (group === null || (groups !== undefined && !groups.includes(i))) return [];
        const ofGroup = countCommune(publication, window.years, commune, [i]);
        return ofGroup === 0 ? [] : [{ code: group, count: ofGroup }];
      }),
      hourWeekday: null,
      hourKnown: null,
    };
  });
}

function askedOf(
  query: ParsedRequestOf<typeof getCommuneCounts>['query'],
  { reference, publication }: Pick<SharedSource, 'reference' | 'publication'>,
): { window: SharedYears; groups: number[] | undefined } {
  const selection = sharedSelection(query, reference);
  if (query.boundarySet !== undefined && query.boundarySet !== reference.defaultSet)
    refuse('chỉ xem được bộ ranh giới hiện hành', 'can see the default boundary set only');
  return { window: sharedYears(selection, publication), groups: sharedGroups(query, publication) };
}

function placedIn(communeOnly: number | null, count: number | null) {
  return { inCells: count === null || communeOnly === null ? null : count - communeOnly, communeOnly };
}

function reportedBy(code: string, { fromMonth, toMonth }: SharedYears, reference: Reference) {
  const months = monthsTouching(firstDayOfMonth(fromMonth), firstDayOfMonth(toMonth));
  const unreportedMonths = months.filter((month) => !isReported([code], month, reference)).length;
  return { reported: unreportedMonths === 0, unreportedMonths };
}
