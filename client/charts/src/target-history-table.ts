import type { Fraction, TargetsResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable, TableColumn } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { historyPoints, type TargetHistoryBy } from './target-history.ts';

export function targetHistoryTable(
  answer: TargetsResponse,
  language: ChartLanguage,
  by: TargetHistoryBy = 'month',
): ChartTable {
  const { column } = chartWords(language);
  const columnsOf = (name: 'transformation' | 'noRelapse'): TableColumn[] => [
    { key: `${name}Numerator`, label: column[`${name}Numerator`], kind: 'number' },
    { key: `${name}Denominator`, label: column[`${name}Denominator`], kind: 'number' },
    { key: `${name}Rate`, label: column[`${name}Rate`], kind: 'percent' },
    { key: `${name}Low`, label: column[`${name}Low`], kind: 'percent' },
    { key: `${name}High`, label: column[`${name}High`], kind: 'percent' },
  ];
  return {
    columns: [{ key: 'on', label: column.on, kind: 'day' }, ...columnsOf('transformation'), ...columnsOf('noRelapse')],
    rows: historyPoints(answer, by).map(({ on, transformation, noRelapse }) => [
      on,
      ...cellsOf(transformation),
      ...cellsOf(noRelapse),
    ]),
  };
}

function cellsOf({ numerator, denominator, rate, low, high }: Fraction): (number | null)[] {
  return [numerator, denominator, rate, low, high];
}
