import { signedArea } from './rings.ts';
import { toWorld } from './world-grid.ts';

/**
 * Read a geometry of PostGIS's ST_AsBinary(geom, 'NDR') straight onto the integer grid.
 * Format: OGC 06-103r4 §8.2 (well-known binary), two dimensions, little endian.
 */

/** Point → its coordinates [x, y]. */
export function readPoint(wkb: Uint8Array): Int32Array {
  const reader = new Reader(wkb);
  reader.expect(1);
  return Int32Array.from(toWorld(reader.double(), reader.double()));
}

/** MultiLineString → one flat [x, y, …] per line, repeated vertices dropped; lines shorter than the grid are left out. */
export function readLines(wkb: Uint8Array): Int32Array[] {
  const reader = new Reader(wkb);
  reader.expect(5);
  const lines: Int32Array[] = [];
  for (let left = reader.count(); left > 0; left--) {
    reader.expect(2);
    const line = reader.path();
    if (line.length >= 4) lines.push(line);
  }
  return lines;
}

/**
 * MultiPolygon → its rings, flat and without the closing vertex; outer rings have a positive area with y to the south
 * (vector-tile-spec 4.3.3.3), holes follow their outer ring with a negative one. Rings that vanish on the grid are dropped.
 */
export function readRings(wkb: Uint8Array): Int32Array[] {
  const reader = new Reader(wkb);
  reader.expect(6);
  const rings: Int32Array[] = [];
  for (let left = reader.count(); left > 0; left--) {
    reader.expect(3);
    let isOuterKept = true;
    for (let ringsLeft = reader.count(), isOuter = true; ringsLeft > 0; ringsLeft--, isOuter = false) {
      const ring = openRing(reader.path());
      const area = ring.length < 6 ? 0 : signedArea(ring);
      if (isOuter) isOuterKept = area !== 0;
      if (area === 0 || !isOuterKept) continue;
      rings.push(area > 0 === isOuter ? ring : reversed(ring));
    }
  }
  return rings;
}

class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Step over the head of a geometry. Errors: Error naming the type when it is another one. */
  expect(type: number): void {
    const isLittleEndian = this.view.getUint8(this.at) === 1;
    const got = this.view.getUint32(this.at + 1, true);
    if (!isLittleEndian || got !== type)
      throw new Error(
        `well-known binary: got type ${got} ${isLittleEndian ? '' : '(big endian) '}at byte ${this.at}, expected ${type}`,
      );
    this.at += 5;
  }

  count(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  double(): number {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }

  /** Vertices on the grid, without immediate repetitions. */
  path(): Int32Array {
    const vertices = this.count();
    const path = new Int32Array(vertices * 2);
    let length = 0;
    for (let left = vertices; left > 0; left--) {
      const [x, y] = toWorld(this.double(), this.double());
      if (length > 0 && path[length - 2] === x && path[length - 1] === y) continue;
      path[length++] = x;
      path[length++] = y;
    }
    return path.slice(0, length);
  }
}

function openRing(ring: Int32Array): Int32Array {
  const isClosed = ring.length >= 4 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1);
  return isClosed ? ring.slice(0, -2) : ring;
}

function reversed(ring: Int32Array): Int32Array {
  const result = new Int32Array(ring.length);
  for (let i = 0, j = ring.length - 2; j >= 0; i += 2, j -= 2) {
    result[i] = ring[j]!;
    result[i + 1] = ring[j + 1]!;
  }
  return result;
}
