import { expect, test } from 'vitest';
import { communeIndex } from './commune-index.ts';
import { candidateSystems, coordinateSystem, detectCrs } from './coordinate-system.ts';
import { seededRandom } from './test-data.ts';
import { vn2000System, wgs84ToVn2000 } from './vn2000.ts';

const index = communeIndex([
  {
    code: '00001',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [105.9, 20.3],
          [106.6, 20.3],
          [106.6, 20.9],
          [105.9, 20.9],
          [105.9, 20.3],
        ],
      ],
    },
  },
]);

function samplePoints(spread = 0.7) {
  const random = seededRandom(9);
  return Array.from({ length: 300 }, (): [number, number] => [
    106.25 + spread * (random() - 0.5),
    20.6 + spread * 0.85 * (random() - 0.5),
  ]);
}

test.each(['vn2000:105.5', 'vn2000:105.75', 'vn2000:107.25', 'EPSG:3406'])(
  'finds %s, axes as given or swapped',
  (code) => {
    const grid = samplePoints().map(([lng, lat]) => wgs84ToVn2000(lng, lat, vn2000System(code)));
    const asGiven = detectCrs(grid, index);
    expect([asGiven.best?.id, asGiven.best?.isSwapped, asGiven.share, asGiven.ambiguous]).toEqual([
      code,
      false,
      1,
      false,
    ]);
    const swapped = detectCrs(
      grid.map(([easting, northing]) => [northing, easting] as const),
      index,
    );
    expect([swapped.best?.id, swapped.best?.isSwapped, swapped.ambiguous]).toEqual([code, true, false]);
    const [lng, lat] = swapped.best?.toLngLat(grid[0][1], grid[0][0]) ?? [0, 0];
    expect(lng).toBeCloseTo(samplePoints()[0][0], 9);
    expect(lat).toBeCloseTo(samplePoints()[0][1], 9);
  },
);

test('finds degrees, in both orders', () => {
  expect(detectCrs(samplePoints(), index)).toMatchObject({
    best: { id: 'EPSG:4326', isSwapped: false },
    share: 1,
    ambiguous: false,
  });
  const swapped = samplePoints().map(([lng, lat]) => [lat, lng] as const);
  expect(detectCrs(swapped, index).best).toMatchObject({ id: 'EPSG:4326', isSwapped: true });
});

test('tells the tie between UTM 48 and the 3° zone on 105°, which differ by 700 m only', () => {
  const grid = samplePoints().map(([lng, lat]) => wgs84ToVn2000(lng, lat, vn2000System('EPSG:3405')));
  const found = detectCrs(grid, index);
  expect(found.ambiguous).toBe(true);
  expect(new Set([found.best?.id, found.runnersUp[0].system.id])).toEqual(new Set(['EPSG:3405', 'vn2000:105']));
});

test('tells the tie between neighbouring meridians when all points are crowded in the middle', () => {
  const grid = samplePoints(0.02).map(([lng, lat]) => wgs84ToVn2000(lng, lat, vn2000System('vn2000:105.5')));
  expect(detectCrs(grid, index).ambiguous).toBe(true);
});

test('points of nowhere, and no points, have no best', () => {
  expect(
    detectCrs(
      [
        [1e9, -4],
        [Number.NaN, 2],
      ],
      index,
    ),
  ).toEqual({ best: null, share: 0, runnersUp: [], ambiguous: true });
  expect(detectCrs([], index).best).toBeNull();
});

test('declared systems are read by name, degrees of VN-2000 with their shift', () => {
  expect(coordinateSystem('wgs84').toLngLat(106, 20)).toEqual([106, 20]);
  expect(coordinateSystem('EPSG:4326', true).toLngLat(20, 106)).toEqual([106, 20]);
  expect(coordinateSystem('EPSG:4756').toLngLat(106, 20)[0]).toBeCloseTo(106.00188, 4);
  expect(() => coordinateSystem('EPSG:6959')).toThrow('EPSG:5899');
  expect(new Set(candidateSystems().map(({ id, isSwapped }) => `${id} ${isSwapped}`)).size).toBe(40);
});
