import type { Cell } from '../reading/row-source.ts';
import { type PersonDataKind, personHeadingKind } from './person-headings.ts';
import { commonStreets, findPersonName, isPersonName } from './person-names.ts';
import { textKey } from './text-key.ts';

/** Why a file is refused. `rows`: first ten row numbers, [] when the heading alone says it. `heading` is the file's. */
export type PersonDataProblem = {
  kind: PersonDataKind;
  heading: string;
  rows: number[];
  message: string;
  messageEn: string;
};

export type PersonDataGuard = {
  /** Columns whose heading means a person's data; refuse before reading any row. */
  headingProblem: PersonDataProblem | null;
  /** Look at one row. Cheap; returns true as soon as the file must be refused (ask `problem()`). */
  check(rowNumber: number, cells: readonly Cell[]): boolean;
  /** After the last row (or when `check` said true): the reason to refuse, or null. */
  problem(): PersonDataProblem | null;
};

export type PersonDataOptions = {
  /** Names that are no person's: communes, categories. Compared without accents. */
  knownNames?: Iterable<string>;
};

const SAMPLE_ROWS = 10;
/** Names need many rows to be sure of: all of the first rows are looked at, then every 32nd. */
const NAME_ROWS = 4096;
const NAME_STEP_MASK = 31;

/** Whole-cell numbers: how many suspicious ones, and what share of the column's number cells, make a column of them. */
const MIN_NUMBER_HITS = 3;
const MIN_NUMBER_SHARE = 0.3;
/** Judged at once when this many are in; else at the end of the file. */
const ENOUGH_NUMBERS = 60;
const MIN_EMBEDDED_HITS = 2;
const MIN_NAME_SCORE = 5;
const MIN_NAME_SHARE = 0.5;

type NumberKind = 'identity_number' | 'phone' | 'plate';

/** Hits of one kind in one column. `steps`/`smallSteps` tell a running number from numbers of people. */
type Tally = { hits: number; rows: number[]; last: number; steps: number; smallSteps: number };
const newTally = (): Tally => ({ hits: 0, rows: [], last: Number.NaN, steps: 0, smallSteps: 0 });

type ColumnWatch = {
  heading: string;
  /** Street and place columns hold names of famous people. */
  isPlace: boolean;
  /** Cells that are nothing but one number, plate or the like. */
  whole: Record<NumberKind, Tally>;
  embedded: Record<NumberKind | 'name', Tally>;
  filled: number;
  names: { tested: number; hits: number; score: number; rows: number[]; distinct: Set<string> };
};

const placeHeading =
  /\b(?:duong|pho|tuyen|thon|xom|to dan pho|khu|dia diem|dia ban|dia danh|vi tri|noi(?! dung)|xa|phuong|ap|ban|cho|truong|street|road|place|location|commune|ward|hamlet|village)\b/;

/** Words that announce a number within a text. */
const announced =
  /(?:cccd|cmnd|cmt|căn cước|can cuoc|định danh|dinh danh|sđt|sdt|đt|điện thoại|dien thoai|phone|bks|biển số|bien so|biển kiểm soát)/i;

/** First three digits of a CCCD: the 63 provinces where a birth was registered, 001–096 (Circular 07/2016/TT-BCA, art. 7). */
const cccdProvinces = new Set(
  '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'.split(
    ' ',
  ),
);

/**
 * 12 digits: province, century and sex (0–1 for 19xx, 2–3 for 20xx), year of birth, six random digits (Decree
 * 137/2015/NĐ-CP, art. 13; Circular 07/2016/TT-BCA, art. 7). Births before 1915 are left out: nobody's case is that old.
 */
function isCccd(digits: string): boolean {
  if (digits.length !== 12 || !cccdProvinces.has(digits.slice(0, 3))) return false;
  const century = digits.charCodeAt(3) - 48;
  const year = Number(digits.slice(4, 6));
  return century <= 1 ? year >= 15 : century <= 3 && year <= new Date().getFullYear() - 2000;
}

/** 9 digits of the old CMND: the first two are an issuing office, 01–38. Weak alone: shares and steps decide. */
const isCmnd = (digits: string) => digits.length === 9 && digits.slice(0, 2) >= '01' && digits.slice(0, 2) <= '38';

