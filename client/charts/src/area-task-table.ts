import type { AreaTaskStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function areaTaskTable(answer: AreaTaskStory, language: ChartLanguage): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'baseline', label: column.baseline, kind: 'decimal' },
      { key: 'phase', label: column.phase, kind: 'text' },
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: answer.months.map(({ from, to, count, baseline, phase }) => [
      from,
      to,
      count,
      baseline,
      words.areaTask.phase[phase],
      count === null ? words.notReported : null,
    ]),
  };
}
