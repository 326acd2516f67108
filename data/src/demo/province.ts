/**
 * "Tỉnh Mẫu", the demonstration province: everything about it is invented, from one seed, and marked as simulated.
 * Province code '00' and commune codes from 90001 are used by no real place (official ones: 01–96, 00004–32248).
 */
import { type Camera, createCameras, createLamps, type Lamp } from './assets.ts';
import { MONTHS } from './calendar.ts';
import { type Character, type Commune, type CommuneKind, type CommuneSets, createCommunes } from './communes.ts';
import {
  type FeatureCollection,
  featureCollection,
  type LineGeometry,
  type MultiPolygonGeometry,
  type PointGeometry,
  type PolygonGeometry,
} from './geojson.ts';
import { createLandscape, type Landscape, riverOutline } from './landscape.ts';
import { createLocator } from './locator.ts';
import { toEnglishName } from './place-names.ts';
import { distance, type LngLat, type Point, ringArea, segmentDistance, toLngLat, toPlane } from './plane.ts';
import { at, createRandom } from './random.ts';
import { type MultiPolygonRings, traceRegions } from './regions.ts';
import { createRoads, type Road, type RoadClass } from './roads.ts';
import { createTreated, type TreatedCluster } from './treated.ts';
import { createTruth, type TruthCluster } from './truth.ts';

export type CommuneProperties = {
  code: string;
  /** Without the kind: 'Thuận Hoà'. */
  name: string;
  /** With the kind: 'Xã Thuận Hoà'. */
  fullName: string;
  nameEn: string;
  kind: CommuneKind;
  provinceCode: string;
  areaKm2: number;
  population: number;
};

export type BoundarySet = {
  id: string;
  name: string;
  nameEn: string;
  /** Days; `validTo` is excluded, null = still valid. */
  validFrom: string;
  validTo: string | null;
  isDefault: boolean;
  communes: FeatureCollection<MultiPolygonGeometry, CommuneProperties>;
};

export type RoadProperties = {
  id: string;
  name: string;
  class: RoadClass;
  lit: boolean | null;
  surface: Road['surface'];
};
export type CameraProperties = { id: string } & Omit<Camera, 'place'>;
export type LampProperties = { id: string } & Omit<Lamp, 'place'>;
export type WaterProperties = { kind: 'sea' | 'river' | 'lake'; name: string };

export type DemoProvince = {
  seed: number;
  isSimulated: true;
  province: { code: string; nameVi: string; nameEn: string };
  /** The default set (since 1 July 2025) first. */
  boundarySets: BoundarySet[];
  water: FeatureCollection<PolygonGeometry | MultiPolygonGeometry, WaterProperties>;
  /** `province`: the land of the communes; `surroundings`: land beyond, without data, so that maps do not end in a void. */
  land: FeatureCollection<MultiPolygonGeometry, { kind: 'province' | 'surroundings' }>;
  roads: FeatureCollection<LineGeometry, RoadProperties>;
  cameras: FeatureCollection<PointGeometry, CameraProperties>;
  lamps: FeatureCollection<PointGeometry, LampProperties>;
  /** Commune (default set) × month for which no report came: not zero, missing. */
  unreportedMonths: { communeCode: string; month: string }[];
  truth: TruthCluster[];
  /** Places of hot-spot areas where something was done; not among those that tests of hot spots look for. */
  treated: TreatedCluster[];
  /** What the incident generator needs beyond the map: plane geometry, not for storing. */
  groundwork: Groundwork;
};

export type Groundwork = {
  landscape: Landscape;
  /** In the order of the default set's features. */
  communes: { code: string; character: Character; population: number; seat: Point; rings: MultiPolygonRings }[];
  roads: Road[];
  /** Index into `communes`, or −1. */
  findCommune(lng: number, lat: number): number;
  /** On a river, in a lake, or closer than the margin to a river bank. */
  isWet(p: Point, marginM: number): boolean;
};

/** The seed of the demonstration that ships. */
export const DEMO_SEED = 1;

const PROVINCE = { code: '00', nameVi: 'Tỉnh Mẫu', nameEn: 'Sample Province' } as const;
const KIND_NAMES: Record<CommuneKind, readonly [vi: string, en: string]> = {
  phuong: ['Phường', 'Ward'],
  xa: ['Xã', 'Commune'],
  thi_tran: ['Thị trấn', 'Township'],
};

/**
 * Draw the demonstration province.
 * @returns the same value for the same seed, down to the last digit. Takes about 3 s.
 */
