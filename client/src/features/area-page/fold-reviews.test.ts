import type { AreaEvent } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { foldReviews } from './fold-reviews.ts';
import { sampleEvent } from './test-event.ts';

/** Steps in short: "r1" a review, "m2" a measure; the groups are told by the same names. */
const step = (id: string, some: Partial<AreaEvent> = {}): AreaEvent =>
  sampleEvent({
    id,
    sequence: Number(id.slice(1)),
    type: id.startsWith('r') ? 'reviewed' : id.startsWith('w') ? 'withdrawn' : 'measure',
    on: `2026-${id.slice(1).padStart(2, '0')}-25`,
    year: null,
    approval: 'not_needed',
    ...some,
  });
const struck = (id: string, by: string) => step(id, { inForce: false, supersededBy: by });
const groups = (events: AreaEvent[]) => foldReviews(events).map((group) => group.map(({ id }) => id).join(' '));

test('folds nothing where there is nothing to fold', () => {
  expect(foldReviews([])).toEqual([]);
  expect(groups([step('m1'), step('r2'), step('m3')])).toEqual(['m1', 'r2', 'm3']);
});

test('folds reviews that follow one another, up to the next step of another kind', () => {
  expect(groups([step('m1'), step('r2'), step('r3'), step('r4'), step('m5'), step('r6'), step('r7')])).toEqual([
    'm1',
    'r2 r3 r4',
    'm5',
    'r6 r7',
  ]);
});

describe('a review that was changed stays in sight', () => {
  test('struck, with the strike after it', () => {
    const events = [
      step('r1'),
      step('r2'),
      struck('r3', 'w4'),
      step('w4', { supersedes: 'r3' }),
      step('r5'),
      step('r6'),
    ];
    expect(groups(events)).toEqual(['r1 r2', 'r3', 'w4', 'r5 r6']);
  });

  test('corrected, with its correction beside it', () => {
    const events = [
      step('r1'),
      step('r2'),
      struck('r3', 'r4'),
      step('r4', { supersedes: 'r3' }),
      step('r5'),
      step('r6'),
    ];
    expect(groups(events)).toEqual(['r1 r2', 'r3', 'r4', 'r5 r6']);
    // On paper the one that was corrected is left out: its correction is then a review like any other.
    expect(groups(events.filter(({ inForce }) => inForce))).toEqual(['r1 r2 r4 r5 r6']);
  });

  test('waiting, or with a change that waits or was refused', () => {
    expect(groups([step('r1'), step('r2', { approval: 'pending', inForce: false }), step('r3')])).toEqual([
      'r1',
      'r2',
      'r3',
    ]);
    const asked = step('w4', { supersedes: 'r2', approval: 'pending', inForce: false });
    expect(groups([step('r1'), step('r2'), step('r3'), asked])).toEqual(['r1', 'r2', 'r3', 'w4']);
  });
});

test('loses no step and keeps their order', () => {
  const events = [step('r1'), step('r2'), step('m3'), struck('r4', 'w5'), step('w5', { supersedes: 'r4' }), step('r6')];
  expect(foldReviews(events).flat()).toEqual(events);
});
