/** Days and months of the demonstration, in Việt Nam's time: UTC+7 without daylight saving since 1975, so a fixed offset. */

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
const VIETNAM_OFFSET_MS = 7 * HOUR_MS;

/** First day with incidents and the day after the last. */
export const FIRST_DAY = '2021-11-01';
export const END_DAY = '2026-11-01';
/** When the demonstration was "exported": nothing is reported or resolved later. */
export const EXPORTED_AT_MS = startOfDay('2026-11-05') + 8 * HOUR_MS;

/** Epoch ms of local midnight that begins the day. */
export function startOfDay(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00+07:00`);
}

export function dayCount(): number {
  return (startOfDay(END_DAY) - startOfDay(FIRST_DAY)) / DAY_MS;
}

export function toLocal(ms: number): {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  isoMonth: string;
} {
  const date = new Date(ms + VIETNAM_OFFSET_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    /** Monday = 0. */
    weekday: (date.getUTCDay() + 6) % 7,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    isoMonth: date.toISOString().slice(0, 7),
  };
}

/** `2026-03-01` of any moment of that day. */
export function toIsoDay(ms: number): string {
  const { isoMonth, day } = toLocal(ms);
  return `${isoMonth}-${String(day).padStart(2, '0')}`;
}

/** '2021-11' … '2026-10'. */
export const MONTHS: readonly string[] = Array.from({ length: 60 }, (_, i) => {
  const index = 2021 * 12 + 10 + i;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
});

/** The month after one in 'YYYY-MM'. */
export function nextMonth(isoMonth: string): string {
  const index = Number(isoMonth.slice(0, 4)) * 12 + Number(isoMonth.slice(5));
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
