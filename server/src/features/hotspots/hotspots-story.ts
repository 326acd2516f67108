import { EMERGING_MIN_STEPS, mannKendall, theilSen } from '@diemnong/analysis';
import { AppError, type HotspotStory } from '@diemnong/contracts';
import { type Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import { daysOf, groupOf, orNull } from './hotspots-answers.ts';
import { HOTSPOT_RULE, type HotspotMeasure, type HotspotStep } from './hotspots-rules.ts';
import type { MeasuredHotspots } from './measured-hotspots.ts';

type CellStory = Omit<HotspotStory, 'res' | 'from' | 'to' | 'measure'>;

/**
 * Why one cell scores as it does. The numbers are not rounded, so that z = (localSum − expectedSum) ÷ spread.
 * Errors: `not_found` for a cell outside the grid, with the reason.
 */
export function tellCell(
  statistic: MeasuredHotspots,
  cell: string,
  { measure, reference }: { measure: HotspotMeasure; reference: Reference },
): CellStory {
  const { owned, scores, exact, counts, values, labels, significance } = statistic;
  const i = findMember(statistic, cell, { measure, reference });
  const code = owned.communes[i];
  const ring = ringOf(statistic, i);
  const cells = ring.length + 1;
  const { mean, deviation, members, z } = scores;
  const spread = deviation * Math.sqrt((members * cells - cells * cells) / (members - 1));
  const steps = statistic.steps.map((step) => tellStep(statistic, step, i, ring));
  return {
    dataVersion: statistic.dataVersion,
    cell,
    rule: HOTSPOT_RULE,
    commune: {
      code,
      name: communesOf(reference.defaultSet, reference).find((commune) => commune.code === code)?.fullName ?? code,
    },
    gridCells: members,
    rank: Number.isNaN(z[i]) ? null : 1 + z.reduce((higher, score) => higher + (score > z[i] ? 1 : 0), 0),
    count: counts[i],
    value: values[i],
    neighbours: ring.map((near) => ({ cell: owned.grid.cells[near], count: counts[near], value: values[near] })),
    localSum: ring.reduce((sum, near) => sum + values[near], values[i]), // in the order of giStarGrid: the very same number
    expectedSum: cells * mean,
    spread: spread > 0 ? spread : 0,
    mean,
    z: orNull(z[i]),
    p: orNull(scores.p[i]),
    q: orNull(scores.q[i]),
    localCount: ring.reduce((sum, near) => sum + counts[near], counts[i]),
    exactP: orNull(exact.p[i]),
    exactQ: orNull(exact.q[i]),
    significance: significance[i],
    label: labels[i],
    group: groupOf(labels[i]),
    steps: steps.map(({ month: _month, ...told }) => told),
    trend: trendOf(steps),
    warnings: statistic.warnings,
  };
}

type ToldStep = HotspotStory['steps'][number] & { month: number };

function tellStep(
  { monthlyCounts, monthlyZ, columns }: MeasuredHotspots,
  step: HotspotStep,
  i: number,
  ring: readonly number[],
): ToldStep {
  const { month, column } = step;
  const z = column === undefined ? Number.NaN : monthlyZ[i * columns + column];
  if (column === undefined || Number.isNaN(z))
    return { month, ...daysOf(step), count: null, neighbourhood: null, z: null };
  const countOf = (cell: number) => monthlyCounts[cell * columns + column];
  return {
    month,
    ...daysOf(step),
    count: countOf(i),
    neighbourhood: ring.reduce((sum, near) => sum + countOf(near), countOf(i)),
    z,
  };
}

/** Months of a neighbour that did not report are not in its counts, so they pull the slope down; z knows better. */
function trendOf(steps: readonly ToldStep[]): HotspotStory['trend'] {
  const told = steps.flatMap(({ month, z, neighbourhood }) =>
    z === null || neighbourhood === null ? [] : [{ month, z, neighbourhood }],
  );
  if (told.length < EMERGING_MIN_STEPS) return null;
  const { s, z, p, tau } = mannKendall(told.map((step) => step.z));
  // Over the calendar: a month that was left out still passed.
  const { slope } = theilSen(
    told.map((step) => step.neighbourhood),
    told.map((step) => step.month),
  );
  return { s, z, p, tau, slope };
}

/** Neighbours that are in the statistic. */
function ringOf({ owned, member }: MeasuredHotspots, i: number): number[] {
  const { start, neighbours } = owned.grid;
  return Array.from(neighbours.subarray(start[i], start[i + 1])).filter((near) => member[near] === 1);
}

function findMember(
  { owned, member, communes, withoutPopulation }: MeasuredHotspots,
  cell: string,
  { measure, reference }: { measure: HotspotMeasure; reference: Reference },
): number {
  const i = owned.indexOf.get(cell);
  if (i === undefined) {
    const set = reference.defaultSet ?? 'none';
    refuse(cell, 'tâm ô không nằm trong xã nào được xem', `its centre lies in no commune of set ${set} within reach`);
  }
  if (member[i] === 1) return i;
  const code = owned.communes[i];
  if (!communes.includes(code))
    refuse(cell, `xã ${code} không được chọn`, `commune ${code} is not among those asked for`);
  if (measure === 'per10k' && withoutPopulation.includes(code))
    refuse(cell, `xã ${code} chưa có số dân`, `commune ${code} has no population`);
  refuse(cell, `xã ${code} chưa báo cáo tháng nào trong kỳ`, `commune ${code} has reported no month of the period`);
}

function refuse(cell: string, vietnamese: string, english: string): never {
  throw new AppError(
    'not_found',
    `Ô ${cell} không có trong lưới: ${vietnamese}. (The cell is not in the grid: ${english}.)`,
  );
}
