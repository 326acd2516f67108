import type { CumulativeResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function cumulativeTable(answer: CumulativeResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'current', label: column.current, kind: 'number' },
      { key: 'previous', label: column.previous, kind: 'number' },
      { key: 'goal', label: column.goal, kind: 'decimal' },
      { key: 'unreported', label: column.unreported, kind: 'number' },
    ],
    rows: answer.points.map(({ to, current, previous, goal, unreported }) => [to, current, previous, goal, unreported]),
  };
}
