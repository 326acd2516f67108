import type { AreaTaskStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { countsTable } from './counts-table.ts';

export function areaTaskTable(answer: AreaTaskStory, language: ChartLanguage): ChartTable {
  const { column, areaTask } = chartWords(language);
  return countsTable(answer.months, language, [
    { key: 'baseline', label: column.baseline, kind: 'decimal', read: ({ baseline }) => baseline },
    { key: 'phase', label: column.phase, kind: 'text', read: ({ phase }) => areaTask.phase[phase] },
  ]);
}
