import type { ChartKind } from '@diemnong/contracts';
import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { addDays } from './days.ts';
import { formatDay, formatNumber } from './formats.ts';

/** What a chart is of, names already in the language. Half-open days. */
export type SheetSubject = {
  kind: ChartKind;
  /** `month` … for charts by period. */
  by?: string | undefined;
  from: string;
  to: string;
  /** [] = every kind of incident; null = no incidents are counted. */
  categories: readonly string[] | null;
  /** What else it is narrowed to: an area. */
  place?: string | undefined;
  communes: readonly string[];
  hours: readonly number[];
  weekdays: readonly number[];
  dataVersion: number;
  n: number | null;
  rule?: string | undefined;
};

/** Title and notes of a sheet: period, filters, data version and n in one line, then the rule. */
export function sheetWords(subject: SheetSubject, language: ChartLanguage): { title: string; notes: string[] } {
  const words = chartWords(language);
  const { titles, facts } = words.sheet;
  const by = words.by[subject.by as keyof typeof words.by];
  const listed = (names: readonly string[]) =>
    names.length > 3
      ? fill(facts.more, { names: names.slice(0, 3).join(', '), count: names.length - 3 })
      : names.join(', ');
  return {
    title: [titles[subject.kind], ...(by === undefined ? [] : [by])].join(' '),
    notes: [
      [
        `${formatDay(subject.from)} – ${formatDay(addDays(subject.to, -1))}`,
        ...(subject.place === undefined ? [] : [subject.place]),
        ...(subject.categories === null
          ? []
          : [subject.categories.length === 0 ? facts.allCategories : listed(subject.categories)]),
        ...(subject.communes.length === 0 ? [] : [listed(subject.communes)]),
        ...(subject.hours.length === 0 ? [] : [fill(facts.hours, { list: subject.hours.join(', ') })]),
        ...(subject.weekdays.length === 0 ? [] : [subject.weekdays.map((day) => words.weekdays[day - 1]).join(', ')]),
        fill(facts.version, { value: formatNumber(subject.dataVersion, language) }),
        ...(subject.n === null ? [] : [fill(facts.n, { value: formatNumber(subject.n, language) })]),
      ].join(' · '),
      ...(subject.rule === undefined ? [] : [fill(facts.rule, { rule: subject.rule })]),
    ],
  };
}
