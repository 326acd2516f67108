/** Roads between the places of the province: built from the great to the small, each new one using what is there. */
import type { CommuneSets } from './communes.ts';
import { cellGraph, type Landscape } from './landscape.ts';
import { distance, isInPolygons, lineLength, type Point, toLngLat, toPlane } from './plane.ts';
import { at, createRandom, type Random } from './random.ts';
import { cheapestFrom, type MultiPolygonRings, pathBetween } from './regions.ts';

export type RoadClass = 'quoc_lo' | 'tinh' | 'huyen' | 'lien_xa' | 'lien_thon' | 'do_thi';

export type Road = {
  name: string;
  class: RoadClass;
  /** true / false as surveyed, null where nobody has looked. */
  lit: boolean | null;
  surface: 'asphalt' | 'concrete' | 'gravel';
  line: Point[];
};

const BRIDGE_PENALTY: Record<RoadClass, number> = {
  quoc_lo: 1.3,
  tinh: 2,
  huyen: 4,
  lien_xa: 9,
  lien_thon: 40,
  do_thi: 40,
};
const LIT_SHARE: Record<RoadClass, number> = {
  quoc_lo: 0.25,
  tinh: 0.15,
  huyen: 0.12,
  lien_xa: 0.06,
  lien_thon: 0.04,
  do_thi: 0.6,
};
const UNKNOWN_SHARE: Record<RoadClass, number> = {
  quoc_lo: 0,
  tinh: 0.05,
  huyen: 0.15,
  lien_xa: 0.3,
  lien_thon: 0.4,
  do_thi: 0.03,
};
/** How many cells one road of a class runs through before the next one (with its own tags) begins. */
const PIECE_LENGTH: Record<RoadClass, number> = { quoc_lo: 5, tinh: 5, huyen: 4, lien_xa: 4, lien_thon: 7, do_thi: 9 };

type Stretch = { class: RoadClass; name: string };

export function createRoads(
  landscape: Landscape,
  communes: CommuneSets,
  wards: readonly MultiPolygonRings[],
  seed: number,
): Road[] {
  const random = createRandom(seed, 'roads');
  const { mesh, ground } = landscape;
  const cells = ground.flatMap((kind, i) => (kind === 'inside' ? [i] : []));
  const built = new Map<string, Stretch>();
  const tangents = new Map<number, Point>();
  const walks: { stretch: Stretch; path: number[] }[] = [];
  const keyOf = (i: number, j: number) => (i < j ? `${i},${j}` : `${j},${i}`);
  const graphFor = (roadClass: RoadClass) =>
    cellGraph(
      mesh,
      cells,
      (i, j) => (built.has(keyOf(i, j)) ? 0.45 : 1) * (landscape.isRiverBorder(i, j) ? BRIDGE_PENALTY[roadClass] : 1),
    );
  const build = (stretch: Stretch, path: readonly number[]) => {
    let run: number[] = [];
    path.forEach((i, step) => {
      const previous = path[step - 1];
      const following = path[step + 1];
      if (previous !== undefined && following !== undefined && !tangents.has(i)) {
        tangents.set(i, direction(at(mesh.cells, previous).site, at(mesh.cells, following).site));
      }
      if (previous === undefined) run = [i];
      else if (built.has(keyOf(previous, i))) {
        if (run.length > 1) walks.push({ stretch, path: run });
        run = [i];
      } else {
        built.set(keyOf(previous, i), stretch);
        run.push(i);
      }
    });
    if (run.length > 1) walks.push({ stretch, path: run });
  };
  const connect = (stretch: Stretch, from: number, to: number) =>
    build(stretch, pathBetween(graphFor(stretch.class), from, to));
  const nearest = (p: Point) =>
    cells.reduce((a, b) => (distance(at(mesh.cells, b).site, p) < distance(at(mesh.cells, a).site, p) ? b : a));

  const km = (x: number, y: number) => nearest([x * 1000, y * 1000]);
  const centre = nearest(landscape.town);
  // Road numbers from 900 up are not in use.
  connect({ class: 'quoc_lo', name: 'Quốc lộ 901' }, km(30, 60), centre);
  connect({ class: 'quoc_lo', name: 'Quốc lộ 901' }, centre, km(16, 2));
  connect({ class: 'quoc_lo', name: 'Quốc lộ 902' }, km(-4, 24), centre);
  connect({ class: 'quoc_lo', name: 'Quốc lộ 902' }, centre, km(46, 36));
  const ends: readonly (readonly [number, number])[] = [
    [8, 46],
    [40, 48],
    [40, 22],
    [12, 14],
    [26, 6],
    [2, 34],
    [18, 52],
  ];
  ends.forEach(([x, y], i) => {
    connect({ class: 'tinh', name: `Đường tỉnh ${951 + i}` }, centre, km(x, y));
  });
  connect({ class: 'tinh', name: 'Đường tỉnh 958' }, km(34, 16), km(46, 44));
  connect({ class: 'tinh', name: 'Đường tỉnh 959' }, km(6, 20), km(10, 44));

  joinAll(
    graphFor('huyen'),
    communes.now.map((commune) => commune.seat),
    (from, to, number) =>
      connect({ class: 'huyen', name: `Đường huyện ${String(number + 1).padStart(2, '0')}` }, from, to),
  );
  joinAll(
    graphFor('lien_xa'),
    communes.before.map((commune) => commune.seat),
    (from, to) => connect({ class: 'lien_xa', name: nameAfter('Đường liên xã', communes, from, to) }, from, to),
  );
  // Each hamlet that is left gets its way to the nearest road; islands get ways among themselves.
  const onRoad = new Set([...built.keys()].flatMap((key) => key.split(',').map(Number)));
  const seeds = [
    ...onRoad,
    at([...landscape.islandCells], 0),
    at([...landscape.islandCells], landscape.islandCells.size - 1),
  ];
  const ways = cheapestFrom(graphFor('lien_thon'), seeds);
  for (const i of [...ways.keys()].reverse()) {
    const path = [i];
    for (let node = i; ; ) {
      const previous = ways.get(node)?.previous ?? -1;
      if (previous < 0) break;
      path.push(previous);
      if (onRoad.has(previous)) break;
      node = previous;
    }
    if (path.length > 1 && !onRoad.has(i)) {
      for (const node of path) onRoad.add(node);
      build({ class: 'lien_thon', name: nameAfter('Đường liên thôn', communes, i, i) }, path);
    }
  }

  const roads = walks.flatMap(({ stretch, path }) =>
    pieces(path, PIECE_LENGTH[stretch.class]).map((piece) =>
      finish(
        stretch,
        curve(
          piece,
          mesh.cells.map((c) => c.site),
          tangents,
          random,
        ),
        random,
      ),
    ),
  );
  roads.push(...exitsToNeighbours(landscape, walks, random));
  roads.push(...streets(landscape, wards, random));
  return roads;
}

