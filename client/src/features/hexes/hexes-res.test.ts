import { expect, test } from 'vitest';
import { resForZoom } from './hexes-res.ts';

test('grows finer with the zoom and stays between 7 and 10', () => {
  expect([0, 9.3, 9.4, 10.99, 11, 12.4, 20].map(resForZoom)).toEqual([7, 7, 8, 8, 9, 10, 10]);
});
