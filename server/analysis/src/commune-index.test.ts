import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findSharedData, readGeoJson, readGolden } from '../../../tests/support/shared-data.ts';
import { type CommuneShape, communeIndex } from './commune-index.ts';
import { polygonsOf, type Ring } from './geo.ts';
import { communesOf, seededRandom } from './test-data.ts';

const box = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const commune = (code: string, ...rings: [number, number][][]): CommuneShape => ({
  code,
  geometry: { type: 'Polygon', coordinates: rings },
});

/** What PostGIS does, ring by ring over all edges, with no index at all. */
function coversAsPostgis({ geometry }: CommuneShape, x: number, y: number): boolean {
  const place = (ring: Ring): 'inside' | 'boundary' | 'outside' => {
    let winding = 0;
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      const side = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
      const isInBox = Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);
      if (side === 0 && isInBox && !(ax === bx && ay === by)) return 'boundary';
      if (ay <= y && y < by && side > 0) winding++;
      if (by <= y && y < ay && side < 0) winding--;
    }
    return winding === 0 ? 'outside' : 'inside';
  };
  for (const [shell, ...holes] of polygonsOf(geometry)) {
    const inShell = place(shell);
    if (inShell === 'boundary') return true;
    if (inShell === 'outside') continue;
    const firstHole = holes.map(place).find((inHole) => inHole !== 'outside');
    if (firstHole !== 'inside') return true;
  }
  return false;
}

