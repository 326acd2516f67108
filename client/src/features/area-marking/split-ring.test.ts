import type { LngLat } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import { ringKm2 } from './sphere-area.ts';
import { type Ring, splitRing } from './split-ring.ts';

const square: Ring = [
  [106, 20],
  [106.02, 20],
  [106.02, 20.02],
  [106, 20.02],
  [106, 20],
];
/** A comb with two teeth: a level line passes through it twice. */
const comb: Ring = [
  [0, 0],
  [5, 0],
  [5, 4],
  [4, 4],
  [4, 1],
  [1, 1],
  [1, 4],
  [0, 4],
  [0, 0],
];
const planeArea = (ring: Ring) =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length] ?? [0, 0];
      return sum + (x * y1 - x1 * y) / 2;
    }, 0),
  );
const line = (...points: LngLat[]) => points;

describe('a cutting line', () => {
  test('parts a square into two whose areas add up to it', () => {
    const parts = splitRing(square, line([105.99, 20.005], [106.03, 20.005]));
    expect(parts).toHaveLength(2);
    const areas = parts.map(ringKm2);
    expect((areas[0] ?? 0) + (areas[1] ?? 0)).toBeCloseTo(ringKm2(square), 8);
    expect(Math.min(...areas) / ringKm2(square)).toBeCloseTo(0.25, 3);
  });

  test('may bend inside, and enter and leave through the same side', () => {
    const parts = splitRing(square, line([106.005, 19.99], [106.005, 20.01], [106.015, 20.01], [106.015, 19.99]));
    expect(parts.map(planeArea).toSorted((a, b) => a - b)).toEqual([
      expect.closeTo(0.0001, 9),
      expect.closeTo(0.0003, 9),
    ]);
  });

  test('cuts as often as it passes through', () => {
    const parts = splitRing(comb, line([-1, 2], [6, 2]));
    expect(parts.map(planeArea).toSorted((a, b) => a - b)).toEqual([2, 2, 7].map((area) => expect.closeTo(area, 9)));
  });

  test('cuts nothing when it ends inside or passes by', () => {
    expect(splitRing(square, line([105.99, 20.01], [106.01, 20.01]))).toEqual([square]);
    expect(splitRing(square, line([105.99, 20.03], [106.03, 20.03]))).toEqual([square]);
  });

  test('cuts once through a corner', () => {
    const parts = splitRing(square, line([105.99, 19.99], [106.03, 20.03]));
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(ringKm2(part) / ringKm2(square)).toBeCloseTo(0.5, 3);
  });
});

test('measures a square of a hundredth of a degree on the sphere', () => {
  // 0.02° × 0.02° at 20° north: 2.2239 km × 2.0897 km on a sphere of 6371.007 km.
  expect(ringKm2(square)).toBeCloseTo(4.647, 2);
});
