import { communeIndex, wgs84ToVn2000 } from '@diemnong/analysis';
import { expect, test } from 'vitest';
import { readCoordinateSystem } from './coordinate-reading.ts';

const [west, south, east, north] = [105.5, 20.6, 105.7, 20.8];
const ring = [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const index = communeIndex([{ code: '1', geometry: { type: 'Polygon', coordinates: [ring] } }]);
const points = Array.from({ length: 50 }, (_, at) => [west + 0.004 * at, south + 0.004 * at] as [number, number]);
const grid = (centralMeridianDeg: number, k0 = 0.9999) =>
  points.map(([lng, lat]) => wgs84ToVn2000(lng, lat, { centralMeridianDeg, k0 }));
const turned = (pairs: [number, number][]) => pairs.map(([x, y]) => [y, x] as [number, number]);

test('degrees are found either way round', () => {
  expect(readCoordinateSystem('auto', points, index).system).toMatchObject({ id: 'EPSG:4326', isSwapped: false });
  expect(readCoordinateSystem('auto', turned(points), index).system).toMatchObject({
    id: 'EPSG:4326',
    isSwapped: true,
  });
});

test('degrees outside every commune are still degrees, so that each row is told where it stands', () => {
  const far = points.map(([lng, lat]) => [lng + 3, lat] as [number, number]);
  expect(readCoordinateSystem('auto', far, index)).toMatchObject({
    system: { id: 'EPSG:4326', isSwapped: false },
    share: 0,
  });
});

test('a 3° zone is found by fit, and turned back when its axes are swapped', () => {
  expect(readCoordinateSystem('auto', grid(106.25), index).system).toMatchObject({
    id: 'vn2000:106.25',
    isSwapped: false,
  });
  expect(readCoordinateSystem('auto', turned(grid(106.25)), index).system).toMatchObject({
    id: 'vn2000:106.25',
    isSwapped: true,
  });
});

test('UTM 48 and the 3° zone on 105° fit alike: a person must declare which', () => {
  expect(() => readCoordinateSystem('auto', grid(105, 0.9996), index)).toThrow(/Chưa xác định được hệ toạ độ/);
  expect(readCoordinateSystem('EPSG:3405', grid(105, 0.9996), index)).toMatchObject({
    system: { id: 'EPSG:3405' },
    share: 1,
    isDeclared: true,
  });
});

test('a grid that fits no commune is refused, not guessed', () => {
  const nowhere = grid(105).map(([x, y]) => [x + 900_000, y] as [number, number]);
  expect(() => readCoordinateSystem('auto', nowhere, index)).toThrow(/Không hệ toạ độ VN-2000 nào/);
});

test('a declared system is kept unless its axes are plainly swapped', () => {
  expect(readCoordinateSystem('vn2000:106.25', turned(grid(106.25)), index).system).toMatchObject({ isSwapped: true });
  expect(readCoordinateSystem('vn2000:103', grid(106.25), index)).toMatchObject({
    system: { id: 'vn2000:103', isSwapped: false },
    share: 0,
  });
});
