import { expect, it } from 'vitest';
import { createNoise, createRandom, drawIndex, runningSumsOf } from './random.ts';

it('repeats itself for the same seed and stream, and differs for another of either', () => {
  const take = (seed: number, stream: string) => {
    const random = createRandom(seed, stream);
    return Array.from({ length: 5 }, () => random.next());
  };
  expect(take(7, 'roads')).toEqual(take(7, 'roads'));
  expect(take(7, 'roads')).not.toEqual(take(8, 'roads'));
  expect(take(7, 'roads')).not.toEqual(take(7, 'lamps'));
});

it('is even: each tenth of the range gets a tenth of the draws', () => {
  const random = createRandom(1, 'even');
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const bin = random.int(10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // Five standard deviations of a binomial count with n = 100,000 and p = 0.1.
  for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 95);
});

it('draws indexes in proportion to their weights and never one of weight 0', () => {
  const random = createRandom(3, 'weights');
  const sums = runningSumsOf([0, 3, 0, 1]);
  const hits = [0, 0, 0, 0];
  for (let i = 0; i < 40_000; i++) {
    const index = drawIndex(sums, random.next());
    hits[index] = (hits[index] ?? 0) + 1;
  }
  expect(hits[0]).toBe(0);
  expect(hits[2]).toBe(0);
  expect((hits[1] ?? 0) / (hits[3] ?? 1)).toBeCloseTo(3, 0);
});

it('gives smooth noise between −1 and 1', () => {
  const noise = createNoise(1, 'test', 100);
  for (let x = -500; x < 500; x += 7) {
    expect(Math.abs(noise(x, 2 * x))).toBeLessThanOrEqual(1);
    expect(Math.abs(noise(x, 3) - noise(x + 1, 3))).toBeLessThan(0.05);
  }
});
