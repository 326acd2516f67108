import { expect, test } from 'vitest';
import { findCrsChoice, formatMeridian } from './crs-choices.ts';

test('a zone is found under its meridian and under its EPSG code', () => {
  expect(findCrsChoice('vn2000:106.5')?.meridian).toBe(106.5);
  expect(findCrsChoice('EPSG:9213')?.meridian).toBe(106.5);
  expect(findCrsChoice('epsg:5897')?.meridian).toBe(105);
});

test('a system that is not offered is not found', () => {
  expect(findCrsChoice('EPSG:6959')).toBeUndefined();
});

test('meridians are written in degrees and minutes', () => {
  expect([104.75, 105, 107.25].map(formatMeridian)).toEqual(['104°45′', '105°00′', '107°15′']);
});
