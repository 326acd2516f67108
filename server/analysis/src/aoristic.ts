import { toInstantMs, VIETNAM_TIME_ZONE, zoneOffsetMs } from './time-zone.ts';

export interface AoristicWeights {
  /** 24 weights by local clock hour. */
  readonly hour: number[];
  /** 7 weights, Monday first. */
  readonly weekday: number[];
  /** `matrix[weekday][hour]`; sums to 1, as the other two do. */
  readonly matrix: number[][];
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;

/**
 * Spread one incident of unknown moment over the hours of the week in which it may have happened.
 * The interval is half open: one that ends at 09:00 does not touch hour 9. Each clock hour weighs by the time the
 * interval spends in it (not an equal share of all hours touched); an interval without length weighs 1 on its hour.
 * @param from Date, ms, or ISO text; text without an offset is local time of `timeZone`.
 * @throws RangeError when `to` is before `from`, or either is not a date.
 * Source: J. H. Ratcliffe, "Aoristic analysis", Int. J. Geographical Information Science 14(7), 2000, in its continuous
 * form.
 */
export function aoristic(
  from: Date | number | string,
  to: Date | number | string,
  timeZone = VIETNAM_TIME_ZONE,
): AoristicWeights {
  const start = toInstantMs(from, timeZone);
  const end = toInstantMs(to, timeZone);
  if (!(end >= start)) throw new RangeError(`interval ends before it begins: ${String(from)} to ${String(to)}`);
  const hours = new Float64Array(168);
  addAoristic(start, end, hours, 1, timeZone);
  const matrix = Array.from({ length: 7 }, (_, day) => Array.from(hours.subarray(24 * day, 24 * day + 24)));
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return {
    hour: Array.from({ length: 24 }, (_, hour) => sum(matrix.map((day) => day[hour]))),
    weekday: matrix.map(sum),
    matrix,
  };
}

/**
 * The same weights, for many intervals: add those of `records` equal ones to the 168 hours of the week, Monday 00:00 first.
 * @throws RangeError when `end` is before `start`.
 */
export function addAoristic(
  startMs: number,
  endMs: number,
  hours: Float64Array,
  records = 1,
  timeZone = VIETNAM_TIME_ZONE,
): void {
  if (!(endMs >= startMs)) throw new RangeError(`interval ends before it begins: ${startMs} to ${endMs}`);
  if (endMs === startMs) {
    hours[hourOfWeek(startMs + zoneOffsetMs(startMs, timeZone))] += records;
    return;
  }
  const lengthMs = endMs - startMs;
  let at = startMs;
  if (timeZone === VIETNAM_TIME_ZONE) {
    // Clocks never change, so whole weeks fill every hour alike: years cost no more than days.
    const weeks = Math.floor(lengthMs / WEEK_MS);
    if (weeks > 0) for (let hour = 0; hour < 168; hour++) hours[hour] += records * ((weeks * HOUR_MS) / lengthMs);
    at += weeks * WEEK_MS;
  }
  while (at < endMs) {
    const local = at + zoneOffsetMs(at, timeZone);
    const step = Math.min(HOUR_MS - modulo(local, HOUR_MS), endMs - at);
    hours[hourOfWeek(local)] += records * (step / lengthMs);
    at += step;
  }
}

/** 0 is Monday 00:00–01:00. The epoch, 1 January 1970, was a Thursday. */
function hourOfWeek(localMs: number): number {
  return modulo(Math.floor(localMs / HOUR_MS) + 3 * 24, 168);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
