import type { ConcentrationResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function concentrationTable(answer: ConcentrationResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'cells', label: column.cells, kind: 'percent' },
      { key: 'records', label: column.share, kind: 'percent' },
      { key: 'chance', label: column.chance, kind: 'percent' },
    ],
    rows: answer.curve.map(({ cells, records, chance }) => [cells, records, chance]),
  };
}
