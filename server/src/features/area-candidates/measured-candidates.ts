import { cellOf, centreOf } from '@diemnong/analysis';
import type { AreaCandidate, AreaType, H3Cell, H3Res } from '@diemnong/contracts';
import { cellsToMultiPolygon, cellToBoundary, polygonToCells } from 'h3-js';
import { type Scope, scopeKey } from '../../access/scope.ts';
import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf, type Selection, toSelection } from '../../snapshot/selection.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { categoriesOf } from '../area-evidence/area-evidence-rules.ts';
import { countByCellMonth } from '../hotspots/hotspots-queries.ts';
import { HOTSPOT_RULE, scoreGrid } from '../hotspots/hotspots-rules.ts';
import { type OwnedGrid, readOwnedGrid } from '../hotspots/owned-grid.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { cutToCores, joinHotCells, toKey } from './joined-cells.ts';

/**
 * Raise the version whenever a suggestion changes by itself. A cell is hot by its neighbourhood, so a set may be the mere rim of
 * one busy cell that is not hot itself: where no more is recorded than an even spread would put, nothing is suggested.
 */
export const CANDIDATE_RULE = `candidates-1: significantly hot cells (90% and more) of the records of one area type that touch each other and hold more than evenly spread records would be; sets of over 4 km2 (res 9: 40 cells) cut to the half with the highest Gi*, until they are smaller; ${HOTSPOT_RULE}`;

/** A suggestion as the data make it, before anybody said anything about it. */
export type MeasuredCandidate = Omit<AreaCandidate, 'overlaps' | 'decision'> & {
  provinceCode: string;
  /** Res-10 cells whose centre lies in it. */
  fine: H3Cell[];
};

/** About 4 km², a quarter; of coarser cells a cell with its ring. */
const mostCells: Record<H3Res, number> = { 7: 7, 8: 7, 9: 40, 10: 280 };

export type CandidatesAsked = { type: AreaType; res: H3Res; from: string; to: string };

/** Some 32 questions: the four types at two resolutions of some scopes. */
const keptQuestions = 32;
const keptByStore = new WeakMap<SnapshotStore, Map<string, Promise<MeasuredCandidate[]>>>();

/**
 * Suggestions of one area type, strongest first (confidence, then records above what was expected): made once for a question, scope
 * and data version. Errors: those of `toSelection` and `readOwnedGrid`.
 */
