import type { AreaEvidence } from '@diemnong/contracts';
import { type AreaSeriesBy, areaSteps } from './area-series.ts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { countsTable } from './counts-table.ts';

export function areaSeriesTable(answer: AreaEvidence, language: ChartLanguage, by: AreaSeriesBy = 'month'): ChartTable {
  const { column, areaSeries } = chartWords(language);
  return countsTable(areaSteps(answer, by), language, [
    { key: 'phase', label: column.phase, kind: 'text', read: ({ phase }) => areaSeries.phase[phase] },
  ]);
}
