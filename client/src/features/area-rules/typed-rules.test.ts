import { defaultAreaRules } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { isLateDayRight, isNumberRight, newConditionId, toRules, toTyped } from './typed-rules.ts';

test('rules come back from the fields as they went in', () => {
  expect(toRules(toTyped(defaultAreaRules))).toEqual(defaultAreaRules);
  const odd = {
    ...defaultAreaRules,
    lateAfter: '12-31',
    transformationTarget: 0.585,
    relapseShare: 1.1,
    conditions: [],
  };
  expect(toRules(toTyped(odd))).toEqual(odd);
});

test('a share that is left empty makes a condition of yes or no', () => {
  const typed = toTyped(defaultAreaRules);
  const rules = toRules({ ...typed, conditions: typed.conditions.map((each) => ({ ...each, atLeastPercent: ' ' })) });
  expect(rules?.conditions.map(({ atLeast }) => atLeast)).toEqual([null, null, null, null, null]);
});

test('fields that no rule can have give no rules', () => {
  const typed = toTyped(defaultAreaRules);
  expect(toRules({ ...typed, watchMonths: '6.5' })).toBeUndefined();
  expect(toRules({ ...typed, transformationPercent: '' })).toBeUndefined();
  expect(toRules({ ...typed, noRelapsePercent: '101' })).toBeUndefined();
  expect(toRules({ ...typed, lateDay: '30', lateMonth: '2' })).toBeUndefined();
  expect(
    toRules({ ...typed, conditions: [{ id: 'a', nameVi: 'x', nameEn: 'xyz', atLeastPercent: '' }] }),
  ).toBeUndefined();
  expect(isNumberRight('relapsePercent', '75')).toBe(true);
  expect(isNumberRight('relapsePercent', '9')).toBe(false);
  expect(isLateDayRight({ lateDay: '31', lateMonth: '3' })).toBe(true);
  expect(isLateDayRight({ lateDay: '29', lateMonth: '2' })).toBe(false);
});

test('a new condition has an id of its own', () => {
  expect(newConditionId([])).toBe('dieu_kien_1');
  expect(newConditionId([{ id: 'dieu_kien_2' }])).toBe('dieu_kien_3');
});
