export const VIETNAM_TIME_ZONE = 'Asia/Ho_Chi_Minh';
/** UTC+7 all year, without change since 13 June 1975 (IANA tz database), so days can be counted by arithmetic. */
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What local clocks are ahead of UTC by at an instant, ms. @throws RangeError for a time zone that is not known. */
export function zoneOffsetMs(instantMs: number, timeZone: string): number {
  if (timeZone === VIETNAM_TIME_ZONE) return VIETNAM_OFFSET_MS;
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(instantMs / 1000) * 1000;
}

/**
 * An instant in ms from a Date, from ms, or from ISO text; text without an offset is local time of the zone.
 * @throws RangeError when the text is not a date.
 */
export function toInstantMs(time: Date | number | string, timeZone: string): number {
  if (typeof time !== 'string') return Number(time);
  const hasOffset = /[T ].*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(time);
  const text = /[T ]/.test(time) ? time : `${time}T00:00`;
  const parsed = Date.parse(hasOffset ? text : `${text}Z`);
  if (Number.isNaN(parsed)) throw new RangeError(`"${time}" is not a date; expected ISO 8601`);
  if (hasOffset) return parsed;
  // Near a change of clocks the first guess may take the offset of the wrong side.
  const guess = parsed - zoneOffsetMs(parsed, timeZone);
  return parsed - zoneOffsetMs(guess, timeZone);
}
