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
  const hourOfWeekMs = Array.from({ length: 168 }, () => 0);
  if (end === start) {
    hourOfWeekMs[hourOfWeek(start + zoneOffsetMs(start, timeZone))] = 1;
  } else {
    let at = start;
    if (timeZone === VIETNAM_TIME_ZONE) {
      // Clocks never change, so whole weeks fill every hour alike: years cost no more than days.
      const weeks = Math.floor((end - start) / WEEK_MS);
      hourOfWeekMs.fill(weeks * HOUR_MS);
      at += weeks * WEEK_MS;
    }
    while (at < end) {
      const local = at + zoneOffsetMs(at, timeZone);
      const step = Math.min(HOUR_MS - modulo(local, HOUR_MS), end - at);
      hourOfWeekMs[hourOfWeek(local)] += step;
      at += step;
    }
  }
  const total = end === start ? 1 : end - start;
  const matrix = Array.from({ length: 7 }, (_, day) =>
    hourOfWeekMs.slice(24 * day, 24 * day + 24).map((ms) => ms / total),
  );
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  return {
    hour: Array.from({ length: 24 }, (_, hour) => sum(matrix.map((day) => day[hour]))),
    weekday: matrix.map(sum),
    matrix,
  };
}

/** 0 is Monday 00:00–01:00. The epoch, 1 January 1970, was a Thursday. */
function hourOfWeek(localMs: number): number {
  return modulo(Math.floor(localMs / HOUR_MS) + 3 * 24, 168);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
