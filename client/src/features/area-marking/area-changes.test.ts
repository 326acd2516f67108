import { expect, test } from 'vitest';
import { changesOf } from './area-changes.ts';

const area = { name: 'Chợ Đầu Mối', description: '', types: [1 as const, 4 as const], level: 'province' as const };
const fields = { ...area, proposedOn: '' };

test('sends what differs, and nothing when nothing does', () => {
  expect(changesOf(area, { ...fields, name: ' Chợ Đầu Mối ' }, undefined)).toBeNull();
  expect(changesOf(area, { ...fields, name: 'Chợ Đêm', types: [1] }, { communeCode: '1' })).toEqual({
    name: 'Chợ Đêm',
    types: [1],
    place: { communeCode: '1' },
  });
});
