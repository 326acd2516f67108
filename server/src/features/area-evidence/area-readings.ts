import type { H3Cell, ReadingsResponse } from '@diemnong/contracts';
import { type Scope, scopeKey } from '../../access/scope.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { listAreasById } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import { finite } from '../stories/comparison.ts';
import { listAreasOfYear, listStepsInForce } from './area-evidence-queries.ts';
import { categoriesOf } from './area-evidence-rules.ts';
import { evidenceBasis, treatedCells } from './evidence-basis.ts';
import { askOf, readArea } from './tell-evidence.ts';

type AreaReading = ReadingsResponse['areas'][number];

const MOST_AREAS = 500;
/** Readings of some years, scopes and days. */
const KEPT_READINGS = 20_000;
const keptByStore = new WeakMap<SnapshotStore, Map<string, AreaReading>>();

/**
 * The readings of a year's list, in order of number. Each is kept for as long as its area, the others' places and the data stay
 * as they are; some milliseconds an area, and others are answered in between.
 */
export async function readYear(
  store: SnapshotStore,
  scope: Scope,
  source: CountSource,
  { year, asOf }: { year: number; asOf?: string | undefined },
): Promise<AreaReading[]> {
  const day = asOf ?? today();
  const { areas, steps } = await source.ask(async (database) => {
    const ids = await listAreasOfYear(database, year, day, MOST_AREAS);
    const rows = new Map((await listAreasById(database, ids)).map((area) => [area.id, area]));
    return { areas: ids.flatMap((id) => rows.get(id) ?? []), steps: await listStepsInForce(database, ids) };
  });
  const prepared = await evidenceBasis(store, scope, source);
  const avoid = await treatedCells(store, scope, source);
  const kept = keptByStore.get(store) ?? new Map<string, AreaReading>();
  keptByStore.set(store, kept);
  const readings: AreaReading[] = [];
  for (const area of areas) {
    const own = steps.get(area.id) ?? [];
    const categories = categoriesOf(area.types, source.reference);
    const asked = askOf(area, own, prepared, { asOf: day, categories });
    const { dataVersion } = source.reference;
    const key = [
      scopeKey(scope),
      dataVersion,
      area.id,
      area.revision,
      asked.round.startedOn,
      asked.endMonth,
      numberOf(avoid),
    ];
    const known = kept.get(key.join(' '));
    if (known !== undefined) {
      readings.push(known);
      continue;
    }
    const evidence = readArea(asked, avoid, new Set());
    const reading: AreaReading = {
      id: area.id,
      reading: evidence?.reading ?? 'insufficient',
      before: evidence?.before?.count ?? null,
      after: evidence?.after?.count ?? null,
      ratio: finite(evidence?.ratio?.ratio ?? null),
      low: finite(evidence?.ratio?.low ?? null),
      high: finite(evidence?.ratio?.high ?? null),
    };
    kept.set(key.join(' '), reading);
    readings.push(reading);
    await new Promise(setImmediate);
  }
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT_READINGS))) kept.delete(oldest);
  return readings;
}

let sets = 0;
const numbers = new WeakMap<ReadonlySet<H3Cell>, number>();
/** A number for each set of cells that was made: the same set, the same number. */
function numberOf(cells: ReadonlySet<H3Cell>): number {
  const known = numbers.get(cells) ?? ++sets;
  numbers.set(cells, known);
  return known;
}
