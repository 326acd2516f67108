import { BoundaryOptions } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { findFaults, startValues, toBoundaryOptions } from './boundary-form.ts';

const name = 'Xã, phường từ 01/7/2025';

test('a new platform starts from the communes of today, and such a form can be sent as it stands', () => {
  const values = startValues([], name);
  expect(values).toMatchObject({ set: '2025-07', validFrom: '2025-07-01', name });
  expect(findFaults(values).size).toBe(0);
  expect(BoundaryOptions.safeParse(toBoundaryOptions(values)).success).toBe(true);
});

test('a second set starts empty and says what is missing', () => {
  expect([...findFaults(startValues(['2025-07'], name))]).toEqual(['name', 'set', 'validFrom']);
});

test('faults: a set with blanks, an end before the beginning, a province that is no code', () => {
  const values = { ...startValues([], name), set: 'bộ cũ', validTo: '2025-07-01', province: 'Hưng Yên' };
  expect([...findFaults(values)]).toEqual(['set', 'validTo', 'province']);
});

test('faults: a day that the calendar does not have, at either end', () => {
  const values = { ...startValues([], name), validTo: '2026-06-30' };
  expect([...findFaults(values)]).toEqual([]);
  expect([...findFaults({ ...values, validFrom: '31/02/2025' })]).toEqual(['validFrom']);
  expect([...findFaults({ ...values, validTo: '31/06/2026' })]).toEqual(['validTo']);
});

test('empty fields are left out, a province gets its leading zero', () => {
  const options = toBoundaryOptions({ ...startValues([], name), province: ' 1 ', codeField: ' ma_xa ' });
  expect(options).toEqual({
    set: '2025-07',
    name,
    validFrom: '2025-07-01',
    crs: 'auto',
    province: '01',
    codeField: 'ma_xa',
  });
});
