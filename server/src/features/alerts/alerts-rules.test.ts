import { expect, test } from 'vitest';
import type { Commune, Reference } from '../../snapshot/reference-queries.ts';
import {
  createRememberingJudge,
  type MonthSeries,
  monthsToLookAt,
  seriesOf,
  toGrouping,
  watchedGroups,
} from './alerts-rules.ts';

const communes = ['10001', '10002'].map((code) => ({ code })) as Commune[];
const reported = (months: Record<string, number[]>) =>
  ({ reportedMonths: new Map(Object.entries(months).map(([code, list]) => [code, new Set(list)])) }) as Pick<
    Reference,
    'reportedMonths'
  >;
const january = 2025 * 12;

test('the months looked at are the last three that are over, and no later than the last report', () => {
  const look = (months: Record<string, number[]>, running = january) =>
    monthsToLookAt(communes, reported(months), running);
  expect(look({ '10001': [january - 1] })).toEqual([january - 3, january - 2, january - 1]);
  expect(look({ '10001': [january - 9], '10002': [january - 8] })).toEqual([january - 10, january - 9, january - 8]);
  // This month's first records, and a date typed wrong.
  expect(look({ '10001': [january - 2, january], '10002': [january + 600] })).toEqual([
    january - 4,
    january - 3,
    january - 2,
  ]);
  expect(look({ elsewhere: [january - 1] })).toEqual([]);
  expect(look({})).toEqual([]);
});

test('each top-level group is watched with its leaves, and the rest is kept for all records', () => {
  const categories = [
    { code: 'property', parent: null },
    { code: 'theft', parent: 'property' },
    { code: 'fire', parent: null },
  ] as Reference['categories'];
  expect(watchedGroups({ categories })).toEqual(['property', 'fire']);
  expect(toGrouping(['fire', 'property'], { categories })).toEqual({
    of: new Map([
      ['fire', 0],
      ['property', 1],
      ['theft', 1],
    ]),
    count: 3,
  });
  expect(toGrouping(['theft'], { categories })).toEqual({ of: new Map([['theft', 0]]), count: 2 });
});

test('a series begins with the first report, and what is not reported is no count', () => {
  const window = { firstMonth: 100, endMonth: 104 };
  const groups = [new Map([['b', Int32Array.of(1, 2, 3, 4)]]), new Map([['b', Int32Array.of(10, 20, 30, 40)]])];
  const at = (group: number | 'all', reported: number[], commune = 'b') =>
    seriesOf({ groups }, window, { commune, group }, new Set(reported));
  expect(at(1, [101, 103])).toEqual({ firstMonth: 101, counts: [20, null, 40] });
  expect(at('all', [101, 103])).toEqual({ firstMonth: 101, counts: [22, null, 44] });
  expect(at(0, [99, 100])).toEqual({ firstMonth: 100, counts: [1, null, null, null] });
  expect(at('all', [102], 'a')).toEqual({ firstMonth: 102, counts: [0, null] });
  expect(at('all', [])).toEqual({ firstMonth: 104, counts: [] });
});

test('a series is judged once for as long as it is asked for in every refresh', () => {
  const asked: string[] = [];
  const { judge, forget } = createRememberingJudge(({ counts }, month) => {
    asked.push(`${counts.join()}@${month}`);
    return 'too short';
  });
  const series: MonthSeries = { firstMonth: 100, counts: [1, null, 3] };
  for (let refresh = 0; refresh < 3; refresh++) {
    expect(judge(series, 102)).toBe('too short');
    expect(judge({ firstMonth: 200, counts: [1, null, 3] }, 202)).toBe('too short'); // another commune's, all the same
    forget();
  }
  expect(asked).toEqual(['1,,3@102']);
  judge(series, 101);
  judge({ firstMonth: 100, counts: [1, 0, 3] }, 102);
  forget();
  forget();
  judge(series, 102);
  expect(asked).toEqual(['1,,3@102', '1,,3@101', '1,0,3@102', '1,,3@102']);
});