/** Prim's minimum spanning tree over places, each joined to its nearest place that is already joined. */
function joinAll(
  graph: ReturnType<typeof cellGraph>,
  places: readonly number[],
  join: (from: number, to: number, number: number) => void,
): void {
  const joined = new Set([at(places, 0)]);
  let number = 0;
  while (joined.size < new Set(places).size) {
    const reached = cheapestFrom(graph, [...joined]);
    const next = [...reached].find(([node]) => places.includes(node) && !joined.has(node));
    if (!next) return;
    join(next[1].source, next[0], number++);
    joined.add(next[0]);
  }
}

function nameAfter(prefix: string, communes: CommuneSets, from: number, to: number): string {
  const [a, b] = [communes.beforeOf(from), communes.beforeOf(to)].map((index) =>
    index === undefined ? '' : at(communes.before, index).name,
  );
  return a === b ? `${prefix} ${a}` : `${prefix} ${a} - ${b}`;
}

function pieces(path: readonly number[], length: number): number[][] {
  const list: number[][] = [];
  for (let i = 0; i < path.length - 1; i += length) list.push(path.slice(i, i + length + 1));
  return list;
}

function direction(a: Point, b: Point): Point {
  const length = distance(a, b) || 1;
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
}

/** Cubic Hermite curve through the sites, bending with the road that first passed each of them, plus a slight sway. */
function curve(
  path: readonly number[],
  sites: readonly Point[],
  tangents: ReadonlyMap<number, Point>,
  random: Random,
): Point[] {
  const line: Point[] = [at(sites, at(path, 0))];
  for (let step = 1; step < path.length; step++) {
    const i = at(path, step - 1);
    const j = at(path, step);
    const [a, b] = [at(sites, i), at(sites, j)];
    const chord = direction(a, b);
    const length = distance(a, b);
    const [ta, tb] = [i, j].map((node) => {
      const tangent = tangents.get(node) ?? chord;
      const along = tangent[0] * chord[0] + tangent[1] * chord[1];
      if (Math.abs(along) < 0.5) return chord;
      return along > 0 ? tangent : ([-tangent[0], -tangent[1]] as Point);
    }) as [Point, Point];
    const sway = random.normal() * length * 0.02;
    const count = Math.max(3, Math.round(length / 160));
    for (let k = 1; k <= count; k++) {
      const t = k / count;
      const [h00, h10] = [2 * t ** 3 - 3 * t ** 2 + 1, (t ** 3 - 2 * t ** 2 + t) * length];
      const [h01, h11] = [-2 * t ** 3 + 3 * t ** 2, (t ** 3 - t ** 2) * length];
      const bulge = sway * Math.sin(2 * Math.PI * t);
      line.push([
        h00 * a[0] + h10 * ta[0] + h01 * b[0] + h11 * tb[0] - chord[1] * bulge,
        h00 * a[1] + h10 * ta[1] + h01 * b[1] + h11 * tb[1] + chord[0] * bulge,
      ]);
    }
  }
  return line;
}

