import { mannKendallOf } from './mann-kendall.ts';
import { normalQuantile } from './normal.ts';

export type EmergingPattern =
  | 'new'
  | 'consecutive'
  | 'intensifying'
  | 'persistent'
  | 'diminishing'
  | 'sporadic'
  | 'oscillating'
  | 'historical';

export type EmergingLabel = `${EmergingPattern}-${'hot' | 'cold'}` | 'none';

/** The five plain groups shown to users: mới nổi, kéo dài, đang giảm, thất thường, đã qua. */
export type EmergingGroup = 'emerging' | 'lasting' | 'falling' | 'unsteady' | 'past';

/** Raise it whenever a rule changes, so that a stored label tells what it was made by. */
const RULE = 'emerging-17 v1';

/** Fewer monthly steps than this carry no label on screen ("chưa đủ kỳ"); callers check. */
export const EMERGING_MIN_STEPS = 12;

/**
 * Which of 17 patterns does the series of Gi* scores of one cell make? Oldest step first, last one decides.
 * A step is hot when z is strictly above the two-sided limit of `confidence`, cold when strictly below its negative; no
 * correction for many tests. "Mostly" is 90% of the steps or more, counted in whole numbers.
 * - mostly hot: last step not hot → historical; else by Mann–Kendall at the same confidence, rising → intensifying,
 *   falling → diminishing, neither → persistent
 * - last step hot: never before → new; one unbroken run of two or more → consecutive; a cold step earlier → oscillating;
 *   else → sporadic
 * - cold is the mirror image; anything else is none.
 * Where texts leave a choice: new and consecutive win over oscillating, historical over persistent.
 * @param z a step without a score (all cells equal) is null, and counts as 0.
 * @returns the label, and the version and confidence of the rules it was made by.
 * Source: Esri, "How Emerging Hot Spot Analysis works" (ArcGIS Pro 3), put in other words.
 */
export function classifyEmerging(
  z: ArrayLike<number | null>,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): { label: EmergingLabel; rule: string } {
  const rule = emergingRule(confidence);
  const series = Float64Array.from(z, (score) => score ?? 0);
  return { label: labelOf(series, series.length, confidence, new Float64Array(series.length)), rule };
}

/** Version and confidence of the rules. */
export function emergingRule(confidence: number): string {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence}; expected between 0 and 1`);
  return `${RULE}, confidence ${confidence}`;
}

/**
 * The label of the first `steps` scores of a series.
 * @param room holds at least `steps` and is written over, so that many series need one.
 */
export function labelOf(z: Float64Array, steps: number, confidence: number, room: Float64Array): EmergingLabel {
  const limit = limitOf(confidence);
  let hot = 0;
  let cold = 0;
  for (let step = 0; step < steps; step++) {
    if (z[step] > limit) hot++;
    else if (z[step] < -limit) cold++;
  }
  if (hot + cold === 0) return 'none';
  const last = z[steps - 1];
  for (const side of ['hot', 'cold'] as const) {
    const sign = side === 'hot' ? 1 : -1;
    const own = side === 'hot' ? hot : cold;
    const isLast = sign * last > limit;
    if (10 * own >= 9 * steps) {
      if (!isLast) return `historical-${side}`;
      const trend = mannKendallOf(z, steps, room);
      if (trend.p >= 1 - confidence) return `persistent-${side}`;
      return sign * trend.s > 0 ? `intensifying-${side}` : `diminishing-${side}`;
    }
    if (!isLast) continue;
    if (own === 1) return `new-${side}`;
    let run = 0;
    while (sign * z[steps - 1 - run] > limit) run++;
    if (run === own) return `consecutive-${side}`;
    return hot > 0 && cold > 0 ? `oscillating-${side}` : `sporadic-${side}`;
  }
  return 'none';
}

const GROUPS: Record<EmergingPattern, EmergingGroup> = {
  new: 'emerging',
  consecutive: 'emerging',
  intensifying: 'lasting',
  persistent: 'lasting',
  diminishing: 'falling',
  sporadic: 'unsteady',
  oscillating: 'unsteady',
  historical: 'past',
};

/** The plain group of a label; null of `none`. */
export function emergingGroup(label: EmergingLabel): EmergingGroup | null {
  if (label === 'none') return null;
  return GROUPS[label.slice(0, label.lastIndexOf('-')) as EmergingPattern];
}

const limits = new Map<number, number>();

function limitOf(confidence: number): number {
  let limit = limits.get(confidence);
  if (limit === undefined) {
    limit = normalQuantile((1 + confidence) / 2);
    limits.set(confidence, limit);
  }
  return limit;
}
