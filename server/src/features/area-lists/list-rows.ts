import { type AreaLevel, type AreaListAnswer, type AreaType, areaTypes } from '@diemnong/contracts';
import { localDayOf, toDay } from '../../snapshot/local-days.ts';
import { FIRST_DAY } from '../areas/area-days.ts';
import type { Row } from '../imports/reading/row-source.ts';
import { cellText } from '../imports/rows/cell-text.ts';
import type { CommuneMatcher, CommuneName } from '../imports/rows/commune-names.ts';
import { parseWhen, type When } from '../imports/rows/dates.ts';
import { rowProblem } from '../imports/rows/messages.ts';
import { textKey } from '../imports/rows/text-key.ts';
import type { ListColumns, ListField } from './list-columns.ts';

/** A row that can be taken, before it is compared with the areas that there are. */
export type ListLine = {
  row: number;
  name: string;
  communeCode: string;
  communeName: string;
  types: AreaType[];
  level: AreaLevel;
  description: string;
  decisionNumber: string | null;
  decisionDate: string | null;
};
export type Rejection = AreaListAnswer['rejected'][number];

const LONGEST = { name: 160, description: 4000, decisionNumber: 60 };
const MAX_GOT = 80;

/** What offices write for each type, as `textKey` gives it. */
const typeWords: readonly [RegExp, AreaType][] = [
  [/ma tuy/, 4],
  [/\b(?:moi truong|tai nguyen|thuc pham|attp|khoang san)\b/, 3],
  [/\b(?:kinh te|buon lau|gian lan thuong mai|hang gia)\b/, 2],
  [/\b(?:ttxh|trat tu|tnxh|te nan|xa hoi|atxh|hinh su|an ninh trat tu|antt)\b/, 1],
];
const typeNames = '1 (trật tự xã hội), 2 (kinh tế), 3 (môi trường, tài nguyên, thực phẩm), 4 (ma túy)';

/** How a row is rejected: one wrong cell. */
export function reject(row: number, field: string, got: string, reason: string, suggestion: string | null): Rejection {
  return { row, field, got: got.length > MAX_GOT ? `${got.slice(0, MAX_GOT - 1)}…` : got, reason, suggestion };
}

/**
 * The template's own line of example, and lines of sums ("Tổng cộng: 12 địa bàn"), are no areas. A park (Công viên), a gate (Cổng chợ)
 * and a depot (Tổng kho) are: of a sum nothing but its words and numbers stands there.
 */
export function isNoArea(name: string): boolean {
  if (/^vi du(?: |$)/.test(textKey(name))) return true;
  // With its accents: Cổng 2 is a gate.
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    sumWords.has(words[0] ?? '') &&
    words.every((word) => sumWords.has(word) || sumFillers.has(word) || /^\d+$/.test(word))
  );
}

const sumWords = new Set(['tổng', 'tong', 'cộng', 'cong']);
const sumFillers = new Set(['số', 'so', 'địa', 'dia', 'bàn', 'ban']);

export type LineReader = (row: Row) => ListLine | Rejection[];