describe('find', () => {
  test('a point inside gives the code, one outside gives null', () => {
    const index = communeIndex([commune('00002', box(1, 0, 2, 1)), commune('00001', box(0, 0, 1, 1))]);
    expect(index.codes).toEqual(['00001', '00002']);
    expect(index.find(0.5, 0.5)).toBe('00001');
    expect(index.find(1.5, 0.5)).toBe('00002');
    expect(index.find(2.5, 0.5)).toBeNull();
    expect(index.findOrdinal(0.5, 7)).toBe(-1);
    expect(index.find(Number.NaN, 0.5)).toBeNull();
    expect(index.find(0.5, Infinity)).toBeNull();
  });

  test('borders and corners count as inside, and a shared one goes to the lowest code', () => {
    const index = communeIndex([commune('00002', box(0, 0, 1, 1)), commune('00001', box(1, 0, 2, 1))]);
    expect(index.find(1, 0.3)).toBe('00001');
    expect(index.find(1, 1)).toBe('00001');
    expect(index.find(0, 0)).toBe('00002');
    expect(index.find(2, 1)).toBe('00001');
    expect(index.findCovering(1, 0.3)).toEqual([0, 1]);
  });

  test('an overlap goes to the lowest code, whole cells of it too', () => {
    const index = communeIndex([commune('00009', box(0, 0, 2, 2)), commune('00003', box(1, 1, 3, 3))]);
    expect(index.find(1.5, 1.5)).toBe('00003');
    expect(index.find(0.5, 0.5)).toBe('00009');
    expect(index.findCovering(1.5, 1.5).map((ordinal) => index.codes[ordinal])).toEqual(['00003', '00009']);
  });

  test('a hole is outside, its border inside, and an island in it counts again', () => {
    const index = communeIndex([
      {
        code: '00001',
        geometry: {
          type: 'MultiPolygon',
          coordinates: [[box(0, 0, 10, 10), box(2, 2, 8, 8).reverse()], [box(4, 4, 6, 6)]],
        },
      },
      commune('00000', box(2.5, 2.5, 3, 3)),
    ]);
    expect(index.find(1, 5)).toBe('00001');
    expect(index.find(3.5, 5)).toBeNull();
    expect(index.find(2, 5)).toBe('00001');
    expect(index.find(5, 5)).toBe('00001');
    expect(index.find(4, 4)).toBe('00001');
    expect(index.find(2.7, 2.7)).toBe('00000');
  });

  test('no communes, and communes without rings, cover nothing', () => {
    expect(communeIndex([]).find(105, 20)).toBeNull();
    expect(communeIndex([]).nearest(105, 20)).toBeNull();
    const index = communeIndex([commune('00001'), commune('00002', box(0, 0, 1, 1))]);
    expect(index.find(0.5, 0.5)).toBe('00002');
    expect(index.nearest(3, 0.5)?.code).toBe('00002');
  });

  test('a code given twice and a coordinate that is not finite are refused by name', () => {
    expect(() => communeIndex([commune('00001', box(0, 0, 1, 1)), commune('00001', box(2, 0, 3, 1))])).toThrow('00001');
    expect(() => communeIndex([commune('00007', box(0, 0, Number.NaN, 1))])).toThrow('00007');
  });

  test('answers as PostGIS does on ragged shapes, on and beside their edges', () => {
    const random = seededRandom(7);
    const communes = Array.from({ length: 40 }, (_, i): CommuneShape => {
      const [x, y] = [105 + random(), 20 + random()];
      const star = (radius: number) =>
        Array.from({ length: 60 }, (_unused, k): [number, number] => {
          const r = radius * (0.4 + 0.6 * random());
          const angle = (2 * Math.PI * k) / 60;
          return [Number((x + r * Math.cos(angle)).toFixed(4)), Number((y + r * Math.sin(angle)).toFixed(4))];
        });
      const close = (ring: [number, number][]) => [...ring, ring[0]];
      return commune(String(10000 + i), close(star(0.2)), close(star(0.05)).reverse());
    });
    const index = communeIndex(communes);
    const points: [number, number][] = Array.from({ length: 20000 }, () => [
      104.9 + 1.2 * random(),
      19.9 + 1.2 * random(),
    ]);
    for (const { geometry } of communes) {
      for (const ring of polygonsOf(geometry).flat()) {
        for (let i = 1; i < ring.length; i++) {
          const t = random();
          const [ax, ay] = ring[i - 1];
          const [bx, by] = ring[i];
          points.push([ax, ay], [ax + t * (bx - ax), ay + t * (by - ay)], [bx, ay], [(ax + bx) / 2, (ay + by) / 2]);
        }
      }
    }
    const wrong = points.filter(([x, y]) => {
      const expected = communes.find((candidate) => coversAsPostgis(candidate, x, y))?.code ?? null;
      return index.find(x, y) !== expected;
    });
    expect(wrong).toEqual([]);
  });

  test('the bulk form fills the array it is given with the same ordinals', () => {
    const index = communeIndex([commune('00001', box(0, 0, 1, 1)), commune('00002', box(1, 0, 2, 1))]);
    const lng = Float64Array.of(0.5, 1.5, 9);
    const lat = Float64Array.of(0.5, 0.5, 9);
    expect([...index.findAll(lng, lat)]).toEqual([0, 1, -1]);
    const out = new Int16Array(3);
    expect(index.findAll(lng, lat, out)).toBe(out);
    expect([...out]).toEqual([0, 1, -1]);
  });
});

describe('nearest', () => {
  test('tells the commune and the metres to its border, and 0 inside', () => {
    const index = communeIndex([commune('00001', box(105, 20, 106, 21)), commune('00002', box(107, 20, 108, 21))]);
    expect(index.nearest(105.5, 20.5)).toEqual({ code: '00001', distanceM: 0 });
    const east = index.nearest(106.1, 20.5);
    expect(east?.code).toBe('00001');
    expect(east?.distanceM).toBeCloseTo(0.1 * 111195.08 * Math.cos((20.5 * Math.PI) / 180), 0);
    expect(index.nearest(106.9, 20.5)?.code).toBe('00002');
    expect(index.nearest(105.5, 22)?.distanceM).toBeCloseTo(111195.08, 0);
  });

  test('a border shared by two communes counts for the lower code, whichever way its edges run', () => {
    const shared = (code: string, far: number) =>
      commune(code, [
        [105.123, 20.456],
        [105.987, 20.654],
        [105.5, far],
        [105.123, 20.456],
      ]);
    const index = communeIndex([shared('00002', 20.1), reversed(shared('00001', 20.2))]);
    for (const x of [105.2, 105.4, 105.6, 105.8]) expect(index.nearest(x, 20.9)?.code).toBe('00001');
  });
});

