import { expect, test } from 'vitest';
import { createEvenSample } from './even-sample.ts';

test('a short stream is kept whole, to six decimals', () => {
  const sample = createEvenSample(10);
  for (let i = 0; i < 10; i++) sample.add(106.12345678 + i, 20);
  expect(sample.positions()).toHaveLength(10);
  expect(sample.positions()[0]).toEqual([106.123457, 20]);
});

test('a long stream leaves an even sample from its whole length', () => {
  const sample = createEvenSample(100);
  for (let i = 0; i < 12_345; i++) sample.add(i, 0);
  const kept = sample.positions().map(([x]) => x);
  expect(kept.length).toBeGreaterThan(50);
  expect(kept.length).toBeLessThanOrEqual(100);
  const steps = new Set(kept.slice(1).map((x, at) => x - (kept[at] ?? 0)));
  expect(steps.size).toBe(1);
  expect(kept.at(-1)).toBeGreaterThan(12_000);
});
