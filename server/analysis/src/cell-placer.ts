import { cellOf, cellToBigint, icosahedronCorners } from './geo.ts';

/** Resolutions that every incident stores. */
export const PLACED_RESOLUTIONS = [7, 8, 9, 10] as const;

export interface PlacerStatistics {
  /** Cells remembered, all resolutions together. */
  readonly remembered: number;
  /** Times H3 itself was asked: once for each new cell, and for points too near an edge to decide. */
  readonly asked: number;
}

export interface CellPlacer {
  readonly resolutions: readonly number[];
  /**
   * Write the direct cells of a point to `out[at]`, `out[at + 1]`, … in the order of `resolutions`.
   * @throws H3's own error for coordinates that are not finite.
   */
  place(lng: number, lat: number, out: BigInt64Array, at: number): void;
  /**
   * Cells of many points: those of point i stand from `i * resolutions.length` on. `out` is filled and returned.
   */
  placeAll(lng: Float64Array, lat: Float64Array, out?: BigInt64Array): BigInt64Array;
  statistics(): PlacerStatistics;
}

/** Points nearer to an icosahedron edge than this (in the sine of the angle, about 6 mm) are left to H3. */
const FACE_MARGIN = 1e-9;
/** Points nearer to a hexagon's edge than this share of the spacing (0.1 mm at res 10) are left to H3. */
const HEXAGON_MARGIN = 1e-6;
/** H3 takes the angle from a face centre by an arc cosine that is blunt near 0: within some 600 m, leave it to H3. */
const FACE_CENTRE_MARGIN = 1 - 5e-9;
/** When so many cells are remembered, begin anew: 32 MB at most, and a province of 2,500 km² at four resolutions has 0.2 million. */
const MAX_REMEMBERED = 1 << 20;
const FIRST_CAPACITY = 1 << 14;

/**
 * The direct H3 cells of points at several resolutions, many times faster than asking H3 for each.
 *
 * H3 finds a cell in three steps: the icosahedron face nearest to the point; the hexagon of that face's plane lattice
 * that holds the point's gnomonic image; and the index of that hexagon, which depends on face and lattice position
 * alone. The first two are cheap, and one projection serves all resolutions. The third is asked of h3-js once for each
 * hexagon and remembered. Within a rounding's reach of a face's or hexagon's edge, the point itself is given to h3-js.
 *
 * The lattice follows from the 12 base pentagons, the corners of the icosahedron: from the centre of a face to its
 * corner it is two spacings at res 0; each finer resolution divides the spacing by √7, and odd ones are turned by
 * atan(√3/5).
 * @param resolutions any of 0–15; beyond 10 margins grow tight, so at most 11.
 * Source: h3geo.org/docs/core-library/overview, and /docs/highlights/aperture.
 */
export function createCellPlacer(resolutions: readonly number[] = PLACED_RESOLUTIONS): CellPlacer {
  for (const res of resolutions) {
    if (!Number.isInteger(res) || res < 0 || res > 11) throw new RangeError(`no placer at res ${res}; 0 to 11`);
  }
  const count = resolutions.length;
  const faces = icosahedronFaces();
  const lattices = resolutions.map(latticeOf);
  // Matrix rows of each lattice, flat for speed: q = a·u + b·v, r = c·u + d·v.
  const matrix = Float64Array.from(lattices.flat());
  const memory = createMemory();
  let asked = 0;
  let face = faces[0];
  let lastOut: BigInt64Array | undefined;
  let words: Int32Array = new Int32Array(0);

  function place(lng: number, lat: number, out: BigInt64Array, at: number): void {
    if (out !== lastOut) {
      lastOut = out;
      words = new Int32Array(out.buffer, out.byteOffset, 2 * out.length);
    }
    const phi = (lat * Math.PI) / 180;
    const lambda = (lng * Math.PI) / 180;
    const cosPhi = Math.cos(phi);
    const x = cosPhi * Math.cos(lambda);
    const y = cosPhi * Math.sin(lambda);
    const z = Math.sin(phi);
    if (!isInFace(face, x, y, z)) {
      const other = faces.find((candidate) => isInFace(candidate, x, y, z));
      if (other === undefined) {
        for (let k = 0; k < count; k++) ask(lng, lat, k, out, at);
        return;
      }
      face = other;
    }
    const { centre, axisU, axisV } = face;
    const depth = x * centre[0] + y * centre[1] + z * centre[2];
    const u = (x * axisU[0] + y * axisU[1] + z * axisU[2]) / depth;
    const v = (x * axisV[0] + y * axisV[1] + z * axisV[2]) / depth;
    const isAtCentre = depth > FACE_CENTRE_MARGIN;
    for (let k = 0; k < count; k++) {
      const q = matrix[4 * k] * u + matrix[4 * k + 1] * v;
      const r = matrix[4 * k + 2] * u + matrix[4 * k + 3] * v;
      // Nearest lattice point in cube coordinates (q + r + s = 0): round all three, mend the worst.
      let qi = Math.round(q);
      let ri = Math.round(r);
      const si = Math.round(-q - r);
      if (qi + ri + si !== 0) {
        const dq = Math.abs(q - qi);
        const dr = Math.abs(r - ri);
        const ds = Math.abs(-q - r - si);
        if (dq > dr && dq > ds) qi = -ri - si;
        else if (dr > ds) ri = -qi - si;
      }
      const dq = q - qi;
      const dr = r - ri;
      // Inside a hexagon the three differences of cube coordinates stay within ±1; a side is where one reaches it.
      const reach = Math.max(Math.abs(dq - dr), Math.abs(2 * dr + dq), Math.abs(2 * dq + dr));
      if (isAtCentre || reach > 1 - HEXAGON_MARGIN) {
        ask(lng, lat, k, out, at);
        continue;
      }
      const slot = memory.find((face.number << 18) | (qi + 131072), (k << 18) | (ri + 131072));
      if (slot >= 0) {
        memory.copy(slot, words, at + k);
      } else {
        ask(lng, lat, k, out, at);
        memory.remember(words, at + k);
      }
    }
  }

  function ask(lng: number, lat: number, k: number, out: BigInt64Array, at: number): void {
    asked++;
    out[at + k] = cellToBigint(cellOf(lng, lat, resolutions[k]));
  }

  function placeAll(lng: Float64Array, lat: Float64Array, out = new BigInt64Array(count * lng.length)): BigInt64Array {
    for (let i = 0; i < lng.length; i++) place(lng[i], lat[i], out, i * count);
    return out;
  }

  return { resolutions, place, placeAll, statistics: () => ({ remembered: memory.size(), asked }) };
}

