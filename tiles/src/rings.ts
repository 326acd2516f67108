/**
 * Area of an open ring [x0, y0, x1, y1, …] by the shoelace formula, in square units; positive when it turns clockwise on
 * the screen (y to the south), as the outer rings of vector tiles do. Exact for coordinates up to 2^26 near each other:
 * they are taken relative to the first vertex.
 */
export function signedArea(ring: ArrayLike<number>): number {
  const x0 = ring[0] ?? 0;
  const y0 = ring[1] ?? 0;
  let doubled = 0;
  for (let i = 2; i + 3 < ring.length; i += 2)
    doubled += (ring[i] - x0) * (ring[i + 3] - y0) - (ring[i + 2] - x0) * (ring[i + 1] - y0);
  return doubled / 2;
}

/** Length around an open ring, in units. */
export function perimeter(ring: ArrayLike<number>): number {
  let length = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    length += Math.hypot(ring[i] - ring[j], ring[i + 1] - ring[j + 1]);
  return length;
}
