import { describe, expect, it } from 'vitest';
import { tetDate, tetDates } from './lunar.ts';

describe('tetDate', () => {
  it.each([
    '1985-01-21',
    '2000-02-05',
    '2004-01-22',
    '2007-02-17',
    '2015-02-19',
    '2019-02-05',
    '2020-01-25',
    '2021-02-12',
    '2022-02-01',
    '2023-01-22',
    '2024-02-10',
    '2025-01-29',
    '2026-02-17',
    '2027-02-06',
    '2028-01-26',
    '2029-02-13',
    '2030-02-02',
  ])('gives the published date %s', (date) => {
    expect(tetDate(Number(date.slice(0, 4)))).toBe(date);
  });

  it('differs from the Chinese new year where UTC+7 and UTC+8 disagree', () => {
    expect(tetDate(1985)).not.toBe('1985-02-20');
    expect(tetDate(2007)).not.toBe('2007-02-18');
  });

  it('refuses years for which the reckoning does not hold', () => {
    expect(() => tetDate(1960)).toThrow(RangeError);
    expect(() => tetDate(2025.5)).toThrow(RangeError);
  });
});

it('lists every year from 2000 to 2050, each between 20 January and 21 February and 12 or 13 moons after the last', () => {
  const years = Object.keys(tetDates).map(Number);
  expect(years).toHaveLength(51);
  for (const year of years) {
    const date = tetDates[year] ?? '';
    expect(date >= `${year}-01-20` && date <= `${year}-02-21`, date).toBe(true);
    const next = tetDates[year + 1];
    if (next === undefined) continue;
    const days = (Date.parse(next) - Date.parse(date)) / 86_400_000;
    expect([353, 354, 355, 383, 384, 385], `${date} to ${next}`).toContain(days);
  }
});
