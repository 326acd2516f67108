import type { ChangesResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function changesTable(answer: ChangesResponse, language: ChartLanguage): ChartTable {
  const { column } = chartWords(language);
  const segmentAt = (day: string) => answer.segments.find(({ from, to }) => day >= from && day < to);
  return {
    columns: [
      { key: 'from', label: column.from, kind: 'day' },
      { key: 'to', label: column.to, kind: 'day' },
      { key: 'count', label: column.count, kind: 'number' },
      { key: 'counted', label: column.counted, kind: 'number' },
      { key: 'share', label: column.usualShare, kind: 'percent' },
      { key: 'reported', label: column.reported, kind: 'text' },
      { key: 'fitted', label: column.fitted, kind: 'decimal' },
      { key: 'level', label: column.level, kind: 'decimal' },
      { key: 'low', label: column.low, kind: 'decimal' },
      { key: 'high', label: column.high, kind: 'decimal' },
      { key: 'ratio', label: column.newLevel, kind: 'decimal' },
    ],
    rows: answer.months.map(({ from, to, count, counted, share, reported, fitted }) => {
      const segment = segmentAt(from);
      const change = answer.changes.find(({ at }) => at === from);
      return [
        from,
        to,
        count,
        counted,
        share,
        reported ? column.yes : column.no,
        fitted,
        segment?.level ?? null,
        segment?.low ?? null,
        segment?.high ?? null,
        change?.ratio?.value ?? null,
      ];
    }),
  };
}
