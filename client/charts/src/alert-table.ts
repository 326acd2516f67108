import type { AlertStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { countsTable } from './counts-table.ts';

export function alertTable(answer: AlertStory, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return countsTable(answer.series, language, [
    { key: 'expected', label: column.expected, kind: 'decimal', read: ({ expected }) => expected },
    { key: 'upper', label: column.upper, kind: 'decimal', read: ({ upper }) => upper },
  ]);
}
