import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { kaplanMeier, survivalAt } from './kaplan-meier.ts';
import { deviations } from './test-data.ts';

type Row = Record<'time' | 'n_risk' | 'n_event' | 'n_censor' | 'surv', number> &
  Record<'greenwood_se' | 'loglog_low' | 'loglog_high', number | null>;

interface Golden {
  datasets: {
    name: string;
    rows: { months: number; event: 0 | 1 }[];
    expected: {
      table: Row[];
      at_months: ({ month: number; surv: number } & Record<'se' | 'low' | 'high', number | null>)[];
      quantiles: { prob: number; time: number | null }[];
      rmst: { tau: number; value: number };
    };
  }[];
}

describe.each(readGolden<Golden>('05_kaplan_meier.json').datasets)('$name', ({ rows, expected }) => {
  const steps = kaplanMeier(rows.map(({ months, event }) => ({ time: months, event: event === 1 })));

  test('has the table of R survival', () => {
    expect(steps.map(({ time, atRisk, events, censored }) => [time, atRisk, events, censored])).toEqual(
      expected.table.map((row) => [row.time, row.n_risk, row.n_event, row.n_censor]),
    );
    for (const [field, column] of [
      ['survival', 'surv'],
      ['se', 'greenwood_se'],
      ['low', 'loglog_low'],
      ['high', 'loglog_high'],
    ] as const) {
      expect(
        deviations(
          steps.map((step) => step[field]),
          expected.table.map((row) => row[column]),
          1e-9,
        ),
      ).toEqual([]);
    }
  });

  test('has the survival of R at whole years', () => {
    for (const want of expected.at_months) {
      const step = survivalAt(steps, want.month)!;
      expect(
        deviations([step.survival, step.se, step.low, step.high], [want.surv, want.se, want.low, want.high], 1e-9),
      ).toEqual([]);
    }
  });
});

describe.each(readGolden<Golden>('05_kaplan_meier.json').datasets)('$name', ({ rows, expected }) => {
  const steps = kaplanMeier(rows.map(({ months, event }) => ({ time: months, event: event === 1 })));

  test('has the area under the curve and the quantiles of R', () => {
    const { tau, value } = expected.rmst;
    const times = [0, ...steps.map(({ time }) => time).filter((time) => time > 0 && time < tau), tau];
    const area = times.slice(1).reduce((sum, time, at) => {
      const survival = survivalAt(steps, times[at])?.survival ?? 1;
      return sum + (time - times[at]) * survival;
    }, 0);
    expect(area).toBeCloseTo(value, 9);
    for (const { prob, time } of expected.quantiles) {
      const reached = steps.findIndex(({ survival }) => survival <= 1 - prob + 1e-12);
      if (time === null) {
        expect(reached).toBe(-1);
        continue;
      }
      // R takes the middle where the curve lies exactly at the level.
      const isLevel = Math.abs(steps[reached].survival - (1 - prob)) < 1e-12;
      const next = steps.slice(reached).find(({ survival }) => survival < 1 - prob - 1e-12);
      expect(isLevel && next !== undefined ? (steps[reached].time + next.time) / 2 : steps[reached].time).toBe(time);
    }
  });
});

test('nothing watched has no curve, and a time before the first no step', () => {
  expect(kaplanMeier([])).toEqual([]);
  expect(survivalAt(kaplanMeier([{ time: 3, event: true }]), 2)).toBeUndefined();
  expect(() => kaplanMeier([{ time: -1, event: true }])).toThrow('time -1');
});
