import type { ChartLanguage, ChartTable, TableColumn } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

type Counted = { from: string; to: string; count: number | null };

/** A row for each period: its days, its records, what the chart adds (`own`), and a note where nobody reported. */
export function countsTable<T extends Counted>(
  periods: readonly T[],
  language: ChartLanguage,
  own: readonly (TableColumn & { read: (period: T) => string | number | null })[],
): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      ...own.map(({ key, label, kind }) => ({ key, label, kind })),
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: periods.map((period) => [
      period.from,
      period.to,
      period.count,
      ...own.map(({ read }) => read(period)),
      period.count === null ? words.notReported : null,
    ]),
  };
}
