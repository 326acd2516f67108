/**
 * A set of 64-bit hashes given as two 32-bit halves: 8 bytes an entry, nothing allocated per look-up, so that telling
 * repeated rows of a file of millions costs megabytes. Two different things share a hash once in 10¹³ pairs of a file of a
 * million rows.
 */
export interface HashSet {
  readonly size: number;
  /** False when it was there already. */
  add(high: number, low: number): boolean;
}

export function createHashSet(): HashSet {
  let capacity = 1 << 14;
  let size = 0;
  // An entry of two zeros means vacant; a hash of two zeros is stored as (0, 1).
  let entries = new Int32Array(2 * capacity);

  function slotOf(high: number, low: number): number {
    let slot = (low ^ (low >>> 15)) & (capacity - 1);
    for (;;) {
      const a = entries[2 * slot];
      const b = entries[2 * slot + 1];
      if ((a === 0 && b === 0) || (a === high && b === low)) return slot;
      slot = (slot + 1) & (capacity - 1);
    }
  }

  function grow(): void {
    const old = entries;
    capacity *= 2;
    entries = new Int32Array(2 * capacity);
    for (let i = 0; i < old.length; i += 2) {
      const high = old[i];
      const low = old[i + 1];
      if (high === 0 && low === 0) continue;
      const slot = slotOf(high, low);
      entries[2 * slot] = high;
      entries[2 * slot + 1] = low;
    }
  }

  return {
    get size() {
      return size;
    },
    add(high, low) {
      const a = high | 0;
      const b = high === 0 && low === 0 ? 1 : low | 0;
      const slot = slotOf(a, b);
      if (entries[2 * slot] !== 0 || entries[2 * slot + 1] !== 0) return false;
      entries[2 * slot] = a;
      entries[2 * slot + 1] = b;
      size++;
      if (size > 0.65 * capacity) grow();
      return true;
    },
  };
}

/** A running 64-bit hash of texts and numbers; read `high` and `low` at the end. */
export interface RowHash {
  high: number;
  low: number;
  reset(): void;
  text(value: string): void;
  number(value: number): void;
}

/**
 * Two multiply–xor mixes with different constants over the same input.
 * Source: the finaliser of MurmurHash3, A. Appleby (public domain).
 */
export function createRowHash(): RowHash {
  const float = new Float64Array(1);
  const words = new Int32Array(float.buffer);
  const hash: RowHash = {
    high: 0,
    low: 0,
    reset() {
      hash.high = 0x2c1b3c6d;
      hash.low = 0x297a2d39;
    },
    text(value) {
      let { high, low } = hash;
      for (let i = 0; i < value.length; i++) {
        const unit = value.charCodeAt(i);
        high = Math.imul(high ^ unit, 0x85ebca6b);
        high ^= high >>> 13;
        low = Math.imul(low ^ unit, 0xc2b2ae35);
        low ^= low >>> 16;
      }
      hash.high = high;
      hash.low = low;
      mix(value.length);
    },
    number(value) {
      float[0] = value === 0 ? 0 : value; // −0 is 0
      mix(words[0]);
      mix(words[1]);
    },
  };
  function mix(word: number): void {
    let high = Math.imul(hash.high ^ word, 0x85ebca6b);
    high ^= high >>> 13;
    high = Math.imul(high, 0xc2b2ae35);
    let low = Math.imul(hash.low ^ word, 0xcc9e2d51);
    low ^= low >>> 15;
    low = Math.imul(low, 0x1b873593);
    hash.high = high ^ (high >>> 16);
    hash.low = low ^ (low >>> 14);
  }
  hash.reset();
  return hash;
}
