import { expect, it } from 'vitest';
import { isDay, readDay } from './day-text.ts';

it('reads the day before the month, however it is written', () => {
  for (const text of ['02/10/2026', '2/10/2026', '02.10.2026', '02-10-2026', '02102026', ' 02/10/2026 ', '2026-10-02'])
    expect(readDay(text), text).toBe('2026-10-02');
});

it('gives text that is no day back as it was typed', () => {
  for (const text of ['', '31/02/2026', '10/31/2026', '2/10/26', '2/10', 'hôm nay', '2026-02-30'])
    expect(readDay(text), text).toBe(text);
});

it('knows days of the calendar from others', () => {
  expect(isDay('2024-02-29')).toBe(true);
  for (const text of ['2026-02-29', '2026-2-1', '2026-13-01', '29/02/2024', '']) expect(isDay(text), text).toBe(false);
});
