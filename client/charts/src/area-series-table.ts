import type { AreaEvidence } from '@diemnong/contracts';
import { type AreaSeriesBy, areaSteps } from './area-series.ts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function areaSeriesTable(answer: AreaEvidence, language: ChartLanguage, by: AreaSeriesBy = 'month'): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'phase', label: column.phase, kind: 'text' },
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: areaSteps(answer, by).map(({ from, to, count, phase }) => [
      from,
      to,
      count,
      words.areaSeries.phase[phase],
      count === null ? words.notReported : null,
    ]),
  };
}
