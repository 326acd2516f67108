import type { ReportingResponse } from '@diemnong/contracts';
import { expect, it } from 'vitest';
import { communesWith, missingShare } from './reporting-rows.ts';

const answer: ReportingResponse = {
  dataVersion: 1,
  months: ['2026-01-01', '2026-02-01', '2026-03-01'],
  communes: [
    { code: '1', name: 'Bình', states: ['missing', 'reported', 'pending'], counts: [0, 3, 0] },
    { code: '2', name: 'An', states: ['missing', 'missing', 'pending'], counts: [0, 0, 0] },
    { code: '3', name: 'Chi', states: ['none', 'reported', 'pending'], counts: [0, 1, 0] },
  ],
  sums: { reported: 2, none: 1, missing: 3, pending: 3 },
};

it('lists the communes that miss most first, their newest month first', () => {
  expect(communesWith(answer, 'missing')).toEqual([
    { code: '2', name: 'An', months: ['2026-02-01', '2026-01-01'] },
    { code: '1', name: 'Bình', months: ['2026-01-01'] },
  ]);
  expect(communesWith(answer, 'none')).toEqual([{ code: '3', name: 'Chi', months: ['2026-01-01'] }]);
});

it('takes the share of months that are over', () => {
  expect(missingShare(answer)).toBe(0.5);
  expect(missingShare({ ...answer, sums: { reported: 0, none: 0, missing: 0, pending: 9 } })).toBe(0);
});
