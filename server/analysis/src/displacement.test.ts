import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { displacementDifference, displacementQuotient } from './displacement.ts';
import { deviations } from './test-data.ts';

type Counts = Record<
  | 'treated_before'
  | 'treated_after'
  | 'displacement_before'
  | 'displacement_after'
  | 'control_before'
  | 'control_after'
  | 'disp_control_before'
  | 'disp_control_after',
  number
>;

interface Golden {
  displacement_cases: (Counts & {
    name: string;
    expected: Record<
      'wdd_total' | 'se_total' | 'z' | 'p_two_sided' | 'ci95_low' | 'ci95_high' | 'wdq_denominator_success',
      number
    > & { wdq: number | null; wdq_numerator_displacement: number; interpretation: string };
  })[];
}

const READINGS: Record<string, string> = {
  'diffusion of benefit': 'diffusion',
  'displacement less than direct effect (net gain)': 'displacement',
  'displacement exceeds direct effect (net loss)': 'displacement-exceeds',
  'no success in target relative to control: WDQ not meaningful': 'no-success',
  'no displacement or diffusion': 'none',
};

function countsOf(row: Counts) {
  return {
    treatedBefore: row.treated_before,
    treatedAfter: row.treated_after,
    controlBefore: row.control_before,
    controlAfter: row.control_after,
    displacementBefore: row.displacement_before,
    displacementAfter: row.displacement_after,
  };
}

describe.each(readGolden<Golden>('03_period_comparison.json').displacement_cases)('$name', ({ expected, ...row }) => {
  test('has the weighted displacement difference of the paper', () => {
    const { wdd, se, z, p, low, high } = displacementDifference({
      ...countsOf(row),
      displacementControlBefore: row.disp_control_before,
      displacementControlAfter: row.disp_control_after,
    });
    expect(
      deviations(
        [wdd, se, z, p, low, high],
        [
          expected.wdd_total,
          expected.se_total,
          expected.z,
          expected.p_two_sided,
          expected.ci95_low,
          expected.ci95_high,
        ],
        1e-9,
      ),
    ).toEqual([]);
  });

  test('has the weighted displacement quotient of the paper, or none', () => {
    const quotient = displacementQuotient(countsOf(row));
    if (expected.wdq === null) {
      expect(quotient).toBeNull();
      return;
    }
    expect(
      deviations(
        [quotient!.wdq, quotient!.buffer, quotient!.success],
        [expected.wdq, expected.wdq_numerator_displacement, expected.wdq_denominator_success],
        1e-9,
      ),
    ).toEqual([]);
    expect(quotient!.reading).toBe(READINGS[expected.interpretation]);
  });
});

test('without incidents there is no test, and no quotient over an empty control', () => {
  const none = { treatedBefore: 0, treatedAfter: 0, controlBefore: 0, controlAfter: 0 };
  const ring = { displacementBefore: 0, displacementAfter: 0 };
  expect(
    displacementDifference({ ...none, ...ring, displacementControlBefore: 0, displacementControlAfter: 0 }),
  ).toMatchObject({ wdd: 0, se: 0, z: null, p: null });
  expect(displacementQuotient({ ...none, ...ring, controlBefore: 5 })).toBeNull();
});

test('a count that is not whole is refused by name', () => {
  expect(() =>
    displacementQuotient({
      treatedBefore: 1,
      treatedAfter: 1.5,
      displacementBefore: 0,
      displacementAfter: 0,
      controlBefore: 1,
      controlAfter: 1,
    }),
  ).toThrow('treatedAfter is 1.5');
});

describe('with weights and dispersion', () => {
  const counts = {
    treatedBefore: 40,
    treatedAfter: 20,
    controlBefore: 320,
    controlAfter: 280,
    displacementBefore: 30,
    displacementAfter: 33,
    displacementControlBefore: 300,
    displacementControlAfter: 310,
  };

  test('a control is brought to the level of what it is held against, its variance by the square', () => {
    const { wdd, se } = displacementDifference(counts, { controlWeight: 1 / 8, displacementControlWeight: 1 / 10 });
    // −20 − (−40 ÷ 8) + 3 − 10 ÷ 10
    expect(wdd).toBeCloseTo(-13, 12);
    expect(se ** 2).toBeCloseTo(60 + 600 / 64 + 63 + 610 / 100, 12);
  });

  test('a dispersion widens the error by its root and moves nothing', () => {
    const plain = displacementDifference(counts);
    const wide = displacementDifference(counts, { dispersion: 4 });
    expect([wide.wdd, wide.se]).toEqual([plain.wdd, 2 * plain.se]);
  });

  test('weights below 0 and a dispersion below 1 are refused', () => {
    expect(() => displacementDifference(counts, { controlWeight: -1 })).toThrow('weight -1');
    expect(() => displacementDifference(counts, { dispersion: 0.5 })).toThrow('dispersion 0.5');
  });
});
