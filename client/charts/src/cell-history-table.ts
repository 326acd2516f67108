import type { HotspotStory } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function cellHistoryTable(answer: HotspotStory, language: ChartLanguage): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'neighbourhood', label: column.neighbourhood, kind: 'number' },
      { key: 'z', label: column.z, kind: 'decimal' },
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: answer.steps.map(({ from, to, count, neighbourhood, z }) => [
      from,
      to,
      count,
      neighbourhood,
      z,
      count === null ? words.notReported : null,
    ]),
  };
}
