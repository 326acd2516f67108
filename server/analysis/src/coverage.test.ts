import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { areaCoverage } from './area-coverage.ts';
import { type Camera, cameraSector, effectiveRangeM, type Lamp, lampReach } from './camera-sector.ts';
import { distanceM, type LngLat, type Polygon, type Ring } from './geo.ts';
import { roadCoverage } from './road-coverage.ts';
import { seededRandom } from './test-data.ts';
import { transverseMercator } from './vn2000.ts';

type Measures = Record<
  | 'area_m2'
  | 'area_inside_polygon_m2'
  | 'share_of_polygon'
  | 'road_length_in_polygon_covered_m'
  | 'share_of_road_in_polygon'
  | 'share_of_road_total',
  number
>;

interface Golden {
  polygon: LngLat[];
  roads: LngLat[][];
  cameras: { lon: number; lat: number; bearing: number; fov: number; range: number }[];
  lamps: { lon: number; lat: number; radius: number }[];
  results: ({
    mode: string;
    segments_per_circle: number;
    first10_sector_areas_m2: number[];
    cameras: Measures;
    lamps: Measures;
    both: Measures;
  } & Record<
    | 'polygon_area_m2'
    | 'road_length_total_m'
    | 'road_length_in_polygon_m'
    | 'sum_of_sector_areas_m2'
    | 'sum_of_lamp_areas_m2'
    | 'overlap_camera_lamp_m2',
    number
  >)[];
}

const golden = readGolden<Golden>('09_coverage_geometry.json');
const reference = golden.results.find(
  ({ mode, segments_per_circle }) => mode === 'geodesic_laea' && segments_per_circle === 4096,
)!;
const cameras = golden.cameras.map(
  ({ lon, lat, bearing, fov, range }): Camera => ({
    lng: lon,
    lat,
    bearingDeg: bearing,
    hfovDeg: fov,
    rangeM: range,
  }),
);
const lamps = golden.lamps.map(({ lon, lat, radius }): Lamp => ({ lng: lon, lat, reachM: radius }));
const first = golden.polygon[0];
const last = golden.polygon.at(-1)!;
const isClosed = first[0] === last[0] && first[1] === last[1];
const within: Polygon = { type: 'Polygon', coordinates: [isClosed ? golden.polygon : [...golden.polygon, first]] };

/** Signed: counter-clockwise is above 0. */
function areaM2(ring: Ring): number {
  const corners = ring.map(([lng, lat]) => transverseMercator(lng, lat, ring[0][0]));
  const [x0, y0] = corners[0];
  return corners.reduce((sum, [ax, ay], at) => {
    const [bx, by] = corners[(at + 1) % corners.length];
    return sum + ((ax - x0) * (by - y0) - (bx - x0) * (ay - y0)) / 2;
  }, 0);
}

function expectWithin(got: number, expected: number, relative: number) {
  expect(Math.abs(got / expected - 1), `${got} for ${expected}`).toBeLessThanOrEqual(relative);
}

