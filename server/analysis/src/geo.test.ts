import { cellToChildren, cellToParent, getPentagons, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { bigintToCell, cellOf, cellsInBbox, cellToBigint, distanceM, parentOf, resolutionOf } from './geo.ts';

const places = [
  [105.8542, 21.0285],
  [106.6297, 10.8231],
  [-179.9999, 0.0001],
  [12.5, 89.99],
] as const;

test('a cell goes to bigint and back, and fits a signed 64-bit integer', () => {
  for (const [lng, lat] of places) {
    for (let res = 0; res <= 15; res++) {
      const cell = cellOf(lng, lat, res);
      expect(cell).toBe(latLngToCell(lat, lng, res));
      expect(bigintToCell(cellToBigint(cell))).toBe(cell);
      expect(BigInt.asIntN(64, cellToBigint(cell))).toBe(cellToBigint(cell));
      expect(resolutionOf(cellToBigint(cell))).toBe(res);
    }
  }
});

test('parents by bit arithmetic are those of H3 at every pair of resolutions, pentagons and their children included', () => {
  let compared = 0;
  for (let res = 0; res <= 15; res++) {
    const hexagons = places.map(([lng, lat]) => cellOf(lng, lat, res));
    const pentagons = getPentagons(res);
    const beside = res < 15 ? pentagons.flatMap((cell) => cellToChildren(cell, res + 1)) : [];
    for (const cell of [...hexagons, ...pentagons, ...beside]) {
      const value = cellToBigint(cell);
      for (let coarser = resolutionOf(value); coarser >= 0; coarser--) {
        expect(bigintToCell(parentOf(value, coarser))).toBe(cellToParent(cell, coarser));
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(5000);
});

test('a parent finer than the cell is refused with both resolutions', () => {
  expect(() => parentOf(cellToBigint(cellOf(105.85, 21.03, 7)), 8)).toThrow('no parent at res 8 of a cell at res 7');
});

test('one degree along a meridian is 111.195 km on the mean sphere', () => {
  expect(distanceM(105, 20, 105, 21)).toBeCloseTo((6371008.8 * Math.PI) / 180, 6);
  expect(distanceM(179.5, 0, -179.5, 0)).toBeCloseTo((6371008.8 * Math.PI) / 180, 6);
});

test('a box lists each cell whose centre it holds', () => {
  const cells = cellsInBbox([106, 20.5, 106.05, 20.55], 9);
  expect(new Set(cells).size).toBe(cells.length);
  expect(cells).toContain(cellOf(106.025, 20.525, 9));
});
