import { type AreaEvent, defaultAreaRules } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { draftOf, emptyDraft, fieldsOf, offeredSteps, readConditions, readDraft, readPercent } from './step-fields.ts';

const today = '2026-11-22';
const rules = defaultAreaRules;
const read = (draft: Partial<typeof emptyDraft>, supersedes?: string) =>
  readDraft({ ...emptyDraft, on: today, ...draft }, { today, rules, supersedes });

test('offers no step that is entered elsewhere', () => {
  expect(offeredSteps(['transforming', 'superseded', 'measure', 'withdrawn'])).toEqual(['transforming', 'measure']);
});

test('asks for a year where a list is meant, and for a second person where one is needed', () => {
  expect(fieldsOf('carried_over')).toMatchObject({ hasYear: true, needsApproval: true, hasDecision: true });
  expect(fieldsOf('measure')).toMatchObject({
    hasYear: false,
    needsApproval: false,
    hasDecision: false,
    hasMeasure: true,
  });
});

describe('a draft', () => {
  test('of nothing names the step as what is missing', () => {
    expect(readDraft(emptyDraft, { today, rules })).toEqual({ faults: ['type'] });
  });
  test('is sent with what was typed and nothing else', () => {
    expect(read({ type: 'listed', year: '2026', decisionNumber: ' 12/QĐ-UBND ', note: ' ' })).toEqual({
      event: { type: 'listed', on: today, year: 2026, decisionNumber: '12/QĐ-UBND' },
    });
  });
  test('names every field that keeps it from being sent', () => {
    expect(read({ type: 'listed', on: '2026-11-23', year: '26', decisionDate: '2027-01-01' })).toEqual({
      faults: ['on', 'year', 'decisionDate'],
    });
    expect(read({ type: 'relapsed', reason: 'ab' })).toEqual({ faults: ['reason'] });
    expect(read({ type: 'measure', measureTo: '2026-11-21', quantity: '1,5' })).toEqual({
      faults: ['measureTo', 'quantity'],
    });
    expect(read({ type: 'assessed_success', conditions: { clearance: '120' } })).toEqual({ faults: ['conditions'] });
  });
  test('is not sent with a day that is none', () => {
    expect(read({ type: 'listed', year: '2026', on: '31/02/2026', decisionDate: '3/2' })).toEqual({
      faults: ['on', 'decisionDate'],
    });
    expect(read({ type: 'measure', measureFrom: '3/2', measureTo: 'mai' })).toEqual({
      faults: ['measureFrom', 'measureTo'],
    });
  });
  test('of a measure ends on the day after its last one', () => {
    expect(
      read({
        type: 'measure',
        measureKind: 'patrol',
        measureFrom: '2026-03-01',
        measureTo: '2026-03-31',
        quantity: '5',
      }),
    ).toEqual({
      event: {
        type: 'measure',
        on: today,
        measure: { kind: 'patrol', from: '2026-03-01', to: '2026-04-01', quantity: 5 },
      },
    });
  });
  test('of a correction names the step that it takes the place of', () => {
    expect(read({ type: 'transforming' }, 'aaa')).toEqual({
      event: { type: 'transforming', on: today, supersedes: 'aaa' },
    });
  });
});

describe('the check list', () => {
  test('takes a share as met when it reaches what is asked for', () => {
    const answers = readConditions(rules, { clearance: '80', clearance_serious: '94,9', self_management: 'no' });
    expect(answers).toEqual([
      { id: 'clearance', met: true, value: 0.8 },
      { id: 'clearance_serious', met: false, value: 0.949 },
      { id: 'reports', met: null, value: null },
      { id: 'self_management', met: false, value: null },
      { id: 'no_organised', met: null, value: null },
    ]);
  });
  test('reads percentages with comma or point, and nothing above 100', () => {
    expect(['82,5', '82.5', '100', '0', '100,1', '-3', 'tám', ''].map(readPercent)).toEqual([
      0.825,
      0.825,
      1,
      0,
      null,
      null,
      null,
      null,
    ]);
  });
});

test('a step that was entered comes back as the draft of its correction', () => {
  const event: AreaEvent = {
    id: 'e',
    areaId: 'a',
    sequence: 1,
    type: 'assessed_success',
    on: '2026-09-30',
    year: null,
    decisionNumber: '7/QĐ',
    decisionDate: '2026-09-29',
    note: null,
    reason: null,
    measure: null,
    conditions: readConditions(rules, { clearance: '82,5', self_management: 'yes' }),
    files: ['f'],
    supersedes: null,
    supersededBy: null,
    approval: 'approved',
    inForce: true,
    enteredBy: 'planner',
    enteredAt: '2026-09-30T02:00:00Z',
    decidedBy: 'province',
    decidedAt: '2026-09-30T03:00:00Z',
    decisionReason: null,
    canDecide: false,
  };
  const draft = draftOf(event);
  expect(draft.conditions).toMatchObject({ clearance: '82.5', self_management: 'yes', reports: '' });
  expect(readDraft(draft, { today, rules, supersedes: 'e' })).toEqual({
    event: {
      type: 'assessed_success',
      on: '2026-09-30',
      decisionNumber: '7/QĐ',
      decisionDate: '2026-09-29',
      files: ['f'],
      conditions: event.conditions,
      supersedes: 'e',
    },
  });
});
