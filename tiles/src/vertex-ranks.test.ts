import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankVertices } from './vertex-ranks.ts';

function ranksOf(line: number[]): Float32Array {
  const ranks = new Float32Array(line.length / 2);
  rankVertices(Int32Array.from(line), [...ranks.keys()], ranks);
  return ranks;
}

/** Douglas & Peucker as published: keep the farthest vertex of a span when it lies further than the tolerance, and recurse. */
function douglasPeucker(line: [number, number][], tolerance: number): [number, number][] {
  const [first, last] = [line[0], line.at(-1)!];
  const distances = line.slice(1, -1).map((point) => distanceToSegment(point, first, last));
  const greatest = Math.fround(Math.max(-1, ...distances));
  if (greatest <= tolerance) return [first, last];
  const at = distances.indexOf(Math.max(...distances)) + 1;
  return [
    ...douglasPeucker(line.slice(0, at + 1), tolerance).slice(0, -1),
    ...douglasPeucker(line.slice(at), tolerance),
  ];
}

function distanceToSegment([px, py]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / squared));
  return Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
}

describe('rankVertices', () => {
  it('keeps the ends for ever and ranks the vertex between them by its distance', () => {
    expect([...ranksOf([0, 0, 50, 12, 100, 0])]).toEqual([Infinity, 12, Infinity]);
  });

  it('never ranks a vertex above the one that split its span', () => {
    const ranks = ranksOf([0, 0, 10, 40, 20, 0, 90, 41, 100, 0]);
    expect(ranks[1]).toBeLessThanOrEqual(ranks[3]);
  });

  it('keeps at every tolerance what Douglas and Peucker keep', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 0, max: 200 }),
        (line, tolerance) => {
          const ranks = ranksOf(line.flat());
          const kept = line.filter((_, i) => ranks[i] > tolerance);
          expect(kept).toHaveLength(douglasPeucker(line, tolerance).length);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});
