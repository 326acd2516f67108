import { expect, test } from 'vitest';
import { rateRatio } from './rate-ratio.ts';
import { relapseSignal } from './relapse-signal.ts';

const window = { days: 92, baselineDays: 92, share: 0.75 };

test('exactly the share opens, one record under it does not', () => {
  expect(relapseSignal({ ...window, count: 9, baselineCount: 12 }).opens).toBe(true);
  expect(relapseSignal({ ...window, count: 8, baselineCount: 12 }).opens).toBe(false);
});

test('a level that is back to the share but significantly below the baseline does not open', () => {
  const many = relapseSignal({ ...window, count: 800, baselineCount: 1000 });
  expect(many.high).toBeLessThan(1);
  expect(many.opens).toBe(false);
  expect(relapseSignal({ ...window, count: 80, baselineCount: 100 }).opens).toBe(true);
});

test('rates are compared, not counts: fewer reported days weigh more', () => {
  expect(relapseSignal({ ...window, days: 61, count: 6, baselineCount: 12 }).opens).toBe(true);
  expect(relapseSignal({ ...window, days: 92, count: 6, baselineCount: 12 }).opens).toBe(false);
});

test('after a baseline without a record any record opens, and none on either side does not', () => {
  expect(relapseSignal({ ...window, count: 1, baselineCount: 0 })).toMatchObject({ ratio: Infinity, opens: true });
  expect(relapseSignal({ ...window, count: 0, baselineCount: 0 })).toMatchObject({ ratio: null, opens: false });
});

test('the limits are the exact ones, and a share that is none is refused', () => {
  const { ratio, low, high } = relapseSignal({ ...window, count: 9, baselineCount: 12 });
  expect({ ratio, low, high }).toEqual(
    (({ ratio, low, high }) => ({ ratio, low, high }))(
      rateRatio({ before: 12, after: 9, exposureBefore: 92, exposureAfter: 92 }),
    ),
  );
  expect(() => relapseSignal({ ...window, share: 0, count: 1, baselineCount: 1 })).toThrow('share 0');
});
