import {
  classifyEmerging,
  classifyGrid,
  EMERGING_MIN_STEPS,
  type EmergingLabel,
  type GridScores,
  giStarGrid,
  giStarZ,
  globalMoranGrid,
  ringChance,
} from '@diemnong/analysis';
import type { HotspotsQuery } from '@diemnong/contracts';
import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf, type Selection } from '../../snapshot/selection.ts';
import type { CellMonthCounts } from '../../snapshot/snapshot-counts.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import type { OwnedGrid } from './owned-grid.ts';

export type HotspotMeasure = HotspotsQuery['measure'];

/** A calendar month that lies wholly in the window. */
export type HotspotStep = {
  month: number;
  unreportedCommunes: number;
  /** Its column in the monthly arrays; undefined when no commune of the grid has reported it. */
  column: number | undefined;
};

/** The statistic over the whole grid. Arrays are index-aligned with the cells of the grid. */
export type HotspotGrid = {
  owned: OwnedGrid;
  /** 1 = in the statistic. */
  member: Uint8Array;
  /** Records in reported months. */
  counts: Float64Array;
  /** What is scored. */
  values: Float64Array;
  scores: GridScores;
  /** The exact chance of a cell's ring beside its score; NaN outside the statistic. */
  exact: { p: Float64Array; q: Float64Array };
  /** ±1, ±2, ±3: 90, 95, 99% after FDR of both; 0 = neither, or not in the statistic. */
  significance: Int8Array;
  moran: { i: number; expected: number; z: number; p: number } | null;
  steps: HotspotStep[];
  /** Number of columns of the monthly arrays, which run cell by cell: entry `cell · columns + column`. */
  columns: number;
  monthlyCounts: Int32Array;
  /** Gi* of each month; NaN where the commune has not reported it, 0 where all cells are equal. */
  monthlyZ: Float64Array;
  /** Null where the cell has fewer than 12 reported steps. */
  labels: (EmergingLabel | null)[];
  /** Communes asked for, and those of them that `per10k` leaves out. */
  communes: readonly string[];
  withoutPopulation: string[];
};

/** Raise the version whenever a number changes by itself. */
export const HOTSPOT_RULE = [
  'hotspots v2',
  'Gi*: binary weights, the cell and its first ring, all owned cells with zeros, two-sided normal p',
  'exact: binomial chance of the records of the cell and its ring, in proportion to days reported (and km2, people), twice the smaller tail',
  'significant where the q of both, by Benjamini-Hochberg over the grid, are at most 10, 5 or 1%',
  `labels from monthly Gi*: ${classifyEmerging([]).rule}, no FDR within a month, at least ${EMERGING_MIN_STEPS} reported months`,
  'unreported commune-months left out, values scaled to the window by days reported',
  "Moran's I: the same weights, variance under randomisation",
].join('; ');

/** q at most this, weakest first: 90, 95, 99%. */
const levels = [0.1, 0.05, 0.01];
const cellsPerTurn = 4000;

/**
 * Score the grid: the whole window with FDR, and every month for the labels.
 * A commune-month without a report leaves: its records are not counted, and a cell's value is scaled to the window by the
 * days that its commune reported. Outside the grid: cells of communes that reported no day, that the filter does not name
 * (their zeros would be the filter's), and in `per10k` those without a population.
 * Lets the event loop answer others between months: the demonstration at res 9, 13,689 cells × 60 months, takes 0.15 s, at most
 * 0.03 s of it in one go.
 */
