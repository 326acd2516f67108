import { areaStatuses } from '@diemnong/contracts';
import { expect, it } from 'vitest';
import { inDrawOrder } from '../../map/layer-order.ts';
import { areaLayers } from './area-layer.ts';
import { placedShapes, pointAt } from './area-places.ts';
import { thinOut } from './thinned-areas.ts';
import type { AreaShape } from './use-area-shapes.ts';

const metre = 1 / 111_320;

/** A square of a side in metres with its south-western corner there. */
function square(at: [number, number], sideM: number, status: AreaShape['properties']['status'] = 'listed'): AreaShape {
  const [x, y] = at;
  const side = sideM * metre;
  return {
    type: 'Feature',
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [x, y],
            [x + side, y],
            [x + side, y + side],
            [x, y + side],
            [x, y],
          ],
        ],
      ],
    },
    properties: { id: `${x} ${y}`, number: 1, name: 'Chợ', status, types: [1], commune: '10001' },
  };
}
/** `count` squares side by side, `stepM` apart. */
const rowOf = (count: number, stepM: number, sideM: number) =>
  placedShapes(Array.from({ length: count }, (_, i) => square([106 + i * stepM * metre, 20.6], sideM)));

it('draws the outline and the sign of each as long as they are few, however small', () => {
  const few = rowOf(80, 100, 50);
  expect(thinOut(few, 8)).toMatchObject({
    points: [],
    covered: [],
    outlined: few,
    signed: few,
    hatched: [],
    named: [],
  });
});

it('draws many small ones as points, and every one is drawn or behind a point', () => {
  const many = rowOf(1000, 100, 50);
  for (const zoom of [7, 9, 11, 13, 15, 17]) {
    const { points, covered, outlined } = thinOut(many, zoom);
    expect(new Set([...points, ...covered, ...outlined]).size, `zoom ${zoom}`).toBe(1000);
    expect(points.length + covered.length + outlined.length, `zoom ${zoom}`).toBe(1000);
  }
  expect(thinOut(many, 9)).toMatchObject({ outlined: [], signed: [], hatched: [], named: [] });
  expect(thinOut(many, 17).outlined).toEqual(many);
});

it('covers no point of a grave status by a lighter one', () => {
  const places = areaStatuses.map((status) => square([106, 20.6], 30, status));
  const { points, covered } = thinOut(placedShapes([...places, ...Array(90).fill(places[0])]), 9);
  expect(points.map(({ shape }) => shape.properties.status)).toEqual(['relapsed']);
  expect(covered).toHaveLength(areaStatuses.length + 89);
});

it('keeps signs and names apart, the largest first', () => {
  const crowd = placedShapes([
    ...Array.from({ length: 100 }, (_, i) => square([106 + i * 2 * metre, 20.6], 300)),
    square([106, 20.6], 301),
  ]);
  const { signed, named, outlined } = thinOut(crowd, 14);
  expect(outlined).toHaveLength(101);
  expect(signed.length).toBeLessThan(20);
  expect(signed).toContain(crowd[100]);
  expect(named).toContain(crowd[100]);
  expect(named.every((one) => signed.includes(one))).toBe(true);
  const tops = signed.map(({ top }) => (top[0] * 512 * 2 ** 14) / 360).sort((a, b) => a - b);
  expect(Math.min(...tops.slice(1).map((x, i) => x - (tops[i] ?? 0)))).toBeGreaterThanOrEqual(24);
});

it('finds the nearest point under the hand, and none farther away', () => {
  const many = rowOf(3, 5000, 30);
  expect(pointAt([106.0002, 20.6002], many, 9)).toBe(many[0]);
  expect(pointAt([106 + 4900 * metre, 20.6], many, 9)).toBe(many[1]);
  expect(pointAt([106, 20.7], many, 9)).toBeUndefined();
});

it('draws the outlines of many as straight pieces, each side of each once, in layers that the map knows', () => {
  const layersOf = (count: number) => {
    const thinned = thinOut(rowOf(count, 100, 50), 17);
    return inDrawOrder(areaLayers({ thinned, zoom: 17, isDark: false, isQuiet: true }));
  };
  const sidesOf = (id: string) => {
    const data = layersOf(100).find((layer) => layer.id === id)?.props.data as {
      length: number;
      attributes: Record<string, { value: ArrayLike<number> }>;
    };
    const sizes = Object.values(data.attributes).map(({ value }) => value.length / data.length);
    return { sides: data.length, sizes };
  };
  expect(layersOf(80).map(({ id }) => id)).toEqual(['areas-halo', 'areas-outline', 'areas-parting']);
  expect(layersOf(100).map(({ id }) => id)).toEqual(['areas-halo-many', 'areas-outline-many', 'areas-parting-many']);
  expect(sidesOf('areas-outline-many')).toEqual({ sides: 400, sizes: [3, 3, 4, 1] });
  expect(sidesOf('areas-halo-many').sides).toBe(400);
});
