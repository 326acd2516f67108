import { describe, expect, test } from 'vitest';
import { activeFilters, hourRun, lockingFilters, toFilters, toQuery, toSharedFilters } from './filters.ts';

const range = { from: '2021-11-01', to: '2026-10-22' };

describe('toFilters', () => {
  test('shows the 12 months up to the last one with data when the address names no period', () => {
    expect(toFilters({}, range)).toEqual({ from: '2025-11-01', to: '2026-11-01' });
  });
  test('returns null while there is no record', () => {
    expect(toFilters({ from: '2026-01-01' }, null)).toBeNull();
  });
  test('ignores a period that ends before it begins', () => {
    expect(toFilters({ from: '2026-05-01', to: '2026-01-01' }, range)?.from).toBe('2025-11-01');
  });
});

describe('toSharedFilters', () => {
  const published = { from: '2021-11-01', to: '2026-10-01' };
  test('shows the last whole calendar year when the address names no period', () => {
    expect(toSharedFilters({}, published)).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  });
  test('shows the published months on a page of trends', () => {
    expect(toSharedFilters({}, published, 60)).toEqual({ from: '2021-11-01', to: '2026-10-01' });
  });
  test('widens a period to its years, the running one left out, and keeps no hours or weekdays', () => {
    const view = { from: '2024-06-01', to: '2026-06-01', hours: [22], weekdays: [6], categories: ['a'] };
    expect(toSharedFilters(view, published)).toEqual({ from: '2024-01-01', to: '2026-01-01', categories: ['a'] });
  });
  test('locks the classes by the last whole year', () => {
    const filters = { from: '2023-01-01', to: '2024-01-01', categories: ['a'] };
    expect(lockingFilters(filters, published, true)).toEqual({
      from: '2025-01-01',
      to: '2026-01-01',
      categories: ['a'],
    });
  });
});

test('writes lists with commas and leaves absent filters out of the query', () => {
  const query = toQuery({ from: '2026-01-01', to: '2026-02-01', categories: ['a', 'b'], hours: [22, 23] });
  expect(query).toEqual({
    from: '2026-01-01',
    to: '2026-02-01',
    categories: 'a,b',
    hours: '22,23',
    weekdays: undefined,
  });
});

test('names the filters that are on', () => {
  expect(activeFilters({ from: '', to: '', weekdays: [6], categories: ['a'] })).toEqual(['categories', 'weekdays']);
});

describe('hourRun', () => {
  test('tells a run, also over midnight', () => {
    expect(hourRun([18, 19, 20, 21, 22, 23])).toEqual({ from: 18, to: 24 });
    expect(hourRun([22, 23, 0, 1])).toEqual({ from: 22, to: 2 });
  });
  test('returns null for hours with gaps', () => {
    expect(hourRun([1, 3])).toBeNull();
  });
});
