import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import type { LngLat } from './geo.ts';
import { kernelDensity, planeDensity } from './kernel-density.ts';
import { seededRandom } from './test-data.ts';

interface Golden {
  bandwidth_m: number;
  points: { lon: number; lat: number; x: number; y: number; w: number }[];
  cells: ({ lat: number; lng: number; x: number; y: number } & Record<
    'quartic_per_km2' | 'quartic_weighted_per_km2' | 'gaussian_per_km2' | 'gaussian_weighted_per_km2',
    number
  >)[];
}

const golden = readGolden<Golden>('06_kernel_density.json');
const weights = golden.points.map(({ w }) => w);

describe.each([
  { kernel: 'quartic', weights: undefined, column: 'quartic_per_km2' },
  { kernel: 'quartic', weights, column: 'quartic_weighted_per_km2' },
  { kernel: 'gaussian', weights: undefined, column: 'gaussian_per_km2' },
  { kernel: 'gaussian', weights, column: 'gaussian_weighted_per_km2' },
] as const)('$column', ({ column, ...kernel }) => {
  const options = { bandwidthM: golden.bandwidth_m, ...kernel };
  const expected = golden.cells.map((cell) => cell[column]);
  const peak = Math.max(...expected);

  test('is the reference on the same plane', () => {
    const plane = (places: readonly { x: number; y: number }[]) => ({
      x: Float64Array.from(places, ({ x }) => x),
      y: Float64Array.from(places, ({ y }) => y),
    });
    const got = planeDensity(plane(golden.points), plane(golden.cells), options);
    const wrong = expected.filter((want, at) => Math.abs(got[at] * 1e6 - want) > 1e-9 * want);
    expect(wrong).toEqual([]);
  });

  test('is the reference to 5e-4 of the peak from longitude and latitude', () => {
    const got = kernelDensity(
      golden.points.map(({ lon, lat }): LngLat => [lon, lat]),
      golden.cells.map(({ lng, lat }): LngLat => [lng, lat]),
      options,
    );
    const worst = Math.max(...expected.map((want, at) => Math.abs(got[at] - want)));
    expect(worst / peak).toBeLessThan(5e-4);
    expect(got.length).toBe(expected.length);
  });
});

test('a point spreads over all squares around it and loses nothing', () => {
  const random = seededRandom(3);
  const points = Array.from({ length: 50 }, (): LngLat => [106.3 + 0.05 * random(), 20.4 + 0.05 * random()]);
  // A fine grid of targets far beyond the points: the densities must add up to the points.
  const step = 0.001;
  const targets: LngLat[] = [];
  for (let lng = 106.28; lng < 106.37; lng += step) {
    for (let lat = 20.38; lat < 20.47; lat += step) targets.push([lng, lat]);
  }
  const km2 = step * 111.3 * Math.cos((20.425 * Math.PI) / 180) * (step * 110.71);
  for (const kernel of ['quartic', 'gaussian'] as const) {
    const bandwidthM = kernel === 'quartic' ? 800 : 300;
    const sum = kernelDensity(points, targets, { bandwidthM, kernel }).reduce((total, value) => total + value, 0);
    expect(Math.abs((sum * km2) / 50 - 1)).toBeLessThan(0.005);
  }
});

test('no points make no density, no targets no answer, no bandwidth an error', () => {
  expect(kernelDensity([], [[106, 20]], { bandwidthM: 500 })).toEqual([0]);
  expect(kernelDensity([[106, 20]], [], { bandwidthM: 500 })).toEqual([]);
  expect(() => kernelDensity([[106, 20]], [[106, 20]], { bandwidthM: 0 })).toThrow('bandwidth 0 m');
  expect(() => kernelDensity([[Number.NaN, 20]], [[106, 20]], { bandwidthM: 500 })).toThrow('position 0');
});

test('a target beside a single point far away is 0', () => {
  expect(kernelDensity([[106, 20]], [[106.5, 20]], { bandwidthM: 500 })).toEqual([0]);
});
