import { expect, test } from 'vitest';
import { cutByRhythm, hatchPieces, linesAcross, outlinePieces } from './area-lines.ts';

const square = (size: number): [number, number][] => [
  [0, 0],
  [size, 0],
  [size, size],
  [0, size],
  [0, 0],
];
const hole = square(40).map(([x, y]): [number, number] => [x + 30, y + 30]);
const shape = (degrees: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [[square(degrees).map(([x, y]) => [106 + x, 20 + y])]],
});

test('a dashed line is drawn and left out in turn, round its corners too', () => {
  const pieces = cutByRhythm(
    [
      [0, 0],
      [10, 0],
      [10, 10],
    ],
    [6, 3],
  );
  expect(pieces).toEqual([
    [
      [0, 0],
      [6, 0],
    ],
    [
      [9, 0],
      [10, 0],
      [10, 5],
    ],
    [
      [10, 8],
      [10, 10],
    ],
  ]);
});

test('hatching stays inside the ring and out of its hole', () => {
  const lines = linesAcross([square(100), hole], 0, 10);
  expect(lines.filter(({ from }) => from[1] === 50)).toHaveLength(2);
  for (const { from, to } of lines) if (from[1] > 30 && from[1] < 70) expect(to[0] <= 30 || from[0] >= 70).toBe(true);
});

test('each type has lines of its own, and together they take turns in bands', () => {
  const kinds = (['diagonal', 'horizontal', 'dots', 'cross'] as const).map((hatch) => {
    const pieces = hatchPieces(shape(0.02), [hatch], 14);
    expect(pieces.length).toBeGreaterThan(5);
    return pieces.every(({ isDot }) => isDot === (hatch === 'dots'));
  });
  expect(kinds).toEqual([true, true, true, true]);
  const level = hatchPieces(shape(0.02), ['horizontal'], 14).length;
  const shared = hatchPieces(shape(0.02), ['horizontal', 'dots'], 14);
  const lines = shared.filter(({ isDot }) => !isDot).length;
  expect(lines).toBeGreaterThan(0);
  expect(lines).toBeLessThan(level);
  expect(shared.length).toBeGreaterThan(lines);
});

test('a whole outline stays a ring, a dashed one is cut where there is room for it', () => {
  expect(outlinePieces(shape(0.02), 'solid', 14)).toHaveLength(1);
  expect(outlinePieces(shape(0.02), 'dashed', 14).length).toBeGreaterThan(10);
  expect(outlinePieces(shape(0.0001), 'dashed', 9)).toHaveLength(1);
});
