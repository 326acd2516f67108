import { cellAreaKm2, centreOf } from '@diemnong/analysis';
import {
  AppError,
  type CountFilters,
  encodeHexes,
  H3Res,
  type HexBytes,
  type HexesQuery,
  type HexesResponse,
  hexBytesType,
  type Story,
} from '@diemnong/contracts';
import { getResolution, isValidCell } from 'h3-js';
import type { AppContext } from '../../app-context.ts';
import { Bytes } from '../../http/encoded-body.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { countOwnedCells } from '../../snapshot/reference-queries.ts';
import { communesOf, toSelection } from '../../snapshot/selection.ts';
import { countByCommune, findCommuneAt } from '../communes/communes-queries.ts';
import { listSharedHexes, tellSharedHexStory } from '../shared-counts/shared-hexes.ts';
import { tellStory } from '../stories/stories-rules.ts';
import { countByCell } from './hexes-queries.ts';

/** Counts per cell, as JSON or as bytes: whichever the request accepts first; JSON alone for a viewer. */
export function listHexes(
  { snapshots }: AppContext,
  query: HexesQuery,
  { request, identity }: SignedInContext,
): Promise<HexesResponse | Bytes> {
  if (identity.scope.reach === 'shared') return listSharedHexes(snapshots, identity.scope, query);
  return snapshots.read(identity.scope, async (source) => {
    const { reference } = source;
    const counts = await countByCell(source, toSelection(query, reference), query.res, query.weight);
    const scale = query.weight === 'count' ? 1 : 1000;
    const inCellUnits = counts.units.reduce((sum, units) => sum + units, 0);
    const answer: HexBytes = {
      dataVersion: reference.dataVersion,
      res: query.res,
      total: (inCellUnits + counts.communeOnlyUnits) / scale,
      inCells: inCellUnits / scale,
      communeOnly: counts.communeOnlyUnits / scale,
      timeUnknown: counts.timeUnknown,
      ownedCells: countOwnedCells(reference, query.res),
      cells: counts.cells,
      counts: scale === 1 ? counts.units : counts.units.map((units) => units / scale),
    };
    return request.accepts(['application/json', hexBytesType]) === hexBytesType
      ? new Bytes(hexBytesType, encodeHexes(answer, scale))
      : { ...answer, hiddenUnder: null, from: query.from, to: query.to };
  });
}

/**
 * The story of one cell. What is left out is told beside it: the records of its owner, the commune that holds its
 * centre, which are known only to the commune.
 */
export function tellHexStory(
  { snapshots }: AppContext,
  cell: string,
  query: CountFilters,
  { identity }: SignedInContext,
): Promise<Story> {
  const res = toResolution(cell);
  if (identity.scope.reach === 'shared') return tellSharedHexStory(snapshots, identity.scope, cell, query);
  return snapshots.read(identity.scope, async (source) => {
    const { reference } = source;
    const selection = toSelection(query, reference);
    const { defaultSet } = reference;
    const owner = defaultSet && (await source.ask((database) => findCommuneAt(database, defaultSet, centreOf(cell))));
    const story = await tellStory(source, selection, { cell, res }, owner ? [owner] : []);
    const counts = owner ? await countByCommune(source, selection, defaultSet) : undefined;
    const isNamed = new Set([...story.communes, owner]);
    return {
      dataVersion: reference.dataVersion,
      place: {
        kind: 'hex',
        id: cell,
        name: null,
        communes: communesOf(defaultSet, reference)
          .filter(({ code }) => isNamed.has(code))
          .map(({ code, fullName }) => ({ code, name: fullName })),
        areaKm2: cellAreaKm2(cell),
        population: null,
      },
      from: query.from,
      to: query.to,
      ...story.numbers,
      communeOnly: (owner && counts?.communes.get(owner)?.communeOnly) || 0,
    };
  });
}

function toResolution(cell: string): H3Res {
  const res = H3Res.safeParse(isValidCell(cell) ? getResolution(cell) : undefined);
  if (!res.success) throw new AppError('invalid_input', `"${cell}" is not an H3 cell of resolution 7, 8, 9 or 10`);
  return res.data;
}