export function generateDemoProvince({ seed }: { seed: number }): DemoProvince {
  const landscape = createLandscape(seed);
  const communes = createCommunes(landscape, seed);
  const nowRings = traceRegions(landscape.mesh, communes.nowOf);
  const beforeRings = traceRegions(landscape.mesh, communes.beforeOf);
  const wards = communes.now.flatMap((commune, i) => (commune.kind === 'phuong' ? [nowRings.get(i) ?? []] : []));
  const roads = createRoads(landscape, communes, wards, seed);
  const lakes = createLakes(landscape, communes, roads, seed);
  const truth = createTruth(roads, landscape, seed);

  // Features stand in the order of their codes, as official lists do.
  const order = communes.now
    .map((_, i) => i)
    .sort((a, b) => Number(at(communes.now, a).code) - Number(at(communes.now, b).code));
  const rings = order.map((i) => nowRings.get(i) ?? []);
  const findCommune = createLocator(rings);
  const groundwork: Groundwork = {
    landscape,
    roads,
    communes: order.map((i, position) => {
      const { code, character, population, seat } = at(communes.now, i);
      return { code, character, population, seat: at(landscape.mesh.cells, seat).site, rings: at(rings, position) };
    }),
    findCommune,
    isWet: (p, marginM) =>
      landscape.isOnRiver(p, marginM) || lakes.some((lake) => distance(p, lake.place) < lake.reachM + marginM),
  };

  const unreportedMonths = chooseUnreported(groundwork, truth, seed);

  return {
    seed,
    isSimulated: true,
    province: PROVINCE,
    boundarySets: [
      {
        id: '2025-07',
        name: 'Từ 01/07/2025 (mô phỏng)',
        nameEn: 'Since 1 July 2025 (simulated)',
        validFrom: '2025-07-01',
        validTo: null,
        isDefault: true,
        communes: communeFeatures(communes.now, nowRings),
      },
      {
        id: '2021-01',
        name: 'Trước 01/07/2025 (mô phỏng)',
        nameEn: 'Before 1 July 2025 (simulated)',
        validFrom: '2021-01-01',
        validTo: '2025-07-01',
        isDefault: false,
        communes: communeFeatures(communes.before, beforeRings),
      },
    ],
    ...drawBackdrop(landscape, lakes),
    roads: featureCollection(
      roads.map(({ line, ...properties }, i) => [
        { type: 'LineString', coordinates: line.map(toLngLat) },
        { id: `DUONG-${String(i + 1).padStart(4, '0')}`, ...properties },
      ]),
    ),
    cameras: featureCollection(
      createCameras(roads, communes, landscape, seed).map(({ place, ...properties }, i) => [
        { type: 'Point', coordinates: toLngLat(place) },
        { id: `CAM-${String(i + 1).padStart(3, '0')}`, ...properties },
      ]),
    ),
    lamps: featureCollection(
      createLamps(roads, seed).map(({ place, ...properties }, i) => [
        { type: 'Point', coordinates: toLngLat(place) },
        { id: `DEN-${String(i + 1).padStart(4, '0')}`, ...properties },
      ]),
    ),
    unreportedMonths,
    truth,
    treated: createTreated(groundwork, truth, unreportedMonths, seed),
    groundwork,
  };
}

function communeFeatures(
  communes: readonly Commune[],
  rings: ReadonlyMap<number, MultiPolygonRings>,
): BoundarySet['communes'] {
  const items = communes.map((commune, i) => {
    const coordinates = rings.get(i) ?? [];
    const [vi, en] = KIND_NAMES[commune.kind];
    const areaM2 = coordinates.flat().reduce((sum, ring) => sum + ringArea(ring.map(toPlane)), 0);
    const properties: CommuneProperties = {
      code: commune.code,
      name: commune.name,
      fullName: `${vi} ${commune.name}`,
      nameEn: `${toEnglishName(commune.name)} ${en}`,
      kind: commune.kind,
      provinceCode: PROVINCE.code,
      areaKm2: Math.round(areaM2 / 1e4) / 100,
      population: commune.population,
    };
    return [{ type: 'MultiPolygon', coordinates } satisfies MultiPolygonGeometry, properties] as const;
  });
  return featureCollection(items.sort((a, b) => Number(a[1].code) - Number(b[1].code)));
}

type Lake = { name: string; place: Point; reachM: number; ring: Point[] };

const LAKE_NAMES = [
  'Hồ Sen',
  'Hồ Thuận An',
  'Đầm Vạc Mẫu',
  'Hồ Đại Lải Con',
  'Đầm Thuỷ Triều',
  'Hồ Ba Gò',
  'Ao Cả',
  'Hồ Bình Minh',
];