/** Mobile prefixes of Viet Nam since 2018 (03x, 05x, 07x, 08x, 09x: 10 digits) and land lines (02x: 11 digits). */
const isPhone = (digits: string) =>
  /^(?:0|84|0084)(?:3[2-9]|5[2-9]|7[06-9]|8[1-9]|9\d)\d{7}$/.test(digits) || /^(?:0|84)2\d{9}$/.test(digits);

/** 29A-123.45, 29A1-1234, 29-B1 123.45, 29LD-123.45: two digits for the province, a series, four or five digits. */
const platePattern =
  /(?<![\p{L}\p{N}.,-])([1-9]\d)\s?[-.]?\s?([A-ZĐ]{1,2}|[A-ZĐ]\d)(\s?[-.]\s?|\s)?(\d{3}\.?\d{2}|\d{4})(?![\p{L}\p{N}])/iu;
const numberRun = /(?<![\p{L}\p{N}.,-])\+?\d(?:[\s.-]?\d){8,12}(?![\p{N}\p{L}])/gu;
/** In a long cell only the beginning is looked at: bounded work whatever the file. */
const MAX_LOOKED_AT = 2000;

/** Kind of a cell that is nothing but digits (separators taken out), or null. */
function numberKind(digits: string): NumberKind | null {
  if (isCccd(digits) || isCmnd(digits)) return 'identity_number';
  return isPhone(digits) ? 'phone' : null;
}

/**
 * Watches a file for data on persons, in headings and in values: identity numbers, phone numbers, plates, names. What it
 * saw is not kept, apart from row numbers. Running numbers (case numbers), coordinates, dates, streets, the communes
 * and categories given do not trigger it.
 */
