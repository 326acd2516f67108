/** Histories of areas in short words, made into the steps as two accounts of the demonstration would have entered them. */
import type { DemoAreaEvent, DemoAreaEventType, DemoMeasure } from './areas.ts';
import { DAY_MS, HOUR_MS, startOfDay, toIsoDay, toLocal } from './calendar.ts';
import type { Random } from './random.ts';

/** Who enters and who agrees. */
const ENTERED_BY = 'planner';
const DECIDED_BY = 'province';

export type PlannedStep = {
  type: DemoAreaEventType;
  on: string;
  year?: number;
  measure?: DemoMeasure;
  note?: string;
  reason?: string;
  /** Position of the step that it corrects or strikes. */
  supersedes?: number;
  approval?: 'pending' | 'refused';
  decisionReason?: string;
  /** Entered on this day, by default within two days of `on`. */
  enteredOn?: string;
  /** Taken over from a divided or joined area: agreed to as it was there. */
  isCopied?: boolean;
  /** The number that was typed in place of the right one. */
  decisionNumber?: string;
};

/** Each word gives one step or a few that belong together; days are local. */
export const propose = (on: string, note?: string): PlannedStep[] => [
  { type: 'proposed', on, ...(note === undefined ? {} : { note }) },
];
export const list = (year: number, on = `${year}-01-20`): PlannedStep[] => [{ type: 'listed', on, year }];
export const carry = (year: number, on = `${year}-01-16`): PlannedStep[] => [{ type: 'carried_over', on, year }];
export const start = (on: string): PlannedStep[] => [{ type: 'transforming', on }];
export const succeed = (on: string): PlannedStep[] => [{ type: 'assessed_success', on }];
export const notYet = (on: string): PlannedStep[] => [{ type: 'assessed_not_yet', on }];
export const remove = (on: string): PlannedStep[] => [{ type: 'removed', on }];
export const close = (on: string): PlannedStep[] => [{ type: 'closed', on }];
export const relapse = (on: string, reason: string): PlannedStep[] => [{ type: 'relapsed', on, reason }];
export const reject = (on: string, reason: string): PlannedStep[] => [{ type: 'rejected', on, reason }];
export const supersede = (on: string, reason: string): PlannedStep[] => [{ type: 'superseded', on, reason }];
export const review = (on: string, note: string): PlannedStep[] => [{ type: 'reviewed', on, note }];
export const act = (
  kind: DemoMeasure['kind'],
  from: string,
  quantity: number | null = null,
  to: string | null = null,
): PlannedStep[] => [{ type: 'measure', on: from, measure: { kind, from, to, quantity } }];
/** Steps of a divided or joined area, as its successor goes on with them from a day on. */
export const takeOver = (on: string, ...steps: PlannedStep[][]): PlannedStep[] =>
  steps.flat().map((step) => ({ ...step, enteredOn: on, isCopied: true }));
/** Removed from the list, and watched from the same day; entered once the removal was agreed to. */
export const release = (on: string): PlannedStep[] => [
  ...remove(on),
  { type: 'watched', on, enteredOn: toIsoDay(startOfDay(on) + DAY_MS) },
];

const APPROVED: ReadonlySet<DemoAreaEventType> = new Set([
  'listed',
  'carried_over',
  'assessed_success',
  'assessed_not_yet',
  'removed',
  'relapsed',
]);
/** Kinds of steps that rest on a decision, and what its number begins at: the decisions of one day and kind are one. */
const DECIDED: Partial<Record<DemoAreaEventType, number>> = {
  listed: 1,
  carried_over: 1,
  assessed_success: 4,
  assessed_not_yet: 4,
  removed: 7,
  relapsed: 9,
};

/** `215/QĐ-UBND`: numbers rise through the year. */
function decisionOf(type: DemoAreaEventType, on: string): Pick<DemoAreaEvent, 'decisionNumber' | 'decisionDate'> {
  const first = DECIDED[type];
  if (first === undefined) return {};
  const dayOfYear = Math.round((startOfDay(on) - startOfDay(`${on.slice(0, 4)}-01-01`)) / DAY_MS) + 1;
  return { decisionNumber: `${Math.floor(dayOfYear * 10.7) + first}/QĐ-UBND`, decisionDate: on };
}

/** Answers of the check list that holds by default: all met at a success, one or two missed otherwise. */
function answerConditions(isSuccess: boolean, random: Random): DemoAreaEvent['conditions'] {
  const share = (low: number, high: number) => Math.round(random.between(low, high) * 1000) / 1000;
  const clearance = isSuccess ? share(0.81, 0.97) : share(0.61, 0.79);
  const isManaged = isSuccess || random.next() < 0.4;
  return [
    { id: 'clearance', met: isSuccess, value: clearance },
    { id: 'clearance_serious', met: true, value: 1 },
    { id: 'reports', met: true, value: 1 },
    { id: 'self_management', met: isManaged, value: null },
    { id: 'no_organised', met: isSuccess ? true : null, value: null },
  ];
}

/** The steps of one area, in order of entry. */
export function writeHistory(steps: readonly PlannedStep[], random: Random): DemoAreaEvent[] {
  const written = steps.map((step, index) => ({ step, index, event: writeStep(step, index, random) }));
  written.sort((a, b) => a.event.enteredAt - b.event.enteredAt);
  return written.map(({ step, event }) =>
    step.supersedes === undefined
      ? event
      : { ...event, supersedes: written.findIndex(({ index }) => index === step.supersedes) },
  );
}

function writeStep(step: PlannedStep, index: number, random: Random): DemoAreaEvent {
  const { type, on, approval: planned, decisionReason, enteredOn, isCopied = false, supersedes: _, ...rest } = step;
  // Steps of one day are entered in the order of the plan.
  const enteredAt = startOfDay(enteredOn ?? on) + 8 * HOUR_MS + index * 4 * 60_000;
  const approval = planned ?? (APPROVED.has(type) ? 'approved' : 'not_needed');
  const isDecided = approval === 'approved' || approval === 'refused';
  const isAssessment = type === 'assessed_success' || type === 'assessed_not_yet';
  return {
    ...decisionOf(type, on),
    ...(isAssessment ? { conditions: answerConditions(type === 'assessed_success', random) } : {}),
    ...rest,
    type,
    on,
    approval,
    enteredAt,
    enteredBy: ENTERED_BY,
    decidedBy: isDecided ? DECIDED_BY : null,
    decidedAt: isDecided ? enteredAt + (isCopied ? 0 : 1 + random.int(8)) * HOUR_MS : null,
    decisionReason: decisionReason ?? null,
  };
}

/** `2026-03-01` → 12·year + month − 1. */
export function monthNumberOf(isoDay: string): number {
  const { year, month } = toLocal(startOfDay(isoDay));
  return year * 12 + month - 1;
}
