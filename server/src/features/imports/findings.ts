import type { ImportWarning } from '@diemnong/contracts';
import { placementReasons, type RowReason } from './reasons.ts';

const SAMPLE_ROWS = 10;

/** Rows that share one finding: how many, and the first ones. */
export type Tally = { rows: number; sampleRows: number[] };

export function createTally(): Tally {
  return { rows: 0, sampleRows: [] };
}

export function count(tally: Tally, rowNumber: number): void {
  tally.rows++;
  if (tally.sampleRows.length < SAMPLE_ROWS) tally.sampleRows.push(rowNumber);
}

export type Rejection = Tally & { code: string; message: string; messageEn: string };

/** Reasons of rejection with their rows, most frequent first at the end. */
export function createRejectionList(): { add(problem: RowReason, rowNumber: number): void; list(): Rejection[] } {
  const byCode = new Map<string, Rejection>();
  return {
    add(problem, rowNumber) {
      let entry = byCode.get(problem.code);
      if (entry === undefined) {
        const general = placementReasons[problem.code as keyof typeof placementReasons] ?? problem;
        entry = { code: problem.code, message: general.message, messageEn: general.messageEn, ...createTally() };
        byCode.set(problem.code, entry);
      }
      count(entry, rowNumber);
    },
    list: () => [...byCode.values()].sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1)),
  };
}

/** A warning from its tally; `vi` and `en` say what the rows have in common. */
export function warning(
  code: ImportWarning['code'],
  tally: Tally,
  text: { vi: string; en: string },
  more: Partial<Pick<ImportWarning, 'at' | 'values'>> = {},
): ImportWarning {
  return {
    code,
    message: text.vi,
    messageEn: text.en,
    rows: tally.rows,
    sampleRows: tally.sampleRows,
    at: more.at ?? null,
    ...(more.values === undefined ? {} : { values: more.values }),
  };
}

const vietnamese = new Intl.NumberFormat('vi-VN');

/** 12.345 as people in Viet Nam write it. */
export function viNumber(value: number): string {
  return vietnamese.format(value);
}
