import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { seededRandom } from './test-data.ts';
import { TM3_MERIDIANS_DEG, vn2000GeographicToWgs84, vn2000System, vn2000ToWgs84, wgs84ToVn2000 } from './vn2000.ts';

interface GoldenPoint {
  epsg: number;
  central_meridian_deg: number;
  k0: number;
  easting: number;
  northing: number;
  expected: { wgs84_lon: number; wgs84_lat: number; vn2000_lon: number; vn2000_lat: number };
}
const { points } = readGolden<{ points: GoldenPoint[] }>('11_vn2000_wgs84.json');

test.each(points)('EPSG:$epsg at $easting, $northing lands where PROJ puts it, within 1e-9°', (point) => {
  const system = vn2000System(`EPSG:${point.epsg}`);
  expect(system).toMatchObject({ centralMeridianDeg: point.central_meridian_deg, k0: point.k0 });
  const [lng, lat] = vn2000ToWgs84(point.easting, point.northing, system);
  expect(Math.abs(lng - point.expected.wgs84_lon)).toBeLessThan(1e-9);
  expect(Math.abs(lat - point.expected.wgs84_lat)).toBeLessThan(1e-9);
  const shifted = vn2000GeographicToWgs84(point.expected.vn2000_lon, point.expected.vn2000_lat);
  expect(Math.abs(shifted[0] - point.expected.wgs84_lon)).toBeLessThan(1e-9);
  expect(Math.abs(shifted[1] - point.expected.wgs84_lat)).toBeLessThan(1e-9);
});

test('there and back again moves no point by a micrometre, on any meridian', () => {
  const random = seededRandom(3);
  for (const meridian of TM3_MERIDIANS_DEG) {
    const system = vn2000System(`vn2000:${meridian}`);
    for (let k = 0; k < 50; k++) {
      const [lng, lat] = [meridian + 6 * (random() - 0.5), 8 + 16 * random()];
      const [easting, northing] = wgs84ToVn2000(lng, lat, system);
      const [lng2, lat2] = vn2000ToWgs84(easting, northing, system);
      expect(Math.abs(lng2 - lng)).toBeLessThan(1e-12);
      expect(Math.abs(lat2 - lat)).toBeLessThan(1e-12);
    }
  }
});

test('a code can be a number, bare digits, or a meridian', () => {
  expect(vn2000System(9213)).toEqual({ id: 'EPSG:9213', centralMeridianDeg: 106.5, k0: 0.9999 });
  expect(vn2000System('9213')).toEqual(vn2000System('EPSG:9213'));
  expect(vn2000System('vn2000:106.5')).toEqual({ id: 'vn2000:106.5', centralMeridianDeg: 106.5, k0: 0.9999 });
  expect(vn2000System('EPSG:3406')).toMatchObject({ centralMeridianDeg: 111, k0: 0.9996 });
});

test('a deprecated code is refused with its successor, an unknown one with those that are known', () => {
  expect(() => vn2000System('EPSG:6959')).toThrow('use EPSG:5899');
  expect(() => vn2000System('EPSG:32648')).toThrow('3405');
  expect(() => vn2000System('vn2000:15')).toThrow('102 to 117');
  expect(() => vn2000System('')).toThrow(RangeError);
});
