import { expect, test } from 'vitest';
import { MONTH_ALARM_RULE, monthAlarm } from './month-alarm.ts';
import { seededRandom } from './test-data.ts';

const constant = (value: number, months: number) => Array.from({ length: months }, () => value);

test('a constant series raises nothing and a leap in it does', () => {
  expect(monthAlarm(constant(5, 61), 60)).toMatchObject({
    method: 'farrington',
    years: 5,
    alarm: false,
    rule: MONTH_ALARM_RULE,
  });
  expect(monthAlarm([...constant(5, 60), 40], 60)).toMatchObject({ alarm: true });
});

test('after nothing but zeros, one record is no alarm and many are', () => {
  expect(monthAlarm(constant(0, 61), 60)).toMatchObject({ alarm: false });
  expect(monthAlarm([...constant(0, 60), 1], 60)).toMatchObject({ alarm: false, upper: 4 });
  expect(monthAlarm([...constant(0, 60), 7], 60)).toMatchObject({ alarm: true });
  expect(monthAlarm([...constant(0, 20), 1], 20)).toMatchObject({ method: 'ears', alarm: false, upper: 4 });
  expect(monthAlarm([...constant(0, 20), 7], 20)).toMatchObject({ alarm: true });
});

test('very large counts stay sound', () => {
  expect(monthAlarm(constant(2e6, 61), 60)).toMatchObject({ alarm: false });
  expect(monthAlarm([...constant(2e6, 60), 3e6], 60)).toMatchObject({ alarm: true });
  expect(monthAlarm([...constant(1e6, 29), 2e6], 29)).toMatchObject({ method: 'ears', alarm: true });
});

test('takes as many whole years as there are, three to five', () => {
  const methods = [11, 12, 35, 36, 47, 48, 60, 200].map((before) => {
    const found = monthAlarm(constant(8, before + 1), before);
    return found === null ? null : `${found.method} ${found.years}`;
  });
  expect(methods).toEqual([
    null,
    'ears 0',
    'ears 0',
    'farrington 3',
    'farrington 3',
    'farrington 4',
    'farrington 5',
    'farrington 5',
  ]);
});

test('an unreported month has no alarm, and unreported months are not zeros', () => {
  const random = seededRandom(4);
  const counts = Array.from({ length: 61 }, () => 20 + Math.floor(8 * random()));
  const reported: (number | null)[] = counts.slice();
  for (const at of [3, 11, 12, 25, 37, 49]) reported[at] = null;
  const withZeros = reported.map((count) => count ?? 0);
  expect(monthAlarm([...counts.slice(0, 60), null], 60)).toBeNull();
  expect(monthAlarm(reported, 61)).toBeNull();
  const expected = monthAlarm(counts, 60)?.expected ?? 0;
  expect(Math.abs((monthAlarm(reported, 60)?.expected ?? 0) - expected)).toBeLessThan(2);
  // Control: zeros in their place would.
  expect(Math.abs((monthAlarm(withZeros, 60)?.expected ?? 0) - expected)).toBeGreaterThan(2);
});

test('leading months without a report do not count as years', () => {
  const late = [...Array.from({ length: 30 }, () => null), ...constant(9, 31)];
  expect(monthAlarm(late, 60)).toMatchObject({ method: 'ears' });
  expect(monthAlarm([...Array.from({ length: 50 }, () => null), ...constant(9, 11)], 60)).toBeNull();
});

test('what comes later changes nothing', () => {
  const counts = constant(6, 61);
  expect(monthAlarm([...counts, 900, 900], 60)).toEqual(monthAlarm(counts, 60));
});
