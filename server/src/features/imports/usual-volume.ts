import type { ImportWarning } from '@diemnong/contracts';
import { viNumber, warning } from './findings.ts';

/** Fewer months than this say nothing about what is usual. */
const MIN_MONTHS = 3;

/**
 * Months of a file that hold at least twice or at most half of what the office's other months hold on average.
 * Chance alone is no reason to warn: the difference must also exceed three times √mean, the spread of counts that come
 * at random. The last month of a file may be cut short, so the message says which month it is.
 * @param file month ('2026-10') → rows of the file. @param live the same of the office's live rows without the batch replaced.
 */
export function usualVolumeWarnings(
  file: Readonly<Record<string, number>>,
  live: Readonly<Record<string, number>>,
): ImportWarning[] {
  const others = Object.entries(live).flatMap(([month, rows]) => (month in file ? [] : [rows]));
  if (others.length < MIN_MONTHS) return [];
  const mean = others.reduce((sum, rows) => sum + rows, 0) / others.length;
  return Object.entries(file).flatMap(([month, rows]) => {
    if (Math.abs(rows - mean) <= 3 * Math.sqrt(mean)) return [];
    const isMore = rows >= 2 * mean;
    if (!isMore && rows > mean / 2) return [];
    const [year, number] = month.split('-');
    const usual = viNumber(Math.round(mean));
    return [
      warning(
        isMore ? 'more_than_usual' : 'less_than_usual',
        { rows, sampleRows: [] },
        {
          vi: `Tháng ${number}/${year} có ${viNumber(rows)} vụ, ${isMore ? 'nhiều' : 'ít'} hơn hẳn mức thường (trung bình ${usual} vụ mỗi tháng).`,
          en: `${month} holds ${rows} incidents, many ${isMore ? 'more' : 'fewer'} than usual (${Math.round(mean)} a month on average).`,
        },
      ),
    ];
  });
}
