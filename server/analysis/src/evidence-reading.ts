import type { EvidenceControls, EvidenceDisplacement, EvidenceReading } from './evidence-answer.ts';
import type { RateRatio } from './rate-ratio.ts';

/** The 0.95 quantile of the normal distribution: whether the total fell is asked towards one side only. */
export const Z_95_ONE_SIDED = 1.6448536269514722;
/** Fewer before never make strong evidence: one record more or less would decide. */
export const LEAST_RECORDS = 10;

/**
 * The four readings. A rise is told first: what speaks against must not be covered by anything that speaks for it.
 * - against: above the controls beyond chance; or above its own past beyond chance and the course of the others, and not below the
 *   controls; or it fell, but the ring rose beyond chance and area and ring together have not fallen.
 * - strong: below the controls beyond chance, beyond what regression to the mean and an earlier fall leave to expect, with enough known of the
 *   year before the window; and area and ring together below what the controls would have, so that the records did not just move next door.
 * - weak: below the controls but perhaps moved; or below its own past by more than chance, regression to the mean and the course of
 *   the others: what the whole province does is no evidence of one area.
 * @param options `spreadRatio` its own ratio with the limits that places differ by between the windows; `expectedRatio` what regression to the mean and the course of the others leave to expect of its own past, ≤ 1 or not;
 *   `course` after ÷ before of the others
 */
export function readingOf({
  dispersedRatio,
  spreadRatio,
  controls,
  displacement,
  expectedRatio,
  expectedAgainstControls,
  course,
  hasPast,
  ringRatio,
}: {
  dispersedRatio: RateRatio;
  spreadRatio: RateRatio;
  controls: EvidenceControls;
  displacement: EvidenceDisplacement;
  expectedRatio: number;
  expectedAgainstControls: number;
  course: number;
  hasPast: boolean;
  ringRatio: RateRatio;
}): EvidenceReading {
  // Not usable: all its numbers are null, and nothing is below or above.
  const against = controls.ratio;
  const hasRisen = isAbove(spreadRatio, Math.max(1, course)) && (against.ratio === null || against.ratio >= 1);
  // Only a fall can have moved; the ring of a place picked for its peak rises a little by itself.
  const hasMoved =
    isAbove(ringRatio, controls.isUsable ? 1 : Math.max(1, course)) &&
    displacement.wdd.wdd >= 0 &&
    (against.ratio ?? dispersedRatio.ratio ?? 1) < 1;
  if (isAbove(against, Math.max(1, expectedAgainstControls)) || hasRisen || hasMoved) return 'against';
  const isBelowControls = isBelow(against, Math.min(1, expectedAgainstControls)) && (dispersedRatio.ratio ?? 1) < 1;
  if (isBelowControls && hasPast && (displacement.wdd.z ?? 0) < -Z_95_ONE_SIDED) return 'strong';
  if (isBelowControls || isBelow(dispersedRatio, Math.min(1, expectedRatio))) return 'weak';
  return 'insufficient';
}

function isBelow({ high }: RateRatio, level: number): boolean {
  return high !== null && high < level;
}

function isAbove({ low }: RateRatio, level: number): boolean {
  return low !== null && low > level;
}
