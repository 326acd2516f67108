import { cellText } from '../rows/cell-text.ts';
import { isKnownHeading } from '../rows/columns.ts';
import { textKey } from '../rows/text-key.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Cell, Row } from './row-source.ts';

/** How far down a heading is looked for: letterheads and titles take a dozen rows at most. */
export const HEADING_SEARCH_ROWS = 60;
const MAX_COLUMNS = 500;

export type HeadingRow = {
  headings: string[];
  /** Row number of the last heading row; rows up to it are no data. */
  headingRow: number;
  /** Headings recognised; below 2 the row was only the most likely one. */
  known: number;
};

/**
 * Find the heading row among the first rows of a table: the first that recognises two headings, under titles and blank
 * rows. Two-storey headings ("Toạ độ" over "Kinh độ | Vĩ độ") become one, and a row that only numbers the columns
 * ((1) (2) (3)…) below belongs to it. Without a recognised row: the first of the most usual width that looks like text.
 * @returns null when there is no row with content. Errors: FileRefusal `too_many_columns`.
 */
export function findHeadingRow(rows: readonly Row[], knownHeadings: readonly string[] = []): HeadingRow | null {
  const saved = new Set(knownHeadings.map(textKey));
  const isKnown = (text: string) => text !== '' && (saved.has(textKey(text)) || isKnownHeading(text));
  const texts = rows.map(({ cells }) => cells.map((cell) => cellText(cell).trim()));
  const knownCounts = texts.map((cells) => new Set(cells.filter(isKnown)).size);
  let at = knownCounts.findIndex((known) => known >= 2);
  // A title such as "Báo cáo | Ngày" may recognise two; a row below with many more is the heading.
  const best = knownCounts.indexOf(Math.max(0, ...knownCounts));
  if (at >= 0 && best > at && (knownCounts[best] ?? 0) >= (knownCounts[at] ?? 0) + 3) at = best;
  if (at < 0) at = likelyHeading(texts);
  const upper = texts[at];
  if (upper === undefined) return null;

  let last = at;
  let headings = upper;
  const below = texts[at + 1];
  if (below && isLowerStorey(upper, below, isKnown)) {
    headings = Array.from({ length: Math.max(upper.length, below.length) }, (_, i) => below[i] || upper[i] || '');
    last = at + 1;
  }
  if (isColumnNumbers(texts[last + 1])) last++;
  const width = headings.findLastIndex((heading) => heading !== '') + 1;
  if (width > MAX_COLUMNS) throw new FileRefusal('too_many_columns', { detail: width, limit: MAX_COLUMNS });
  return {
    headings: uniqueHeadings(headings.slice(0, width)),
    headingRow: rows[last]?.rowNumber ?? 0,
    known: headings.filter(isKnown).length,
  };
}

/** The first row as wide as most rows, without numbers; else the first with content. -1 when all are empty. */
function likelyHeading(texts: readonly string[][]): number {
  const widths = new Map<number, number>();
  const filled = (cells: readonly string[]) => cells.filter((cell) => cell !== '').length;
  for (const cells of texts) if (filled(cells) > 0) widths.set(filled(cells), (widths.get(filled(cells)) ?? 0) + 1);
  const usual = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  const isWords = (cells: readonly string[]) => cells.every((cell) => cell === '' || !/^[\d\s.,:/+-]+$/.test(cell));
  const found = texts.findIndex((cells) => filled(cells) >= usual && filled(cells) > 0 && isWords(cells));
  return found >= 0 ? found : texts.findIndex((cells) => filled(cells) > 0);
}

/** A second row of headings under merged ones: it fills gaps, is all words, and says at least two known things. */
function isLowerStorey(
  upper: readonly string[],
  below: readonly string[],
  isKnown: (text: string) => boolean,
): boolean {
  const words = below.filter((text) => text !== '');
  const hasGap = upper.some((text, i) => text !== '' && (below[i] ?? '') === '');
  const known = words.filter((text) => isKnown(text) || /^[xy]$/i.test(text)).length;
  return hasGap && known >= 2 && known === words.length;
}

/** "(1) (2) (3)", "1 2 3", "A B 1 2": the line that numbers columns under Vietnamese office headings. */
function isColumnNumbers(cells: readonly string[] | undefined): boolean {
  const filled = cells?.filter((text) => text !== '') ?? [];
  if (filled.length < 3) return false;
  const numbers = filled.map((text) => /^\(?(\d{1,3})\)?$/.exec(text)?.[1]).filter((text) => text !== undefined);
  return (
    numbers.length >= filled.length - 2 &&
    numbers.length >= 3 &&
    numbers.every((text, i) => (i === 0 ? Number(text) <= 2 : Number(text) === Number(numbers[i - 1]) + 1))
  );
}

/** 'A' for the first column, as spreadsheets name them. */
function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Line breaks to spaces, empty ones named after their column, repeated ones numbered: a heading finds one column. */
function uniqueHeadings(headings: readonly string[]): string[] {
  const seen = new Set<string>();
  return headings.map((heading, i) => {
    const plain = heading.replace(/\s+/g, ' ').trim() || `(cột ${columnLetters(i)})`;
    let unique = plain;
    for (let n = 2; seen.has(unique); n++) unique = `${plain} (${n})`;
    seen.add(unique);
    return unique;
  });
}

/** Rows without any content are not data: offices leave thousands of them below a table. */
export function isBlank(cells: readonly Cell[]): boolean {
  for (const cell of cells)
    if (cell !== null && cell !== '' && (typeof cell !== 'string' || cell.trim() !== '')) return false;
  return true;
}
