import { expect, it } from 'vitest';
import { cellToNumber, decodeHexes, encodeHexes, type HexBytes, numberToCell } from './hex-bytes.ts';

const answer: HexBytes = {
  dataVersion: 3_000_000_007,
  res: 10,
  total: 700_130,
  inCells: 700_003,
  communeOnly: 127,
  timeUnknown: 4,
  ownedCells: 56_413,
  // Hưng Yên, Thái Bình, Cà Mau and the largest index of resolution 10.
  cells: ['8a415a2d1b4ffff', '8a415b5a8a37fff', '8a65b2c0d14ffff', '8af3b6db6db7fff'],
  counts: [1, 127, 128, 699_747],
};

it('gives back exactly what was encoded', () => {
  expect(decodeHexes(encodeHexes(answer, 1))).toEqual(answer);
});

it('keeps severities to the thousandth', () => {
  const severity = { ...answer, total: 0.127, inCells: 12_345.678, counts: [0.001, 0.1, 2.675, 12_345.678] };
  expect(decodeHexes(encodeHexes(severity, 1000))).toEqual(severity);
});

it('keeps an answer without cells, and owned cells that are not known apart from none', () => {
  const empty = { ...answer, total: 0, inCells: 0, communeOnly: 0, cells: [], counts: [] };
  for (const ownedCells of [null, 0])
    expect(decodeHexes(encodeHexes({ ...empty, ownedCells }, 1))).toEqual({ ...empty, ownedCells });
});

it.each([
  ['87415a2d1ffffff', 7],
  ['88415a2d1bfffff', 8],
  ['89415a2d1b7ffff', 9],
  ['8a415a2d1b4ffff', 10],
])('turns cell %s into a number and back', (cell, res) => {
  expect(BigInt(cellToNumber(cell, res))).toBe(BigInt(`0x${cell}`) >> BigInt(3 * (15 - res)));
  expect(numberToCell(cellToNumber(cell, res), res)).toBe(cell);
});

it('refuses bytes of another kind, and bytes cut short', () => {
  expect(() => decodeHexes(Uint8Array.of(0x44, 0x4e, 0x48, 0x32, 8))).toThrow(/DNH1/);
  expect(() => decodeHexes(encodeHexes(answer, 1).slice(0, -1))).toThrow(/end early/);
});
