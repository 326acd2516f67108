/** First days of Tết (giờ Việt Nam, UTC+7), after the lunar calendar: only where a chart marks it. */
const tetDays = [
  '2010-02-14',
  '2011-02-03',
  '2012-01-23',
  '2013-02-10',
  '2014-01-31',
  '2015-02-19',
  '2016-02-08',
  '2017-01-28',
  '2018-02-16',
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
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
];

/** The first day of Tết in [from, to), when one lies in it and is known. */
export function tetIn(from: string, to: string): string | undefined {
  return tetDays.find((day) => day >= from && day < to);
}
