import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { signedArea } from './rings.ts';
import { createTileSet, isInTileRange, type TileRows } from './tile-set.ts';
import { multiLineStringWkb, multiPolygonWkb, pointWkb } from './wkb-fixtures.ts';

type LngLat = [number, number];

/** A grid of crooked communes that cover one degree without gaps: every inner border wavers, deterministically. */
function meadowland(columns: number): TileRows['communes'] {
  const step = 1 / columns;
  const corner = (i: number, j: number): LngLat => [106 + i * step + waver(i, j), 20 + j * step + waver(j, i + 9)];
  const waver = (i: number, j: number) => 0.25 * step * Math.sin(12.9 * i + 78.2 * j);
  // From a up to, not including, b; both neighbours walk over the same points.
  const side = (a: LngLat, b: LngLat): LngLat[] => {
    const isForward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
    const [from, to] = isForward ? [a, b] : [b, a];
    // Bends of every size up to 45 m, so that each zoom from 8 to 13 drops some and keeps others.
    const between = Array.from({ length: 79 }, (_, k): LngLat => {
      const bend = 0.0004 * Math.sin(1.7 * k * k + from[0] * 50);
      const along = (k + 1) / 80;
      return [from[0] + (to[0] - from[0]) * along + bend, from[1] + (to[1] - from[1]) * along + bend];
    });
    return [a, ...(isForward ? between : between.toReversed())];
  };
  return Array.from({ length: columns * columns }, (_, n) => {
    const [i, j] = [n % columns, Math.floor(n / columns)];
    const corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)] as const;
    const ring = [
      ...side(corners[0], corners[1]),
      ...side(corners[1], corners[2]),
      ...side(corners[2], corners[3]),
      ...side(corners[3], corners[0]),
      corners[0],
    ];
    return {
      code: String(n).padStart(5, '0'),
      provinceCode: '98',
      name: `Xã ${n}`,
      fullName: `Xã Xã ${n}`,
      kind: 'xã',
      labelPoint: pointWkb([106 + (i + 0.5) * step, 20 + (j + 0.5) * step]),
      geom: multiPolygonWkb([[ring]]),
    };
  });
}

const square = (west: number, south: number, size: number): LngLat[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const rows: TileRows = {
  communes: meadowland(6),
  roads: [
    {
      class: 'lien_thon',
      name: null,
      lit: null,
      geom: multiLineStringWkb([
        [
          [106.3, 20.3],
          [106.7, 20.7],
        ],
      ]),
    },
    {
      class: 'quoc_lo',
      name: 'Quốc lộ 39',
      lit: true,
      geom: multiLineStringWkb([
        [
          [106.1, 20.5],
          [106.9, 20.5],
        ],
      ]),
    },
  ],
  water: [
    {
      kind: 'lake',
      name: 'Hồ Bán Nguyệt',
      geom: multiPolygonWkb([[square(106.4, 20.4, 0.1), square(106.44, 20.44, 0.02)]]),
    },
  ],
};

const tiles = createTileSet(rows);

/** The tile of a place. */
function tileAt(z: number, [lng, lat]: LngLat) {
  const radians = (lat * Math.PI) / 180;
  const y = (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
  return { z, x: Math.floor((lng / 360 + 0.5) * 2 ** z), y: Math.floor(y * 2 ** z) };
}

function decode(bytes: Uint8Array | undefined): VectorTile {
  return new VectorTile(new PbfReader(bytes ?? new Uint8Array()));
}

function featuresOf(bytes: Uint8Array | undefined, layer: string) {
  const found = decode(bytes).layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, i) => found.feature(i));
}

/** The directed edges of all rings, as "x,y x,y", without those that clipping drew along the tile's buffer. */
function edgesOf(features: ReturnType<typeof featuresOf>): Set<string> {
  const edges = new Set<string>();
  const isLimit = (value: number) => value === -64 || value === 4096 + 64;
  for (const ring of features.flatMap((feature) => feature.loadGeometry()))
    for (const [i, to] of ring.slice(1).entries()) {
      const from = ring[i] ?? to;
      const isClipped = (from.x === to.x && isLimit(to.x)) || (from.y === to.y && isLimit(to.y));
      if (!isClipped) edges.add(`${from.x},${from.y} ${to.x},${to.y}`);
    }
  return edges;
}

