import { cellArea, cellToLatLng, latLngToCell, UNITS } from 'h3-js';
import { expect, test } from 'vitest';
import { centresOf, cornersOf } from './hexes-geometry.ts';

const hungYen = latLngToCell(20.65, 106.06, 8);

test('puts longitude first', () => {
  const [lat, lng] = cellToLatLng(hungYen);
  expect([...centresOf([hungYen])]).toEqual([lng, lat, 0]);
});

test('gives six corners in metres that enclose the area of the cell', () => {
  const corners = cornersOf(hungYen);
  expect(corners).toHaveLength(6);
  const area = corners.reduce((sum, [x, y], i) => {
    const [x1, y1] = corners[(i + 1) % 6] ?? [0, 0];
    return sum + (x * y1 - x1 * y) / 2;
  }, 0);
  expect(Math.abs(area) / cellArea(hungYen, UNITS.m2)).toBeCloseTo(1, 2);
});
