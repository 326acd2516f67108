import { expect, it } from 'vitest';
import { weekShares } from './week-shares.ts';

const empty = () => Array.from({ length: 7 }, () => new Array<number>(24).fill(0));

it('finds the busiest hour, the night and the weekend', () => {
  const matrix = empty();
  matrix[5]![22] = 6; // Saturday night
  matrix[0]![9] = 3;
  matrix[2]![5] = 1;
  expect(weekShares(matrix)).toEqual({ peak: { weekday: 5, hour: 22, share: 0.6 }, night: 0.7, weekend: 0.6 });
});

it('says nothing of an empty week', () => {
  expect(weekShares(empty())).toBeNull();
});
