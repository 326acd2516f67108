import type { HotspotStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { countsTable } from './counts-table.ts';

export function cellHistoryTable(answer: HotspotStory, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return countsTable(answer.steps, language, [
    { key: 'neighbourhood', label: column.neighbourhood, kind: 'number', read: ({ neighbourhood }) => neighbourhood },
    { key: 'z', label: column.z, kind: 'decimal', read: ({ z }) => z },
  ]);
}
