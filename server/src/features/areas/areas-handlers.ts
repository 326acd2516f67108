import {
  type AreaAnswer,
  type AreaFilter,
  type AreaShapesResponse,
  type AreaSummary,
  type AreasResponse,
  areaStatuses,
  type mergeAreas,
  type ParsedRequestOf,
  type patchArea,
  type postArea,
  type ResponseOf,
  type splitArea,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { findCandidate } from '../area-candidates/take-candidate.ts';
import { textKey } from '../imports/rows/text-key.ts';
import { describeArea } from './area-detail.ts';
import { readAreaSteps, type StepsInForce } from './area-steps.ts';
import { type AreaLine, listAreaRows, listOutlines } from './areas-queries.ts';
import { createArea } from './create-area.ts';
import { editArea } from './edit-area.ts';
import { divideArea, joinAreas } from './reshape-areas.ts';
import { today } from './today.ts';

type Db = Pick<AppContext, 'db'>;

/** GET /api/areas. */
export function listAllAreas({ db }: Db, filter: AreaFilter, { scope }: Identity): Promise<AreasResponse> {
  return db.transaction(
    scope,
    async (transaction) => {
      const { asOf, matching, selected } = await select(transaction, filter);
      const counts = Map.groupBy(matching, ({ status }) => status);
      return {
        dataVersion: (await getVersions(transaction)).data,
        asOf,
        total: selected.length,
        statuses: areaStatuses
          .map((status) => ({ status, count: counts.get(status)?.length ?? 0 }))
          .filter(({ count }) => count > 0),
        years: listYears((await readAreaSteps(transaction)).inForce, asOf),
        areas: selected.slice(0, filter.limit).map(toSummary),
      };
    },
    { snapshot: true },
  );
}

/** GET /api/areas/shapes. */
export function listShapes({ db }: Db, filter: AreaFilter, { scope }: Identity): Promise<AreaShapesResponse> {
  return db.transaction(
    scope,
    async (transaction) => {
      const { asOf, selected } = await select(transaction, filter);
      const shown = selected.slice(0, filter.limit);
      const drawn = shown.filter(({ areaKm2 }) => areaKm2 !== null);
      const outlines = await listOutlines(
        transaction,
        drawn.map(({ id }) => id),
      );
      return {
        dataVersion: (await getVersions(transaction)).data,
        asOf,
        undrawn: shown.length - drawn.length,
        type: 'FeatureCollection' as const,
        features: drawn.flatMap(({ id, number, name, status, types, communeCode }) => {
          const geometry = outlines.get(id);
          if (geometry === undefined) return [];
          return {
            type: 'Feature' as const,
            geometry,
            properties: { id, number, name, status, types, commune: communeCode },
          };
        }),
      };
    },
    { snapshot: true },
  );
}

/** Years that any area within reach was listed for by the end of a day, newest first. */
function listYears(stepsOf: StepsInForce, asOf: string): number[] {
  const years = new Set<number>();
  for (const steps of stepsOf.values())
    for (const { on, year } of steps) if (year !== null && on <= asOf) years.add(year);
  return [...years].sort((a, b) => b - a);
}

/** Areas that match, in the order of the life cycle, then by number; `matching` without the filter on status. */
async function select(
  transaction: Knex,
  { asOf = today(), year, types, communes, level, status, text }: AreaFilter,
): Promise<{ asOf: string; matching: AreaLine[]; selected: AreaLine[] }> {
  const lines = await listAreaRows(transaction, { asOf, year, types, communes, level });
  const wanted = text === undefined ? '' : textKey(text);
  const matching = wanted === '' ? lines : lines.filter(({ name }) => textKey(name).includes(wanted));
  const place = new Map(areaStatuses.map((name, i) => [name, i]));
  const order = (line: AreaLine) => place.get(line.status) ?? 0;
  const selected = matching
    .filter((line) => status === undefined || line.status === status)
    .sort((a, b) => order(a) - order(b) || a.number - b.number);
  return { asOf, matching, selected };
}

function toSummary({ communeCode, communeName, provinceCode: _province, ...line }: AreaLine): AreaSummary {
  return { ...line, commune: { code: communeCode, name: communeName } };
}

/** GET /api/areas/:id. */
export function getOneArea({ db }: Db, id: string, asOf: string | undefined, identity: Identity): Promise<AreaAnswer> {
  return db.transaction(identity.scope, (transaction) => describeArea(transaction, identity, id, asOf), {
    snapshot: true,
  });
}

/** POST /api/areas. */
export async function markArea(
  { db, snapshots }: Pick<AppContext, 'db' | 'snapshots'>,
  { place, proposedOn = today(), candidate: key, ...words }: ParsedRequestOf<typeof postArea>['body'],
  identity: Identity,
): Promise<AreaAnswer> {
  const candidate = key === undefined ? undefined : await findCandidate(snapshots, identity.scope, key);
  return db.transaction(identity.scope, async (transaction) => {
    const { id } = await createArea(transaction, identity, { words, place, proposedOn, candidate });
    return describeArea(transaction, identity, id);
  });
}

/** PATCH /api/areas/:id. */
export function changeArea(
  { db }: Db,
  id: string,
  change: ParsedRequestOf<typeof patchArea>['body'],
  identity: Identity,
): Promise<AreaAnswer> {
  return db.transaction(identity.scope, async (transaction) => {
    await editArea(transaction, identity, id, change);
    return describeArea(transaction, identity, id);
  });
}

/** POST /api/areas/:id/split. */
export function splitOneArea(
  { db }: Db,
  id: string,
  body: ParsedRequestOf<typeof splitArea>['body'],
  identity: Identity,
): Promise<ResponseOf<typeof splitArea>> {
  return db.transaction(identity.scope, async (transaction) =>
    summarise(transaction, await divideArea(transaction, identity, id, body)),
  );
}

/** POST /api/areas/merge. */
export function mergeSeveralAreas(
  { db }: Db,
  body: ParsedRequestOf<typeof mergeAreas>['body'],
  identity: Identity,
): Promise<ResponseOf<typeof mergeAreas>> {
  return db.transaction(identity.scope, async (transaction) =>
    summarise(transaction, [await joinAreas(transaction, identity, body)]),
  );
}

async function summarise(transaction: Knex, ids: readonly string[]): Promise<ResponseOf<typeof splitArea>> {
  const lines = await listAreaRows(transaction, { asOf: today(), ids });
  return { dataVersion: (await getVersions(transaction)).data, areas: lines.map(toSummary) };
}
