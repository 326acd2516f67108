import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { exactCoverage } from './exact-coverage.ts';
import { greedyCoverage } from './greedy-coverage.ts';
import { seededRandom } from './test-data.ts';

interface Golden {
  instances: {
    name: string;
    p: number;
    radius_m: number;
    demand: { x: number; y: number; w: number }[];
    sites: { x: number; y: number }[];
    expected: {
      optimum: number;
      greedy_value: number;
      greedy_sites_in_order: number[];
      greedy_marginal_gains: number[];
    };
  }[];
}

describe.each(readGolden<Golden>('08_mclp.json').instances)('$name', ({ p, radius_m, demand, sites, expected }) => {
  const problem = {
    demand: demand.map(({ x, y, w }) => ({ x, y, weight: w })),
    sites,
    radiusM: radius_m,
    budget: p,
  };
  const weightWithin = (chosen: readonly number[]) =>
    demand
      .filter(({ x, y }) => chosen.some((site) => Math.hypot(sites[site].x - x, sites[site].y - y) <= radius_m))
      .reduce((sum, { w }) => sum + w, 0);

  test('greedy takes the reference sites in order, under a bound that holds', () => {
    const greedy = greedyCoverage(problem);
    expect(greedy.sites).toEqual(expected.greedy_sites_in_order);
    expect(greedy.gains).toEqual(expected.greedy_marginal_gains);
    expect(greedy.covered).toBe(expected.greedy_value);
    expect(greedy.bound).toBeGreaterThanOrEqual(expected.optimum);
    expect(greedy.bound).toBeLessThanOrEqual(expected.greedy_value / (1 - 1 / Math.E));
  });

  test('the exact choice reaches the optimum, and really covers it', async () => {
    const exact = await exactCoverage(problem);
    expect(exact.covered).toBe(expected.optimum);
    expect(exact.isOptimal).toBe(true);
    expect(exact.sites.length).toBeLessThanOrEqual(p);
    expect(weightWithin(exact.sites)).toBe(expected.optimum);
  });
});

test('greedy stops where nothing is gained, and takes the lowest index among equals', () => {
  const demand = [
    { x: 0, y: 0, weight: 0.1 },
    { x: 0, y: 0, weight: 0.2 },
  ];
  const sites = [
    { x: 9, y: 9 },
    { x: 0, y: 1 },
    { x: 1, y: 0 },
  ];
  // Exactly at the radius is covered.
  expect(greedyCoverage({ demand, sites, radiusM: 1, budget: 3 })).toMatchObject({ sites: [1], bound: 0.1 + 0.2 });
  expect(greedyCoverage({ demand, sites, radiusM: 1, budget: 0 })).toMatchObject({ sites: [], covered: 0, bound: 0 });
});

test('what cannot be is refused, what is empty is answered', async () => {
  const demand = [{ x: 0, y: 0, weight: -1 }];
  expect(() => greedyCoverage({ demand, sites: [], radiusM: 1, budget: 1 })).toThrow('weight -1');
  await expect(exactCoverage({ demand: [], sites: [], radiusM: 1, budget: 1.5 })).rejects.toThrow('budget 1.5');
  expect(await exactCoverage({ demand: [], sites: [], radiusM: 1, budget: 1 })).toMatchObject({
    sites: [],
    covered: 0,
  });
});

test('no choice of two beats the exact one, in 40 small cases tried out in full', async () => {
  const random = seededRandom(11);
  for (let round = 0; round < 40; round++) {
    const place = () => ({ x: 100 * random(), y: 100 * random() });
    const sites = Array.from({ length: 9 }, place);
    const demand = Array.from({ length: 25 }, () => ({ ...place(), weight: Math.ceil(9 * random()) }));
    const problem = { demand, sites, radiusM: 22, budget: 2 };
    let best = 0;
    for (let a = 0; a < 9; a++) {
      for (let b = a; b < 9; b++) {
        const covered = demand.filter(({ x, y }) =>
          [a, b].some((s) => Math.hypot(sites[s].x - x, sites[s].y - y) <= 22),
        );
        best = Math.max(
          best,
          covered.reduce((sum, { weight }) => sum + weight, 0),
        );
      }
    }
    expect((await exactCoverage(problem)).covered).toBe(best);
    expect(greedyCoverage(problem).bound).toBeGreaterThanOrEqual(best);
  }
});
