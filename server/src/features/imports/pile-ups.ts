import type { LngLat } from '@diemnong/analysis';

export type PileUp = { at: LngLat; rows: number /** Row number of the first. */; firstRow: number };

export interface PileUpCounter {
  add(lng: number, lat: number, rowNumber: number): void;
  /** Places that hold too many of the rows, most first. */
  find(): PileUp[];
}

/** A pile-up holds more rows than this, whatever the file's size: one address may well see ten incidents. */
const MIN_ROWS = 10;
/** It holds a tenth of a small file (a month of one commune), … */
const SMALL_FILE_SHARE = 0.1;
/** … or, where that is more than this many rows, … */
const MANY_ROWS = 50;
/** … more than this share of a large one: a busy crossing of a big file is no pile-up. */
const MIN_SHARE = 0.005;
/** Rows fall on one place when they agree to five decimals of a degree, about 1 m. */
const PER_DEGREE = 100_000;
const MAX_PLACES = 1 << 20;

/** Most of `total` rows with coordinates that may fall on one place; a place with more is a pile-up. */
export function mostOnOnePlace(total: number): number {
  return Math.max(MIN_ROWS, Math.min(MANY_ROWS, SMALL_FILE_SHARE * total), MIN_SHARE * total);
}

/**
 * Counts rows per place (about 1 m) to find default points: a police station, a commune centre, a typing habit.
 * A pile-up is a place with more than 10 rows that are a tenth of all rows with coordinates, or with more than 50 rows
 * that are more than 0.5% of them.
 * Memory is bounded: when a million places are known, those seen least are forgotten, so beyond a million distinct places
 * a count may be too low by the number of times that happened.
 * Method: lossy counting, Manku & Motwani 2002.
 */
export function createPileUpCounter(maxPlaces = MAX_PLACES): PileUpCounter {
  let capacity = 1 << 12;
  let places = 0;
  let total = 0;
  let forgotten = 0;
  // x, y, rows, first row of each place; no rows means vacant.
  let table = new Int32Array(4 * capacity);

  function slotOf(x: number, y: number): number {
    let slot = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & (capacity - 1);
    while (table[4 * slot + 2] !== 0 && (table[4 * slot] !== x || table[4 * slot + 1] !== y))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  function rebuild(newCapacity: number, atLeast: number): void {
    const old = table;
    capacity = newCapacity;
    table = new Int32Array(4 * capacity);
    places = 0;
    for (let i = 0; i < old.length; i += 4) {
      if (old[i + 2] < atLeast) continue;
      table.set(old.subarray(i, i + 4), 4 * slotOf(old[i], old[i + 1]));
      places++;
    }
  }

  return {
    add(lng, lat, rowNumber) {
      const x = Math.round(lng * PER_DEGREE);
      const y = Math.round(lat * PER_DEGREE);
      const slot = slotOf(x, y);
      const rows = table[4 * slot + 2];
      table[4 * slot + 2] = rows + 1;
      total++;
      if (rows > 0) return;
      table[4 * slot] = x;
      table[4 * slot + 1] = y;
      table[4 * slot + 3] = rowNumber;
      places++;
      if (2 * places <= capacity) return;
      if (places < maxPlaces) rebuild(2 * capacity, 1);
      else {
        forgotten++;
        rebuild(capacity, forgotten + 1);
      }
    },
    find() {
      const most = mostOnOnePlace(total);
      const found: PileUp[] = [];
      for (let i = 0; i < table.length; i += 4) {
        const rows = table[i + 2];
        if (rows <= most) continue;
        const at: LngLat = [table[i] / PER_DEGREE, table[i + 1] / PER_DEGREE];
        found.push({ at, rows, firstRow: table[i + 3] });
      }
      return found.sort((a, b) => b.rows - a.rows || a.firstRow - b.firstRow);
    },
  };
}
