import type { SeasonResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';

export function tetTable(answer: SeasonResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'week', label: column.week, kind: 'number' },
      { key: 'index', label: column.index, kind: 'decimal' },
      { key: 'low', label: column.low, kind: 'decimal' },
      { key: 'high', label: column.high, kind: 'decimal' },
      ...answer.tet.years.map(({ year }) => ({
        key: `tet${year}`,
        label: fill(column.tetYear, { year }),
        kind: 'number' as const,
      })),
    ],
    rows: answer.tet.weeks.map(({ week, index, low, high, counts }) => [week, index, low, high, ...counts]),
  };
}
