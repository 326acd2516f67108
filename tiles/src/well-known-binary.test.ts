import { describe, expect, it } from 'vitest';
import { signedArea } from './rings.ts';
import { readLines, readPoint, readRings } from './well-known-binary.ts';
import { multiLineStringWkb, multiPolygonWkb, pointWkb } from './wkb-fixtures.ts';
import { toLngLat, toWorld, worldUnits } from './world-grid.ts';

const square = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

describe('the integer grid', () => {
  it('puts the null island in the middle and the antimeridian and both edges of Mercator at the rim', () => {
    expect(toWorld(0, 0)).toEqual([worldUnits / 2, worldUnits / 2]);
    expect(toWorld(-180, 90)).toEqual([0, 0]);
    expect(toWorld(180, -90)).toEqual([worldUnits, worldUnits]);
  });

  it('agrees with ST_Transform at Phố Hiến to the metre', () => {
    // PostGIS 3.3: ST_Transform('SRID=4326;POINT(106.0511 20.6464)', 3857) = 11805554.450, 2349765.163
    const [x, y] = toWorld(106.0511, 20.6464);
    const unitM = (2 * Math.PI * 6_378_137) / worldUnits;
    expect(Math.abs((x - worldUnits / 2) * unitM - 11_805_554.45)).toBeLessThan(unitM);
    expect(Math.abs((worldUnits / 2 - y) * unitM - 2_349_765.163)).toBeLessThan(unitM);
  });

  it('goes back to degrees within one unit', () => {
    const [lng, lat] = toLngLat(...toWorld(106.0511, 20.6464));
    expect(Math.abs(lng - 106.0511)).toBeLessThan(6e-6);
    expect(Math.abs(lat - 20.6464)).toBeLessThan(6e-6);
  });
});

describe('readRings', () => {
  it('gives outer rings a positive area and holes a negative one, whichever way they are written', () => {
    const outer = square(106, 20, 0.1);
    const hole = square(106.02, 20.02, 0.01);
    for (const rings of [
      [outer, hole],
      [outer.toReversed(), hole.toReversed()],
      [outer, hole.toReversed()],
    ]) {
      const [first, second] = readRings(multiPolygonWkb([rings])).map(signedArea);
      expect(first).toBeGreaterThan(0);
      expect(second).toBeLessThan(0);
    }
  });

  it('drops the closing vertex and vertices that fall on the one before', () => {
    const ring: [number, number][] = [
      [106, 20],
      [106, 20],
      [106.1, 20],
      [106.1, 20.1],
      [106.1, 20.1000001],
      [106, 20],
    ];
    expect(readRings(multiPolygonWkb([[ring]]))[0]).toHaveLength(6);
  });

  it('drops rings without area, and the holes of an outer ring that has none', () => {
    const flat: [number, number][] = [
      [106, 20],
      [106.1, 20],
      [106, 20],
    ];
    expect(readRings(multiPolygonWkb([[flat, square(106, 20, 0.01)], [square(107, 20, 0.1)]]))).toHaveLength(1);
  });

  it('says which type it got when it is not a multi-polygon', () => {
    expect(() => readRings(pointWkb([106, 20]))).toThrow('got type 1 at byte 0, expected 6');
  });
});

describe('readLines and readPoint', () => {
  it('leaves out lines that are shorter than the grid', () => {
    const lines = readLines(
      multiLineStringWkb([
        [
          [106, 20],
          [106.1, 20],
        ],
        [
          [106, 20],
          [106, 20.0000001],
        ],
      ]),
    );
    expect(lines.map((line) => line.length)).toEqual([4]);
  });

  it('reads a point onto the grid', () => {
    expect([...readPoint(pointWkb([106.5, 20.5]))]).toEqual(toWorld(106.5, 20.5));
  });
});
