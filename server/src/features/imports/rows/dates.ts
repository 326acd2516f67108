import type { Cell } from '../reading/row-source.ts';

/**
 * When something happened. `to` null = exactly at `from`; else somewhere in [from, to), as for a date without time, which is
 * the whole local day. Epoch milliseconds UTC. Reused between calls for speed.
 */
export type When = { from: number; to: number | null; hasTime: boolean };

export type DateProblem =
  | 'empty'
  | 'bad_date'
  | 'impossible_date'
  | 'bad_time'
  | 'date_out_of_range'
  | 'interval_reversed';

const HOUR = 3_600_000;
const DAY = 86_400_000;
/**
 * Viet Nam has kept UTC+7 without summer time since 1975-06-13 (IANA tz database, zone Asia/Ho_Chi_Minh), so local time is
 * a fixed shift; earlier years are out of range.
 */
const OFFSET = 7 * HOUR;
const EARLIEST = Date.UTC(1976, 0, 1) - OFFSET;
const LATEST = Date.UTC(2101, 0, 1) - OFFSET;

/** Serial of 1970-01-01 in the two date systems of Excel (ECMA-376 part 1, 18.17.4.1). */
const UNIX_SERIAL_1900 = 25_569;
const UNIX_SERIAL_1904 = 24_107;

/** Days from 1970-01-01 of a Gregorian date that is known to exist. Method: howardhinnant.github.io/date_algorithms.html */
function toDays(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Local midnight in epoch ms, or NaN when there is no such day. */
function toMidnight(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > (monthDays[month - 1] ?? 0)) return Number.NaN;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return Number.NaN;
  return toDays(year, month, day) * DAY - OFFSET;
}

/** 76–99 → 1976–1999, 00–75 → 2000–2075: the years in range. */
const toFullYear = (text: string) =>
  text.length === 2 ? Number(text) + (Number(text) >= 76 ? 1900 : 2000) : Number(text);

const [SPACE, HYPHEN, POINT, SLASH, COLON, LETTER_T] = [32, 45, 46, 47, 58, 116];
const digit = (text: string, at: number) => text.charCodeAt(at) - 48;
const two = (text: string, at: number) => {
  const a = digit(text, at);
  const b = digit(text, at + 1);
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : -1;
};

/**
 * dd/mm/yyyy[ hh:mm[:ss]] and yyyy-mm-dd[ hh:mm[:ss]] by character codes: nearly every cell of nearly every file.
 * False = not this shape.
 */
function readPlain(text: string, out: When): boolean | DateProblem {
  const length = text.length;
  if (length !== 16 && length !== 10 && length !== 19) return false;
  const isYearFirst = text.charCodeAt(4) === HYPHEN && text.charCodeAt(7) === HYPHEN;
  if (!isYearFirst) {
    const separator = text.charCodeAt(2);
    if ((separator !== SLASH && separator !== HYPHEN && separator !== POINT) || text.charCodeAt(5) !== separator)
      return false;
  }
  const century = two(text, isYearFirst ? 0 : 6);
  const year = two(text, isYearFirst ? 2 : 8);
  const month = two(text, isYearFirst ? 5 : 3);
  const day = two(text, isYearFirst ? 8 : 0);
  if (day < 0 || month < 0 || century < 0 || year < 0) return false;
  let timeOfDay = 0;
  if (length > 10) {
    const gap = text.charCodeAt(10);
    if ((gap !== SPACE && !(isYearFirst && (gap | 32) === LETTER_T)) || text.charCodeAt(13) !== COLON) return false;
    const hour = two(text, 11);
    const minute = two(text, 14);
    if (hour < 0 || minute < 0) return false;
    let second = 0;
    if (length === 19) {
      if (text.charCodeAt(16) !== COLON) return false;
      second = two(text, 17);
      if (second < 0) return false;
    }
    if (hour > 23 || minute > 59 || second > 59) return false;
    timeOfDay = (hour * 60 + minute) * 60_000 + second * 1000;
  }
  const midnight = toMidnight(century * 100 + year, month, day);
  if (Number.isNaN(midnight)) return 'impossible_date';
  return finish(out, midnight + timeOfDay, length > 10 ? null : midnight + DAY, length > 10);
}

