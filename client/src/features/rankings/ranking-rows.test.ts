import type { CommuneRankingResponse } from '@diemnong/contracts';
import { expect, it } from 'vitest';
import { farOutside, rankedCommunes, sortRanking } from './ranking-rows.ts';

const commune = (name: string, over: Partial<CommuneRankingResponse['communes'][number]>) => ({
  code: name,
  name,
  count: 10,
  exposure: 1,
  expected: 10,
  rate: 10,
  low: 5,
  high: 18,
  shrunk: 10,
  shrunkLow: 6,
  shrunkHigh: 15,
  z: 0,
  p: 1,
  q: 1,
  outside: null,
  unreportedMonths: 0,
  ...over,
});

const answer = {
  communes: [
    commune('Đông', { rate: 30, z: 4, outside: 'high-99.8' }),
    commune('An', { rate: 50, count: 2, z: 2.2, outside: 'high-95' }),
    commune('Bình', { rate: 12, z: 6, outside: 'high-99.8' }),
    commune('Chi', { rate: 1, z: -5, outside: 'low-99.8' }),
  ],
} as unknown as CommuneRankingResponse;

it('ranks by the order of the answer and sorts names as Vietnamese does', () => {
  const rows = rankedCommunes(answer);
  expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  expect(sortRanking(rows, { by: 'name', isDescending: false }).map(({ name }) => name)).toEqual([
    'An',
    'Bình',
    'Chi',
    'Đông',
  ]);
  expect(sortRanking(rows, { by: 'rate', isDescending: true }).map(({ rank }) => rank)).toEqual([2, 1, 3, 4]);
});

it('names those clearly outside, the farthest first, and leaves out the narrow limits', () => {
  expect(farOutside(answer, 'high')).toEqual(['Bình', 'Đông']);
  expect(farOutside(answer, 'low')).toEqual(['Chi']);
});