/** Reads the rows of a list; of a row with several wrong cells all are told. @param today no decision is of a later day. */
export function createLineReader({
  columns,
  communes,
  known,
  today,
  date1904,
}: {
  columns: ListColumns;
  communes: CommuneMatcher;
  known: readonly CommuneName[];
  today: string;
  date1904: boolean;
}): LineReader {
  const fullNames = new Map(known.map(({ code, fullName }) => [code, fullName]));
  return ({ rowNumber, cells }) => {
    const rejected: Rejection[] = [];
    const say = (field: ListField, got: string, reason: string, suggestion: string | null = null) =>
      rejected.push(reject(rowNumber, field, got, reason, suggestion));
    const cellOf = (field: ListField) => (columns[field] < 0 ? null : (cells[columns[field]] ?? null));
    const textOf = (field: ListField) => plain(cellText(cellOf(field)));

    const name = textOf('name');
    if (name.length < 2) say('name', name, 'Thiếu tên địa bàn. (The name is missing.)');
    const longest = (field: keyof typeof LONGEST) => {
      const text = textOf(field);
      if (text.length > LONGEST[field])
        say(
          field,
          text,
          `Dài ${text.length} ký tự, tối đa ${LONGEST[field]}. (Too long.)`,
          text.slice(0, LONGEST[field]),
        );
      return text;
    };
    longest('name');
    const description = longest('description');
    const decisionNumber = longest('decisionNumber');
    const communeCode = readCommune(textOf('communeCode'), textOf('communeName'), say);
    const types = readTypes(textOf('types'));
    if (types.length === 0)
      say(
        'types',
        textOf('types'),
        `Không nhận ra loại; cần ${typeNames}. (Expected types 1–4.)`,
        suggestTypes(textOf('types')),
      );
    const level = readLevel(textOf('level'));
    if (level === null)
      say('level', textOf('level'), 'Không nhận ra cấp; cần "tỉnh" hoặc "xã". (Expected province or commune.)', 'tỉnh');
    const decisionDate = readDate(cellOf('decisionDate'), textOf('decisionDate'), say);
    if (rejected.length > 0) return rejected;
    return {
      row: rowNumber,
      name,
      communeCode,
      communeName: fullNames.get(communeCode) ?? communeCode,
      types,
      level: level ?? 'province',
      description,
      decisionNumber: decisionNumber === '' ? null : decisionNumber,
      decisionDate,
    };
  };

  type Say = (field: ListField, got: string, reason: string, suggestion?: string | null) => void;

  function readCommune(code: string, name: string, say: Say): string {
    const byCode = code === '' ? null : communes.byCode(code);
    const match = name === '' ? null : communes.byName(name);
    const byName = match !== null && 'code' in match ? match.code : null;
    if (byCode !== null && byName !== null && byCode !== byName)
      say(
        'communeCode',
        `${code}; ${name}`,
        'Mã xã và tên xã chỉ hai nơi khác nhau. (Code and name mean two communes.)',
        `${fullNames.get(byCode)} (${byCode}) hoặc ${fullNames.get(byName)} (${byName})`,
      );
    else if (byCode !== null || byName !== null) return byCode ?? byName ?? '';
    else if (match !== null && 'candidates' in match)
      say(
        'communeName',
        name,
        'Tên xã chưa đủ rõ: hãy ghi tên đầy đủ hoặc mã xã. (The name fits several communes, or another kind.)',
        match.candidates.join('; '),
      );
    else if (name !== '')
      say(
        'communeName',
        name,
        'Không có xã, phường này trong bộ ranh giới. (There is no such commune.)',
        nearest(name, known),
      );
    else if (code !== '')
      say('communeCode', code, 'Không có mã xã này trong bộ ranh giới. (There is no such commune code.)');
    else
      say(columns.communeName >= 0 ? 'communeName' : 'communeCode', '', 'Thiếu xã, phường. (The commune is missing.)');
    return '';
  }

  function readDate(cell: Row['cells'][number], text: string, say: Say): string | null {
    const when: When = { from: 0, to: null, hasTime: false };
    const problem = parseWhen(cell, when, date1904);
    if (problem === 'empty') return null;
    if (problem !== null) {
      const { message, messageEn } = rowProblem('occurredFrom', problem, text);
      say('decisionDate', text, `${message} (${messageEn})`, swapped(text));
      return null;
    }
    const day = toDay(localDayOf(when.from));
    if (day < FIRST_DAY) say('decisionDate', text, 'Ngày trước năm 2000. (The day is before 2000.)');
    if (day > today)
      say('decisionDate', text, `Ngày chưa tới (hôm nay ${inWords(today)}). (The day has not come yet.)`);
    return day;
  }
}

const inWords = (day: string) => day.split('-').reverse().join('/');

/** Single spaces, no control signs; accents in one spelling. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/** `1,4`, `1; 4`, `Ma túy, TTXH`, `Loại 2`, and 1.4, which a Vietnamese Excel makes of 1,4. [] when a part is not known. */
function readTypes(text: string): AreaType[] {
  const found = new Set<AreaType>();
  for (const part of text.split(/[,;/+&\n.]|\s+(?:và|va|and)\s+|\s*-\s*/i)) {
    const key = textKey(part);
    if (key === '') continue;
    const number = /^(?:loai )?([1-4])$/.exec(key)?.[1];
    const type = number === undefined ? typeWords.find(([words]) => words.test(key))?.[1] : Number(number);
    if (type === undefined) return [];
    found.add(type as AreaType);
  }
  return areaTypes.filter((type) => found.has(type));
}

/** 14 → "1; 4". */
function suggestTypes(text: string): string | null {
  return /^[1-4]{2,4}$/.test(text) ? [...new Set(text)].join('; ') : null;
}

function readLevel(text: string): AreaLevel | null {
  const key = textKey(text).replace(/^cap /, '');
  if (key === '' || /^(?:tinh|thanh pho|province|tp)$/.test(key)) return 'province';
  return /^(?:xa|phuong|xa phuong|dac khu|commune|co so)$/.test(key) ? 'commune' : null;
}

/** 03/31/2026, month first as American Excel writes, the other way round. */
function swapped(text: string): string | null {
  const found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return found !== null && Number(found[2]) > 12 && Number(found[1]) <= 12
    ? `${found[2]}/${found[1]}/${found[3]}`
    : null;
}

/** Full names that differ by two signs at most, for a slip of the finger; null when there is none. */
function nearest(name: string, known: readonly CommuneName[]): string | null {
  const bare = (text: string) => textKey(text).replace(/^(?:xa|phuong|thi tran|dac khu) /, '');
  const wanted = bare(name);
  const near = known
    .map((commune) => ({ fullName: commune.fullName, distance: distance(wanted, bare(commune.name)) }))
    .filter(({ distance: signs }) => signs <= Math.min(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.fullName.localeCompare(b.fullName, 'vi'));
  return near.length === 0
    ? null
    : near
        .slice(0, 3)
        .map(({ fullName }) => fullName)
        .join('; ');
}

/** Signs to insert, delete or replace (V. I. Levenshtein 1966). */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++)
      now[j] = Math.min(now[j - 1] + 1, before[j] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    before = now;
  }
  return before[b.length];
}