function finish(out: When, from: number, to: number | null, hasTime: boolean): true | DateProblem {
  if (from < EARLIEST || (to ?? from + 1) > LATEST) return 'date_out_of_range';
  out.from = from;
  out.to = to;
  out.hasTime = hasTime;
  return true;
}

function readSerial(serial: number, date1904: boolean, out: When): true | DateProblem {
  const days = serial - (date1904 ? UNIX_SERIAL_1904 : UNIX_SERIAL_1900);
  // Serials carry a time as a fraction of a day: to the second is all they hold.
  return readWallClock(Math.round(days * 86_400) * 1000, out);
}

/** `wallClock`: local time as if it were UTC. Midnight sharp is what Excel stores for a date without time. */
function readWallClock(wallClock: number, out: When): true | DateProblem {
  if (!Number.isFinite(wallClock)) return 'bad_date';
  const isDay = wallClock % DAY === 0;
  return finish(out, wallClock - OFFSET, isDay ? wallClock - OFFSET + DAY : null, !isDay);
}

const fillers = /(?<![\p{L}])(?:ngày|ngay|lúc|luc|vào|vao|hồi|hoi|khoảng|khoang|on|at)(?![\p{L}])|,/gu;
const datePatterns: [RegExp, (found: RegExpExecArray) => [year: number, month: number, day: number]][] = [
  [/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, (f) => [Number(f[1]), Number(f[2]), Number(f[3])]],
  [
    /(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)/,
    (f) => [toFullYear(f[4] ?? ''), Number(f[3]), Number(f[1])],
  ],
  [
    /(?<!\d)(\d{1,2})\s+(?:tháng|thang)\s+(\d{1,2})\s+(?:năm|nam)\s+(\d{4})(?!\d)/,
    (f) => [Number(f[3]), Number(f[2]), Number(f[1])],
  ],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/, (f) => [Number(f[1]), Number(f[2]), Number(f[3])]],
];
const timePattern =
  /^(\d{1,2})\s*(?:(?::|h|g|giờ|gio)\s*(?:(\d{1,2})\s*(?:[:'’p]|phút|phut|m)?\s*(?:(\d{1,2})(?:[.,]\d+)?\s*(?:s|''|")?)?)?)?\s*(am|pm|sa|ch|sáng|trưa|chiều|tối|đêm)?\s*(z|[+-]\d{2}(?::?\d{2})?)?$/;
const vagueTimes =
  /^(?:không rõ|khong ro|chưa rõ|chua ro|kxđ|không xác định|\?|-|—|(?:buổi )?(?:sáng|trưa|chiều|tối|đêm|rạng sáng))?$/;

type Clock = { time: number; zone: number | null };

/** "14:30", "14h30'", "14 giờ", "2:30 CH"; undefined = unknown time, null = not a time. */
function readClock(text: string): Clock | undefined | null {
  const trimmed = text.trim();
  if (vagueTimes.test(trimmed)) return undefined;
  const found = timePattern.exec(trimmed);
  if (!found) return null;
  const [, hourText = '', minuteText = '0', secondText = '0', half = '', zoneText] = found;
  // A bare number is an hour only with a sign that says so.
  if (found[2] === undefined && half === '' && !/[:hgờo]/.test(trimmed)) return null;
  let hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (half !== '') {
    const isAfternoon = /^(?:pm|ch|chiều|tối)$/.test(half);
    const isMorning = /^(?:am|sa|sáng)$/.test(half);
    if (isAfternoon && hour < 12) hour += 12;
    else if (isMorning && hour === 12) hour = 0;
  }
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return null;
  let zone: number | null = null;
  if (zoneText === 'z') zone = 0;
  else if (zoneText) {
    const sign = zoneText.startsWith('-') ? -1 : 1;
    const figures = zoneText.slice(1).replace(':', '').padEnd(4, '0');
    zone = sign * (Number(figures.slice(0, 2)) * HOUR + Number(figures.slice(2)) * 60_000);
  }
  return { time: hour * HOUR + minute * 60_000 + second * 1000, zone };
}

/** One moment or day in words; `day` is the local midnight to use when the text has only a time. */
function readMoment(text: string, day: number | null, out: When): true | DateProblem {
  let midnight = Number.NaN;
  let rest = text;
  let isFound = false;
  for (const [pattern, toParts] of datePatterns) {
    const found = pattern.exec(text);
    if (!found) continue;
    isFound = true;
    midnight = toMidnight(...toParts(found));
    const before = text.slice(0, found.index);
    const after = text.slice(found.index + found[0].length).replace(/^t(?=\d)/, ' ');
    rest = before.trim() !== '' && after.trim() !== '' ? `${before} ${after}` : before + after;
    break;
  }
  if (!isFound) {
    if (day === null) return 'bad_date';
    midnight = day;
  }
  if (Number.isNaN(midnight)) return 'impossible_date';
  const clock = readClock(rest.replace(fillers, ' ').replace(/^[\s\-–—]+|[\s\-–—]+$/g, ''));
  if (clock === null) return isFound && day === null ? 'bad_time' : 'bad_date';
  if (clock === undefined) return finish(out, midnight, midnight + DAY, false);
  const from = clock.zone === null ? midnight + clock.time : midnight + OFFSET + clock.time - clock.zone;
  return finish(out, from, null, true);
}

const intervalPatterns = [
  /^(.*?\S)\s+(?:-|–|—|~|→|đến|den|tới|toi|to|until)\s+(\S.*)$/,
  /^(.*?\S)\s*(?:–|—|~|→|->)\s*(\S.*)$/,
  /^(\d{1,2}\/\d{1,2}\/\d{2,4}(?: \d{1,2}[:h]\d{2})?)-(\d{1,2}\/\d{1,2}\/\d{2,4}.*)$/,
  /^(\d{1,2}[:hg]\d{0,2})-(\d{1,2}[:hg].*)$/,
];

/**
 * Read a cell as a moment, a day, or an interval of either. Day before month always: a 13th month is `impossible_date`,
 * never a guess. Plain numbers (and texts of five digits) are Excel serials; an interval of days includes its last day.
 * @returns null and fills `out`, or the problem ('empty' for an empty cell) and leaves `out` undefined in content.
 */
export function parseWhen(cell: Cell, out: When, date1904 = false): DateProblem | null {
  if (typeof cell === 'string') {
    const plain = readPlain(cell, out);
    if (plain === true) return null;
    if (plain !== false) return plain;
    return parseText(cell, out, date1904);
  }
  if (cell === null) return 'empty';
  if (typeof cell === 'number')
    return asProblem(cell >= 10_000_000 ? parseText(String(cell), out, date1904) : readSerial(cell, date1904, out));
  if (cell instanceof Date) return asProblem(readWallClock(Math.round(cell.getTime() / 1000) * 1000, out));
  return 'bad_date';
}

const asProblem = (result: true | DateProblem | null) => (result === true ? null : result);

function parseText(raw: string, out: When, date1904: boolean): DateProblem | null {
  const text = raw.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (text === '') return 'empty';
  if (text.length > 100) return 'bad_date';
  const plain = readPlain(text, out);
  if (plain !== false) return asProblem(plain);
  if (/^\d{5}(?:[.,]\d+)?$/.test(text)) return asProblem(readSerial(Number(text.replace(',', '.')), date1904, out));

  const bare = text.replace(/^(?:từ|tu|from)\s+/, '');
  for (const pattern of intervalPatterns) {
    const found = pattern.exec(bare);
    if (!found) continue;
    const problem = readInterval(found[1] ?? '', found[2] ?? '', out);
    if (problem === null || problem === 'interval_reversed') return problem;
  }
  return asProblem(readMoment(bare, null, out));
}

/** "01/02/2026 - 03/02/2026", "22:00 01/02/2026 - 02:00" (past midnight), "22h - 23h30 ngày 01/02/2026". */
function readInterval(first: string, second: string, out: When): DateProblem | null {
  let problem = readMoment(first, null, out);
  if (problem === 'bad_date') {
    // Only a time on the left: the day stands on the right.
    problem = readMoment(second, null, out);
    if (problem !== true) return problem;
    problem = readMoment(first, startOfDay(out.from), out);
  }
  if (problem !== true) return problem;
  const from = out.from;
  const hasTime = out.hasTime;
  problem = readMoment(second, null, out);
  const hasOwnDay = problem === true;
  if (problem === 'bad_date') problem = readMoment(second, startOfDay(from), out);
  if (problem !== true) return problem;
  let to = out.to ?? out.from;
  // "31/10/2025 - 14:30" is a day and its time, no interval.
  if (!hasOwnDay && !hasTime && out.hasTime) return null;
  if (!hasOwnDay && to < from) to += DAY;
  return closeInterval(from, to, hasTime, out);
}

const startOfDay = (time: number) => Math.floor((time + OFFSET) / DAY) * DAY - OFFSET;

function closeInterval(from: number, to: number, hasTime: boolean, out: When): DateProblem | null {
  if (to < from) return 'interval_reversed';
  return asProblem(finish(out, from, to === from ? null : to, hasTime));
}

const end: When = { from: 0, to: null, hasTime: false };

/** Extend `start` (from one column) to the moment or day in `cell` (from another). An empty cell changes nothing. */
export function parseEnd(cell: Cell, start: When, date1904 = false): DateProblem | null {
  const problem = parseWhen(cell, end, date1904);
  if (problem === 'empty') return null;
  if (problem !== null) return problem;
  return closeInterval(start.from, end.to ?? end.from, start.hasTime, start);
}

/**
 * Put a time column's cell onto a day: "14:30", "14h30", "22h - 23h", an Excel fraction of a day, a Date whose clock is
 * meant. Empty or vague ("không rõ", "tối") leaves the whole day. A day that has its time already stays as it is.
 */
export function parseTimeOfDay(cell: Cell, day: When): DateProblem | null {
  if (cell === null || cell === '' || day.hasTime) return null;
  const midnight = startOfDay(day.from);
  let time: number;
  if (cell instanceof Date) time = ((cell.getTime() % DAY) + DAY) % DAY;
  else if (typeof cell === 'number') {
    if (cell < 0) return 'bad_time';
    // A whole number up to 23 is an hour typed as a number; a fraction is Excel's time of day.
    time = Number.isInteger(cell) && cell > 0 && cell < 24 ? cell * HOUR : Math.round((cell % 1) * 86_400) * 1000;
  } else if (typeof cell === 'boolean') return 'bad_time';
  else {
    const text = cell
      .normalize('NFC')
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/^(?:từ|tu|lúc|luc|khoảng|khoang|hồi|hoi) /, '');
    const range = intervalPatterns.map((pattern) => pattern.exec(text)).find((found) => found);
    const first = readClock(range?.[1] ?? text);
    if (first === undefined) return null;
    const second = range ? readClock(range[2] ?? '') : null;
    if (/^(?:[01]?\d|2[0-3])$/.test(text)) time = Number(text) * HOUR;
    else if (/^0[.,]\d+$/.test(text)) time = Math.round(Number(text.replace(',', '.')) * 86_400) * 1000;
    else if (first === null || (range && !second)) return 'bad_time';
    else if (second) {
      const to = midnight + second.time;
      return closeInterval(midnight + first.time, second.time < first.time ? to + DAY : to, true, day);
    } else time = first.time;
  }
  return asProblem(finish(day, midnight + Math.round(time / 1000) * 1000, null, true));
}
