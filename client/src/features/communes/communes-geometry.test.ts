import { expect, test } from 'vitest';
import { communeAt } from './commune-at.ts';
import { hatchOf } from './communes-geometry.ts';

const outer = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const hole = [
  [1, 1],
  [1, 3],
  [3, 3],
  [3, 1],
  [1, 1],
];
const withHole = { type: 'MultiPolygon' as const, coordinates: [[outer, hole]] };
const feature = (geometry: typeof withHole) => ({
  type: 'Feature' as const,
  id: 'a',
  geometry,
  properties: {} as never,
});

test('hatches a square from edge to edge and leaves its hole empty', () => {
  const middle = hatchOf(withHole, 4).find(({ from, to }) => from[0] + from[1] === 4 && to[0] + to[1] === 4);
  expect(hatchOf(withHole, 4).filter(({ from }) => from[0] + from[1] === 4)).toHaveLength(2);
  expect(middle).toEqual({ from: [0, 4], to: [1, 3] });
});

test('finds the commune under a point, not in its hole, not outside', () => {
  expect(communeAt([0.5, 0.5], [feature(withHole)])?.id).toBe('a');
  expect(communeAt([2, 2], [feature(withHole)])).toBeUndefined();
  expect(communeAt([5, 5], [feature(withHole)])).toBeUndefined();
});