export function createPersonDataGuard(headings: readonly string[], options: PersonDataOptions = {}): PersonDataGuard {
  const known = new Set([...commonStreets, ...(options.knownNames ?? [])].map(textKey));
  const columns: ColumnWatch[] = headings.map((heading) => ({
    heading,
    isPlace: placeHeading.test(textKey(heading)),
    whole: { identity_number: newTally(), phone: newTally(), plate: newTally() },
    embedded: { identity_number: newTally(), phone: newTally(), plate: newTally(), name: newTally() },
    filled: 0,
    names: { tested: 0, hits: 0, score: 0, rows: [], distinct: new Set() },
  }));
  let found: PersonDataProblem | null = null;
  let rowsSeen = 0;

  const headingAt = headings.findIndex((heading) => personHeadingKind(heading) !== null);
  const headingText = headings[headingAt];
  const headingProblem =
    headingText === undefined ? null : toProblem(personHeadingKind(headingText) ?? 'person', headingText, []);

  function check(rowNumber: number, cells: readonly Cell[]): boolean {
    if (found !== null) return true;
    const isNameRow = rowsSeen < NAME_ROWS || (rowsSeen & NAME_STEP_MASK) === 0;
    rowsSeen++;
    for (let i = 0; i < columns.length; i++) {
      const cell = cells[i];
      if (typeof cell === 'string') {
        if (cell !== '') checkText(columns[i], cell, rowNumber, isNameRow);
      } else if (typeof cell === 'number') checkNumber(columns[i], cell, rowNumber);
    }
    return found !== null;
  }

  /** Excel takes CCCD and phone numbers for numbers and drops their leading zero. */
  function checkNumber(column: ColumnWatch, value: number, rowNumber: number) {
    column.filled++;
    if (!Number.isInteger(value) || value < 1e8 || value >= 1e12) return;
    const digits = String(value);
    if (digits.length === 9 && isPhone(`0${digits}`)) countWhole(column, 'phone', rowNumber, value);
    else checkDigits(column, digits.length === 9 ? digits : digits.padStart(12, '0'), rowNumber);
  }

  function checkText(column: ColumnWatch, text: string, rowNumber: number, isNameRow: boolean) {
    column.filled++;
    // One pass over the characters decides what is worth a closer look: most cells (dates, coordinates, codes) are not.
    let digits = 0;
    let letters = 0;
    let points = 0;
    let hasDateSign = false;
    let hasPlateStart = false;
    const length = text.length < MAX_LOOKED_AT ? text.length : MAX_LOOKED_AT;
    let previous = 0;
    let beforePrevious = 0;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 48 && code <= 57) digits++;
      else if (code === 46 || code === 44) points++;
      else if (code === 47 || code === 58) hasDateSign = true;
      else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127) {
        letters++;
        if (
          (previous >= 48 && previous <= 57 && beforePrevious >= 48 && beforePrevious <= 57) ||
          ((previous === 45 || previous === 46 || previous === 32) && beforePrevious >= 48 && beforePrevious <= 57)
        ) {
          hasPlateStart = true;
        }
      }
      beforePrevious = previous;
      previous = code;
    }
    if (letters === 0) {
      if (digits < 9 || hasDateSign) return;
      // A coordinate: up to three digits, then one decimal sign.
      if (points === 1 && isFraction(text)) return;
      checkDigits(column, text.replace(/\D/g, ''), rowNumber);
      return;
    }
    if (digits >= 6) {
      if (digits >= 9) checkEmbeddedNumbers(column, text, rowNumber);
      if (hasPlateStart) checkPlate(column, text, rowNumber);
    }
    if (isNameRow) checkNames(column, text, digits, rowNumber);
  }

  function checkDigits(column: ColumnWatch, digits: string, rowNumber: number) {
    const kind = numberKind(digits);
    if (kind !== null) countWhole(column, kind, rowNumber, Number(digits));
  }

  function countWhole(column: ColumnWatch, kind: NumberKind, rowNumber: number, value: number) {
    const tally = column.whole[kind];
    count(tally, rowNumber, value);
    if (tally.hits >= ENOUGH_NUMBERS && isColumnOf(column, tally)) found = toProblem(kind, column.heading, tally.rows);
  }

  function checkEmbeddedNumbers(column: ColumnWatch, text: string, rowNumber: number) {
    for (const { kind, isAnnounced } of numbersWithin(text))
      countEmbedded(column, kind, rowNumber, isAnnounced ? 2 : 1);
  }

  function checkPlate(column: ColumnWatch, text: string, rowNumber: number) {
    const plate = plateWithin(text);
    if (!plate) return;
    const isWhole = plate[0].length === text.trim().length;
    if (isWhole) countWhole(column, 'plate', rowNumber, Number(plate[4]?.replace('.', '')));
    else countEmbedded(column, 'plate', rowNumber, announced.test(text) ? 2 : 1);
  }

  function countEmbedded(column: ColumnWatch, kind: NumberKind | 'name', rowNumber: number, weight: number) {
    const tally = column.embedded[kind];
    count(tally, rowNumber, Number.NaN);
    tally.hits += weight - 1;
    if (tally.hits >= MIN_EMBEDDED_HITS) found = toProblem(kind, column.heading, tally.rows);
  }

  function checkNames(column: ColumnWatch, text: string, digits: number, rowNumber: number) {
    if (column.isPlace || text.length < 4) return;
    const names = column.names;
    names.tested++;
    if (digits > 0 || text.length > 40) {
      if (findPersonName(text, known)) countEmbedded(column, 'name', rowNumber, 1);
      return;
    }
    const sureness = isPersonName(text, known);
    if (sureness === 0) {
      if (text.length > 12 && findPersonName(text, known)) countEmbedded(column, 'name', rowNumber, 1);
      return;
    }
    names.hits++;
    names.score += sureness;
    if (names.distinct.size < 1000) names.distinct.add(Buffer.from(text).toString());
    if (names.rows.length < SAMPLE_ROWS) names.rows.push(rowNumber);
    if (names.tested >= ENOUGH_NUMBERS && isColumnOfNames(column))
      found = toProblem('name', column.heading, names.rows);
  }

  function problem(): PersonDataProblem | null {
    if (found !== null) return found;
    for (const column of columns) {
      for (const kind of ['identity_number', 'phone', 'plate'] as const) {
        if (isColumnOf(column, column.whole[kind])) return toProblem(kind, column.heading, column.whole[kind].rows);
      }
      if (isColumnOfNames(column)) return toProblem('name', column.heading, column.names.rows);
    }
    return null;
  }

  return { headingProblem, check, problem };
}

