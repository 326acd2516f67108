import type { AreaEvent } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { approvalWord, eventState, eventTools, hasFacts, officialResult } from './event-words.ts';
import { sampleEvent as event } from './test-event.ts';

test('a step counts, waits, was refused, or was corrected; and a strike is told as what it is', () => {
  expect(eventState(event({}))).toBe('inForce');
  expect(eventState(event({ approval: 'pending', inForce: false }))).toBe('pending');
  expect(eventState(event({ approval: 'refused', inForce: false }))).toBe('refused');
  expect(eventState(event({ supersededBy: 'f', inForce: false }))).toBe('corrected');
  expect(eventState(event({ approval: 'pending', supersededBy: 'f', inForce: false }))).toBe('corrected');
  expect(eventState(event({ type: 'withdrawn', approval: 'not_needed', inForce: false }))).toBe('withdrawal');
});

test('a step without decision, measure, answers, reason, note and files has nothing more to tell', () => {
  expect(hasFacts(event({ conditions: [] }))).toBe(false);
  const told: Partial<AreaEvent>[] = [
    { decisionNumber: '15/QĐ-UBND' },
    { decisionDate: '2026-01-14' },
    { measure: { kind: 'camera', from: '2026-01-01', to: null, quantity: null } },
    { conditions: [{ id: 'reports', met: null, value: null }] },
    { reason: 'Ghi nhầm' },
    { note: 'Đã họp' },
    { files: ['f'] },
  ];
  for (const fact of told) expect(hasFacts(event(fact)), JSON.stringify(fact)).toBe(true);
});

describe('the second person', () => {
  test('is whoever the server says may decide', () => {
    const waiting = event({ approval: 'pending', canDecide: true });
    expect(approvalWord(waiting, { canPlan: true, username: 'province' })).toBe('decide');
  });
  test('is never the one who entered it, nor one who only reads', () => {
    const waiting = event({ approval: 'pending' });
    expect(approvalWord(waiting, { canPlan: true, username: 'planner' })).toBe('same');
    expect(approvalWord(waiting, { canPlan: true, username: 'province' })).toBe('other');
    expect(approvalWord(waiting, { canPlan: false, username: 'commune' })).toBe('reader');
  });
});

test('the official result is the last assessment in force, and none before there was one', () => {
  const success = event({ type: 'assessed_success' });
  const waiting = event({ type: 'assessed_not_yet', approval: 'pending', inForce: false });
  expect(officialResult([event({}), success, waiting])).toBe(success);
  expect(officialResult([event({}), waiting])).toBeUndefined();
});

test('a step that counts is corrected or struck, one that waits is taken back, and the others stand as they are', () => {
  const none = { canCorrect: false, canStrike: false, canRetract: false };
  expect(eventTools(event({}))).toEqual({ canCorrect: true, canStrike: true, canRetract: false });
  expect(eventTools(event({ approval: 'pending', inForce: false }))).toEqual({ ...none, canRetract: true });
  expect(eventTools(event({ approval: 'refused', inForce: false }))).toEqual(none);
  expect(eventTools(event({ type: 'withdrawn' }))).toEqual(none);
  expect(eventTools(event({ type: 'superseded' }))).toEqual(none);
});
