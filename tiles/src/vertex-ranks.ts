/**
 * How long each vertex of a line survives simplification: vertex i stays at every tolerance below its rank, so one pass
 * serves all zooms and ranks[i] > t is exactly Douglas & Peucker's line at tolerance t (1973, "Algorithms for the
 * reduction of the number of points required to represent a digitized line"). End vertices rank Infinity.
 *
 * @param coordinates flat [x, y, …]; read at the vertices `order[first]` … `order[last]`
 * @param ranks filled at the same vertices, in the units of the coordinates
 */
export function rankVertices(coordinates: Int32Array, order: ArrayLike<number>, ranks: Float32Array): void {
  const last = order.length - 1;
  ranks[order[0]] = Infinity;
  ranks[order[last]] = Infinity;
  const open: [first: number, last: number, ceiling: number][] = [[0, last, Infinity]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to, ceiling] = span;
    if (to - from < 2) continue;
    let farthest = from + 1;
    let greatest = -1;
    for (let i = from + 1; i < to; i++) {
      const distance = squaredDistance(coordinates, order[i], order[from], order[to]);
      if (distance <= greatest) continue;
      greatest = distance;
      farthest = i;
    }
    // Never above the span it splits: the vertex is only looked at while that span is.
    const rank = Math.min(ceiling, Math.sqrt(greatest));
    ranks[order[farthest]] = rank;
    open.push([from, farthest, rank], [farthest, to, rank]);
  }
}

/** Squared distance of vertex p from the segment a–b. */
function squaredDistance(xy: Int32Array, p: number, a: number, b: number): number {
  const ax = xy[2 * a];
  const ay = xy[2 * a + 1];
  const alongX = xy[2 * b] - ax;
  const alongY = xy[2 * b + 1] - ay;
  const px = xy[2 * p] - ax;
  const py = xy[2 * p + 1] - ay;
  const squaredLength = alongX * alongX + alongY * alongY;
  if (squaredLength === 0) return px * px + py * py;
  const share = Math.max(0, Math.min(1, (px * alongX + py * alongY) / squaredLength));
  const dx = px - share * alongX;
  const dy = py - share * alongY;
  return dx * dx + dy * dy;
}
