import { AppError } from './errors.ts';
import type { H3Cell } from './geo.ts';
import type { HexesResponse } from './hexes.ts';

/** The octet-stream form of /api/hexes: its layout stands in hexes.ts. Encoder and decoder side by side, so that they cannot part. */
export const hexBytesType = 'application/octet-stream';

/** What the bytes carry: everything but the period, which whoever asked knows, of an answer that hides nothing. */
export type HexBytes = Omit<HexesResponse, 'from' | 'to' | 'hiddenUnder' | Totals> & Record<Totals, number>;
type Totals = 'total' | 'inCells' | 'communeOnly';

const magic = [0x44, 0x4e, 0x48, 0x31]; // "DNH1"

/**
 * The used bits of a cell as a number: the index shifted right by its unused digits, 3·(15 − res) bits. At most 45 bits
 * (res 10), so it is exact, and its order is the order of the cells. Layout: h3geo.org/docs/core-library/h3Indexing.
 */
export function cellToNumber(cell: H3Cell, res: number): number {
  const unused = 3 * (15 - res);
  return Number.parseInt(cell.slice(0, 8), 16) * 2 ** (28 - unused) + (Number.parseInt(cell.slice(8), 16) >>> unused);
}

/** The cell of a number made by `cellToNumber` at the same resolution (6–14). */
export function numberToCell(number: number, res: number): H3Cell {
  const unused = 3 * (15 - res);
  const lowerBits = 2 ** (28 - unused);
  const lower = (number % lowerBits) * 2 ** unused + (2 ** unused - 1);
  return Math.floor(number / lowerBits).toString(16) + lower.toString(16).padStart(7, '0');
}

/** `scale` is 1 for counts and 1000 for severities. Cells must be sorted and of resolution `answer.res`. */
export function encodeHexes(answer: HexBytes, scale: 1 | 1000): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(128 + answer.cells.length * 16);
  bytes.set(magic);
  let at = magic.length;
  const write = (value: number) => {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) + 0x80;
    bytes[at++] = rest;
  };
  const writeScaled = (value: number) => write(Math.round(value * scale));
  write(answer.res);
  write(answer.dataVersion);
  write(scale);
  writeScaled(answer.total);
  writeScaled(answer.inCells);
  writeScaled(answer.communeOnly);
  write(answer.timeUnknown);
  write(answer.ownedCells === null ? 0 : answer.ownedCells + 1);
  write(answer.cells.length);
  let previous = 0;
  for (const cell of answer.cells) {
    const number = cellToNumber(cell, answer.res);
    write(number - previous);
    previous = number;
  }
  for (const count of answer.counts) writeScaled(count);
  return bytes.slice(0, at);
}

/** Errors: `invalid_input` when the bytes are not of this form or end early. */
export function decodeHexes(bytes: Uint8Array): HexBytes {
  if (magic.some((byte, place) => bytes[place] !== byte))
    throw new AppError('invalid_input', 'Hexagon bytes do not begin with "DNH1"');
  let at = magic.length;
  const read = () => {
    let value = 0;
    for (let unit = 1; ; unit *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) throw new AppError('invalid_input', `Hexagon bytes end early, at ${bytes.length}`);
      value += (byte % 0x80) * unit;
      if (byte < 0x80) return value;
    }
  };
  const res = read();
  const dataVersion = read();
  const scale = read();
  const readScaled = () => read() / scale;
  const total = readScaled();
  const inCells = readScaled();
  const communeOnly = readScaled();
  const timeUnknown = read();
  const ownedCellsPlusOne = read();
  const n = read();
  let number = 0;
  const cells: H3Cell[] = [];
  for (let i = 0; i < n; i++) {
    number += read();
    cells.push(numberToCell(number, res));
  }
  const counts: number[] = [];
  for (let i = 0; i < n; i++) counts.push(readScaled());
  const ownedCells = ownedCellsPlusOne === 0 ? null : ownedCellsPlusOne - 1;
  return { dataVersion, res, total, inCells, communeOnly, timeUnknown, ownedCells, cells, counts };
}
