import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../reading/row-source.ts';
import { parseEnd, parseTimeOfDay, parseWhen, type When } from './dates.ts';

const newWhen = (): When => ({ from: 0, to: null, hasTime: false });
/** [from, to) as local text, or the problem. */
function read(cell: Cell, date1904 = false): string {
  const when = newWhen();
  const problem = parseWhen(cell, when, date1904);
  return problem ?? show(when);
}
const local = (time: number) => new Date(time + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const show = ({ from, to }: When) => (to === null ? local(from) : `${local(from)} – ${local(to)}`);

const day31 = '2025-10-31 00:00 – 2025-11-01 00:00';

describe('parseWhen', () => {
  it.each([
    ['31/10/2025 14:30', '2025-10-31 14:30'],
    ['31/10/2025 14:30:59', '2025-10-31 14:30'],
    ['31/10/2025', day31],
    ['31-10-2025', day31],
    ['31.10.2025', day31],
    ['31/10/25', day31],
    ['5/9/2025', '2025-09-05 00:00 – 2025-09-06 00:00'],
    ['5/9/2025 7:05', '2025-09-05 07:05'],
    [' 31 / 10 / 2025 ', day31],
    ['ngày 31/10/2025', day31],
    ['31 tháng 10 năm 2025', day31],
    ['Ngày 31 tháng 10 năm 2025, lúc 14 giờ 30 phút', '2025-10-31 14:30'],
    ['14h30 ngày 31/10/2025', '2025-10-31 14:30'],
    ["khoảng 14h30' ngày 31/10/2025", '2025-10-31 14:30'],
    ['14 giờ ngày 31/10/2025', '2025-10-31 14:00'],
    ['31/10/2025 02:30 CH', '2025-10-31 14:30'],
    ['31/10/2025 12:15 SA', '2025-10-31 00:15'],
    ['31/10/2025 2:30:00 PM', '2025-10-31 14:30'],
    ['31/10/2025 12:00 PM', '2025-10-31 12:00'],
    ['31/10/2025 - 14:30', '2025-10-31 14:30'],
    ['31/10/2025 24:00', '2025-11-01 00:00'],
    ['2025-10-31', day31],
    ['2025-10-31 14:30', '2025-10-31 14:30'],
    ['2025-10-31T14:30:00', '2025-10-31 14:30'],
    ['2025-10-31T07:30:00Z', '2025-10-31 14:30'],
    ['2025-10-31T14:30:00.250+07:00', '2025-10-31 14:30'],
    ['2025-10-31T08:30:00+0100', '2025-10-31 14:30'],
    ['2025/10/31', day31],
    ['20251031', day31],
    ['29/02/2024', '2024-02-29 00:00 – 2024-03-01 00:00'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['01/02/2026 - 03/02/2026', '2026-02-01 00:00 – 2026-02-04 00:00'],
    ['01/02/2026-03/02/2026', '2026-02-01 00:00 – 2026-02-04 00:00'],
    ['từ 01/02/2026 đến 03/02/2026', '2026-02-01 00:00 – 2026-02-04 00:00'],
    ['Từ ngày 01/02/2026 đến ngày 03/02/2026', '2026-02-01 00:00 – 2026-02-04 00:00'],
    ['01/02/2026 22:00 – 02/02/2026 06:00', '2026-02-01 22:00 – 2026-02-02 06:00'],
    ['từ 22h00 ngày 01/02/2026 đến 06h00 ngày 02/02/2026', '2026-02-01 22:00 – 2026-02-02 06:00'],
    ['22h - 23h30 ngày 01/02/2026', '2026-02-01 22:00 – 2026-02-01 23:30'],
    ['01/02/2026 22:00 - 02:00', '2026-02-01 22:00 – 2026-02-02 02:00'],
    ['01/02/2026 22:00 - 01/02/2026 22:00', '2026-02-01 22:00'],
  ])('reads the interval %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['10/31/2025', 'impossible_date'],
    ['2025-13-01', 'impossible_date'],
    ['29/02/2025', 'impossible_date'],
    ['31/04/2025 10:00', 'impossible_date'],
    ['00/10/2025', 'impossible_date'],
    ['31/10/2025 25:00', 'bad_time'],
    ['31/10/2025 14:60', 'bad_time'],
    ['31/12/1975', 'date_out_of_range'],
    ['01/01/2101', 'date_out_of_range'],
    ['03/02/2026 - 01/02/2026', 'interval_reversed'],
    ['hôm qua', 'bad_date'],
    ['12345678901234567890', 'bad_date'],
    ['', 'empty'],
    ['   ', 'empty'],
    [null, 'empty'],
    [true, 'bad_date'],
    [5, 'date_out_of_range'],
    [Number.NaN, 'bad_date'],
    [new Date(Number.NaN), 'bad_date'],
  ])('refuses %s as %s', (cell, problem) => {
    expect(read(cell)).toBe(problem);
  });

  it('reads Excel serials of both date systems, as numbers and as text', () => {
    // 45961 = 31/10/2025 in the 1900 system; the 1904 system counts 1462 days less.
    expect(read(45961)).toBe(day31);
    expect(read(45961.604166666664)).toBe('2025-10-31 14:30');
    expect(read(45961 - 1462, true)).toBe(day31);
    expect(read('45961.604166666664')).toBe('2025-10-31 14:30');
    expect(read(new Date(Date.UTC(2025, 9, 31, 14, 30)))).toBe('2025-10-31 14:30');
  });

  it('round-trips every minute of every year in range as dd/mm/yyyy hh:mm and ISO', () => {
    const minute = fc.integer({ min: Date.UTC(1976, 0, 2) / 60_000, max: Date.UTC(2100, 11, 30) / 60_000 });
    fc.assert(
      fc.property(minute, (minutes) => {
        const iso = local(minutes * 60_000);
        const [, y, m, d, clock] = /^(\d+)-(\d+)-(\d+) (.*)$/.exec(iso) ?? [];
        for (const text of [`${d}/${m}/${y} ${clock}`, iso, `${Number(d)}/${Number(m)}/${y} ${clock}`]) {
          const when = newWhen();
          expect(parseWhen(text, when)).toBeNull();
          expect([when.from, when.to]).toEqual([minutes * 60_000, null]);
        }
        const when = newWhen();
        parseWhen((minutes * 60_000 + 7 * 3_600_000) / 86_400_000 + 25_569 + 1e-9, when);
        expect(when.from).toBe(minutes * 60_000);
      }),
    );
  });

  it('never throws and never returns a time out of range, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/:.hT\- đến]{1,40}$/)), (text) => {
        const when = newWhen();
        if (parseWhen(text, when) === null) {
          expect(when.from).toBeGreaterThanOrEqual(Date.UTC(1975, 11, 31));
          expect(when.to ?? when.from + 1).toBeGreaterThan(when.from);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a time column beside the date', () => {
  it.each([
    ['14:30', '2025-10-31 14:30'],
    ['14h30', '2025-10-31 14:30'],
    ['lúc 14h', '2025-10-31 14:00'],
    ['7', '2025-10-31 07:00'],
    [14, '2025-10-31 14:00'],
    [0.604166666666667, '2025-10-31 14:30'],
    [new Date(Date.UTC(1899, 11, 30, 14, 30)), '2025-10-31 14:30'],
    ['22h - 23h', '2025-10-31 22:00 – 2025-10-31 23:00'],
    ['22:00 - 02:00', '2025-10-31 22:00 – 2025-11-01 02:00'],
    ['không rõ', day31],
    ['buổi tối', day31],
    ['', day31],
    [null, day31],
  ])('puts %s onto the day', (cell, expected) => {
    const when = newWhen();
    parseWhen('31/10/2025', when);
    expect(parseTimeOfDay(cell, when)).toBeNull();
    expect(show(when)).toBe(expected);
  });

  it('refuses what is no time', () => {
    const when = newWhen();
    parseWhen('31/10/2025', when);
    expect(parseTimeOfDay('26:00', when)).toBe('bad_time');
    expect(parseTimeOfDay('abc', when)).toBe('bad_time');
  });
});

describe('an end column beside the start', () => {
  it.each([
    ['01/02/2026', '03/02/2026', '2026-02-01 00:00 – 2026-02-04 00:00'],
    ['01/02/2026 22:00', '02/02/2026 06:00', '2026-02-01 22:00 – 2026-02-02 06:00'],
    ['01/02/2026 22:00', '01/02/2026 22:00', '2026-02-01 22:00'],
    ['01/02/2026 22:00', '', '2026-02-01 22:00'],
    ['01/02/2026', '', '2026-02-01 00:00 – 2026-02-02 00:00'],
  ])('%s to %s', (from, to, expected) => {
    const when = newWhen();
    parseWhen(from, when);
    expect(parseEnd(to, when)).toBeNull();
    expect(show(when)).toBe(expected);
  });

  it('refuses an end before its start', () => {
    const when = newWhen();
    parseWhen('03/02/2026', when);
    expect(parseEnd('01/02/2026', when)).toBe('interval_reversed');
  });
});
