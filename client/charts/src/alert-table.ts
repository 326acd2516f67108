import type { AlertStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function alertTable(answer: AlertStory, language: ChartLanguage): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'expected', label: column.expected, kind: 'decimal' },
      { key: 'upper', label: column.upper, kind: 'decimal' },
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: answer.series.map(({ from, to, count, expected, upper }) => [
      from,
      to,
      count,
      expected,
      upper,
      count === null ? words.notReported : null,
    ]),
  };
}
