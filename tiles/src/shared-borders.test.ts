import { describe, expect, it } from 'vitest';
import { signedArea } from './rings.ts';
import { findSharedBorders } from './shared-borders.ts';

// Two towns on either side of a crooked river, an island beyond; y grows to the south, outer rings have a positive area.
const river = [500, 0, 540, 200, 470, 400, 620, 600, 500, 1000];
const west = Int32Array.from([0, 0, ...river, 0, 1000]);
const riverUp = [500, 1000, 620, 600, 470, 400, 540, 200, 500, 0];
const east = Int32Array.from([1000, 0, 1000, 1000, ...riverUp]);
const island = Int32Array.from([2000, 0, 2100, 0, 2100, 100, 2000, 100]);

const rankAt = (path: { coordinates: Int32Array; ranks: Float32Array } | undefined, x: number, y: number) => {
  const vertices = path === undefined ? [] : [...path.ranks.keys()];
  return path?.ranks[vertices.find((i) => path.coordinates[2 * i] === x && path.coordinates[2 * i + 1] === y) ?? -1];
};

describe('findSharedBorders', () => {
  const shared = findSharedBorders([[west], [east], [island]]);

  it('ranks the vertices of a shared border alike on both sides', () => {
    for (let i = 0; i < river.length; i += 2) {
      const [x, y] = [river[i], river[i + 1]];
      const rank = rankAt(shared.rings[0]?.[0], x, y);
      expect(rank).toBeGreaterThan(0);
      expect(rankAt(shared.rings[1]?.[0], x, y)).toBe(rank);
    }
  });

  it('never removes the points where borders fork', () => {
    expect(rankAt(shared.rings[0]?.[0], 500, 0)).toBe(Infinity);
    expect(rankAt(shared.rings[1]?.[0], 500, 1000)).toBe(Infinity);
  });

  it('lists every stretch of border once: two coasts, one river, one island', () => {
    expect(shared.borders.map(({ ranks }) => ranks.length).sort((a, b) => a - b)).toEqual([4, 4, 5, 5]);
  });

  it('dissolves a group into its outline, without the border inside', () => {
    const outline = shared.dissolve(() => 'province').get('province') ?? [];
    expect(outline.map(({ coordinates }) => signedArea(coordinates)).sort((a, b) => b - a)).toEqual([
      1_000_000, 10_000,
    ]);
    expect(outline.flatMap(({ coordinates }) => [...coordinates])).not.toContain(620);
  });

  it('keeps groups apart, each with its own outline', () => {
    const outlines = shared.dissolve((region) => (region === 1 ? 'east' : 'west'));
    const areas = [...outlines].map(([group, rings]) => [
      group,
      rings.reduce((sum, { coordinates }) => sum + signedArea(coordinates), 0),
    ]);
    expect(areas).toEqual([
      ['west', signedArea(west) + signedArea(island)],
      ['east', signedArea(east)],
    ]);
  });

  it('drops slivers where neighbours disagree by a few metres', () => {
    // The eastern town draws one bend of the river 4 units off.
    const eastOff = Int32Array.from(east, (value, i) => (i >= 4 && value === 620 ? 624 : value));
    const outline =
      findSharedBorders([[west], [eastOff]])
        .dissolve(() => 'p')
        .get('p') ?? [];
    expect(outline).toHaveLength(1);
    expect(signedArea(outline[0]?.coordinates ?? [])).toBe(1_000_000);
  });

  it('ranks a ring that two regions share whole (an enclave) alike from either side', () => {
    const hole = [400, 400, 400, 600, 520, 640, 600, 400];
    const enclave = Int32Array.from([520, 640, 400, 600, 400, 400, 600, 400]);
    const around = [Int32Array.from([0, 0, 1000, 0, 1000, 1000, 0, 1000]), Int32Array.from(hole)];
    const { rings, borders } = findSharedBorders([around, [enclave]]);
    expect(borders).toHaveLength(2);
    for (let i = 0; i < hole.length; i += 2)
      expect(rankAt(rings[1]?.[0], hole[i], hole[i + 1])).toBe(rankAt(rings[0]?.[1], hole[i], hole[i + 1]));
  });

  it('has nothing to say of no regions', () => {
    const none = findSharedBorders([]);
    expect(none.borders).toEqual([]);
    expect(none.dissolve(() => 'p').size).toBe(0);
  });
});
