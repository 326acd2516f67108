/**
 * Vietnamese lunar new year (Tết) by astronomy, in Việt Nam's time zone (UTC+7).
 *
 * Source: the procedure described by Hồ Ngọc Đức, "Thuật toán tính âm lịch"
 * (www.informatik.uni-leipzig.de/~duc/amlich/calrules.html), whose formulas for the new moon and the sun's
 * longitude are the short forms of Jean Meeus, "Astronomical Algorithms" (1998), chapters 25 and 49.
 * Rules of the calendar: a month begins on the local day of the new moon; month 11 holds the winter solstice;
 * when 13 months lie between two months 11, the first without a major solar term is the leap month.
 * Tết is the first day of month 1.
 */

const VIETNAM_UTC_OFFSET_DAYS = 7 / 24;
const SYNODIC_MONTH_DAYS = 29.530588853;
/** Julian date of the new moon numbered 0 below: 31 December 1899, 13:52 UT. */
const FIRST_NEW_MOON_JULIAN = 2415021.076998695;
const UNIX_EPOCH_JULIAN_DAY = 2440588;
const DAY_MS = 86_400_000;
const RADIAN = Math.PI / 180;

const sine = (degrees: number) => Math.sin(degrees * RADIAN);

/** Julian date (UT) of the k-th new moon since 1900 (Meeus, low precision: within about two minutes). */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const t2 = t * t;
  const t3 = t2 * t;
  const mean =
    2415020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t2);
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const correction =
    (0.1734 - 0.000393 * t) * sine(sun) +
    0.0021 * sine(2 * sun) -
    0.4068 * sine(moon) +
    0.0161 * sine(2 * moon) -
    0.0004 * sine(3 * moon) +
    0.0104 * sine(2 * node) -
    0.0051 * sine(sun + moon) -
    0.0074 * sine(sun - moon) +
    0.0004 * sine(2 * node + sun) -
    0.0004 * sine(2 * node - sun) -
    0.0006 * sine(2 * node + moon) +
    0.001 * sine(2 * node - moon) +
    0.0005 * sine(sun + 2 * moon);
  // Dynamical time minus universal time; the polynomial holds for the centuries around 1900–2100.
  const deltaT = -0.000278 + 0.000265 * t + 0.000262 * t2;
  return mean + correction - deltaT;
}

/** Local Julian day number on which the k-th new moon falls in Việt Nam. */
function newMoonDay(k: number): number {
  return Math.floor(newMoon(k) + 0.5 + VIETNAM_UTC_OFFSET_DAYS);
}

/** Index 0–11 of the 30° sector in which the sun stands at local midnight that begins the day (9 = from the winter solstice). */
function sunSector(localDay: number): number {
  const t = (localDay - 0.5 - VIETNAM_UTC_OFFSET_DAYS - 2451545) / 36525;
  const t2 = t * t;
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
  const meanLongitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.00029 * sine(3 * anomaly);
  const longitude = meanLongitude + centre;
  return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / 30);
}

function julianDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS + UNIX_EPOCH_JULIAN_DAY;
}

/** New-moon number of the lunar month 11 that holds the winter solstice of the given solar year. */
function winterMonth(year: number): number {
  const k = Math.floor((julianDay(year, 12, 31) - FIRST_NEW_MOON_JULIAN) / SYNODIC_MONTH_DAYS);
  return sunSector(newMoonDay(k)) >= 9 ? k - 1 : k;
}

/**
 * First day of the lunar year that begins in the given solar year, as an ISO date ('2026-02-17').
 * Checked in the test against seventeen published dates between 1985 and 2030. Errors: RangeError outside 1968–2100
 * (before 1968 Việt Nam reckoned in UTC+8; after 2100 the short formulas are untested).
 */
export function tetDate(year: number): string {
  if (!Number.isInteger(year) || year < 1968 || year > 2100) {
    throw new RangeError(`lunar year ${year} out of range; expected a whole year from 1968 to 2100`);
  }
  const month11 = winterMonth(year - 1);
  const hasLeapMonth = winterMonth(year) - month11 === 13;
  let monthsToTet = 2;
  if (hasLeapMonth) {
    // A leap month 11 or 12 pushes Tết one month on: it is the first month that holds no change of sector.
    for (const offset of [1, 2]) {
      if (sunSector(newMoonDay(month11 + offset)) === sunSector(newMoonDay(month11 + offset + 1))) monthsToTet = 3;
    }
  }
  const day = newMoonDay(month11 + monthsToTet);
  return new Date((day - UNIX_EPOCH_JULIAN_DAY) * DAY_MS).toISOString().slice(0, 10);
}

/** Tết dates from 2000 to 2050, keyed by solar year. */
export const tetDates: Readonly<Record<number, string>> = Object.fromEntries(
  Array.from({ length: 51 }, (_, i) => [2000 + i, tetDate(2000 + i)]),
);
