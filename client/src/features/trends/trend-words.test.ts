import { describe, expect, test } from 'vitest';
import {
  changeOf,
  comparisonOf,
  cutoffDayOf,
  levelChanges,
  roomUnderGoal,
  ruleName,
  seasonExtremes,
  standTogether,
  tetExtremes,
  trendOf,
} from './trend-words.ts';

const ratio = { value: 0.88, low: 0.82, high: 0.94, p: 0.001 };
const compared = { comparedCount: 880, comparedPrevious: 1000, comparedMonths: 100, ratio };

describe('comparisonOf', () => {
  test('is sure when the whole interval lies on one side of no change', () => {
    const told = comparisonOf(compared);
    expect(told).toMatchObject({ kind: 'sure', direction: 'down' });
    expect(told).toHaveProperty('percent', expect.closeTo(-12, 9));
    expect(told).toHaveProperty('low', expect.closeTo(-18, 9));
    expect(told).toHaveProperty('high', expect.closeTo(-6, 9));
  });
  test('is unsure when the interval holds no change, its bounds included', () => {
    expect(comparisonOf({ ...compared, ratio: { ...ratio, high: 1 } }).kind).toBe('unsure');
    expect(comparisonOf({ ...compared, ratio: { value: 1.1, low: 1, high: 1.2, p: 0.05 } }).kind).toBe('unsure');
    expect(comparisonOf({ ...compared, ratio: { value: 1.1, low: 1.001, high: 1.2, p: 0.04 } }).kind).toBe('sure');
  });
  test('gives no percentage of a base under 20', () => {
    expect(comparisonOf({ ...compared, comparedPrevious: 19 }).kind).toBe('small-base');
    expect(comparisonOf({ ...compared, comparedPrevious: 20 }).kind).toBe('sure');
    expect(
      comparisonOf({ ...compared, comparedPrevious: 0, ratio: { value: null, low: 2, high: null, p: 0 } }).kind,
    ).toBe('small-base');
  });
  test('tells a last year that is not there from one without incidents', () => {
    const nothing = { comparedCount: 0, comparedPrevious: 0, ratio: null };
    expect(comparisonOf({ ...nothing, comparedMonths: 0 }).kind).toBe('nothing-to-compare');
    expect(comparisonOf({ ...nothing, comparedMonths: 12 }).kind).toBe('none');
  });
  test('says that a count is hidden rather than that nothing is there', () => {
    expect(comparisonOf({ comparedCount: null, comparedPrevious: null, comparedMonths: 0, ratio: null }).kind).toBe(
      'hidden',
    );
  });
});

test('a bound without end stays without end', () => {
  expect(changeOf({ value: 3, low: 1.5, high: null, p: 0.01 })).toMatchObject({ high: null, isSure: true });
  expect(changeOf({ value: null, low: 2, high: null, p: 0 })).toBeNull();
  expect(changeOf({ value: 1.0004, low: 0.9, high: 1.1, p: 1 })?.direction).toBe('same');
});

test('tells of several groups only those that stand when all are looked at together', () => {
  const of = (...values: number[]) => standTogether(values.map((p) => ({ p })));
  expect(of(0.04)).toEqual([true]);
  expect(of(0.04, 0.5, 0.9, 0.3)).toEqual([false, false, false, false]);
  // Benjamini–Hochberg: 0.01 ≤ 0.05·1/4, 0.02 ≤ 0.05·2/4, 0.03 ≤ 0.05·3/4 and 0.2 > 0.05.
  expect(of(0.03, 0.2, 0.01, 0.02)).toEqual([true, false, true, true]);
  expect(of()).toEqual([]);
});

test('calls a trend only what chance alone would seldom show', () => {
  expect(trendOf(null)).toBe('too-short');
  expect(trendOf({ p: 0.05, slope: 3 })).toBe('none');
  expect(trendOf({ p: 0.049, slope: 3 })).toBe('up');
  expect(trendOf({ p: 0.01, slope: -0.2 })).toBe('down');
  expect(trendOf({ p: 0.01, slope: 0 })).toBe('none');
});

test('says how many records the goal still allows', () => {
  expect(roomUnderGoal(930, 1000, 5)).toEqual({ most: 950, room: 20 });
  expect(roomUnderGoal(960, 1000, 5)).toEqual({ most: 950, room: -10 });
  expect(roomUnderGoal(96, 101, 5)).toEqual({ most: 95, room: -1 });
});

describe('extremes', () => {
  const step = (index: number | null, spread = 0.02) => ({
    index,
    low: index === null ? null : index - spread,
    high: index === null ? null : index + spread,
  });
  test('are the farthest of those whose whole interval lies on one side of the mean', () => {
    const months = [step(1.3, 0.4), step(1.1), step(0.95), step(0.9), step(0.5, 0.6), step(null)];
    const { highest, lowest } = seasonExtremes({
      months: months.map((month, i) => ({ ...month, month: i + 1, counts: [] })),
    });
    expect(highest).toMatchObject({ step: 2, percent: expect.closeTo(10, 9) });
    expect(lowest).toMatchObject({ step: 4, percent: expect.closeTo(-10, 9) });
  });
  test('are none in a flat year', () => {
    const weeks = [-1, 0, 1].map((week) => ({ ...step(1), week, counts: [] }));
    expect(tetExtremes({ tet: { years: [], weeks } })).toEqual({ highest: null, lowest: null });
  });
});

test('a break comes with the levels on its two sides', () => {
  const level = (from: string, to: string, value: number) => ({
    from,
    to,
    level: value,
    low: value - 5,
    high: value + 5,
  });
  const segments = [level('2024-01-01', '2025-03-01', 100), level('2025-03-01', '2026-01-01', 88)];
  const told = levelChanges({ segments, changes: [{ at: '2025-03-01', ratio }] });
  expect(told).toMatchObject([{ at: '2025-03-01', before: 100, after: 88, change: { direction: 'down' } }]);
  expect(levelChanges({ segments, changes: [{ at: '2024-01-01', ratio }] })).toEqual([]);
});

test('reads the cut-off day from whole periods, however short a month is', () => {
  expect(cutoffDayOf([{ from: '2026-01-01' }, { from: '2026-01-31' }, { from: '2026-02-28' }])).toBe(31);
  expect(cutoffDayOf([{ from: '2026-01-01' }])).toBeNull();
});

test('names a rule by its name alone', () => {
  expect(ruleName('groups-1: exact rate ratio')).toBe('groups-1');
  expect(ruleName('pelt-poisson-1; months that …')).toBe('pelt-poisson-1');
  expect(ruleName('season-1')).toBe('season-1');
});