function reversed({ code, geometry }: CommuneShape): CommuneShape {
  const rings = polygonsOf(geometry)[0].map((ring) => [...ring].reverse());
  return { code, geometry: { type: 'Polygon', coordinates: rings } };
}

const communesPath = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');
const incidentsPath = findSharedData('incidents_moved_to_hung_yen.csv.gz');

describe.skipIf(!communesPath || !incidentsPath)('on the 104 communes of Hưng Yên', () => {
  const communes = communesPath ? communesOf(readGeoJson(communesPath)) : [];
  const index = communeIndex(communes);

  test('counts 878,049 incidents per commune as geopandas does', () => {
    const golden = readGolden<{
      per_commune: Record<string, number>;
      outside_the_province: number;
      invalid_coordinates: number;
    }>('12_moved_incidents_counts.json');
    const lines = gunzipSync(readFileSync(incidentsPath ?? ''))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(1);
    const columns = lines.map((line) => line.trimEnd().split(','));
    const lng = Float64Array.from(columns, (row) => Number(row.at(-2)));
    const lat = Float64Array.from(columns, (row) => Number(row.at(-1)));
    const ordinals = index.findAll(lng, lat, new Int16Array(lng.length));
    const counts: Record<string, number> = {};
    let outside = 0;
    for (const ordinal of ordinals) {
      if (ordinal < 0) outside++;
      else counts[index.codes[ordinal]] = (counts[index.codes[ordinal]] ?? 0) + 1;
    }
    expect(counts).toEqual(golden.per_commune);
    expect(outside).toBe(golden.outside_the_province + golden.invalid_coordinates);
  });

  test('answers as PostGIS does on corners, on borders and a rounding beside them', () => {
    const random = seededRandom(11);
    const sorted = communes.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    const boxes = sorted.map(({ geometry }) => {
      const positions = polygonsOf(geometry).flat(2);
      const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)];
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    });
    let onSeveral = 0;
    for (const { geometry } of communes) {
      for (const ring of polygonsOf(geometry).flat()) {
        for (let i = 1; i < ring.length; i++) {
          if (random() > 0.02) continue;
          const t = random();
          const [ax, ay] = ring[i - 1];
          const [bx, by] = ring[i];
          for (const [x, y] of [ring[i], [ax + t * (bx - ax), ay + t * (by - ay)], [ax, ay + 1e-13 * (t - 0.5)]]) {
            const covering = sorted.filter((candidate, c) => {
              const [west, south, east, north] = boxes[c];
              return x >= west && x <= east && y >= south && y <= north && coversAsPostgis(candidate, x, y);
            });
            if (covering.length > 1) onSeveral++;
            expect(index.find(x, y)).toBe(covering[0]?.code ?? null);
            expect(index.findCovering(x, y).map((ordinal) => index.codes[ordinal])).toEqual(
              covering.map(({ code }) => code),
            );
          }
        }
      }
    }
    expect(onSeveral).toBeGreaterThan(500);
  });

  test('the nearest border is the one that a search through all edges finds', () => {
    const random = seededRandom(5);
    const edges = communes.flatMap(({ code, geometry }) =>
      polygonsOf(geometry)
        .flat()
        .flatMap((ring) => ring.slice(1).map((b, i) => ({ code, a: ring[i], b }))),
    );
    for (let k = 0; k < 40; k++) {
      const [x, y] = [105.5 + 1.5 * random(), 20 + 1.3 * random()];
      if (index.findOrdinal(x, y) >= 0) continue;
      const scale = Math.cos((y * Math.PI) / 180);
      let best = Infinity;
      for (const { a, b } of edges) {
        const [dx, dy] = [(b[0] - a[0]) * scale, b[1] - a[1]];
        const along = ((x - a[0]) * scale * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
        const t = along > 0 ? Math.min(1, along) : 0;
        best = Math.min(best, Math.hypot((x - a[0]) * scale - t * dx, y - a[1] - t * dy));
      }
      const metres = (best * Math.PI * 6371008.8) / 180;
      expect(Math.abs((index.nearest(x, y)?.distanceM ?? Number.NaN) - metres)).toBeLessThan(0.005 * metres);
    }
  });
});
