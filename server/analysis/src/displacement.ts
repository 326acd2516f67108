import { twoSidedP, Z_95 } from './normal.ts';

export interface DisplacementDifference {
  /** Incidents saved (negative) or added over treated and displacement areas together, beyond what controls did. */
  readonly wdd: number;
  readonly se: number;
  /** Null, as p is, when all eight counts are 0. */
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number | null;
  /** 95% limits. */
  readonly low: number;
  readonly high: number;
}

/** What one record of a control counts, and by how much the counts vary beyond chance. */
export interface DisplacementScale {
  /** Of the treated area's controls: their level brought to the area's. */
  readonly controlWeight?: number;
  /** Of the ring's controls. */
  readonly displacementControlWeight?: number;
  /** Variance ÷ Poisson variance, at least 1. */
  readonly dispersion?: number;
}

/**
 * Weighted displacement difference: (change in the treated area − in its control) + (change in the ring around it − in
 * the control of the ring). Periods are taken as equally long, counts as Poisson; a weighted count has its weight squared times
 * the variance. Weights 1 are the test of the paper.
 * @throws RangeError when a count is not a whole number ≥ 0, a weight below 0 or the dispersion below 1.
 * Source: A. P. Wheeler & J. H. Ratcliffe, "A simple weighted displacement difference test to evaluate place based crime
 * interventions", Crime Science 7:11, 2018.
 */
export function displacementDifference(
  counts: {
    readonly treatedBefore: number;
    readonly treatedAfter: number;
    readonly controlBefore: number;
    readonly controlAfter: number;
    readonly displacementBefore: number;
    readonly displacementAfter: number;
    readonly displacementControlBefore: number;
    readonly displacementControlAfter: number;
  },
  { controlWeight = 1, displacementControlWeight = 1, dispersion = 1 }: DisplacementScale = {},
): DisplacementDifference {
  checkCounts(counts);
  for (const weight of [controlWeight, displacementControlWeight])
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight}; expected a number ≥ 0`);
  if (!(dispersion >= 1)) throw new RangeError(`dispersion ${dispersion}; expected a number ≥ 1`);
  const wdd =
    counts.treatedAfter -
    counts.treatedBefore -
    controlWeight * (counts.controlAfter - counts.controlBefore) +
    (counts.displacementAfter - counts.displacementBefore) -
    displacementControlWeight * (counts.displacementControlAfter - counts.displacementControlBefore);
  const variance =
    dispersion *
    (counts.treatedBefore +
      counts.treatedAfter +
      controlWeight ** 2 * (counts.controlBefore + counts.controlAfter) +
      counts.displacementBefore +
      counts.displacementAfter +
      displacementControlWeight ** 2 * (counts.displacementControlBefore + counts.displacementControlAfter));
  const se = Math.sqrt(variance);
  const z = se > 0 ? wdd / se : null;
  return { wdd, se, z, p: z === null ? null : twoSidedP(z), low: wdd - Z_95 * se, high: wdd + Z_95 * se };
}

export type DisplacementReading =
  /** The area did no better than its control: the quotient means nothing. */
  | 'no-success'
  /** The ring gained more than the area did. */
  | 'diffusion-exceeds'
  | 'diffusion'
  | 'none'
  /** Part of the gain moved to the ring. */
  | 'displacement'
  /** As much or more moved than was gained. */
  | 'displacement-exceeds';

export interface DisplacementQuotient {
  readonly wdq: number;
  /** Change of the ring's share of the control; above 0 is displacement. */
  readonly buffer: number;
  /** Change of the area's share of the control; below 0 is success. */
  readonly success: number;
  /** Where the quotient stands to −1, 0 and 1, a billionth of slack allowed. */
  readonly reading: DisplacementReading;
}

/**
 * Weighted displacement quotient: what the ring gained (or lost) for each unit the treated area won, both as shares of a
 * wider control.
 * @returns null when a control count is 0 or the area's share did not move, so that there is nothing to divide by.
 * Source: K. J. Bowers & S. D. Johnson, "Measuring the geographical displacement and diffusion of benefit effects of
 * crime prevention activity", J. Quantitative Criminology 19, 2003.
 */
export function displacementQuotient(counts: {
  readonly treatedBefore: number;
  readonly treatedAfter: number;
  readonly displacementBefore: number;
  readonly displacementAfter: number;
  readonly controlBefore: number;
  readonly controlAfter: number;
}): DisplacementQuotient | null {
  checkCounts(counts);
  const { controlBefore, controlAfter } = counts;
  if (controlBefore === 0 || controlAfter === 0) return null;
  const buffer = counts.displacementAfter / controlAfter - counts.displacementBefore / controlBefore;
  const success = counts.treatedAfter / controlAfter - counts.treatedBefore / controlBefore;
  if (Math.abs(success) < 1e-12) return null;
  const wdq = buffer / success;
  return { wdq, buffer, success, reading: success > 0 ? 'no-success' : readingOf(wdq) };
}

function readingOf(wdq: number): DisplacementReading {
  const slack = 1e-9;
  if (Math.abs(wdq) <= slack) return 'none';
  if (wdq > 0) return wdq > 1 + slack ? 'diffusion-exceeds' : 'diffusion';
  return wdq <= -1 + slack ? 'displacement-exceeds' : 'displacement';
}

function checkCounts(counts: Readonly<Record<string, number>>) {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`${name} is ${count}; expected a whole number ≥ 0`);
    }
  }
}
