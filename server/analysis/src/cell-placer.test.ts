import { cellToBoundary, getPentagons, latLngToCell } from 'h3-js';
import { expect, test } from 'vitest';
import { createCellPlacer } from './cell-placer.ts';
import { seededRandom } from './test-data.ts';

function differences(points: readonly (readonly [number, number])[], resolutions: readonly number[]) {
  const placer = createCellPlacer(resolutions);
  const cells = placer.placeAll(
    Float64Array.from(points, ([lng]) => lng),
    Float64Array.from(points, ([, lat]) => lat),
  );
  const wrong = points.flatMap(([lng, lat], i) =>
    resolutions
      .map((res, k) => ({
        lng,
        lat,
        got: cells[i * resolutions.length + k].toString(16),
        expected: latLngToCell(lat, lng, res),
      }))
      .filter(({ got, expected }) => got !== expected),
  );
  return { wrong, placer };
}

test('150,000 points of a province get the cells of H3 at 7, 8, 9 and 10, most of them without asking H3', () => {
  const random = seededRandom(1);
  const points = Array.from({ length: 150_000 }, () => [106.2 + 0.2 * random(), 20.4 + 0.2 * random()] as const);
  const { wrong, placer } = differences(points, [7, 8, 9, 10]);
  expect(wrong).toEqual([]);
  expect(placer.statistics().asked).toBeLessThan(0.1 * 4 * points.length);
});

test('points of all Viet Nam, the islands included, get the cells of H3', () => {
  const random = seededRandom(2);
  const points = Array.from({ length: 50_000 }, () => [102 + 15.5 * random(), 6.5 + 17 * random()] as const);
  expect(differences(points, [7, 8, 9, 10]).wrong).toEqual([]);
});

test('points all over the world get the cells of H3 at every resolution up to 11', () => {
  const random = seededRandom(3);
  const points = Array.from(
    { length: 15_000 },
    () => [360 * random() - 180, (Math.asin(2 * random() - 1) * 180) / Math.PI] as const,
  );
  points.push([0, 90], [0, -90], [180, 0], [-180, 0]);
  expect(differences(points, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).wrong).toEqual([]);
});

test('crowded points meet remembered cells and still agree, around pentagons and on corners and sides of hexagons', () => {
  const random = seededRandom(4);
  const around = (lng: number, lat: number, spread: number) =>
    Array.from({ length: 300 }, () => [lng + spread * (random() - 0.5), lat + spread * (random() - 0.5)] as const);
  const pentagons = getPentagons(9).flatMap((cell) => {
    const [lat, lng] = cellToBoundary(cell)[0];
    return around(lng, lat, 0.05);
  });
  expect(differences(pentagons, [7, 8, 9, 10]).wrong).toEqual([]);
  const home = latLngToCell(20.65, 106.05, 9);
  const corners = cellToBoundary(home, true).map(([lng, lat]) => [lng, lat] as const);
  const sides = corners
    .slice(1)
    .map(([lng, lat], i) => [(lng + corners[i][0]) / 2, (lat + corners[i][1]) / 2] as const);
  const beside = [...corners, ...sides].flatMap(([lng, lat]) => around(lng, lat, 1e-9));
  expect(differences([...around(106.05, 20.65, 0.01), ...corners, ...sides, ...beside], [7, 8, 9, 10]).wrong).toEqual(
    [],
  );
});

test('one point is written where it is wanted and nowhere else', () => {
  const out = new BigInt64Array(6);
  createCellPlacer().place(106.05, 20.65, out, 1);
  const expected = [7, 8, 9, 10].map((res) => BigInt(`0x${latLngToCell(20.65, 106.05, res)}`));
  expect([...out]).toEqual([0n, ...expected, 0n]);
});

test('a resolution beyond 11 is refused', () => {
  expect(() => createCellPlacer([12])).toThrow('res 12');
});
