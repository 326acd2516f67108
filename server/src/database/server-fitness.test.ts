import { expect, it } from 'vitest';
import { findServerFault } from './server-fitness.ts';

it('accepts the minor releases that fix the row-security bypasses, and newer ones', () => {
  for (const version of [150_020, 150_021, 160_016, 170_012, 180_007, 190_000])
    expect(findServerFault(version, '3.3.2')).toBeUndefined();
});

it('refuses an older major and an older minor, naming what was got and what is needed', () => {
  expect(findServerFault(140_025, '3.3.2')).toMatch(/14\.25 quá cũ: cần bản 15/);
  expect(findServerFault(150_019, '3.3.2')).toMatch(/15\.19 .* cần 15\.20/);
  expect(findServerFault(180_006, '3.6.2')).toMatch(/18\.6 .* cần 18\.7/);
});

it('refuses a server without PostGIS or with an old one', () => {
  expect(findServerFault(170_012, null)).toMatch(/chưa có PostGIS/);
  expect(findServerFault(170_012, '3.2.9')).toMatch(/PostGIS 3\.2\.9 quá cũ/);
  expect(findServerFault(170_012, '3.10.0')).toBeUndefined();
});
