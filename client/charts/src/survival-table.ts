import type { TargetsResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function survivalTable(answer: TargetsResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'months', label: column.months, kind: 'decimal' },
      { key: 'atRisk', label: column.atRisk, kind: 'number' },
      { key: 'events', label: column.relapsed, kind: 'number' },
      { key: 'censored', label: column.censored, kind: 'number' },
      { key: 'survival', label: column.survival, kind: 'percent' },
      { key: 'low', label: column.low, kind: 'percent' },
      { key: 'high', label: column.high, kind: 'percent' },
    ],
    rows: answer.noRelapse.curve.map(({ months, atRisk, events, censored, survival, low, high }) => [
      months,
      atRisk,
      events,
      censored,
      survival,
      low,
      high,
    ]),
  };
}
