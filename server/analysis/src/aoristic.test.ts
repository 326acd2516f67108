import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { addAoristic, aoristic } from './aoristic.ts';

interface Interval {
  from_: string;
  to: string;
  from_input: string;
  to_input: string;
  note: string;
  expected: {
    proportional: { hour: number[]; weekday_mon_to_sun: number[]; matrix_nonzero: [number, number, number][] };
  };
}
const { intervals } = readGolden<{ intervals: Interval[] }>('10_aoristic.json');

const expectNear = (got: number[], expected: number[]) => {
  expect(got.length).toBe(expected.length);
  for (const [i, value] of got.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-12);
};

test.each(intervals)('$note', ({ from_, to, from_input, to_input, expected }) => {
  const matrix = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const [weekday, hour, weight] of expected.proportional.matrix_nonzero) matrix[weekday][hour] = weight;
  for (const [from, until] of [
    [from_, to],
    [from_input, to_input],
  ]) {
    const weights = aoristic(from, until, 'Asia/Ho_Chi_Minh');
    expectNear(weights.hour, expected.proportional.hour);
    expectNear(weights.weekday, expected.proportional.weekday_mon_to_sun);
    expectNear(weights.matrix.flat(), matrix.flat());
  }
});

test('an interval of years spreads all over the week and still sums to 1', () => {
  const { matrix } = aoristic('2020-01-01', '2025-01-01');
  expect(matrix.flat().reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  expect(Math.min(...matrix.flat())).toBeGreaterThan(0.99 / 168);
});

test('dates, milliseconds and text mean the same, and another zone moves the hour', () => {
  const from = '2024-03-04T08:15:00+07:00';
  const to = '2024-03-04T08:45:00+07:00';
  expect(aoristic(new Date(from), new Date(to))).toEqual(aoristic(from, to));
  expect(aoristic(Date.parse(from), Date.parse(to))).toEqual(aoristic(from, to));
  expect(aoristic(from, to, 'Asia/Tokyo').hour[10]).toBe(1);
  expect(aoristic(from, to, 'Asia/Kolkata').hour.slice(6, 8)).toEqual([0.5, 0.5]);
});

test('where clocks are put forward the lost hour weighs nothing', () => {
  const { hour } = aoristic('2024-03-31T00:00', '2024-03-31T05:00', 'Europe/Berlin');
  expect(hour.slice(0, 6)).toEqual([0.25, 0.25, 0, 0.25, 0.25, 0]);
});

test('an interval that ends before it begins, and text that is no date, are refused', () => {
  expect(() => aoristic('2024-03-04T09:00', '2024-03-04T08:00')).toThrow('ends before it begins');
  expect(() => aoristic('hôm qua', '2024-03-04T08:00')).toThrow('hôm qua');
});

test('many equal intervals add up to as many times the weights of one', () => {
  const [start, end] = [Date.parse('2024-03-03T22:20:00+07:00'), Date.parse('2024-03-14T07:45:00+07:00')];
  const hours = new Float64Array(168).fill(1);
  addAoristic(start, end, hours, 3);
  const weights = aoristic(start, end).matrix.flat();
  expectNear(
    [...hours],
    weights.map((weight) => 1 + 3 * weight),
  );
  expect(() => addAoristic(end, start, hours)).toThrow('ends before it begins');
});
