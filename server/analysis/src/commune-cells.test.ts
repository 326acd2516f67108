import { area } from '@turf/turf';
import { describe, expect, test } from 'vitest';
import { findSharedData, readGeoJson } from '../../../tests/support/shared-data.ts';
import { cellsAreaKm2, communeCells } from './commune-cells.ts';
import { type CommuneShape, communeIndex } from './commune-index.ts';
import { bigintToCell, cellOf, centreOf, cornersOf } from './geo.ts';
import { communesOf } from './test-data.ts';

const rectangle = (code: string, west: number, south: number, east: number, north: number): CommuneShape => ({
  code,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  },
});

test('a commune smaller than a cell owns it only with its centre, and touches it otherwise', () => {
  const [lng, lat] = centreOf(cellOf(106, 20.5, 8));
  const tiny = rectangle('1', lng + 0.0005, lat, lng + 0.0006, lat + 0.0001);
  const central = rectangle('2', lng - 0.0001, lat - 0.0001, lng + 0.0001, lat + 0.0001);
  const [one, two] = communeCells(communeIndex([central, tiny]), [central, tiny], 8);
  expect(one.owned).toEqual([]);
  expect(one.touching.map(bigintToCell)).toEqual([cellOf(106, 20.5, 8)]);
  expect(two.owned.map(bigintToCell)).toEqual([cellOf(106, 20.5, 8)]);
  expect(two.touching).toEqual([]);
});

test('the centre in an overlap goes to the lowest code, and the other commune touches the cell', () => {
  const [lng, lat] = centreOf(cellOf(106, 20.5, 9));
  const a = rectangle('2', lng - 0.01, lat - 0.01, lng + 0.01, lat + 0.01);
  const b = rectangle('1', lng - 0.01, lat - 0.01, lng + 0.01, lat + 0.01);
  const [lower, higher] = communeCells(communeIndex([a, b]), [a, b], 9);
  expect(higher.owned).toEqual([]);
  expect(higher.touching.length).toBe(lower.owned.length + lower.touching.length);
});

test('long straight borders touch every cell that they cut', () => {
  const commune = rectangle('1', 106.0123, 20.5, 106.0124, 20.6);
  const [cells] = communeCells(communeIndex([commune]), [commune], 9);
  const all = new Set([...cells.owned, ...cells.touching].map(bigintToCell));
  for (let k = 0; k <= 20000; k++) {
    for (const lng of [106.0123, 106.01235, 106.0124]) expect(all).toContain(cellOf(lng, 20.5 + (0.1 * k) / 20000, 9));
  }
});

const communesPath = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');

describe.skipIf(!communesPath)('on the 104 communes of Hưng Yên at res 9', () => {
  const communes = communesPath ? communesOf(readGeoJson(communesPath)) : [];
  const index = communeIndex(communes);
  const cells = communeCells(index, communes, 9);
  const owner = new Map(cells.flatMap(({ code, owned }) => owned.map((cell) => [bigintToCell(cell), code])));

  test('no cell is owned twice, and every cell whose centre lies in a commune is owned by the lowest such code', () => {
    expect(owner.size).toBe(cells.reduce((sum, { owned }) => sum + owned.length, 0));
    const [west, south, east, north] = index.bbox ?? [0, 0, 0, 0];
    // 100 m apart, less than the inner diameter of a cell: no cell slips between the samples.
    const seen = new Set<string>();
    for (let lat = south; lat <= north; lat += 0.0012) {
      for (let lng = west; lng <= east; lng += 0.0012) seen.add(cellOf(lng, lat, 9));
    }
    const wrong = [...seen].filter((cell) => {
      const [lng, lat] = centreOf(cell);
      return (owner.get(cell) ?? null) !== index.find(lng, lat);
    });
    expect(wrong).toEqual([]);
  });

  test('owned cells add up to the area of the province within 1%', () => {
    const polygonsKm2 = communes.reduce(
      (sum, { geometry }) => sum + area(geometry as Parameters<typeof area>[0]) / 1e6,
      0,
    );
    const cellsKm2 = cellsAreaKm2(cells.flatMap(({ owned }) => owned));
    expect(Math.abs(cellsKm2 / polygonsKm2 - 1)).toBeLessThan(0.01);
  });

  test('owned and touching never meet, and a touching cell has its centre elsewhere but a corner or border inside', () => {
    for (const [ordinal, { owned, touching }] of cells.entries()) {
      const own = new Set(owned);
      for (const cell of touching) {
        expect(own.has(cell)).toBe(false);
        const [lng, lat] = centreOf(bigintToCell(cell));
        expect(index.findOrdinal(lng, lat)).not.toBe(ordinal);
      }
      // The corners of the commune's own cells never stick out into a cell that is not listed anywhere.
      for (const cell of owned.slice(0, 20)) {
        for (const [lng, lat] of cornersOf(bigintToCell(cell))) {
          const here = index.find(lng, lat);
          const there = cells.find(({ code }) => code === here);
          if (there) expect(there.owned.includes(cell) || there.touching.includes(cell)).toBe(true);
        }
      }
    }
  });
});
