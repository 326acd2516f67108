import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipLine, clipRing } from './clip.ts';
import { signedArea } from './rings.ts';
import type { WorldBox } from './world-grid.ts';

const box: WorldBox = [0, 0, 100, 100];

describe('clipRing', () => {
  it('leaves a ring inside as it is', () => {
    expect(clipRing([10, 10, 90, 10, 50, 90], box)).toEqual([10, 10, 90, 10, 50, 90]);
  });

  it('gives nothing for a ring outside', () => {
    expect(clipRing([200, 200, 300, 200, 250, 300], box)).toEqual([]);
  });

  it('gives the box for a ring around it, turning the same way', () => {
    expect(signedArea(clipRing([-50, -50, 200, -50, 200, 200, -50, 200], box))).toBe(10_000);
    expect(signedArea(clipRing([-50, 200, 200, 200, 200, -50, -50, -50], box))).toBe(-10_000);
  });

  it('cuts two halves of a quarrelsome border so that together they fill the box exactly', () => {
    const y = fc.integer({ min: -300, max: 400 });
    fc.assert(
      fc.property(fc.array(y, { minLength: 2, maxLength: 12 }), (heights) => {
        const border = heights.map(
          (height, i) => [-200 + Math.round((500 * i) / (heights.length - 1)), height] as const,
        );
        const below = [...border.flat(), 300, 1000, -200, 1000];
        const above = [...border.toReversed().flat(), -200, -1000, 300, -1000];
        expect(signedArea(clipRing(below, box)) + signedArea(clipRing(above, box))).toBe(10_000);
      }),
      { seed: 7 },
    );
  });
});

describe('clipLine', () => {
  it('gives a part for every time the line comes in', () => {
    expect(clipLine([-10, 50, 50, 50, 50, 150, 80, 150, 80, 50], box)).toEqual([
      [0, 50, 50, 50, 50, 100],
      [80, 100, 80, 50],
    ]);
  });

  it('cuts a line that passes through without a vertex inside', () => {
    expect(clipLine([-50, 20, 150, 80], box)).toEqual([[0, 35, 100, 65]]);
  });

  it('leaves out a line that only touches the corner', () => {
    expect(clipLine([-10, 10, 10, -10], [0, 0, 100, 100])).toEqual([]);
  });
});
