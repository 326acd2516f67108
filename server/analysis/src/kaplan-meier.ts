import { Z_95 } from './normal.ts';

export interface Observation {
  /** How long it was watched, in any one unit. */
  readonly time: number;
  /** True when it ended in the event (relapse), false when watching just stopped. */
  readonly event: boolean;
}

export interface SurvivalStep {
  readonly time: number;
  /** Watched up to this time, those who leave at it included. */
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
  /** Share without the event after this time. */
  readonly survival: number;
  /** Greenwood's standard error of `survival`; null at survival 0. */
  readonly se: number | null;
  /** 95% log-log limits; null while survival is 1, and at 0. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Share that has not relapsed, by time watched. One row per distinct time, those with censoring alone included. At equal
 * times events come before censoring.
 * @throws RangeError when a time is not a number ≥ 0.
 * Source: E. L. Kaplan & P. Meier, J. American Statistical Association 53, 1958; M. Greenwood 1926; log-log limits of
 * J. D. Kalbfleisch & R. L. Prentice, The Statistical Analysis of Failure Time Data, 1980 (R's survival, "log-log").
 */
export function kaplanMeier(observations: readonly Observation[]): SurvivalStep[] {
  for (const { time } of observations) {
    if (!(time >= 0 && time < Infinity)) throw new RangeError(`time ${time}; expected a number ≥ 0`);
  }
  const sorted = observations.toSorted((a, b) => a.time - b.time);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (let first = 0; first < sorted.length; ) {
    const { time } = sorted[first];
    const atRisk = sorted.length - first;
    let events = 0;
    let next = first;
    for (; next < sorted.length && sorted[next].time === time; next++) if (sorted[next].event) events++;
    survival *= (atRisk - events) / atRisk;
    greenwood += events === 0 ? 0 : events / (atRisk * (atRisk - events));
    const spread = Math.exp((Z_95 * Math.sqrt(greenwood)) / Math.abs(Math.log(survival)));
    const hasLimits = survival > 0 && survival < 1;
    steps.push({
      time,
      atRisk,
      events,
      censored: next - first - events,
      survival,
      se: survival > 0 ? survival * Math.sqrt(greenwood) : null,
      low: hasLimits ? survival ** spread : null,
      high: hasLimits ? survival ** (1 / spread) : null,
    });
    first = next;
  }
  return steps;
}

/** The step that holds at a time: the last one not after it; undefined before the first. */
export function survivalAt(steps: readonly SurvivalStep[], time: number): SurvivalStep | undefined {
  return steps.findLast((step) => step.time <= time);
}
