import { cellAreaKm2, centreOf } from '@diemnong/analysis';
import type { CountFilters, HexesQuery, HexesResponse, Story } from '@diemnong/contracts';
import { getResolution } from 'h3-js';
import type { Scope } from '../../access/scope.ts';
import { countOwnedCells } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { findCommuneAt } from '../communes/communes-queries.ts';
import { addShown } from './publication.ts';
import { readShared, type SharedSource } from './read-shared.ts';
import { compareYears, countCell, countCommuneOnly, countYears, listCells } from './shared-sums.ts';
import { refuse, type SharedYears, sharedSelection, sharedYears } from './shared-window.ts';

const publishedRes = 8;

/** The hexagons that are shown to a viewer: calendar years, all records. */
export function listSharedHexes(snapshots: SnapshotStore, viewer: Scope, query: HexesQuery): Promise<HexesResponse> {
  return readShared(snapshots, viewer, async ({ reference, publication }) => {
    const { years, from, to } = askedOf(query, query.res, { reference, publication });
    if (query.weight !== 'count') refuse('không xem được mức nghiêm trọng', 'cannot see severities');
    const total = countYears(publication, years);
    const communeOnly = addShown(
      publication.kinds.communes.map((_, commune) => countCommuneOnly(publication, years, commune)),
    );
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: publication.smallest,
      res: publishedRes,
      from,
      to,
      total,
      inCells: total === null || communeOnly === null ? null : total - communeOnly,
      communeOnly,
      timeUnknown: 0,
      ownedCells: countOwnedCells(reference, publishedRes),
      ...listCells(publication, years),
    };
  });
}

/** The story of a hexagon for a viewer: how many, and the year before. */
export function tellSharedHexStory(
  snapshots: SnapshotStore,
  viewer: Scope,
  cell: string,
  query: CountFilters,
): Promise<Story> {
  return readShared(snapshots, viewer, async ({ reference, publication, ask }) => {
    const window = askedOf(query, getResolution(cell), { reference, publication });
    const { defaultSet } = reference;
    const owner = defaultSet && (await ask((database) => findCommuneAt(database, defaultSet, centreOf(cell))));
    const commune = owner === undefined ? -1 : publication.kinds.communes.indexOf(owner);
    const { count, ...comparison } = compareYears(publication, window, (some) => countCell(publication, some, cell));
    return {
      dataVersion: reference.dataVersion,
      hiddenUnder: publication.smallest,
      place: {
        kind: 'hex',
        id: cell,
        name: null,
        // Its owner only: in which communes its records lie is not published.
        communes: communesOf(defaultSet, reference)
          .filter(({ code }) => code === owner)
          .map(({ code, fullName }) => ({ code, name: fullName })),
        areaKm2: cellAreaKm2(cell),
        population: null,
      },
      from: window.from,
      to: window.to,
      count,
      inCells: count,
      communeOnly: commune < 0 ? 0 : countCommuneOnly(publication, window.years, commune),
      timeUnknown: 0,
      ...comparison,
      months: null,
      categories: null,
      hourWeekday: null,
      hourKnown: null,
    };
  });
}

function askedOf(
  query: CountFilters,
  res: number,
  { reference, publication }: Pick<SharedSource, 'reference' | 'publication'>,
): SharedYears {
  const selection = sharedSelection(query, reference);
  if (query.categories !== undefined) refuse('không xem được ô theo nhóm vụ việc', 'cannot see hexagons by category');
  if (res !== publishedRes) refuse('chỉ xem được ô cỡ 8', 'can see hexagons of resolution 8 only');
  return sharedYears(selection, publication);
}
