/** One count and what explains it; the first entry of `row` is 1 for the intercept. */
export interface RegressionCase {
  readonly count: number;
  readonly row: readonly number[];
}

export interface PoissonFit {
  readonly coefficients: number[];
  readonly fitted: number[];
  /** Weights of the last round, prior weight × mean. */
  readonly workingWeights: number[];
  /** (count − mean) ÷ mean. */
  readonly workingResiduals: number[];
  /** Inverse of XᵀWX: covariance of the coefficients at dispersion 1. */
  readonly covariance: number[][];
  /** Diagonal of the hat matrix. */
  readonly leverages: number[];
  readonly degreesOfFreedom: number;
}

/**
 * Log-linear Poisson regression by iteratively reweighted least squares. Starts, stops (relative change of deviance under
 * 1e-8, at most 25 rounds) and leaves off as R's `glm` does, so that a baseline of zeros ends at the same tiny mean.
 * @param priorWeights one per case; 1 each when left out.
 * @returns null when it does not converge or the columns are not independent.
 * Source: P. McCullagh & J. A. Nelder, Generalized Linear Models, 1989, § 2.5.
 */
export function fitPoissonRegression(
  cases: readonly RegressionCase[],
  priorWeights?: readonly number[],
): PoissonFit | null {
  const prior = priorWeights ?? cases.map(() => 1);
  const width = cases[0]?.row.length ?? 0;
  let mean = cases.map(({ count }) => count + 0.1);
  let deviance = devianceOf(cases, mean, prior);
  let coefficients: number[] = [];
  let workingWeights: number[] = [];
  let covariance: number[][] = [];
  let isConverged = false;
  for (let round = 0; round < 25 && !isConverged; round++) {
    workingWeights = mean.map((value, at) => prior[at] * value);
    const normal = Array.from({ length: width }, () => Array.from({ length: width }, () => 0));
    const target = Array.from({ length: width }, () => 0);
    cases.forEach(({ count, row }, at) => {
      const adjusted = Math.log(mean[at]) + (count - mean[at]) / mean[at];
      for (let a = 0; a < width; a++) {
        target[a] += workingWeights[at] * row[a] * adjusted;
        for (let b = 0; b < width; b++) normal[a][b] += workingWeights[at] * row[a] * row[b];
      }
    });
    const inverse = invert(normal);
    if (inverse === null) return null;
    covariance = inverse;
    coefficients = inverse.map((line) => dot(line, target));
    mean = cases.map(({ row }) => Math.exp(dot(row, coefficients)));
    const next = devianceOf(cases, mean, prior);
    if (!Number.isFinite(next)) return null;
    isConverged = Math.abs(next - deviance) / (Math.abs(next) + 0.1) < 1e-8;
    deviance = next;
  }
  if (!isConverged) return null;
  return {
    coefficients,
    fitted: mean,
    workingWeights,
    workingResiduals: cases.map(({ count }, at) => (count - mean[at]) / mean[at]),
    covariance,
    leverages: cases.map(
      ({ row }, at) =>
        workingWeights[at] *
        dot(
          row,
          covariance.map((line) => dot(line, row)),
        ),
    ),
    degreesOfFreedom: prior.filter((weight) => weight > 0).length - width,
  };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function devianceOf(cases: readonly RegressionCase[], mean: readonly number[], prior: readonly number[]): number {
  let sum = 0;
  cases.forEach(({ count }, at) => {
    const entropy = count > 0 ? count * Math.log(count / mean[at]) : 0;
    sum += 2 * prior[at] * (entropy - (count - mean[at]));
  });
  return sum;
}

/** Inverse of a symmetric positive definite matrix, scaled to a unit diagonal first; null when it has none. */
function invert(matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length;
  const scale = matrix.map((line, at) => 1 / Math.sqrt(line[at]));
  const work = matrix.map((line, a) => [
    ...line.map((value, b) => value * scale[a] * scale[b]),
    ...Array.from({ length: n }, (_, b) => (a === b ? 1 : 0)),
  ]);
  for (let at = 0; at < n; at++) {
    const pivot = work[at][at];
    if (!(pivot > 1e-12)) return null;
    for (let column = 0; column < 2 * n; column++) work[at][column] /= pivot;
    for (let line = 0; line < n; line++) {
      const factor = work[line][at];
      if (line === at || factor === 0) continue;
      for (let column = 0; column < 2 * n; column++) work[line][column] -= factor * work[at][column];
    }
  }
  return work.map((line, a) => line.slice(n).map((value, b) => value * scale[a] * scale[b]));
}
