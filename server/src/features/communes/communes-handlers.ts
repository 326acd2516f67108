import {
  AppError,
  type getCommuneCounts,
  type getCommuneStory,
  type getCommunes,
  type MultiPolygonGeometry,
  type ParsedRequestOf,
  type ResponseOf,
  type Story,
} from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { type Commune, type Reference, reachesBack } from '../../snapshot/reference-queries.ts';
import { communesOf, oneYearEarlier, toBoundarySet, toSelection } from '../../snapshot/selection.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { listSharedCommuneCounts, tellSharedCommuneStory } from '../shared-counts/shared-communes.ts';
import { compare } from '../stories/comparison.ts';
import { isReported, monthsBeginningIn } from '../stories/reporting.ts';
import { tellStory } from '../stories/stories-rules.ts';
import { countByCommune, listOverlappingCommunes, readCommuneOutlines } from './communes-queries.ts';
import { simplifyBorders } from './simplified-borders.ts';

type Outlines = ReadonlyMap<string, { geometry: MultiPolygonGeometry; labelPoint: [number, number] }>;

/** Simplified shapes of each import of a set: every data version draws the same ones. */
const drawnSets = new WeakMap<SnapshotStore, Map<string, Promise<Outlines>>>();

/** The communes of one set as GeoJSON, ordered by code. */
export function listCommunes(
  { snapshots }: AppContext,
  query: ParsedRequestOf<typeof getCommunes>['query'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof getCommunes>> {
  return snapshots.read(identity.scope, async (source) => {
    const { reference } = source;
    const boundarySet = toBoundarySet(query.boundarySet, reference);
    const outlines = boundarySet === undefined ? undefined : await drawSet(snapshots, source, boundarySet);
    const features = communesOf(boundarySet, reference).flatMap(({ code, ...properties }) => {
      const outline = outlines?.get(code);
      if (outline === undefined) return [];
      const { geometry, labelPoint } = outline;
      return [{ type: 'Feature' as const, id: code, properties: { code, ...properties, labelPoint }, geometry }];
    });
    return {
      type: 'FeatureCollection',
      dataVersion: reference.dataVersion,
      boundarySet: boundarySet ?? null,
      features,
    };
  });
}

/** Counts of every commune of a set, zeros included, ordered by code. */
export function listCommuneCounts(
  { snapshots }: AppContext,
  query: ParsedRequestOf<typeof getCommuneCounts>['query'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof getCommuneCounts>> {
  if (identity.scope.reach === 'shared') return listSharedCommuneCounts(snapshots, identity.scope, query);
  return snapshots.read(
    identity.scope,
    async (source) => {
      const { reference } = source;
      const boundarySet = toBoundarySet(query.boundarySet, reference);
      const selection = toSelection(query, reference);
      const now = await countByCommune(source, selection, boundarySet);
      const yearEarlier = oneYearEarlier(selection);
      const before = await countByCommune(source, yearEarlier, boundarySet);
      const isComparable = reachesBack(reference, yearEarlier.fromDay);
      const months = monthsBeginningIn(selection.fromDay, selection.toDay);
      const reportersOf = await findReporters(source, boundarySet);
      const communes = communesOf(boundarySet, reference).map(({ code, areaKm2, population }) => {
        const { inCells, communeOnly } = now.communes.get(code) ?? { inCells: 0, communeOnly: 0 };
        const count = inCells + communeOnly;
        const previous = before.communes.get(code) ?? { inCells: 0, communeOnly: 0 };
        const reporters = reportersOf(code);
        const unreportedMonths = months.filter((month) => !isReported(reporters, month, reference)).length;
        return {
          code,
          count,
          inCells,
          communeOnly,
          perKm2: count / areaKm2,
          per10k: population ? (count / population) * 10_000 : null,
          ...compare(count, previous.inCells + previous.communeOnly, isComparable),
          reported: unreportedMonths === 0,
          unreportedMonths,
        };
      });
      return {
        dataVersion: reference.dataVersion,
        hiddenUnder: null,
        boundarySet: boundarySet ?? null,
        from: query.from,
        to: query.to,
        total: now.inCells + now.communeOnly,
        inCells: now.inCells,
        communeOnly: now.communeOnly,
        timeUnknown: now.timeUnknown,
        unplaced: now.unplaced,
        communes,
      };
    },
    query.boundarySet,
  );
}

/** Errors: `not_found` for a code that the set does not have. */
export function tellCommuneStory(
  { snapshots }: AppContext,
  code: string,
  query: ParsedRequestOf<typeof getCommuneStory>['query'],
  { identity }: SignedInContext,
): Promise<Story> {
  if (identity.scope.reach === 'shared') return tellSharedCommuneStory(snapshots, identity.scope, code, query);
  return snapshots.read(
    identity.scope,
    async (source) => {
      const { reference } = source;
      const boundarySet = toBoundarySet(query.boundarySet, reference);
      const commune = findCommune(code, boundarySet, reference);
      if (commune === undefined || boundarySet === undefined)
        throw new AppError('not_found', `No commune ${code} in boundary set ${boundarySet ?? '(none was imported)'}`);
      const reportersOf = await findReporters(source, boundarySet);
      const place = { boundarySet, commune: code };
      const story = await tellStory(source, toSelection(query, reference), place, reportersOf(code));
      return {
        dataVersion: reference.dataVersion,
        place: {
          kind: 'commune',
          id: code,
          name: commune.fullName,
          communes: [],
          areaKm2: commune.areaKm2,
          population: commune.population,
        },
        from: query.from,
        to: query.to,
        ...story.numbers,
      };
    },
    query.boundarySet,
  );
}

function findCommune(code: string, boundarySet: string | undefined, reference: Reference): Commune | undefined {
  return communesOf(boundarySet, reference).find((commune) => commune.code === code);
}

/**
 * Who reports for a commune: itself in the default set; in another set, whose communes send nothing, all communes of the
 * default set that it shares cells with.
 */
async function findReporters(
  { reference, ask }: CountSource,
  boundarySet: string | undefined,
): Promise<(code: string) => readonly string[]> {
  const { defaultSet } = reference;
  if (boundarySet === undefined || defaultSet === undefined || boundarySet === defaultSet) return (code) => [code];
  const overlapping = await ask((database) => listOverlappingCommunes(database, boundarySet, defaultSet));
  return (code) => overlapping.get(code) ?? [];
}

function drawSet(snapshots: SnapshotStore, { reference, ask }: CountSource, boundarySet: string): Promise<Outlines> {
  const drawn = drawnSets.get(snapshots) ?? new Map<string, Promise<Outlines>>();
  drawnSets.set(snapshots, drawn);
  const key = `${boundarySet} ${reference.boundarySets.find(({ id }) => id === boundarySet)?.importedAt}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const drawing = ask((database) => readCommuneOutlines(database, boundarySet)).then((outlines) => {
    const shapes = simplifyBorders(outlines.map(({ geometry }) => geometry));
    return new Map(outlines.map(({ code, labelPoint }, i) => [code, { geometry: shapes[i], labelPoint }]));
  });
  drawn.set(key, drawing);
  drawing.catch(() => drawn.delete(key));
  return drawing;
}
