import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../reading/row-source.ts';
import { parseDecimal, parsePair, parsePosition } from './coordinates.ts';

function read(x: Cell, y: Cell): [number, number] | string {
  const out = { x: 0, y: 0 };
  return parsePosition(x, y, out) ?? [round(out.x), round(out.y)];
}
function pair(cell: Cell): [number, number] | string {
  const out = { x: 0, y: 0 };
  return parsePair(cell, out) ?? [round(out.x), round(out.y)];
}
const round = (value: number) => Math.round(value * 1e6) / 1e6;
const hungYen: [number, number] = [106.333611, 20.570139];

describe('parsePosition', () => {
  it.each([
    ['106.333611', '20.570139', hungYen],
    ['106,333611', '20,570139', hungYen],
    [106.333611, 20.570139, hungYen],
    ['106°20\'01"', '20°34\'12.5"', hungYen],
    ['106°20\'01"E', '20°34\'12.5"N', hungYen],
    ['106° 20′ 01″ E', 'N 20° 34′ 12.5″', hungYen],
    ['106 20 01 Đ', '20 34 12,5 B', hungYen],
    ['106 độ 20 phút 01 giây Đông', '20 độ 34 phút 12,5 giây Bắc', hungYen],
    ["106º20'01''", "20º34'12.5''", hungYen],
    ['106-20-01', '20-34-12.5', hungYen],
    ["106°20.01666'", "20°34.20833'", [106.333611, 20.570139]],
    ['106°E', '20°N', [106, 20]],
    ['106.333611°', '20.570139°', hungYen],
    ['565123.45', '2265123.4', [565123.45, 2265123.4]],
    ['565.123,45', '2.265.123,40', [565123.45, 2265123.4]],
    ['565,123.45', '2,265,123.40', [565123.45, 2265123.4]],
    ['565 123,45', '2 265 123,4', [565123.45, 2265123.4]],
    ['565.123', '2.265.123', [565123, 2265123]],
    ['106.415', '20.354', [106.415, 20.354]],
    ['106,415', '20,354', [106.415, 20.354]],
  ])('reads %s and %s', (x, y, expected) => {
    expect(read(x, y)).toEqual(expected);
  });

  it('puts letters right when both cells say they are the other axis', () => {
    expect(read('20°34\'12.5"N', '106°20\'01"E')).toEqual(hungYen);
  });

  it('takes N for north beside E, for Nam (south) beside Đ', () => {
    expect(read('106.5 E', '20.5 N')).toEqual([106.5, 20.5]);
    expect(read('106.5', '20.5 N')).toEqual([106.5, 20.5]);
    expect(read('106.5 Đ', '20.5 N')).toEqual([106.5, -20.5]);
    expect(read('122.4 W', '37.7 N')).toEqual([-122.4, 37.7]);
  });

  it.each([
    ['', '', [Number.NaN, Number.NaN]],
    [null, null, [Number.NaN, Number.NaN]],
    ['106.4', '', 'half_coordinate'],
    ['abc', '20.4', 'bad_coordinate'],
    ['106.4', '20°75\'00"', 'bad_coordinate'],
    ['0x10', '20', 'bad_coordinate'],
    ['1e2', '20', 'bad_coordinate'],
    ['-', '-', 'bad_coordinate'],
    ['LineString', null, 'not_a_point'],
    ['20.4 N', '21.4 N', 'axis_mismatch'],
  ])('%s and %s', (x, y, expected) => {
    expect(read(x, y)).toEqual(expected);
  });

  it('round-trips decimal degrees with point and comma, and degrees-minutes-seconds to a millimetre', () => {
    const degrees = fc.tuple(
      fc.integer({ min: 102_0000000, max: 1180000000 }),
      fc.integer({ min: 60000000, max: 240000000 }),
    );
    const toDms = (value: number, letter: string) => {
      const d = Math.floor(value);
      const m = Math.floor((value - d) * 60);
      const s = Math.max(0, ((value - d) * 60 - m) * 60);
      return `${d}°${m}'${Math.min(s, 59.999999).toFixed(6)}"${letter}`;
    };
    fc.assert(
      fc.property(degrees, ([a, b]) => {
        const [x, y] = [a / 1e7, b / 1e7];
        const out = { x: 0, y: 0 };
        expect(parsePosition(x.toFixed(7), y.toFixed(7).replace('.', ','), out)).toBeNull();
        expect([out.x, out.y]).toEqual([x, y]);
        expect(parsePosition(toDms(x, 'Đ'), toDms(y, 'B'), out)).toBeNull();
        expect(Math.abs(out.x - x)).toBeLessThan(1e-8);
        expect(Math.abs(out.y - y)).toBeLessThan(1e-8);
      }),
    );
  });
});

describe('parsePair', () => {
  it.each([
    ['20.570139, 106.333611'],
    ['20.570139,106.333611'],
    ['106.333611, 20.570139'],
    ['20,570139; 106,333611'],
    ['20,570139, 106,333611'],
    ['20.570139 106.333611'],
    ['(20.570139, 106.333611)'],
    ['20°34\'12.5"N 106°20\'01"E'],
    ['20°34\'12,5"B, 106°20\'01"Đ'],
    ['106°20\'01"E, 20°34\'12.5"N'],
    ['POINT(106.333611 20.570139)'],
  ])('reads %s', (text) => {
    expect(pair(text)).toEqual(hungYen);
  });
  it('reads metres northing first as field books write them, and easting first', () => {
    expect(pair('2265123.4; 565123.45')).toEqual([565123.45, 2265123.4]);
    expect(pair('565123.45, 2265123.4')).toEqual([565123.45, 2265123.4]);
  });
  it.each([
    ['', [Number.NaN, Number.NaN]],
    ['gần chợ', 'bad_coordinate'],
    ['20.5', 'bad_coordinate'],
    [20.5, 'bad_coordinate'],
  ])('%s gives %s', (cell, expected) => {
    expect(pair(cell)).toEqual(expected);
  });
});

describe('parseDecimal', () => {
  it('is NaN for what is no number', () => {
    for (const text of ['', ' ', 'abc', '1.2.3', '1,2,3', '12abc', 'Infinity', '--5'])
      expect(parseDecimal(text)).toBeNaN();
  });
});
