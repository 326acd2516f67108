import type { CountFilters, H3Res, HotspotWarning } from '@diemnong/contracts';
import { type Scope, scopeKey } from '../../access/scope.ts';
import { type Selection, toSelection } from '../../snapshot/selection.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { mostOnOnePlace } from '../imports/pile-ups.ts';
import { countByCellMonth, listCrowdedPlaces } from './hotspots-queries.ts';
import { type HotspotGrid, type HotspotMeasure, scoreGrid } from './hotspots-rules.ts';
import { warningsOf } from './hotspots-warnings.ts';
import { readOwnedGrid } from './owned-grid.ts';

export type HotspotsAsked = CountFilters & { res: H3Res; measure: HotspotMeasure };

/** One statistic, whole: the map and the story of each of its cells are told from it. */
export type MeasuredHotspots = HotspotGrid & {
  dataVersion: number;
  selection: Selection;
  inCells: number;
  communeOnly: number;
  timeUnknown: number;
  warnings: HotspotWarning[];
};

/** About 100 MB with the scores: four provinces at res 9 with five years each, or one at res 10. */
const keptEntries = 6_000_000;
type Kept = { made: Promise<MeasuredHotspots>; entries: number };
/** By scope, data version and question; a store holds one database. */
const keptByStore = new WeakMap<SnapshotStore, Map<string, Kept>>();

/**
 * The statistic that a question asks for, within a scope: made once, then kept for the clicks that follow.
 * Errors: those of `toSelection` and `readOwnedGrid`.
 */
export function measureHotspots(
  store: SnapshotStore,
  scope: Scope,
  source: CountSource,
  { from, to, categories, communes, hours, weekdays, res, measure }: HotspotsAsked,
): Promise<MeasuredHotspots> {
  const question = JSON.stringify([from, to, categories, communes, hours, weekdays, res, measure]);
  const key = `${scopeKey(scope)} ${source.reference.dataVersion} ${question}`;
  const kept = keptByStore.get(store) ?? new Map<string, Kept>();
  keptByStore.set(store, kept);
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key); // a Map keeps the order of insertion: the newest goes last
    kept.set(key, known);
    return known.made;
  }
  const entry: Kept = {
    made: countAndScore(source, { from, to, categories, communes, hours, weekdays, res, measure }),
    entries: 0,
  };
  kept.set(key, entry);
  entry.made.then(
    ({ owned, monthlyZ }) => {
      entry.entries = monthlyZ.length + 8 * owned.grid.cells.length;
      forgetOldest(kept);
    },
    () => kept.delete(key),
  );
  return entry.made;
}

async function countAndScore(source: CountSource, asked: HotspotsAsked): Promise<MeasuredHotspots> {
  const { reference } = source;
  const { res, measure } = asked;
  const selection = toSelection(asked, reference);
  const owned = await readOwnedGrid(source, res);
  const records = await countByCellMonth(source, selection, res);
  const inCells = records.count.reduce((sum, count) => sum + count, 0);
  const pileUps = await listCrowdedPlaces(source, selection, { res, most: mostOnOnePlace(inCells) });
  const statistic = await scoreGrid(owned, records, { selection, measure, reference });
  return {
    ...statistic,
    dataVersion: reference.dataVersion,
    selection,
    inCells,
    communeOnly: records.communeOnly,
    timeUnknown: records.timeUnknown,
    warnings: warningsOf(statistic, pileUps, { selection, measure, reference }),
  };
}

function forgetOldest(kept: Map<string, Kept>): void {
  let total = [...kept.values()].reduce((sum, { entries }) => sum + entries, 0);
  for (const [key, { entries }] of [...kept].slice(0, -1)) {
    if (total <= keptEntries) return;
    total -= entries;
    kept.delete(key);
  }
}
