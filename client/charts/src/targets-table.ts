import type { TargetsResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

export function targetsTable(answer: TargetsResponse, language: ChartLanguage): ChartTable {
  const { column, targets } = chartWords(language);
  return {
    columns: [
      { key: 'target', label: column.targetName, kind: 'text' },
      { key: 'numerator', label: column.numerator, kind: 'number' },
      { key: 'denominator', label: column.denominator, kind: 'number' },
      { key: 'rate', label: column.share95, kind: 'percent' },
      { key: 'low', label: column.low, kind: 'percent' },
      { key: 'high', label: column.high, kind: 'percent' },
      { key: 'goal', label: column.target, kind: 'percent' },
      { key: 'state', label: column.state, kind: 'text' },
      { key: 'needed', label: column.needed, kind: 'number' },
      { key: 'spare', label: column.spare, kind: 'number' },
    ],
    rows: (['transformation', 'noRelapse'] as const).map((name) => {
      const { numerator, denominator, rate, low, high, target, state, needed, spare } = answer[name];
      return [targets[name], numerator, denominator, rate, low, high, target, targets.state[state], needed, spare];
    }),
  };
}