describe('50 cameras and 200 lamps on the roads of a commune', () => {
  test('sectors and circles have the reference areas, less what 128 chords lose', () => {
    const sectors = cameras.map((camera) => areaM2(cameraSector(camera)!.coordinates[0]));
    sectors.slice(0, 10).forEach((area, at) => expectWithin(area, reference.first10_sector_areas_m2[at], 1e-3));
    expectWithin(
      sectors.reduce((sum, area) => sum + area, 0),
      reference.sum_of_sector_areas_m2,
      1e-3,
    );
    const circles = lamps.map((lamp) => areaM2(lampReach(lamp)!.coordinates[0]));
    expectWithin(
      circles.reduce((sum, area) => sum + area, 0),
      reference.sum_of_lamp_areas_m2,
      1e-3,
    );
  });

  test('areas covered, inside the commune and in all, are the reference ones', () => {
    const all = areaCoverage(cameras, lamps);
    const inside = areaCoverage(cameras, lamps, { within });
    expectWithin(all.camera + all.both, reference.cameras.area_m2, 1e-3);
    expectWithin(all.lit + all.both, reference.lamps.area_m2, 1e-3);
    expectWithin(all.camera + all.lit + all.both, reference.both.area_m2, 1e-3);
    expectWithin(all.both, reference.overlap_camera_lamp_m2, 1e-3);
    expectWithin(inside.total!, reference.polygon_area_m2, 1e-3);
    expectWithin(inside.camera + inside.both, reference.cameras.area_inside_polygon_m2, 1e-3);
    expectWithin(inside.lit + inside.both, reference.lamps.area_inside_polygon_m2, 1e-3);
    expectWithin(inside.camera + inside.lit + inside.both, reference.both.area_inside_polygon_m2, 1e-3);
    expect(inside.camera + inside.lit + inside.both + inside.neither!).toBeCloseTo(inside.total!, 6);
    const share = (area: number) => area / inside.total!;
    expect(Math.abs(share(inside.camera + inside.both) - reference.cameras.share_of_polygon)).toBeLessThan(5e-4);
    expect(Math.abs(share(inside.lit + inside.both) - reference.lamps.share_of_polygon)).toBeLessThan(5e-4);
    expect(Math.abs(share(inside.total! - inside.neither!) - reference.both.share_of_polygon)).toBeLessThan(5e-4);
  });

  test('road metres, inside the commune and in all, are the reference ones', () => {
    const all = roadCoverage(golden.roads, cameras, lamps);
    const inside = roadCoverage(golden.roads, cameras, lamps, { within });
    expectWithin(all.total, reference.road_length_total_m, 1e-4);
    expectWithin(inside.total, reference.road_length_in_polygon_m, 1e-4);
    expectWithin(inside.camera + inside.both, reference.cameras.road_length_in_polygon_covered_m, 1e-3);
    expectWithin(inside.lit + inside.both, reference.lamps.road_length_in_polygon_covered_m, 1e-3);
    expectWithin(inside.total - inside.neither, reference.both.road_length_in_polygon_covered_m, 1e-3);
    for (const [got, of, want] of [
      [all.camera + all.both, all.total, reference.cameras.share_of_road_total],
      [all.lit + all.both, all.total, reference.lamps.share_of_road_total],
      [all.total - all.neither, all.total, reference.both.share_of_road_total],
      [inside.camera + inside.both, inside.total, reference.cameras.share_of_road_in_polygon],
      [inside.lit + inside.both, inside.total, reference.lamps.share_of_road_in_polygon],
      [inside.total - inside.neither, inside.total, reference.both.share_of_road_in_polygon],
    ]) {
      expect(Math.abs(got / of - want)).toBeLessThan(5e-4);
    }
    expect(inside.camera + inside.lit + inside.both + inside.neither).toBeCloseTo(inside.total, 6);
  });
});

const straight: LngLat[][] = [
  [
    [106, 20],
    [106.01, 20],
  ],
];
const lengthM = distanceM(106, 20, 106.01, 20);

test('roads without cameras and lamps are neither seen nor lit, and no roads are no metres', () => {
  const { total, neither, camera } = roadCoverage(straight, [], []);
  expectWithin(total, lengthM, 5e-3);
  expect([neither, camera]).toEqual([total, 0]);
  expect(roadCoverage([], cameras, lamps)).toEqual({ total: 0, camera: 0, lit: 0, both: 0, neither: 0 });
});

test('a stretch given twice counts once', () => {
  const once = roadCoverage(straight, [], []).total;
  expect(roadCoverage([...straight, straight[0].toReversed(), [...straight[0], [106.01, 20]]], [], []).total).toBe(
    once,
  );
});

