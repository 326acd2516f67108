import type { ConcentrationResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function concentrationHistoryTable(answer: ConcentrationResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'n', label: column.n, kind: 'number' },
      { key: 'top5', label: column.top5, kind: 'percent' },
      { key: 'half', label: column.half, kind: 'percent' },
      { key: 'gini', label: column.gini, kind: 'decimal' },
    ],
    rows: answer.history.map(({ from, to, n, top5, half, gini }) => [from, to, n, top5, half, gini]),
  };
}
