import type { MultiPolygon } from '@diemnong/analysis';
import { expect, it } from 'vitest';
import { simplifyBorders } from './simplified-borders.ts';

type Position = [number, number];

/** A wobbling line of 400 steps between two places, both ends exact. */
function wobble([x0, y0]: Position, [x1, y1]: Position, seed: number): Position[] {
  return Array.from({ length: 401 }, (_, i) => {
    const t = i / 400;
    const sway =
      i === 0 || i === 400 ? 0 : 0.0004 * Math.sin(i * 0.7 + seed) + 0.003 * Math.sin(6 * t + seed) * t * (1 - t);
    return [x0 + t * (x1 - x0) + sway * (y1 - y0) * 10, y0 + t * (y1 - y0) + sway * (x1 - x0) * 10];
  });
}

const corner = (column: number, row: number): Position => [106 + column * 0.1, 20.5 + row * 0.1];

/** 3 × 3 communes that share wobbling borders, each ring counter-clockwise. */
function wobblingGrid(): MultiPolygon[] {
  const along = (column: number, row: number) => wobble(corner(column, row), corner(column + 1, row), column + 7 * row);
  const up = (column: number, row: number) =>
    wobble(corner(column, row), corner(column, row + 1), 50 + column + 7 * row);
  const shapes: MultiPolygon[] = [];
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) {
      const ring = [
        ...along(column, row),
        ...up(column + 1, row).slice(1),
        ...along(column, row + 1)
          .toReversed()
          .slice(1),
        ...up(column, row).toReversed().slice(1),
      ];
      shapes.push({ type: 'MultiPolygon', coordinates: [[ring]] });
    }
  return shapes;
}

function ringArea(ring: readonly (readonly number[])[]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice / 2;
}

function sidesOf(
  shapes: { coordinates: readonly (readonly (readonly (readonly number[])[])[])[] }[],
): Map<string, number> {
  const sides = new Map<string, number>();
  for (const ring of shapes.flatMap(({ coordinates }) => coordinates.flat()))
    for (let i = 1; i < ring.length; i++) {
      const key = [ring[i - 1].join(), ring[i].join()].sort().join(' ');
      sides.set(key, (sides.get(key) ?? 0) + 1);
    }
  return sides;
}

it('leaves out most corners and keeps every shared border shared', () => {
  const shapes = wobblingGrid();
  const drawn = simplifyBorders(shapes);
  const sides = sidesOf(drawn);
  expect(sides.size).toBeLessThan(sidesOf(shapes).size / 3);
  // 12 of the 24 borders lie inside: every side of theirs must occur twice, so the sides seen once make the outline.
  const once = [...sides].filter(([, times]) => times === 1).map(([key]) => key);
  const ends = new Map<string, number>();
  for (const place of once.flatMap((key) => key.split(' '))) ends.set(place, (ends.get(place) ?? 0) + 1);
  expect([...ends.values()].every((times) => times === 2)).toBe(true);
  // Where two communes meet on the outline is a junction, which stays; where four meet inside is on no outline.
  expect([ends.has('106.1,20.5'), ends.has('106,20.7'), ends.has('106.1,20.6')]).toEqual([true, true, false]);
  drawn.forEach((shape, i) => {
    const before = Math.abs(ringArea(shapes[i].coordinates[0][0]));
    expect(Math.abs(Math.abs(ringArea(shape.coordinates[0][0])) - before) / before).toBeLessThan(0.01);
  });
});

it('keeps islands that are smaller than what it leaves out, and holes filled by a neighbour', () => {
  const circle = (lng: number, lat: number, radius: number): Position[] =>
    Array.from({ length: 41 }, (_, i) => [
      lng + radius * Math.cos(((i % 40) * Math.PI) / 20),
      lat + radius * Math.sin(((i % 40) * Math.PI) / 20),
    ]);
  const islet = circle(107, 20.7, 0.0002);
  const enclave = circle(106.5, 20.5, 0.0003);
  const around = circle(106.5, 20.5, 0.1);
  const drawn = simplifyBorders([
    { type: 'MultiPolygon', coordinates: [[around, enclave.toReversed()], [islet]] },
    { type: 'MultiPolygon', coordinates: [[enclave]] },
  ]);
  expect(drawn[0]?.coordinates).toHaveLength(2);
  const rings = [drawn[0].coordinates[1][0], drawn[1].coordinates[0][0]];
  for (const ring of rings) {
    expect(new Set(ring.map(String)).size).toBeGreaterThanOrEqual(5);
    expect(Math.abs(ringArea(ring))).toBeGreaterThan(0);
    expect(ring[0]).toEqual(ring.at(-1));
  }
  const hole = drawn[0].coordinates[0][1];
  expect(new Set(hole.map(String))).toEqual(new Set(rings[1].map(String)));
});

it('draws nothing from nothing', () => {
  expect(simplifyBorders([])).toEqual([]);
});