describe('createTileSet', () => {
  it('puts every layer into the basemap tile, in drawing order', () => {
    expect(Object.keys(decode(tiles.cut('basemap', tileAt(9, [106.5, 20.5]))).layers)).toEqual([
      'land',
      'water',
      'roads',
      'communes',
      'commune_borders',
      'provinces',
      'commune_labels',
    ]);
  });

  it('carries the attributes of each row', () => {
    const tile = tiles.cut('basemap', tileAt(12, [106.5, 20.5]));
    expect(featuresOf(tile, 'roads').map(({ properties }) => properties)).toEqual([
      { class: 'lien_thon' },
      { class: 'quoc_lo', name: 'Quốc lộ 39', lit: true },
    ]);
    expect(featuresOf(tile, 'communes').map(({ properties }) => properties.code)).toContain('00021');
  });

  it('draws village roads only near', () => {
    expect(
      featuresOf(tiles.cut('roads', tileAt(9, [106.5, 20.5])), 'roads').map(({ properties }) => properties.class),
    ).toEqual(['quoc_lo']);
  });

  it('simplifies neighbours alike: every edge inside the province is drawn once each way', () => {
    for (const z of [5, 6, 7, 8, 9]) {
      const tile = tiles.cut('basemap', tileAt(z, [106.5, 20.5]));
      const inner = edgesOf(featuresOf(tile, 'communes'));
      const outer = edgesOf(featuresOf(tile, 'land'));
      const alone = [...inner].filter((edge) => !inner.has(edge.split(' ').toReversed().join(' ')));
      expect(outer.size).toBeGreaterThan(3);
      expect(alone.sort()).toEqual([...outer].sort());
    }
  });

  it('fills a tile inside the land exactly, buffer included', () => {
    for (const z of [10, 11, 12, 13, 14]) {
      const area = featuresOf(tiles.cut('communes', tileAt(z, [106.5, 20.5])), 'communes')
        .flatMap((feature) => feature.loadGeometry())
        .reduce((sum, ring) => sum + signedArea(ring.slice(0, -1).flatMap(({ x, y }) => [x, y])), 0);
      expect(area).toBe((4096 + 2 * 64) ** 2);
    }
  });

  it('keeps the hole of a lake, turned against its outer ring', () => {
    const [lake] = featuresOf(tiles.cut('water', tileAt(10, [106.41, 20.41])), 'water');
    const [outer, hole] = (lake?.loadGeometry() ?? []).map((ring) =>
      signedArea(ring.slice(0, -1).flatMap(({ x, y }) => [x, y])),
    );
    expect(outer).toBeGreaterThan(0);
    expect(hole).toBeLessThan(0);
  });

  it('puts each label into exactly one tile', () => {
    const { x, y } = tileAt(10, [106, 21]);
    const codes: unknown[] = [];
    for (let i = -1; i < 5; i++)
      for (let j = -1; j < 6; j++)
        codes.push(
          ...featuresOf(tiles.cut('communes', { z: 10, x: x + i, y: y + j }), 'commune_labels').map(
            ({ properties }) => properties.code,
          ),
        );
    expect(codes.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual(rows.communes.map(({ code }) => code));
  });

  it('gives no tile where nothing lies', () => {
    expect(tiles.cut('basemap', { z: 9, x: 0, y: 0 })).toBeUndefined();
  });

  it('gives equal bytes for equal rows', () => {
    const again = createTileSet(rows);
    const tile = tileAt(11, [106.5, 20.5]);
    expect(Buffer.compare(again.cut('basemap', tile)!, tiles.cut('basemap', tile)!)).toBe(0);
  });

  it('has no bounds and no tiles without rows', () => {
    const empty = createTileSet({ communes: [], roads: [], water: [] });
    expect(empty.bounds).toBeNull();
    expect(empty.cut('basemap', { z: 0, x: 0, y: 0 })).toBeUndefined();
  });

  it('knows its bounds to the width of a unit', () => {
    const [west, south, east, north] = tiles.bounds!;
    for (const [got, expected] of [
      [west, 106],
      [south, 20],
      [east, 107],
      [north, 21],
    ] as const)
      expect(Math.abs(got - expected)).toBeLessThan(0.06);
  });
});

describe('isInTileRange', () => {
  it('knows the square of each zoom', () => {
    expect(isInTileRange({ z: 0, x: 0, y: 0 })).toBe(true);
    expect(isInTileRange({ z: 3, x: 7, y: 7 })).toBe(true);
    expect(isInTileRange({ z: 3, x: 8, y: 0 })).toBe(false);
    expect(isInTileRange({ z: 15, x: 0, y: 0 })).toBe(false);
    expect(isInTileRange({ z: 3, x: 0, y: -1 })).toBe(false);
  });
});
