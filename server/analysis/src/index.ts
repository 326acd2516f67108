export * from './aoristic.ts';
export * from './area-coverage.ts';
export { areaMonths, EVIDENCE_RULE, readEvidence } from './area-evidence.ts';
export { detectableFall } from './area-power.ts';
export {
  type Camera,
  cameraSector,
  effectiveRangeM,
  type Lamp,
  lampReach,
  type WorkingState,
} from './camera-sector.ts';
export * from './cell-placer.ts';
export * from './change-points.ts';
export * from './commune-cells.ts';
export * from './commune-index.ts';
export * from './concentration.ts';
export * from './coordinate-system.ts';
export type { CoverageOptions } from './coverage-plane.ts';
export * from './displacement.ts';
export * from './ears.ts';
export {
  classifyEmerging,
  EMERGING_MIN_STEPS,
  type EmergingGroup,
  type EmergingLabel,
  type EmergingPattern,
  emergingGroup,
} from './emerging.ts';
export * from './emerging-grid.ts';
export type { AreaMonth, Evidence, EvidenceQuestion, EvidenceReading } from './evidence-answer.ts';
export {
  type CellMonths,
  type EvidenceBasis,
  type EvidenceReference,
  prepareEvidence,
} from './evidence-basis.ts';
export { evidenceSentence, type SentenceFacts } from './evidence-sentence.ts';
export * from './exact-coverage.ts';
export * from './false-discovery.ts';
export * from './farrington.ts';
export * from './funnel.ts';
export * from './geo.ts';
export * from './gi-star.ts';
export * from './gi-star-grid.ts';
export * from './greedy-coverage.ts';
export { type HexGrid, hexGrid, type Rings } from './hex-grid.ts';
export * from './kaplan-meier.ts';
export { type KernelDensityOptions, kernelDensity } from './kernel-density.ts';
export { type MannKendall, mannKendall, theilSen } from './mann-kendall.ts';
export * from './month-alarm.ts';
export * from './moran.ts';
export * from './normal.ts';
export * from './rate-ratio.ts';
export { RELAPSE_RULE, relapseSignal } from './relapse-signal.ts';
export * from './ring-chance.ts';
export * from './road-coverage.ts';
export * from './seasonal-index.ts';
export * from './seasonal-threshold.ts';
export type { SitingProblem } from './siting-reach.ts';
export * from './small-counts.ts';
export * from './target-state.ts';
export * from './time-zone.ts';
export * from './vn2000.ts';
export * from './wilson.ts';