test('a road that begins on the border of the area is inside it as far as it runs there', () => {
  const corners: LngLat[] = [
    [106, 19.9951234],
    [106.0051234, 19.9951234],
    [106.0051234, 20.0051234],
    [106, 20.0051234],
  ];
  const square: Polygon = { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
  const half = roadCoverage([[straight[0][0], [106.0051234, 20]]], [], []).total;
  const inside = (road: LngLat[]) => roadCoverage([road], [], [], { within: square }).total;
  expect(inside(straight[0])).toBeCloseTo(half, 3);
  expect(inside(straight[0].toReversed())).toBeCloseTo(half, 3);
  expect(inside([straight[0][0], [106.0051234, 20]])).toBeCloseTo(half, 3);
  const diagonal: LngLat[] = [corners[0], corners[2]];
  expect(inside(diagonal)).toBeCloseTo(roadCoverage([diagonal], [], []).total, 3);
  expect(inside([corners[1], [106.01, 19.99]])).toBeCloseTo(0, 3);
});

test('an area with a hole leaves the hole out, whichever way its rings run', () => {
  const box = (half: number): LngLat[] => [
    [106.005 - half, 20 - half],
    [106.005 + half, 20 - half],
    [106.005 + half, 20 + half],
    [106.005 - half, 20 + half],
    [106.005 - half, 20 - half],
  ];
  const lamp: Lamp = { lng: 106.005, lat: 20, reachM: 100 };
  const [wide, narrow] = [box(0.002), box(0.0005)];
  for (const hole of [narrow, narrow.toReversed()]) {
    const got = areaCoverage([], [lamp], {
      within: { type: 'Polygon', coordinates: [wide, hole] },
      stepM: 0.05,
    });
    const holeM2 = Math.abs(areaM2(narrow));
    expectWithin(got.total!, Math.abs(areaM2(wide)) - holeM2, 1e-4);
    expectWithin(got.lit, Math.PI * 100 ** 2 - holeM2, 1e-3);
  }
});

test('what is broken or unknown counts only as if repaired', () => {
  const lamp: Lamp = { lng: 106.005, lat: 20, poleHeightM: 10 };
  const lit = (state: Lamp['state'], asIf: 'working' | 'repaired') =>
    Math.round(roadCoverage(straight, [], [{ ...lamp, state }], { state: asIf }).lit);
  expect(lit(undefined, 'working')).toBe(30);
  expect(lit('working', 'working')).toBe(30);
  expect(lit('broken', 'working')).toBe(0);
  expect(lit('unknown', 'working')).toBe(0);
  expect(lit('broken', 'repaired')).toBe(30);
});

test('a camera of unknown bearing or optics has no sector and covers nothing', () => {
  const known: Camera = { lng: 106.005, lat: 20, bearingDeg: 90, hfovDeg: 60, rangeM: 50 };
  for (const unknown of [{ bearingDeg: null }, { hfovDeg: null }, { rangeM: null }]) {
    expect(cameraSector({ ...known, ...unknown })).toBeNull();
    expect(roadCoverage(straight, [{ ...known, ...unknown }], []).camera).toBe(0);
  }
  expect(cameraSector({ ...known, bearingDeg: null, hfovDeg: 360 })).not.toBeNull();
  expect(lampReach({ lng: 106, lat: 20, poleHeightM: null })).toBeNull();
});

test('a camera that looks east sees the road east of it, one that looks west the other half', () => {
  const camera: Camera = { lng: 106.005, lat: 20, bearingDeg: 90, hfovDeg: 60, rangeM: 50 };
  const east: LngLat[][] = [[straight[0][1], [106.005, 20]]];
  expect(roadCoverage(east, [camera], []).camera).toBeCloseTo(50, 2);
  expect(roadCoverage(east, [{ ...camera, bearingDeg: 270 }], []).camera).toBeCloseTo(0, 2);
  expect(roadCoverage(straight, [{ ...camera, bearingDeg: 0, hfovDeg: 300 }], []).camera).toBeCloseTo(100, 2);
});

test('rings are closed, counter-clockwise, begin at the apex, and a circle due north', () => {
  const camera: Camera = { lng: 106, lat: 20, bearingDeg: 45, hfovDeg: 90, rangeM: 100 };
  const [ring] = cameraSector(camera)!.coordinates;
  expect(ring[0]).toEqual([106, 20]);
  expect(ring.at(-1)).toEqual(ring[0]);
  expect(ring.length).toBe(32 + 1 + 2);
  expect(areaM2(ring)).toBeGreaterThan(0);
  const [circle] = lampReach({ lng: 106, lat: 20, reachM: 100 })!.coordinates;
  expect(circle.length).toBe(129);
  expect(circle.at(-1)).toEqual(circle[0]);
  expect(circle[0][0]).toBeCloseTo(106, 12);
  expect(circle[0][1]).toBeGreaterThan(20);
  expect(areaM2(circle)).toBeGreaterThan(0);
  for (const [lng, lat] of circle) expect(distanceM(106, 20, lng, lat)).toBeCloseTo(100, -0.5);
});

test('the effective range follows from pixels and field of view', () => {
  // 1920 pixels over 90°: 38.4 m to each side of the axis at 25 px/m, and as far ahead.
  expect(effectiveRangeM(1920, 90)).toBeCloseTo(38.4, 12);
  expect(effectiveRangeM(1920, 90, 62.5)).toBeCloseTo(15.36, 12);
  expect(effectiveRangeM(1920, 180)).toBeNull();
});

test('roads measured by points on them agree, in a case drawn at random with wide and narrow sectors', () => {
  const random = seededRandom(21);
  const somewhere = (): LngLat => [106 + 0.01 * random(), 20 + 0.01 * random()];
  const someCameras = Array.from({ length: 40 }, (): Camera => {
    const [lng, lat] = somewhere();
    return { lng, lat, bearingDeg: 360 * random(), hfovDeg: 20 + 340 * random(), rangeM: 30 + 120 * random() };
  });
  const roads = Array.from({ length: 12 }, () => [somewhere(), somewhere()]);
  const triangle: LngLat[] = [
    [106.001, 20.002],
    [106.009, 20.001],
    [106.004, 20.009],
  ];
  const area: Polygon = { type: 'Polygon', coordinates: [[...triangle, triangle[0]]] };
  const sees = (camera: Camera, x: number, y: number) => {
    const [cx, cy] = transverseMercator(camera.lng, camera.lat, 106.005);
    const turn = (Math.atan2(x - cx, y - cy) * 180) / Math.PI - camera.bearingDeg!;
    const off = Math.abs(((((turn + 180) % 360) + 360) % 360) - 180);
    return Math.hypot(x - cx, y - cy) < camera.rangeM! && off < camera.hfovDeg! / 2;
  };
  const corners = triangle.map(([lng, lat]) => transverseMercator(lng, lat, 106.005));
  const isInside = (x: number, y: number) => {
    const sides = corners.map(([ax, ay], at) => {
      const [bx, by] = corners[(at + 1) % 3];
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0;
    });
    return sides.every((side) => side === sides[0]);
  };
  let [seen, total] = [0, 0];
  for (const [a, b] of roads) {
    const [ax, ay] = transverseMercator(a[0], a[1], 106.005);
    const [bx, by] = transverseMercator(b[0], b[1], 106.005);
    const pieces = 4000;
    const pieceM = Math.hypot(bx - ax, by - ay) / pieces;
    for (let piece = 0; piece < pieces; piece++) {
      const x = ax + ((piece + 0.5) / pieces) * (bx - ax);
      const y = ay + ((piece + 0.5) / pieces) * (by - ay);
      if (!isInside(x, y)) continue;
      total += pieceM;
      if (someCameras.some((camera) => sees(camera, x, y))) seen += pieceM;
    }
  }
  const got = roadCoverage(roads, someCameras, [], { within: area });
  expectWithin(got.total, total, 2e-3);
  expectWithin(got.camera, seen, 5e-3);
});