/** Lakes lie where three hamlets meet and no road passes. */
function createLakes(landscape: Landscape, communes: CommuneSets, roads: readonly Road[], seed: number): Lake[] {
  const random = createRandom(seed, 'lakes');
  const { mesh } = landscape;
  const inland = mesh.cells.flatMap((cell, i) =>
    communes.nowOf(i) !== undefined &&
    !landscape.islandCells.has(i) &&
    cell.neighbours.every((j) => communes.nowOf(j) !== undefined)
      ? cell.corners
      : [],
  );
  const lakes: Lake[] = [];
  for (const corner of random.shuffled([...new Set(inland)])) {
    if (lakes.length === LAKE_NAMES.length) break;
    const place = at(mesh.corners, corner);
    if (landscape.isOnRiver(place, 700) || lakes.some((lake) => distance(lake.place, place) < 6000)) continue;
    let free = 800;
    for (const { line } of roads) {
      for (let k = 1; k < line.length && free > 250; k++)
        free = Math.min(free, segmentDistance(place, at(line, k - 1), at(line, k)));
    }
    if (free < 300) continue;
    const phase = [random.between(0, 6), random.between(0, 6)] as const;
    const radius = free * 0.62;
    const ring = Array.from({ length: 40 }, (_, k): Point => {
      const angle = (k / 40) * 2 * Math.PI;
      const r = radius * (1 + 0.22 * Math.sin(2 * angle + phase[0]) + 0.12 * Math.sin(5 * angle + phase[1]));
      return [place[0] + r * Math.cos(angle), place[1] + r * 0.8 * Math.sin(angle)];
    });
    lakes.push({ name: at(LAKE_NAMES, lakes.length), place, reachM: radius * 1.36, ring: [...ring, at(ring, 0)] });
  }
  return lakes;
}

function drawBackdrop(landscape: Landscape, lakes: readonly Lake[]): Pick<DemoProvince, 'water' | 'land'> {
  const kinds = ['inside', 'surroundings', 'sea'] as const;
  const traced = traceRegions(landscape.mesh, (i) => kinds.indexOf(at(landscape.ground, i)));
  const multi = (kind: (typeof kinds)[number]): MultiPolygonGeometry => ({
    type: 'MultiPolygon',
    coordinates: traced.get(kinds.indexOf(kind)) ?? [],
  });
  const ring = (points: readonly Point[]): PolygonGeometry => ({
    type: 'Polygon',
    coordinates: [points.map((p): LngLat => toLngLat(p))],
  });
  return {
    land: featureCollection([
      [multi('inside'), { kind: 'province' as const }],
      [multi('surroundings'), { kind: 'surroundings' as const }],
    ]),
    water: featureCollection<PolygonGeometry | MultiPolygonGeometry, WaterProperties>([
      [multi('sea'), { kind: 'sea', name: 'Biển Đông' }],
      ...landscape.rivers.map((river) => [ring(riverOutline(river)), { kind: 'river', name: river.name }] as const),
      ...lakes.map((lake) => [ring(lake.ring), { kind: 'lake', name: lake.name }] as const),
    ]),
  };
}

/** Single months here and there, three communes silent for a quarter, four late with the last month. */
function chooseUnreported(
  { communes, findCommune }: Groundwork,
  truth: readonly TruthCluster[],
  seed: number,
): DemoProvince['unreportedMonths'] {
  const random = createRandom(seed, 'unreported');
  // Where the truth lies every month is reported, so that what was added can also be seen.
  const watched = new Set(
    truth.flatMap(({ centres }) => centres.map(({ lngLat }) => findCommune(lngLat[0], lngLat[1]))),
  );
  const candidates = random.shuffled(communes.flatMap(({ code }, i) => (watched.has(i) ? [] : [code])));
  const list = new Map<string, { communeCode: string; month: string }>();
  const add = (communeCode: string, month: string) => list.set(`${month} ${communeCode}`, { communeCode, month });
  for (const code of candidates.slice(0, 4)) add(code, at(MONTHS, 59));
  candidates.slice(4, 7).forEach((code, i) => {
    for (let m = 0; m < 3; m++) add(code, at(MONTHS, 8 + 13 * i + m));
  });
  while (list.size < 36) add(random.pick(candidates), random.pick(MONTHS));
  return [...list.keys()].sort().map((key) => list.get(key) ?? { communeCode: '', month: '' });
}
