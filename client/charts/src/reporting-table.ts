import type { ReportingResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { formatMonth } from './formats.ts';

/** One row per commune; a month that was reported holds its count, any other its state in words: an empty cell is never a zero. */
export function reportingTable(answer: ReportingResponse, language: ChartLanguage): ChartTable {
  const { column, reporting } = chartWords(language);
  return {
    columns: [
      { key: 'code', label: column.code, kind: 'text' },
      { key: 'name', label: column.commune, kind: 'text' },
      ...answer.months.map((month) => ({ key: month, label: formatMonth(month), kind: 'number' as const })),
    ],
    rows: answer.communes.map(({ code, name, states, counts }) => [
      code,
      name,
      ...states.map((state, i) =>
        state === 'reported' ? (counts[i] ?? 0) : state === 'none' ? 0 : reporting.key[state],
      ),
    ]),
  };
}
