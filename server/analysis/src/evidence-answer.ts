import type { DisplacementDifference, DisplacementQuotient } from './displacement.ts';
import type { Balance } from './matched-controls.ts';
import type { RateRatio } from './rate-ratio.ts';

export interface EvidenceQuestion {
  /** Res-10 cells of the area. */
  readonly cells: readonly string[];
  readonly categories: ReadonlySet<number>;
  /** Index of the commune that the area is listed under; those of its occupied cells count too. */
  readonly commune: number;
  /** The month holding the day that "after" begins. */
  readonly startMonth: number;
  /** That day is the first of the month, so the whole month is after. */
  readonly startsOnFirst: boolean;
  /** As if the records ended before this month. Default: that of the basis. */
  readonly endMonth?: number;
  /** Cells of other areas. Its own may be among them: one and the same set for all questions is quickest. */
  readonly avoid: ReadonlySet<string>;
  /** Cells that the account may not see. */
  isHidden?(cell: string): boolean;
}

export type EvidenceReading = 'strong' | 'weak' | 'insufficient' | 'against';
export type EvidenceWarning =
  | 'few-records'
  | 'unreported'
  | 'other-areas-near'
  | 'hidden-by-scope'
  | 'one-place'
  | 'short-before';

/** `from` included, `to` excluded: first days of months, 'YYYY-MM-01'; `days`: of the months compared. */
export interface EvidenceWindow {
  readonly from: string;
  readonly to: string;
  /** The months compared (12 · year + month − 1), ascending: those reported on both sides. */
  readonly months: readonly number[];
  readonly count: number;
  readonly days: number;
}

interface ControlPlace {
  /** Centre of its disk. */
  readonly cell: string;
  readonly cells: readonly string[];
  /** Index of the centre's commune. */
  readonly commune: number;
  readonly before: number;
  readonly after: number;
}

export interface EvidenceControls {
  /** False: too unequal, for this reason; then nothing is compared with them. */
  readonly isUsable: boolean;
  readonly reason: 'too-few' | 'level' | 'density' | 'mix' | null;
  readonly candidates: number;
  readonly areas: readonly ControlPlace[];
  readonly before: number;
  readonly after: number;
  readonly balance: Balance;
  /** Ratio of the area ÷ ratio of its controls, with dispersion and the controls' own chance. All null when not usable. */
  readonly ratio: RateRatio;
}

export interface EvidenceDisplacement {
  /** Cells around the area that are counted. */
  readonly ring: readonly string[];
  /** Cells of the ring that this account may not see. */
  readonly ringHidden: number;
  readonly before: number;
  readonly after: number;
  /** Of the rings of all controls; 0 when the controls are not usable. */
  readonly controlBefore: number;
  readonly controlAfter: number;
  /** With the controls brought to the area's level before, the dispersion included; without controls when they are not usable. */
  readonly wdd: DisplacementDifference;
  readonly wdq: DisplacementQuotient | null;
}

export interface Evidence {
  /** too-early: fewer than three months reported on both sides; then all but the windows is null. */
  readonly stage: 'too-early' | 'measured';
  readonly before: EvidenceWindow | null;
  readonly after: EvidenceWindow | null;
  /** `ratio` and `high` are Infinity when nothing was recorded before; all null when nothing was on either side. */
  readonly ratio: RateRatio | null;
  readonly eTestP: number | null;
  readonly dispersion: number | null;
  readonly dispersedRatio: RateRatio | null;
  readonly controls: EvidenceControls | null;
  readonly displacement: EvidenceDisplacement | null;
  readonly regression: { readonly expectedRatio: number; readonly isLarge: boolean } | null;
  readonly reading: EvidenceReading;
  readonly warnings: readonly EvidenceWarning[];
}

export interface AreaMonth {
  readonly month: number;
  /** null: a commune of the area did not report. */
  readonly count: number | null;
}
