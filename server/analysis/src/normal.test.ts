import { expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';

test('quantiles are those of R, from the middle to the end of the tail', () => {
  // qnorm of R 4.2.2
  for (const [p, expected] of [
    [0.40000000000000002, -0.25334710313579978],
    [0.97499999999999998, 1.9599639845400536],
    [0.999, 3.0902323061678132],
    [1.0000000000000001e-5, -4.2648907939228256],
    [1e-13, -7.3487961028006765],
    [1e-14, -7.6506280929352677],
    [1e-50, -14.933337534788489],
    [9.9999999999999998e-201, -30.205594179579634],
    [1e-300, -37.047096299361201],
  ]) {
    expect(Math.abs(normalQuantile(p) / expected - 1)).toBeLessThan(1e-12);
  }
});

test('chances that are none are refused', () => {
  expect(() => normalQuantile(0)).toThrow('0');
  expect(() => normalQuantile(Number.NaN)).toThrow('NaN');
});
