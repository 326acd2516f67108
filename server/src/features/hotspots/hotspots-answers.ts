import { EMERGING_MIN_STEPS, type EmergingLabel, emergingGroup } from '@diemnong/analysis';
import { type EmergingGroup, emergingGroups, type HotspotsQuery, type HotspotsResponse } from '@diemnong/contracts';
import { firstDayOfMonth, toDay } from '../../snapshot/local-days.ts';
import { HOTSPOT_RULE, type HotspotStep } from './hotspots-rules.ts';
import type { MeasuredHotspots } from './measured-hotspots.ts';

/** The statistic as it goes to the map. */
export function toResponse(statistic: MeasuredHotspots, query: HotspotsQuery): HotspotsResponse {
  const { scores, exact, counts, significance, labels, member, owned, moran } = statistic;
  const isListed = (i: number) =>
    member[i] === 1 && (query.only === 'all' || significance[i] !== 0 || groupOf(labels[i]) !== null);
  const listed = Array.from(member.keys()).filter(isListed);
  return {
    dataVersion: statistic.dataVersion,
    res: query.res,
    from: query.from,
    to: query.to,
    measure: query.measure,
    rule: HOTSPOT_RULE,
    gridCells: scores.members,
    total: statistic.inCells + statistic.communeOnly,
    inCells: statistic.inCells,
    communeOnly: statistic.communeOnly,
    timeUnknown: statistic.timeUnknown,
    counted: counts.reduce((sum, count) => sum + count, 0),
    mean: scores.members === 0 ? 0 : toSixDigits(scores.mean),
    moran: moran && {
      i: toSixDigits(moran.i),
      expected: toSixDigits(moran.expected),
      z: toSixDigits(moran.z),
      p: toSixDigits(moran.p),
    },
    steps: statistic.steps.map((step) => ({ ...daysOf(step), unreportedCommunes: step.unreportedCommunes })),
    significant: countSignificant(statistic),
    groups: statistic.columns < EMERGING_MIN_STEPS ? null : countGroups(labels),
    warnings: statistic.warnings,
    cells: listed.map((i) => owned.grid.cells[i]),
    counts: listed.map((i) => counts[i]),
    z: listed.map((i) => toShown(scores.z[i])),
    p: listed.map((i) => toShown(scores.p[i])),
    q: listed.map((i) => toShown(scores.q[i])),
    exactQ: listed.map((i) => toShown(exact.q[i])),
    significance: listed.map((i) => significance[i]),
    label: listed.map((i) => labels[i]),
    group: listed.map((i) => groupOf(labels[i])),
  };
}

export function daysOf({ month }: HotspotStep): { from: string; to: string } {
  return { from: toDay(firstDayOfMonth(month)), to: toDay(firstDayOfMonth(month + 1)) };
}

export function groupOf(label: EmergingLabel | null): EmergingGroup | null {
  return label === null ? null : emergingGroup(label);
}

/** JSON has no NaN. */
export function orNull(score: number): number | null {
  return Number.isNaN(score) ? null : score;
}

function toSixDigits(value: number): number {
  return Number(value.toPrecision(6));
}

function toShown(score: number): number | null {
  return Number.isNaN(score) ? null : toSixDigits(score);
}

function countSignificant({ significance, scores: { z, p } }: MeasuredHotspots): HotspotsResponse['significant'] {
  const countAt = (level: number) => significance.reduce((sum, own) => sum + (own === level ? 1 : 0), 0);
  const countWithoutFdr = (sign: number) =>
    z.reduce((sum, score, i) => sum + (Math.sign(score) === sign && p[i] <= 0.05 ? 1 : 0), 0);
  return {
    hot: { p90: countAt(1), p95: countAt(2), p99: countAt(3) },
    cold: { p90: countAt(-1), p95: countAt(-2), p99: countAt(-3) },
    withoutFdr: { hot: countWithoutFdr(1), cold: countWithoutFdr(-1) },
  };
}

function countGroups(labels: readonly (EmergingLabel | null)[]): NonNullable<HotspotsResponse['groups']> {
  const counts = Object.fromEntries(emergingGroups.map((group) => [group, { hot: 0, cold: 0 }])) as NonNullable<
    HotspotsResponse['groups']
  >;
  for (const label of labels) {
    const group = groupOf(label);
    if (group !== null && label !== null) counts[group][label.endsWith('-hot') ? 'hot' : 'cold']++;
  }
  return counts;
}
