import type { LngLat } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { partsByCommune, piecesOf, pointIn } from './area-parts.ts';
import { ringKm2 } from './sphere-area.ts';
import type { Ring } from './split-ring.ts';

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const area = box(106.005, 20.005, 106.015, 20.015);
const inBox = (ring: Ring) => {
  const [[west, south] = [0, 0], , [east, north] = [0, 0]] = ring;
  return ([x, y]: LngLat) => x > west && x < east && y > south && y < north;
};
const commune = (name: string, ring: Ring) => ({ name, rings: [ring], holds: inBox(ring) });

test('an area over three communes is cut along their borders, and the parts add up to it', () => {
  const parts = partsByCommune(
    [area],
    [
      commune('Tây', box(106, 20, 106.01, 20.02)),
      commune('Đông Nam', box(106.01, 20, 106.02, 20.01)),
      commune('Đông Bắc', box(106.01, 20.01, 106.02, 20.02)),
    ],
  );
  expect(parts.map(({ name }) => name).toSorted()).toEqual(['Tây', 'Đông Bắc', 'Đông Nam'].toSorted());
  const sizes = parts.map(({ rings }) => rings.reduce((sum, ring) => sum + ringKm2(ring), 0));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeCloseTo(ringKm2(area), 8);
  expect(Math.max(...sizes) / ringKm2(area)).toBeCloseTo(0.5, 3);
});

test('two cutting lines make three pieces, largest first', () => {
  const level = (lat: number): LngLat[] => [
    [106, lat],
    [106.02, lat],
  ];
  const pieces = piecesOf([area], [level(20.007), level(20.01)]);
  expect(pieces.map((piece) => Math.round((100 * ringKm2(piece)) / ringKm2(area)))).toEqual([50, 30, 20]);
});

test('a point inside a bent piece lies inside it', () => {
  const hook: Ring = [
    [0, 0],
    [3, 0],
    [3, 3],
    [2, 3],
    [2, 1],
    [0, 1],
    [0, 0],
  ];
  const [x, y] = pointIn(hook);
  expect(x).toBeGreaterThan(2);
  expect(y).toBeCloseTo(1.5, 6);
});
