import type { SeasonResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';

export function seasonTable(answer: SeasonResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'month', label: column.month, kind: 'number' },
      { key: 'index', label: column.index, kind: 'decimal' },
      { key: 'low', label: column.low, kind: 'decimal' },
      { key: 'high', label: column.high, kind: 'decimal' },
      ...answer.years.map((year) => ({
        key: `year${year}`,
        label: fill(column.year, { year }),
        kind: 'number' as const,
      })),
    ],
    rows: answer.months.map(({ month, index, low, high, counts }) => [month, index, low, high, ...counts]),
  };
}
