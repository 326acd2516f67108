import { expect, test } from 'vitest';
import { tetDate } from '../../../data/src/index.ts';
import { tetIn } from './tet-days.ts';

test('marks Tết on the days that the lunar calendar of the platform gives', () => {
  for (let year = 2010; year <= 2035; year++) {
    expect(tetIn(`${year}-01-01`, `${year}-04-01`)).toBe(tetDate(year));
    expect(tetIn(`${year}-04-01`, `${year + 1}-01-01`)).toBeUndefined();
  }
});
