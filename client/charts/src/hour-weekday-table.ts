import type { HourWeekdayResponse } from '@diemnong/contracts';
import type { ChartLanguage, ChartTable } from './chart-types.ts';
import { chartWords } from './chart-words.ts';

/** 168 rows, Monday 0 o'clock first. */
export function hourWeekdayTable(answer: HourWeekdayResponse, language: ChartLanguage): ChartTable {
  const words = chartWords(language);
  const { column } = words;
  return {
    columns: [
      { key: 'weekday', label: column.weekday, kind: 'text' },
      { key: 'hour', label: column.hour, kind: 'number' },
      { key: 'weight', label: column.weight, kind: 'decimal' },
      { key: 'exact', label: column.exact, kind: 'number' },
    ],
    rows: answer.matrix.flatMap((row, day) =>
      row.map((value, hour) => [words.weekdays[day] ?? '', hour, value, answer.exactMatrix[day]?.[hour] ?? null]),
    ),
  };
}