function finish({ class: roadClass, name }: Stretch, line: Point[], random: Random): Road {
  const draw = random.next();
  const isUnknown = draw < UNKNOWN_SHARE[roadClass];
  const lit = isUnknown ? null : random.next() < LIT_SHARE[roadClass];
  const surface =
    roadClass === 'lien_thon'
      ? random.next() < 0.8
        ? 'concrete'
        : 'gravel'
      : roadClass === 'lien_xa'
        ? random.next() < 0.5
          ? 'concrete'
          : 'asphalt'
        : 'asphalt';
  return { name, class: roadClass, lit, surface, line };
}

/** National and provincial roads do not end in the last hamlet: they run on to the province's border. */
function exitsToNeighbours(
  landscape: Landscape,
  walks: readonly { stretch: Stretch; path: number[] }[],
  random: Random,
): Road[] {
  const { mesh, ground } = landscape;
  const ends = new Map<number, Stretch>();
  for (const { stretch, path } of walks) {
    if (stretch.class !== 'quoc_lo' && stretch.class !== 'tinh') continue;
    for (const end of [at(path, 0), at(path, path.length - 1)]) if (!ends.has(end)) ends.set(end, stretch);
  }
  return [...ends].flatMap(([i, stretch]) => {
    const cell = at(mesh.cells, i);
    const k = cell.neighbours.findIndex((j) => ground[j] === 'surroundings' && !landscape.isRiverBorder(i, j));
    if (k < 0) return [];
    const border = mesh.border(i, k);
    return [finish(stretch, [cell.site, at(border, border.length >> 1)], random)];
  });
}

const STREET_NAMES =
  'Độc Lập,Hoà Bình,Thống Nhất,Bến Cảng,Chợ Mới,Nhà Thờ,Ga Cũ,Bờ Sông,Cầu Đất,Hàng Muối,Hàng Chiếu,Hàng Cót,Lò Rèn,Vườn Hoa,Hồ Sen,Đê Nam,Bãi Sậy,Kho Bạc,Trường Thi,Giếng Nước,Cây Đa,Sân Vận Động,Công Nghiệp,Hưng Thịnh,Thanh Niên,Tân Tiến,Đồng Tâm,Phố Huyện,Cửa Đông,Cửa Tây'.split(
    ',',
  );

/** A slightly crooked grid of streets in each ward, tighter towards the middle of the town. */
function streets(landscape: Landscape, wards: readonly MultiPolygonRings[], random: Random): Road[] {
  const roads: Road[] = [];
  wards.forEach((ward, number) => {
    const ring = at(at(ward, 0), 0);
    const corners = ring.map(toPlane);
    const middle: Point = [
      corners.reduce((sum, p) => sum + p[0], 0) / corners.length,
      corners.reduce((sum, p) => sum + p[1], 0) / corners.length,
    ];
    const gap = 300 + Math.min(280, distance(middle, landscape.town) * 0.07);
    const angle = 0.35 + 0.25 * random.normal();
    const axes: [Point, Point] = [
      [Math.cos(angle), Math.sin(angle)],
      [-Math.sin(angle), Math.cos(angle)],
    ];
    axes.forEach((along, axis) => {
      const across = at(axes, 1 - axis);
      for (let offset = -3000; offset <= 3000; offset += gap * (axis === 0 ? 1 : 1.25)) {
        const wave = random.between(0, 6);
        let run: Point[] = [];
        const close = () => {
          if (run.length > 2 && lineLength(run) > 280) {
            const name = `Phố ${at(STREET_NAMES, random.int(STREET_NAMES.length))}`;
            roads.push(finish({ class: 'do_thi', name: `${name} ${number + 1}` }, run, random));
          }
          run = [];
        };
        for (let s = -3200; s <= 3200; s += 60) {
          const side = offset + 28 * Math.sin(s / 420 + wave);
          const p: Point = [middle[0] + along[0] * s + across[0] * side, middle[1] + along[1] * s + across[1] * side];
          const [lng, lat] = toLngLat(p);
          if (isInPolygons(lng, lat, ward) && !landscape.isOnRiver(p, 25)) run.push(p);
          else close();
        }
        close();
      }
    });
  });
  return roads;
}