export function measureCandidates(
  store: SnapshotStore,
  scope: Scope,
  source: CountSource,
  asked: CandidatesAsked,
): Promise<MeasuredCandidate[]> {
  const kept = keptByStore.get(store) ?? new Map<string, Promise<MeasuredCandidate[]>>();
  keptByStore.set(store, kept);
  const { type, res, from, to } = asked;
  const key = `${scopeKey(scope)} ${source.reference.dataVersion} ${type} ${res} ${from} ${to}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key); // a Map keeps the order of insertion: the newest goes last
    kept.set(key, known);
    return known;
  }
  const made = findCandidates(source, asked);
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  for (const oldest of [...kept.keys()].slice(0, -keptQuestions)) kept.delete(oldest);
  return made;
}

async function findCandidates(source: CountSource, asked: CandidatesAsked): Promise<MeasuredCandidate[]> {
  const { reference } = source;
  const { type, res, from, to } = asked;
  const categories = categoriesOf([type], reference);
  const open = { categories: undefined, communes: undefined, hours: undefined, weekdays: undefined };
  const selection: Selection = { ...toSelection({ from, to, ...open }, reference), categories };
  if (categories.length === 0) return [];
  const owned = await readOwnedGrid(source, res);
  const records = await countByCellMonth(source, selection, res);
  const statistic = await scoreGrid(owned, records, { selection, measure: 'count', reference });
  const { significance, scores, exact, counts, member } = statistic;
  const days = reportedDays(selection, reference);
  const gridDays = owned.communes.reduce((sum, code, i) => sum + (member[i] === 1 ? (days.get(code) ?? 0) : 0), 0);
  const counted = counts.reduce((sum, count) => sum + count, 0);
  const previous = await countPrevious(source, selection, owned, res);
  const sets = joinHotCells(owned.grid, significance);
  return cutToCores(owned.grid, sets, { z: scores.z, most: mostCells[res] })
    .map((places) => {
      const cells = places.map((i) => owned.grid.cells[i]);
      const count = sum(places, (i) => counts[i]);
      const expected = (counted * sum(places, (i) => days.get(owned.communes[i]) ?? 0)) / gridDays;
      const communes = communesBySize(places, owned, reference);
      return {
        key: toKey(asked, cells),
        type,
        cells,
        geometry: { type: 'MultiPolygon' as const, coordinates: cellsToMultiPolygon(cells, true) },
        communes: communes.map(({ code, fullName }) => ({ code, name: fullName })),
        provinceCode: communes[0].provinceCode,
        areaKm2: sum(places, (i) => owned.areaKm2[i]),
        count,
        expected,
        confidence: ([90, 95, 99] as const)[Math.max(...places.map((i) => significance[i])) - 1],
        q: Math.max(...places.map((i) => Math.max(scores.q[i], exact.q[i]))),
        previous: sum(places, (i) => previous[i]),
        fine: fineCells(cells),
      };
    })
    .filter(({ count, expected }) => count > expected)
    .sort(
      (a, b) =>
        b.confidence - a.confidence || b.count - b.expected - (a.count - a.expected) || (a.key < b.key ? -1 : 1),
    );
}

/** Does an area hold the cells of a suggestion and no others? A twentieth may be lost where the scope's border cuts them. */
export function holdsSameCells(area: readonly H3Cell[], { cells, fine }: MeasuredCandidate): boolean {
  const res = cells.length === 0 ? 0 : resolutionOf(cells[0]);
  const covered = new Set(area.map((cell) => cellOf(...centreOf(cell), res)));
  return covered.size === cells.length && cells.every((cell) => covered.has(cell)) && area.length >= 0.95 * fine.length;
}

/** The second digit of its index in hexadecimal. */
function resolutionOf(cell: H3Cell): number {
  return Number.parseInt(cell[1], 16);
}

function fineCells(cells: readonly H3Cell[]): H3Cell[] {
  return cells.flatMap((cell) => polygonToCells(cellToBoundary(cell), 10));
}

/** Days of the window that each commune reported. */
function reportedDays({ fromDay, toDay }: Selection, reference: Reference): Map<string, number> {
  const months = monthsTouching(fromDay, toDay).map((month) => ({
    month,
    days: Math.min(firstDayOfMonth(month + 1), toDay) - Math.max(firstDayOfMonth(month), fromDay),
  }));
  return new Map(
    communesOf(reference.defaultSet, reference).map(({ code }) => [
      code,
      sum(months, ({ month, days }) => (isReported([code], month, reference) ? days : 0)),
    ]),
  );
}

/** Records of each cell in the window of equal length before, of months that its commune reported. */
async function countPrevious(
  source: CountSource,
  selection: Selection,
  { indexOf, communes }: OwnedGrid,
  res: H3Res,
): Promise<Float64Array> {
  const { fromDay, toDay } = selection;
  const before = { ...selection, fromDay: fromDay - (toDay - fromDay), toDay: fromDay };
  const { cells, cell, month, count } = await countByCellMonth(source, before, res);
  const counts = new Float64Array(communes.length);
  for (let k = 0; k < count.length; k++) {
    const i = indexOf.get(cells[cell[k]]);
    if (i !== undefined && isReported([communes[i]], month[k], source.reference)) counts[i] += count[k];
  }
  return counts;
}

/** Communes that own some cells: most cells first, then by code. */
function communesBySize(places: readonly number[], owned: OwnedGrid, reference: Reference) {
  const sizes = new Map<string, number>();
  for (const i of places) sizes.set(owned.communes[i], (sizes.get(owned.communes[i]) ?? 0) + 1);
  return communesOf(reference.defaultSet, reference)
    .filter(({ code }) => sizes.has(code))
    .sort((a, b) => sizes.get(b.code)! - sizes.get(a.code)! || (a.code < b.code ? -1 : 1));
}

function sum<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}
