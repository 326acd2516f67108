import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { successesNeeded, targetState } from './target-state.ts';

interface Golden {
  cases: {
    k: number;
    n: number;
    expected: {
      targets: Record<string, { point_rate_meets_target?: boolean; wilson_high_lt_target?: boolean }>;
    };
  }[];
}

test.each(
  readGolden<Golden>('04_proportions_wilson.json').cases.flatMap(({ k, n, expected }) =>
    Object.entries(expected.targets).map(([target, flags]) => ({ k, n, target: Number(target), ...flags })),
  ),
)('$k of $n against $target', ({ k, n, target, point_rate_meets_target, wilson_high_lt_target }) => {
  const notMet = wilson_high_lt_target === true ? 'missed' : 'at-risk';
  const expected = point_rate_meets_target === undefined ? 'no-data' : point_rate_meets_target ? 'met' : notMet;
  expect(targetState(k, n, target)).toBe(expected);
});

test('a share that is exactly the target meets it, whatever rounding says', () => {
  for (const target of [0.05, 0.6, 0.7, 0.85, 0.88, 0.95]) {
    for (let n = 1; n <= 400; n++) {
      // 100 · k ≥ 100 · target · n in whole numbers
      const least = Math.ceil((Math.round(100 * target) * n) / 100);
      expect([n, target, successesNeeded(n, target)]).toEqual([n, target, least]);
    }
  }
  expect(targetState(0, 5, 0)).toBe('met');
  expect(targetState(5, 5, 1)).toBe('met');
});

test('a target that is no share is refused', () => {
  expect(() => targetState(1, 2, 60)).toThrow('target 60');
});