export async function scoreGrid(
  owned: OwnedGrid,
  records: CellMonthCounts,
  { selection, measure, reference }: { selection: Selection; measure: HotspotMeasure; reference: Reference },
): Promise<HotspotGrid> {
  const { grid } = owned;
  const cells = grid.cells.length;
  const communes = selection.communes ?? communesOf(reference.defaultSet, reference).map(({ code }) => code);
  const ordinals = new Map(communes.map((code, ordinal) => [code, ordinal]));
  const ordinalOf = Int32Array.from(owned.communes, (code) => ordinals.get(code) ?? -1);
  const months = monthsTouching(selection.fromDay, selection.toDay).map((month) => {
    const reported = Uint8Array.from(communes, (code) => (isReported([code], month, reference) ? 1 : 0));
    return { month, reported, days: daysInWindow(month, selection) };
  });
  const daysReported = communes.map((_, ordinal) =>
    months.reduce((sum, { days, reported }) => sum + days * reported[ordinal], 0),
  );
  const { exposure, withoutPopulation } = exposures(owned, measure, communes, reference);
  const member = Uint8Array.from(ordinalOf, (ordinal, i) =>
    ordinal >= 0 && daysReported[ordinal] > 0 && exposure[i] > 0 ? 1 : 0,
  );

  const { steps, columns, columnOf } = stepsOf(months, selection);
  const counts = new Float64Array(cells);
  const monthlyCounts = new Int32Array(cells * columns.length);
  const place = Int32Array.from(records.cells, (cell) => owned.indexOf.get(cell) ?? -1);
  for (let k = 0; k < records.count.length; k++) {
    const i = place[records.cell[k]];
    if (i < 0 || member[i] === 0) continue;
    if (months[records.month[k] - months[0].month].reported[ordinalOf[i]] === 0) continue;
    counts[i] += records.count[k];
    const column = columnOf.get(records.month[k]);
    if (column !== undefined) monthlyCounts[i * columns.length + column] = records.count[k];
  }
  const windowDays = selection.toDay - selection.fromDay;
  const values = counts.map((count, i) =>
    member[i] === 0 ? 0 : (count * windowDays) / daysReported[ordinalOf[i]] / exposure[i],
  );
  const scores = giStarGrid(values, grid, member);
  await othersFirst();
  const thrownBy = exposure.map((divisor, i) => (member[i] === 0 ? 0 : divisor * daysReported[ordinalOf[i]]));
  const exact = ringChance(counts, grid, member, thrownBy);
  await othersFirst();
  const { i, expected, z, p } = globalMoranGrid(values, grid, member);
  await othersFirst();

  const monthlyZ = new Float64Array(cells * columns.length);
  const monthValues = new Float64Array(cells);
  const monthMember = new Uint8Array(cells);
  const monthScores = new Float64Array(cells);
  for (const [column, { reported }] of columns.entries()) {
    for (let cell = 0; cell < cells; cell++) {
      monthMember[cell] = member[cell] === 1 ? reported[ordinalOf[cell]] : 0;
      monthValues[cell] = monthMember[cell] === 1 ? monthlyCounts[cell * columns.length + column] / exposure[cell] : 0;
    }
    giStarZ(monthValues, grid, monthMember, monthScores);
    for (let cell = 0; cell < cells; cell++) {
      const score = monthScores[cell];
      monthlyZ[cell * columns.length + column] = monthMember[cell] === 1 && Number.isNaN(score) ? 0 : score;
    }
    await othersFirst();
  }
  return {
    owned,
    member,
    counts,
    values,
    scores,
    exact,
    significance: significanceOf(scores, exact.q),
    moran: i === null || expected === null || z === null || p === null ? null : { i, expected, z, p },
    steps,
    columns: columns.length,
    monthlyCounts,
    monthlyZ,
    labels: await labelsOf(monthlyZ, cells, columns.length),
    communes,
    withoutPopulation,
  };
}

type WindowMonth = { month: number; reported: Uint8Array; days: number };

function daysInWindow(month: number, { fromDay, toDay }: Selection): number {
  return Math.min(firstDayOfMonth(month + 1), toDay) - Math.max(firstDayOfMonth(month), fromDay);
}

function stepsOf(months: readonly WindowMonth[], { fromDay, toDay }: Selection) {
  const columns: WindowMonth[] = [];
  const columnOf = new Map<number, number>();
  const steps = months
    .filter(({ month }) => firstDayOfMonth(month) >= fromDay && firstDayOfMonth(month + 1) <= toDay)
    .map((step): HotspotStep => {
      const unreportedCommunes = step.reported.reduce((sum, isReported) => sum + 1 - isReported, 0);
      if (unreportedCommunes < step.reported.length) columnOf.set(step.month, columns.push(step) - 1);
      return { month: step.month, unreportedCommunes, column: columnOf.get(step.month) };
    });
  return { steps, columns, columnOf };
}

/** What a cell's records are divided by: 1, km², or tens of thousands of people; 0 where nobody is known to live. */
function exposures(
  { communes: owners, areaKm2 }: OwnedGrid,
  measure: HotspotMeasure,
  communes: readonly string[],
  reference: Reference,
): { exposure: Float64Array; withoutPopulation: string[] } {
  if (measure === 'count') return { exposure: areaKm2.map(() => 1), withoutPopulation: [] };
  if (measure === 'perKm2') return { exposure: areaKm2, withoutPopulation: [] };
  const people = new Map(
    communesOf(reference.defaultSet, reference).map(({ code, population }) => [code, population ?? 0]),
  );
  const ownedKm2 = new Map<string, number>();
  for (const [i, code] of owners.entries()) ownedKm2.set(code, (ownedKm2.get(code) ?? 0) + areaKm2[i]);
  return {
    exposure: areaKm2.map((km2, i) => ((people.get(owners[i]) ?? 0) * km2) / ownedKm2.get(owners[i])! / 10_000),
    withoutPopulation: communes.filter((code) => !people.get(code)),
  };
}

/**
 * Both questions must agree. Gi* alone trusts the normal curve, and where rings hold few records most of what it then calls hot is
 * chance: 60% on the maps of one category group, 0.3% when the exact chance is asked too (docs/hotspots.md).
 */
function significanceOf({ z, q }: GridScores, exactQ: Float64Array): Int8Array {
  return Int8Array.from(
    z,
    (score, i) => Math.sign(score) * levels.filter((level) => q[i] <= level && exactQ[i] <= level).length,
  );
}

async function labelsOf(monthlyZ: Float64Array, cells: number, columns: number): Promise<(EmergingLabel | null)[]> {
  if (columns < EMERGING_MIN_STEPS) return new Array<null>(cells).fill(null);
  const labels: (EmergingLabel | null)[] = [];
  for (let start = 0; start < cells; start += cellsPerTurn) {
    const end = Math.min(start + cellsPerTurn, cells);
    labels.push(...classifyGrid(monthlyZ.subarray(start * columns, end * columns), columns).labels);
    await othersFirst();
  }
  return labels;
}

/** Let the event loop answer what waits. */
function othersFirst(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}
