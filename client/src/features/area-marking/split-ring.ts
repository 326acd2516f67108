import type { LngLat } from '@diemnong/contracts';

/** A closed ring, first corner = last. */
export type Ring = readonly LngLat[];
type Crossing = { at: LngLat /** Place along the line: segment + share of it. */; along: number };

/**
 * Cut a polygon without holes along a line that passes right through it, as often as it does so. Ends inside cut nothing.
 * Plane geometry in degrees: an area is small.
 * @returns the parts as closed rings; one part when the line does not pass through.
 */
export function splitRing(ring: Ring, line: readonly LngLat[]): Ring[] {
  let parts: Ring[] = [ring];
  for (const cut of passagesOf(ring, line)) parts = parts.flatMap((part) => splitOnce(part, cut) ?? [part]);
  return parts;
}

/** The stretches of a line inside a ring, from border to border. */
function passagesOf(ring: Ring, line: readonly LngLat[]): LngLat[][] {
  const crossings: Crossing[] = [];
  for (let i = 1; i < line.length; i++)
    for (let j = 1; j < ring.length; j++) {
      const share = crossingShare(line[i - 1], line[i], ring[j - 1], ring[j]);
      if (share !== null) crossings.push({ at: between(line[i - 1], line[i], share), along: i - 1 + share });
    }
  crossings.sort((a, b) => a.along - b.along);
  const passages: LngLat[][] = [];
  for (let i = 1; i < crossings.length; i++) {
    const [start, end] = [crossings[i - 1], crossings[i]];
    if (start === undefined || end === undefined || end.along - start.along < 1e-9) continue;
    const inner = line.filter((_, corner) => corner > start.along && corner < end.along);
    const path = [start.at, ...inner, end.at];
    if (isInside(middleOf(path), ring)) passages.push(path);
  }
  return passages;
}

/** Both sides of a passage whose two ends lie on the ring; null when they do not lie on this one. */
function splitOnce(ring: Ring, passage: readonly LngLat[]): [Ring, Ring] | null {
  const [from, to] = [passage[0], passage.at(-1)];
  if (from === undefined || to === undefined || !isInside(middleOf(passage), ring)) return null;
  const sides = [from, to].map((end) => ({ end, side: sideWith(ring, end) }));
  if (sides.some(({ side }) => side === null)) return null;
  // The ring with both ends of the cut as corners.
  const corners = ring.slice(0, -1).flatMap((corner, side) => [
    corner,
    ...sides
      .filter((one) => one.side === side)
      .map(({ end }) => end)
      .sort((a, b) => distance(corner, a) - distance(corner, b)),
  ]);
  const start = corners.indexOf(from);
  const end = corners.indexOf(to);
  const inner = passage.slice(1, -1);
  const walk = (first: number, last: number) =>
    first <= last ? corners.slice(first, last + 1) : [...corners.slice(first), ...corners.slice(0, last + 1)];
  return [close([...walk(start, end), ...inner.toReversed()]), close([...walk(end, start), ...inner])];
}

function close(path: readonly LngLat[]): Ring {
  const [first] = path;
  return first ? [...path, first] : path;
}

/** Which side of the ring a point lies on; null = none. */
function sideWith(ring: Ring, point: LngLat): number | null {
  let best: { side: number; off: number } | null = null;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    const off = distance(a, point) + distance(point, b) - distance(a, b);
    if (best === null || off < best.off) best = { side: i - 1, off };
  }
  return best !== null && best.off < 1e-9 ? best.side : null;
}

function distance(a: LngLat | undefined, b: LngLat | undefined): number {
  return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : Number.POSITIVE_INFINITY;
}

function between(a: LngLat | undefined, b: LngLat | undefined, share: number): LngLat {
  if (!a || !b) return [0, 0];
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Where on a–b it meets c–d, as a share of a–b; null when it does not. */
function crossingShare(
  a: LngLat | undefined,
  b: LngLat | undefined,
  c: LngLat | undefined,
  d: LngLat | undefined,
): number | null {
  if (!a || !b || !c || !d) return null;
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  // Half-open: a line through a corner meets one of its two sides, not both.
  return t >= 0 && t < 1 && u >= 0 && u < 1 ? t : null;
}

/** The middle of the first piece of a path. */
function middleOf(path: readonly LngLat[]): LngLat {
  return between(path[0], path[1], 0.5);
}

function isInside([x, y]: LngLat, ring: Ring): boolean {
  let isIn = false;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1] ?? [0, 0];
    const [x1, y1] = ring[i] ?? [0, 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) isIn = !isIn;
  }
  return isIn;
}
