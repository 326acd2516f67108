import { expect, test } from 'vitest';
import { around, boundsOf, previewBounds } from './preview-bounds.ts';

const province: [number, number, number, number] = [105.9, 20.2, 106.7, 21];

test('the box holds all positions; there is none around nothing', () => {
  expect(
    boundsOf([
      [106, 20],
      [105.5, 20.5],
    ]),
  ).toEqual([105.5, 20, 106, 20.5]);
  expect(boundsOf([])).toBeUndefined();
});

test('accepted positions decide alone', () => {
  expect(previewBounds({ accepted: [[106, 20.5]], rejected: [[105, 21]] }, province)).toEqual([106, 20.5, 106, 20.5]);
});

test('without any, the province and the rejected positions near it are seen, not those in the ocean', () => {
  const rejected: [number, number][] = [
    [105.1, 21.2],
    [0, 0],
  ];
  expect(previewBounds({ accepted: [], rejected }, province)).toEqual([105.1, 20.2, 106.7, 21.2]);
  expect(previewBounds({ accepted: [], rejected }, null)).toBeUndefined();
});

test('a place is looked at with some air around it', () => {
  expect(around([106, 20], 0.5)).toEqual([105.5, 19.5, 106.5, 20.5]);
});
