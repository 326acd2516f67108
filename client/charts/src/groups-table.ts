import type { GroupTableResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable, NameOf } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { shortPeriod } from './period-words.ts';

export function groupsTable(answer: GroupTableResponse, language: ChartLanguage, nameOf: NameOf): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'category', label: column.category, kind: 'text' },
      ...answer.periods.map((period) => ({
        key: period.from,
        label: shortPeriod(period, answer.by, language),
        kind: 'number' as const,
      })),
      { key: 'total', label: column.total, kind: 'number' },
      { key: 'previous', label: column.previous, kind: 'number' },
      { key: 'comparedCount', label: column.comparedCount, kind: 'number' },
      { key: 'comparedPrevious', label: column.comparedPrevious, kind: 'number' },
      { key: 'change', label: column.change, kind: 'percent' },
      { key: 'ratio', label: column.ratio, kind: 'decimal' },
      { key: 'low', label: column.low, kind: 'decimal' },
      { key: 'high', label: column.high, kind: 'decimal' },
      { key: 'p', label: column.p, kind: 'decimal' },
      { key: 'tau', label: column.trendTau, kind: 'decimal' },
      { key: 'trendP', label: column.trendP, kind: 'decimal' },
      { key: 'note', label: column.note, kind: 'text' },
    ],
    rows: answer.rows.map((row) => [
      row.code === null ? words.all : nameOf(row.code),
      ...row.cells.map(({ count }) => count),
      row.total,
      row.previous,
      row.comparedCount,
      row.comparedPrevious,
      row.changePercent === null ? null : row.changePercent / 100,
      row.ratio?.value ?? null,
      row.ratio?.low ?? null,
      row.ratio?.high ?? null,
      row.ratio?.p ?? null,
      row.trend?.tau ?? null,
      row.trend?.p ?? null,
      row.isSmallBase ? words.smallBaseLong : null,
    ]),
  };
}
