import {
  type AreaEvent,
  type AreaEventType,
  type AreaRules,
  approvedEventTypes,
  type ConditionAnswer,
  type MeasureKind,
  type NewAreaEvent,
  reasonLength,
} from '@diemnong/contracts';
import { addDays } from '../../state/days.ts';
import { isDay } from '../days/day-text.ts';

/** What a person types for a step; texts as typed, days as `2026-10-31` or as typed where that is no day, "" = nothing. */
export type StepDraft = {
  type: AreaEventType | '';
  on: string;
  year: string;
  decisionNumber: string;
  decisionDate: string;
  files: string[];
  note: string;
  reason: string;
  measureKind: MeasureKind;
  measureFrom: string;
  /** Last day, included. */
  measureTo: string;
  quantity: string;
  /** Condition → 'yes', 'no', or the share in percent as typed. */
  conditions: Record<string, string>;
};

export type StepFault =
  | 'type'
  | 'on'
  | 'year'
  | 'reason'
  | 'measureFrom'
  | 'measureTo'
  | 'quantity'
  | 'conditions'
  | 'decisionDate';

export const emptyDraft: StepDraft = {
  type: '',
  on: '',
  year: '',
  decisionNumber: '',
  decisionDate: '',
  files: [],
  note: '',
  reason: '',
  measureKind: 'camera',
  measureFrom: '',
  measureTo: '',
  quantity: '',
  conditions: {},
};

const yearTypes: readonly AreaEventType[] = ['listed', 'carried_over'];
const reasonTypes: readonly AreaEventType[] = ['rejected', 'relapsed', 'withdrawn'];
const assessmentTypes: readonly AreaEventType[] = ['assessed_success', 'assessed_not_yet'];
const withoutDecision: readonly AreaEventType[] = ['measure', 'reviewed', 'withdrawn'];
/** Entered elsewhere: by dividing or merging, and at the step that they strike. */
const enteredElsewhere: readonly AreaEventType[] = ['superseded', 'withdrawn'];
const mostQuantity = 100_000;

/** Which fields a step has. */
export function fieldsOf(type: AreaEventType) {
  return {
    hasYear: yearTypes.includes(type),
    hasReason: reasonTypes.includes(type),
    hasDecision: !withoutDecision.includes(type),
    hasMeasure: type === 'measure',
    hasConditions: assessmentTypes.includes(type),
    needsApproval: (approvedEventTypes as readonly AreaEventType[]).includes(type),
  };
}

/** The steps that the form offers, of those that are legal now. */
export function offeredSteps(legal: readonly AreaEventType[]): AreaEventType[] {
  return legal.filter((type) => !enteredElsewhere.includes(type));
}

/** A list of conditions with what was answered. A condition that asks for a share is met when the share reaches it. */
export function readConditions(
  { conditions }: Pick<AreaRules, 'conditions'>,
  answers: Readonly<Record<string, string>>,
): ConditionAnswer[] {
  return conditions.map(({ id, atLeast }) => {
    const answer = (answers[id] ?? '').trim();
    if (atLeast === null) return { id, met: answer === 'yes' ? true : answer === 'no' ? false : null, value: null };
    const value = readPercent(answer);
    return { id, met: value === null ? null : value >= atLeast, value };
  });
}

/** "82,5" and "82.5" → 0.825; null for nothing and for what is no share. */
export function readPercent(text: string): number | null {
  if (!/^\d{1,3}([.,]\d+)?$/.test(text)) return null;
  const share = Number((Number(text.replace(',', '.')) / 100).toPrecision(12));
  return share <= 1 ? share : null;
}

/** A text that was typed, or nothing at all. */
const typed = <Name extends string>(name: Name, text: string) =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as { [key in Name]?: string };

/**
 * The step as the server takes it, or which fields keep it from being sent.
 * @param today last day a step may have.
 * @param supersedes the step that this one corrects.
 */
export function readDraft(
  draft: StepDraft,
  {
    today,
    rules,
    supersedes,
  }: { today: string; rules: Pick<AreaRules, 'conditions'>; supersedes?: string | undefined },
): { event: NewAreaEvent } | { faults: StepFault[] } {
  const { type } = draft;
  if (type === '') return { faults: ['type'] };
  const fields = fieldsOf(type);
  const faults: StepFault[] = [];
  if (!isDay(draft.on) || draft.on > today) faults.push('on');
  if (fields.hasYear && !/^2\d{3}$/.test(draft.year)) faults.push('year');
  if (fields.hasReason && draft.reason.trim().length < reasonLength.least) faults.push('reason');
  if (fields.hasDecision && draft.decisionDate !== '' && (!isDay(draft.decisionDate) || draft.decisionDate > today))
    faults.push('decisionDate');
  const from = draft.measureFrom || draft.on;
  if (fields.hasMeasure) {
    if (!isDay(from)) faults.push('measureFrom');
    if (draft.measureTo !== '' && (!isDay(draft.measureTo) || draft.measureTo < from)) faults.push('measureTo');
    if (draft.quantity !== '' && !(/^\d+$/.test(draft.quantity) && Number(draft.quantity) <= mostQuantity))
      faults.push('quantity');
  }
  if (
    fields.hasConditions &&
    rules.conditions.some(({ id, atLeast }) => {
      const answer = (draft.conditions[id] ?? '').trim();
      return atLeast !== null && answer !== '' && readPercent(answer) === null;
    })
  )
    faults.push('conditions');
  if (faults.length > 0) return { faults };
  return {
    event: {
      type,
      on: draft.on,
      ...(fields.hasYear ? { year: Number(draft.year) } : {}),
      ...(fields.hasDecision ? typed('decisionNumber', draft.decisionNumber) : {}),
      ...(fields.hasDecision ? typed('decisionDate', draft.decisionDate) : {}),
      ...(draft.files.length > 0 ? { files: draft.files } : {}),
      ...typed('note', draft.note),
      ...typed('reason', draft.reason),
      ...(fields.hasMeasure
        ? {
            measure: {
              kind: draft.measureKind,
              from,
              to: draft.measureTo === '' ? null : addDays(draft.measureTo, 1),
              quantity: draft.quantity === '' ? null : Number(draft.quantity),
            },
          }
        : {}),
      ...(fields.hasConditions ? { conditions: readConditions(rules, draft.conditions) } : {}),
      ...(supersedes === undefined ? {} : { supersedes }),
    },
  };
}

/** A step that was entered, as a draft of its correction. */
export function draftOf(event: AreaEvent): StepDraft {
  const { measure } = event;
  return {
    ...emptyDraft,
    type: event.type,
    on: event.on,
    year: event.year === null ? '' : String(event.year),
    decisionNumber: event.decisionNumber ?? '',
    decisionDate: event.decisionDate ?? '',
    files: event.files,
    note: event.note ?? '',
    reason: event.reason ?? '',
    ...(measure === null
      ? {}
      : {
          measureKind: measure.kind,
          measureFrom: measure.from,
          measureTo: measure.to === null ? '' : addDays(measure.to, -1),
          quantity: measure.quantity === null ? '' : String(measure.quantity),
        }),
    conditions: Object.fromEntries(
      (event.conditions ?? []).map(({ id, met, value }) => [
        id,
        value === null ? (met === null ? '' : met ? 'yes' : 'no') : String(Number((value * 100).toPrecision(12))),
      ]),
    ),
  };
}
