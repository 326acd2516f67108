import { expect, test } from 'vitest';
import { differencesOf } from './audit-differences.ts';

test('tells changed, added, removed and same fields, what changed first', () => {
  const before = { username: 'xa.bentre', role: 'commune', communeCode: '98001' };
  const after = { username: 'xa.bentre', role: 'province', isSuspended: true };
  expect(differencesOf(before, after)).toEqual([
    { path: 'role', before: 'commune', after: 'province', kind: 'changed' },
    { path: 'communeCode', before: '98001', after: undefined, kind: 'removed' },
    { path: 'isSuspended', before: undefined, after: true, kind: 'added' },
    { path: 'username', before: 'xa.bentre', after: 'xa.bentre', kind: 'same' },
  ]);
});

test('a record that began or ended is all added or all removed', () => {
  expect(differencesOf(null, { a: 1, b: null }).map(({ kind }) => kind)).toEqual(['added', 'added']);
  expect(differencesOf({ a: 1 }, null).map(({ kind }) => kind)).toEqual(['removed']);
});

test('looks into nested records and takes lists as one value', () => {
  expect(
    differencesOf({ counts: { rejected: 1 }, roles: ['a', 'b'] }, { counts: { rejected: 2 }, roles: ['b', 'a'] }),
  ).toEqual([
    { path: 'counts.rejected', before: 1, after: 2, kind: 'changed' },
    { path: 'roles', before: ['a', 'b'], after: ['b', 'a'], kind: 'changed' },
  ]);
});

test('nothing before and after is no difference', () => {
  expect(differencesOf(null, null)).toEqual([]);
});
