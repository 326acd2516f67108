/** Cameras and street lamps. They watch places: no record of what was seen, no person. */
import type { CommuneSets } from './communes.ts';
import type { Landscape } from './landscape.ts';
import { distance, lineLength, type Point, resample } from './plane.ts';
import { at, createRandom, drawIndex, type Random, runningSumsOf } from './random.ts';
import type { Road, RoadClass } from './roads.ts';

export type Camera = {
  place: Point;
  /** Degrees clockwise from north; null where the survey did not note it. */
  bearing: number | null;
  /** Horizontal field of view in degrees. */
  hfov: number | null;
  rangeM: number | null;
  widthPixels: number | null;
  kind: 'fixed' | 'dome' | 'ptz';
  owner: 'police' | 'peoples_committee' | 'school' | 'business' | 'residents';
  hasShareAgreement: boolean;
  state: 'working' | 'broken' | 'unknown';
  brokenSince: string | null;
  lastCheckedOn: string | null;
};

export type Lamp = {
  place: Point;
  poleHeightM: number | null;
  state: 'working' | 'broken' | 'unknown';
  brokenSince: string | null;
};

const CAMERAS = 250;
const LAMPS = 4000;
const CAMERA_WEIGHT: Record<RoadClass, number> = {
  quoc_lo: 6,
  tinh: 3,
  huyen: 2,
  lien_xa: 0.6,
  lien_thon: 0.15,
  do_thi: 5,
};
const OWNERS = ['police', 'peoples_committee', 'peoples_committee', 'school', 'business', 'residents'] as const;
const KINDS = ['fixed', 'fixed', 'fixed', 'dome', 'ptz'] as const;
const POLE_HEIGHT_M: Record<RoadClass, readonly number[]> = {
  quoc_lo: [10, 11, 12],
  tinh: [9, 10],
  huyen: [8, 9],
  lien_xa: [7, 8],
  lien_thon: [5, 6],
  do_thi: [8, 8, 9, 10],
};
/** Detection at 25 pixels per metre (IEC 62676-4): d = W / (2 · ρ · tan(HFOV / 2)). */
const DETECTION_PIXELS_PER_M = 25;

/** A day in the three years before the end of the data. */
function someDay(random: Random): string {
  return new Date(Date.UTC(2026, 9, 31) - (random.int(1000) ** 2 / 1000) * 86_400_000).toISOString().slice(0, 10);
}

export function createCameras(
  roads: readonly Road[],
  communes: CommuneSets,
  landscape: Landscape,
  seed: number,
): Camera[] {
  const random = createRandom(seed, 'cameras');
  const weights = roads.map(
    (road) =>
      CAMERA_WEIGHT[road.class] *
      Math.sqrt(lineLength(road.line)) *
      (0.3 + 3 * Math.exp(-distance(at(road.line, 0), landscape.town) / 4000)),
  );
  const sums = runningSumsOf(weights);
  const spots: { place: Point; along: number }[] = [];
  const place = (road: Road) => {
    const k = 1 + random.int(road.line.length - 1);
    const a = at(road.line, k - 1);
    const b = at(road.line, k);
    const along = (Math.atan2(b[0] - a[0], b[1] - a[1]) * 180) / Math.PI;
    return { place: beside(a, b, random.next(), random.between(4, 9)), along };
  };
  // One at every commune's seat, the rest where traffic is.
  for (const commune of communes.now) {
    const seat = at(landscape.mesh.cells, commune.seat).site;
    spots.push({
      place: [seat[0] + random.between(-12, 12), seat[1] + random.between(-12, 12)],
      along: random.between(0, 360),
    });
  }
  while (spots.length < CAMERAS) spots.push(place(at(roads, drawIndex(sums, random.next()))));
  return spots.map((spot): Camera => {
    const kind = random.pick(KINDS);
    const isSurveyed = random.next() < 0.88;
    const hfov = kind === 'fixed' ? random.pick([32, 48, 60, 78, 90, 103]) : kind === 'dome' ? 110 : 62;
    const widthPixels = random.pick([1280, 1920, 1920, 2560, 3840]);
    const rangeM = widthPixels / (2 * DETECTION_PIXELS_PER_M * Math.tan((hfov * Math.PI) / 360));
    const bearing = spot.along + (random.next() < 0.5 ? 0 : 180) + random.normal() * 12;
    const draw = random.next();
    const state = draw < 0.82 ? 'working' : draw < 0.94 ? 'broken' : 'unknown';
    return {
      place: spot.place,
      bearing: isSurveyed ? Math.round(((bearing % 360) + 360) % 360) % 360 : null,
      hfov: isSurveyed ? hfov : null,
      rangeM: isSurveyed ? Math.round(Math.min(rangeM, 120)) : null,
      widthPixels: isSurveyed ? widthPixels : null,
      kind,
      owner: random.pick(OWNERS),
      hasShareAgreement: random.next() < 0.7,
      state,
      brokenSince: state === 'broken' ? someDay(random) : null,
      lastCheckedOn: state === 'unknown' ? null : someDay(random),
    };
  });
}

function beside(a: Point, b: Point, share: number, offsetM: number): Point {
  const length = distance(a, b) || 1;
  return [
    a[0] + (b[0] - a[0]) * share + ((b[1] - a[1]) / length) * offsetM,
    a[1] + (b[1] - a[1]) * share - ((b[0] - a[0]) / length) * offsetM,
  ];
}

/** Lamps stand evenly along the roads that are lit; the spacing follows from their number. */
export function createLamps(roads: readonly Road[], seed: number): Lamp[] {
  const random = createRandom(seed, 'lamps');
  const lit = roads.filter((road) => road.lit);
  const spacingM = lit.reduce((sum, road) => sum + lineLength(road.line), 0) / LAMPS;
  return lit.flatMap((road) => {
    const poleHeights = POLE_HEIGHT_M[road.class];
    const poleHeightM = random.pick(poleHeights);
    // A cable fault takes out a whole road; otherwise lamps fail one by one.
    const isRoadDown = random.next() < 0.05;
    const downSince = someDay(random);
    const posts = resample(road.line, spacingM);
    return posts.slice(1).map((post, i): Lamp => {
      const draw = random.next();
      const state = isRoadDown || draw < 0.06 ? 'broken' : draw < 0.09 ? 'unknown' : 'working';
      return {
        place: beside(at(posts, i), post, 1, road.class === 'quoc_lo' ? 7 : 4),
        poleHeightM: random.next() < 0.04 ? null : poleHeightM,
        state,
        brokenSince: state !== 'broken' ? null : isRoadDown ? downSince : someDay(random),
      };
    });
  });
}
