import type { TrendsResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function periodsTable(answer: TrendsResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'previousFrom', label: column.previousFrom, kind: 'day' },
      { key: 'previousTo', label: column.previousTo, kind: 'day' },
      { key: 'previousYear', label: column.previous, kind: 'number' },
      { key: 'comparedCount', label: column.comparedCount, kind: 'number' },
      { key: 'comparedPrevious', label: column.comparedPrevious, kind: 'number' },
      { key: 'changePercent', label: column.change, kind: 'percent' },
      { key: 'ratio', label: column.ratio, kind: 'decimal' },
      { key: 'low', label: column.low, kind: 'decimal' },
      { key: 'high', label: column.high, kind: 'decimal' },
      { key: 'p', label: column.p, kind: 'decimal' },
      { key: 'unreportedCommunes', label: column.unreportedCommunes, kind: 'number' },
    ],
    rows: answer.periods.map((period) => [
      period.from,
      period.to,
      period.count,
      period.previousFrom,
      period.previousTo,
      period.previousYear,
      period.comparedCount,
      period.comparedPrevious,
      period.changePercent === null ? null : period.changePercent / 100,
      period.ratio?.value ?? null,
      period.ratio?.low ?? null,
      period.ratio?.high ?? null,
      period.ratio?.p ?? null,
      period.unreportedCommunes,
    ]),
  };
}
