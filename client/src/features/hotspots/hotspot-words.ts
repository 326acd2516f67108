import type { HotspotStory, HotspotsResponse, HotspotWarning } from '@diemnong/contracts';
import { formatNumber } from '../../i18n/formats.ts';
import type { Language } from '../../i18n/i18n.ts';
import { addMonths, monthEnd, monthStart, monthsBetween, type Period } from '../../state/days.ts';
import { levelPercents, type Side } from './hotspots-scale.ts';

/** Below this, a p is told as "less than". */
const leastP = 0.001;

/** "= 0,032" or "< 0,001": what stands behind the letter p. */
export function pText(p: number, language: Language): string {
  if (p < leastP) return `<\u00a0${formatNumber(leastP, language, 3)}`;
  return `=\u00a0${formatNumber(p, language, p < 0.1 ? 3 : 2)}`;
}

/** A measured number with as many digits as matter: 1.240; 41,3; 7,2; 0,54; 0,031. */
export function aboutText(value: number, language: Language): string {
  const size = Math.abs(value);
  return formatNumber(value, language, size >= 100 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3);
}

/** How likely chance alone is, for readers without statistics: under 0.1, 1 or 5 percent, else about so many. */
export function chanceOf(p: number): { kind: 'under' | 'about'; percent: number } {
  for (const percent of [0.1, 1, 5]) if (p * 100 < percent) return { kind: 'under', percent };
  return { kind: 'about', percent: Math.round(p * 100) };
}

export type Verdict = { side: Side; percent: 90 | 95 | 99 } | null;

/** −3 → cold at 99%; null for 0. */
export function verdictOf(significance: number): Verdict {
  const percent = levelPercents[Math.abs(significance) - 1];
  return percent === undefined ? null : { side: significance > 0 ? 'hot' : 'cold', percent };
}

/** The chance that is told: the larger one of the two that a cell must pass (docs/hotspots.md); null where all cells are equal. */
export function toldChance({ p, exactP }: Pick<HotspotStory, 'p' | 'exactP'>): number | null {
  return p === null || exactP === null ? null : Math.max(p, exactP);
}

/** How the chance is told: after FDR it holds, alone it would but among so many it does not, or it is common. */
export function chanceKind(story: Pick<HotspotStory, 'significance' | 'p' | 'exactP'>) {
  const { significance } = story;
  const p = toldChance(story);
  if (p === null) return 'equal';
  if (significance !== 0) return 'sure';
  return p < 0.05 ? 'alone' : 'none';
}

/**
 * The sums of a neighbourhood as they are told. Counts: of the cell, of its ring, of both, and of an average neighbourhood. Rates:
 * means over the neighbourhood and over the grid. `isScaled`: the sum is of counts scaled to the whole window, since months are
 * missing; `times` is null where nothing is expected.
 */
export function surroundingsOf(story: HotspotStory) {
  const ring = story.neighbours.reduce((sum, { count }) => sum + count, 0);
  const cells = story.neighbours.length + 1;
  const isRate = story.measure !== 'count';
  const counted = story.count + ring;
  return {
    own: story.count,
    ring,
    sum: isRate ? story.localSum / cells : story.localSum,
    expected: isRate ? story.mean : story.expectedSum,
    isRate,
    // The answer is rounded to six digits.
    isScaled: !isRate && Math.abs(story.localSum - counted) > 1e-4 * Math.max(counted, 1),
    times: story.expectedSum > 0 ? story.localSum / story.expectedSum : null,
  };
}

export type StackedWarning = Exclude<HotspotWarning, { kind: 'few-steps' }>;

/** The warnings of the stack above the legend, the weightiest first. Too few steps spoil labels only, and are told where those would be. */
export function stackedWarnings(warnings: readonly HotspotWarning[]): StackedWarning[] {
  return warnings.filter((warning) => warning.kind !== 'few-steps');
}

/** null when labels can be given; else how many steps there are and are needed. */
export function missingSteps({ groups, warnings, steps }: HotspotsResponse): { steps: number; needed: number } | null {
  if (groups !== null) return null;
  const few = warnings.find((warning) => warning.kind === 'few-steps');
  return { steps: few?.steps ?? steps.length, needed: few?.needed ?? 12 };
}

/** The window of so many months that ends where the one that is seen ends, within the data; null when they reach no further. */
export function widerPeriod(seen: Period, range: Period, needed: number, wanted = 24): Period | null {
  const end = monthEnd(seen.to);
  const last = monthEnd(range.to);
  const to = end > last ? last : end;
  const first = monthStart(range.from);
  const from = addMonths(to, -wanted);
  // Nearer the beginning of the data the window reaches beyond its end, not before the first record.
  const period = from >= first ? { from, to } : { from: first, to: earlier(addMonths(first, wanted), last) };
  return monthsBetween(period.from, period.to) >= needed ? period : null;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** Is there clustering at all, at 5%? */
export function clusteringOf(moran: HotspotsResponse['moran']): 'clustered' | 'even' | 'none' | 'equal' {
  if (moran === null) return 'equal';
  if (moran.p >= 0.05) return 'none';
  return moran.i > moran.expected ? 'clustered' : 'even';
}

/** "hotspots v1; Gi*: …" → "hotspots v1": what fits on a legend, the whole rule stands in the panel. */
export function ruleVersion(rule: string): string {
  return rule.split(';')[0] ?? rule;
}