/**
 * What a short text written by hand gives away: an identity number, a phone number or a plate, in both languages; null when
 * there is none. One is enough here. Names are not looked for: a single one is not told from a street.
 */
export function findPersonNumber(text: string): { vi: string; en: string } | null {
  const [number] = numbersWithin(text);
  const kind = number?.kind ?? (plateWithin(text) ? 'plate' : undefined);
  return kind === undefined ? null : { vi: kindWords[kind][0], en: kindWords[kind][1] };
}

/** Numbers of persons inside a text, and whether a word before them says what they are. */
function* numbersWithin(text: string): Generator<{ kind: 'identity_number' | 'phone'; isAnnounced: boolean }> {
  for (const [run] of text.slice(0, MAX_LOOKED_AT).matchAll(numberRun)) {
    const digits = run.replace(/\D/g, '');
    // Nine digits in a text may be anything; a phone, and twelve with the structure of a CCCD, are not.
    const kind = isCccd(digits) ? 'identity_number' : isPhone(digits) ? 'phone' : null;
    const isAnnounced = (digits.length === 9 || kind !== null) && announced.test(text);
    if (kind !== null || isAnnounced) yield { kind: kind ?? 'identity_number', isAnnounced };
  }
}

function plateWithin(text: string): RegExpExecArray | null {
  return platePattern.exec(text.slice(0, MAX_LOOKED_AT));
}

function isFraction(text: string): boolean {
  const sign = Math.max(text.indexOf('.'), text.indexOf(','));
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  return sign - start <= 3;
}

function count(tally: Tally, rowNumber: number, value: number) {
  tally.hits++;
  if (tally.rows.length < SAMPLE_ROWS) tally.rows.push(rowNumber);
  if (!Number.isNaN(tally.last) && !Number.isNaN(value)) {
    tally.steps++;
    if (Math.abs(value - tally.last) <= 20) tally.smallSteps++;
  }
  tally.last = value;
}

/** Enough hits, a fair share of the column, and not a running number: those go up in small steps. */
function isColumnOf(column: ColumnWatch, tally: Tally): boolean {
  if (tally.hits < MIN_NUMBER_HITS || tally.hits < column.filled * MIN_NUMBER_SHARE) return false;
  return tally.smallSteps < tally.steps * 0.5;
}

/** Many names, most of the column, and not the same few over and over (those are streets and places). */
function isColumnOfNames({ names }: ColumnWatch): boolean {
  const isMost = names.hits >= names.tested * MIN_NAME_SHARE;
  const isVaried = names.hits < 20 || names.distinct.size >= Math.min(names.hits * 0.4, 400);
  if (names.tested < 5) return names.hits > 0 && names.hits === names.tested && names.score >= 2;
  return names.score >= MIN_NAME_SCORE && isMost && isVaried;
}

const kindWords: Record<PersonDataKind, readonly [vi: string, en: string]> = {
  name: ['họ tên người', 'names of persons'],
  identity_number: ['số CCCD/CMND', 'identity numbers'],
  phone: ['số điện thoại', 'phone numbers'],
  plate: ['biển số xe', 'vehicle plates'],
  birth_date: ['ngày sinh', 'dates of birth'],
  address: ['địa chỉ riêng của người', 'home addresses'],
  person: ['dữ liệu cá nhân', 'data on persons'],
};

function toProblem(kind: PersonDataKind, heading: string, rows: number[]): PersonDataProblem {
  const [vi, en] = kindWords[kind];
  const where = rows.length > 0 ? ` (dòng ${rows.join(', ')})` : '';
  const whereEn = rows.length > 0 ? ` (rows ${rows.join(', ')})` : '';
  return {
    kind,
    heading,
    rows: [...rows],
    message: `Cột "${heading}" chứa ${vi}${where}. Nền tảng không nhận dữ liệu cá nhân: hãy xoá cột hoặc nội dung này rồi nhập lại. Chưa có gì được lưu.`,
    messageEn: `The column "${heading}" holds ${en}${whereEn}. The platform takes no data on persons: remove it and import again. Nothing was stored.`,
  };
}
