/** A seeded source of random numbers; the same seed and stream give the same numbers on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Whole number in [0, limit). */
  int(limit: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  pick<T>(list: readonly T[]): T;
  /** A shuffled copy (Fisher–Yates). */
  shuffled<T>(list: readonly T[]): T[];
};

/** FNV-1a, 32 bits (Fowler, Noll and Vo; offset 2166136261, prime 16777619). */
function hashText(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return hash >>> 0;
}

/**
 * Generator sfc32 (Chris Doty-Humphrey, PractRand 0.94, public domain): 128 bits of state with a counter.
 * `stream` names what the numbers are for, so that a change in one part of the demo leaves the other parts alone.
 */
export function createRandom(seed: number, stream: string): Random {
  let a = seed | 0;
  let b = hashText(stream) | 0;
  let c = 0x9e3779b9 | 0;
  let counter = 1;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();

  const int = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    int,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => at(list, int(list.length)),
    shuffled: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const swapped = at(copy, i);
        copy[i] = at(copy, j);
        copy[j] = swapped;
      }
      return copy;
    },
  };
}

/** The i-th item; throws RangeError when there is none, so that a slip in the generator is loud. */
export function at<T>(list: ArrayLike<T>, i: number): T {
  if (i < 0 || i >= list.length) throw new RangeError(`index ${i} outside a list of ${list.length}`);
  return list[i] as T;
}

/**
 * Index drawn in proportion to weights, given their running sums (ascending, last one positive) and a uniform number.
 * Binary search, so 150,000 draws stay cheap.
 */
export function drawIndex(runningSums: ArrayLike<number>, uniform: number): number {
  const target = uniform * at(runningSums, runningSums.length - 1);
  let low = 0;
  let high = runningSums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runningSums[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Running sums of weights, for `drawIndex`. */
export function runningSumsOf(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i] as number;
    sums[i] = sum;
  }
  return sums;
}

/**
 * Smooth noise in [−1, 1] over the plane: random values on a square lattice, blended with a cubic fade
 * (value noise; Perlin's fade 3t² − 2t³). `size` is the lattice spacing in the units of x and y.
 */
export function createNoise(seed: number, stream: string, size: number): (x: number, y: number) => number {
  const salt = hashText(stream) ^ Math.imul(seed, 0x85ebca6b);
  const lattice = (ix: number, iy: number) => {
    let h = salt ^ Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    return ((h ^ (h >>> 15)) >>> 0) / 2147483648 - 1;
  };
  return (x, y) => {
    const gx = x / size;
    const gy = y / size;
    const ix = Math.floor(gx);
    const iy = Math.floor(gy);
    const fx = (gx - ix) * (gx - ix) * (3 - 2 * (gx - ix));
    const fy = (gy - iy) * (gy - iy) * (3 - 2 * (gy - iy));
    const south = lattice(ix, iy) * (1 - fx) + lattice(ix + 1, iy) * fx;
    const north = lattice(ix, iy + 1) * (1 - fx) + lattice(ix + 1, iy + 1) * fx;
    return south * (1 - fy) + north * fy;
  };
}
