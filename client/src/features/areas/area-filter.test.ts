import { expect, test } from 'vitest';
import { boardColumns, isFiltered, noAreaFilter, toAreaQuery } from './area-filter.ts';

test('writes lists with commas and leaves out what is not asked for', () => {
  expect(toAreaQuery({ areaYear: 2026, areaTypes: [1, 4], asOf: '2026-10-31' })).toEqual({
    year: 2026,
    types: '1,4',
    communes: undefined,
    level: undefined,
    text: undefined,
    asOf: '2026-10-31',
  });
});

test('a day is no filter, a type is', () => {
  expect(isFiltered({ asOf: '2026-10-31' })).toBe(false);
  expect(isFiltered({ areaTypes: [2] })).toBe(true);
  expect(isFiltered({ asOf: '2026-10-31', ...noAreaFilter })).toBe(false);
});

test('the board keeps the order of the life cycle, empty columns and the counts of the server', () => {
  const columns = boardColumns({
    statuses: [
      { status: 'watched', count: 3 },
      { status: 'listed', count: 12_000 },
    ],
    areas: [],
  });
  expect(columns.map(({ status }) => status).slice(0, 4)).toEqual([
    'proposed',
    'listed',
    'transforming',
    'assessed_success',
  ]);
  expect(columns.find(({ status }) => status === 'listed')?.count).toBe(12_000);
  expect(columns.find(({ status }) => status === 'relapsed')?.count).toBe(0);
});

test('areas whose proposal was struck have a column only while there are some', () => {
  expect(boardColumns({ statuses: [], areas: [] }).some(({ status }) => status === 'draft')).toBe(false);
  expect(boardColumns({ statuses: [{ status: 'draft', count: 1 }], areas: [] })[0]?.status).toBe('draft');
});
