import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWindow } from './row-window.ts';

test('draws what is seen and a little more, out of ten thousand', () => {
  expect(rowWindow(10_000, 40_000, 800, 40)).toEqual({ first: 988, end: 1032, above: 39_520, below: 358_720 });
});

test('draws the first rows while no height was measured', () => {
  expect(rowWindow(10_000, 0, 0, 0)).toEqual({ first: 0, end: 36, above: 0, below: 0 });
});

test('always stands as high as all rows, and always holds those that are seen', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(900_000), fc.integer({ min: 100, max: 1200 }), (rows, scrollTop, height) => {
      const { first, end, above, below } = rowWindow(rows, scrollTop, height, 40);
      expect(above + below + (end - first) * 40).toBe(rows * 40);
      const top = Math.max(0, Math.min(scrollTop, rows * 40 - height));
      expect(first * 40).toBeLessThanOrEqual(top);
      expect(end === rows || end * 40 >= top + height).toBe(true);
    }),
  );
});
