/** Truth × reading, as docs/evidence.md shows it and tests hold new seeds against it. */
import { type EvidenceReading, wilson } from '@diemnong/analysis';

export const READINGS: readonly EvidenceReading[] = ['strong', 'weak', 'insufficient', 'against'];
const READING_NAMES: Record<EvidenceReading, string> = {
  strong: 'mạnh',
  weak: 'yếu',
  insufficient: 'không đủ',
  against: 'trái chiều',
};

/**
 * What docs/evidence.md promises of the readings, in the long run: of areas where nothing was done at most so many are called strong or
 * against; of areas all of whose loss moved next door at most so many are called strong.
 */
export const PROMISED = { strongOfNone: 0.025, againstOfNone: 0.05, weakOfNone: 0.1, strongOfDisplaced: 0.1 };

export function shareOf(tried: readonly { reading: EvidenceReading }[], reading: EvidenceReading): number {
  return tried.filter((one) => one.reading === reading).length / tried.length;
}

/** One row of the table: how many, and each reading's share with its 95% Wilson limits. */
export function readingRow(name: string, tried: readonly { reading: EvidenceReading }[]): string {
  const shares = READINGS.map((reading) => {
    const share = wilson(tried.filter((one) => one.reading === reading).length, tried.length);
    return share === null ? '–' : `${percent(share.rate)} (${percent(share.low)}–${percent(share.high)})`;
  });
  return row([name, tried.length.toLocaleString('en'), ...shares]);
}

export function readingHeads(first: string): string[] {
  return [first, 'areas', ...READINGS.map((reading) => READING_NAMES[reading])];
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

export function row(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}

export function table(heads: readonly string[], lines: readonly string[]): string {
  return [row(heads), row(heads.map(() => '---')), ...lines].join('\n');
}