type Vector = readonly [number, number, number];

interface Face {
  readonly number: number;
  readonly centre: Vector;
  /** In the tangent plane: towards one corner, and a quarter turn to the left of it seen from outside. */
  readonly axisU: Vector;
  readonly axisV: Vector;
  /** Inward normals of the three sides. */
  readonly sides: readonly [Vector, Vector, Vector];
}

function isInFace({ sides: [a, b, c] }: Face, x: number, y: number, z: number): boolean {
  return (
    x * a[0] + y * a[1] + z * a[2] > FACE_MARGIN &&
    x * b[0] + y * b[1] + z * b[2] > FACE_MARGIN &&
    x * c[0] + y * c[1] + z * c[2] > FACE_MARGIN
  );
}

/** The 20 triangles of neighbouring corners; corners of an icosahedron are neighbours when their cosine is 1/√5. */
function icosahedronFaces(): Face[] {
  const corners = icosahedronCorners().map(([lng, lat]): Vector => {
    const phi = (lat * Math.PI) / 180;
    const lambda = (lng * Math.PI) / 180;
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  });
  const areNeighbours = (a: Vector, b: Vector) => Math.abs(dot(a, b) - Math.sqrt(0.2)) < 1e-6;
  const faces: Face[] = [];
  corners.forEach((a, i) => {
    corners.forEach((b, j) => {
      corners.forEach((c, k) => {
        if (!(i < j && j < k && areNeighbours(a, b) && areNeighbours(b, c) && areNeighbours(a, c))) return;
        const centre = unit([a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]]);
        const lean = dot(a, centre);
        const axisU = unit([a[0] - lean * centre[0], a[1] - lean * centre[1], a[2] - lean * centre[2]]);
        const inward = (p: Vector, q: Vector): Vector => {
          const normal = unit(cross(p, q));
          return dot(normal, centre) > 0 ? normal : [-normal[0], -normal[1], -normal[2]];
        };
        faces.push({
          number: faces.length,
          centre,
          axisU,
          axisV: cross(centre, axisU),
          sides: [inward(a, b), inward(b, c), inward(c, a)],
        });
      });
    });
  });
  return faces;
}

/** Matrix from the plane of a face to lattice coordinates q, r, whose axes stand 60° apart. */
function latticeOf(res: number): readonly [number, number, number, number] {
  // tan of the angle between centre and corner of a face: 3 − √5.
  const spacing = (3 - Math.sqrt(5)) / 2 / 7 ** (res / 2);
  const turn = res % 2 === 1 ? Math.atan(Math.sqrt(3) / 5) : 0;
  const cos = Math.cos(turn) / spacing;
  const sin = Math.sin(turn) / spacing;
  const third = 1 / Math.sqrt(3);
  return [cos + sin * third, sin - cos * third, -2 * sin * third, 2 * cos * third];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** Open-addressing table from two 32-bit keys to a cell as two words; a BigInt map would allocate at each look-up. */
function createMemory() {
  let capacity = FIRST_CAPACITY;
  let size = 0;
  let keys = new Int32Array(2 * capacity).fill(-1);
  let values = new Int32Array(2 * capacity);
  // Where the key that was last looked for in vain belongs.
  let vacant = 0;
  let wantedA = 0;
  let wantedB = 0;

  function find(a: number, b: number): number {
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (capacity - 1);
    while (keys[2 * slot] !== -1) {
      if (keys[2 * slot] === a && keys[2 * slot + 1] === b) return slot;
      slot = (slot + 1) & (capacity - 1);
    }
    vacant = slot;
    wantedA = a;
    wantedB = b;
    return -1;
  }

  function remember(words: Int32Array, cell: number): void {
    keys[2 * vacant] = wantedA;
    keys[2 * vacant + 1] = wantedB;
    values[2 * vacant] = words[2 * cell];
    values[2 * vacant + 1] = words[2 * cell + 1];
    size++;
    if (size >= MAX_REMEMBERED) {
      keys.fill(-1);
      size = 0;
    } else if (2 * size > capacity) grow();
  }

  function grow(): void {
    const oldKeys = keys;
    const oldValues = values;
    capacity *= 2;
    keys = new Int32Array(2 * capacity).fill(-1);
    values = new Int32Array(2 * capacity);
    for (let i = 0; i < oldKeys.length; i += 2) {
      if (oldKeys[i] === -1) continue;
      find(oldKeys[i], oldKeys[i + 1]);
      keys[2 * vacant] = wantedA;
      keys[2 * vacant + 1] = wantedB;
      values[2 * vacant] = oldValues[i];
      values[2 * vacant + 1] = oldValues[i + 1];
    }
  }

  function copy(slot: number, words: Int32Array, cell: number): void {
    words[2 * cell] = values[2 * slot];
    words[2 * cell + 1] = values[2 * slot + 1];
  }

  return { find, remember, copy, size: () => size };
}
