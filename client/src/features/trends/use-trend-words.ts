import { useTranslation } from 'react-i18next';
import { formatDay, formatMonth, formatNumber, formatSigned } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays, addMonths, type Period } from '../../state/days.ts';
import { activeFilters, type Filters } from '../filters/filters.ts';
import { periodText } from '../filters/period-text.ts';
import { useFilterWords } from '../filters/use-filter-words.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import type { Change, Comparison } from './trend-words.ts';

type ComparedPart = { comparedCount: number; comparedPrevious: number; comparedMonths: number; communeMonths: number };

/** One decimal while a percentage is small, none when it would only pretend. */
const digitsOf = (percent: number) => (Math.abs(percent) < 10 ? 1 : 0);

/** Numbers and changes of the trend pages in the language on screen. */
export function useTrendWords() {
  const { t } = useTranslation(['trends', 'story']);
  const language = useLanguage();
  const { data: meta } = useMeta();
  const { show } = useShownCounts();
  const wordsOf = useFilterWords();
  const names = new Map(
    meta?.categories.map(({ code, nameVi, nameEn }) => [code, language === 'vi' ? nameVi : nameEn]),
  );
  const signed = (percent: number) => formatSigned(percent, language, digitsOf(percent));

  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  /** "4,6": without sign, for words that say the direction. */
  const percent = (value: number) => formatNumber(Math.abs(value), language, digitsOf(value));
  /** "tăng 18%". */
  const change = ({ direction, percent: value }: Pick<Change, 'direction' | 'percent'>) =>
    t(`change.${direction}`, { percent: percent(value) });
  /** "−6,3…−2,9%". */
  const interval = ({ low, high }: { low: number; high: number | null }) =>
    `${signed(low)}…${high === null ? '∞' : `${signed(high)}%`}`;
  /** "p = 0,012". */
  const probability = (p: number) =>
    p < 0.001 ? `p < ${formatNumber(0.001, language, 3)}` : `p = ${formatNumber(p, language, p < 0.1 ? 3 : 2)}`;
  /** A comparison in one line: "giảm 4,6% (−6,3…−2,9%)", or why there is none. */
  const comparison = (compared: Comparison, previous: number | null) => {
    switch (compared.kind) {
      case 'sure':
        return `${change(compared)} (${interval(compared)})`;
      case 'unsure':
        return `${t('change.unsure')} (${interval(compared)})`;
      case 'small-base':
        return t('change.smallBase', { previous: show(previous) });
      case 'none':
        return t('change.none');
      case 'hidden':
        return t('change.hidden');
      case 'nothing-to-compare':
        return t('change.nothingToCompare');
    }
  };
  /** Which two counts a comparison is of: "So 1.180 vụ với 1.240 vụ cùng kỳ …, 97% số lượt xã–tháng". */
  const comparedPart = (part: ComparedPart) => {
    const counts = { count: number(part.comparedCount), previous: number(part.comparedPrevious) };
    if (part.comparedMonths === part.communeMonths) return t('change.whole', counts);
    const share = (100 * part.comparedMonths) / part.communeMonths;
    return t('change.part', { ...counts, share: formatNumber(Math.floor(share * 10) / 10, language, 1) });
  };
  /** Kinds, hours and weekdays: "Trộm cắp · 18 – 24 giờ"; "mọi vụ việc" without any. */
  const filterText = (filters: Filters) =>
    activeFilters(filters)
      .map((name) => wordsOf(name, filters))
      .join(' · ') || t('line.everything');

  return {
    show,
    number,
    percent,
    change,
    interval,
    probability,
    comparison,
    comparedPart,
    filterText,
    /** "11/2021 – 10/2026 · mọi vụ việc": what a chart is of. */
    caption: (filters: Filters, period: Period = filters) => `${periodText(period)} · ${filterText(filters)}`,
    /** Name of a category by its code; null = all. */
    categoryName: (code: string | null) => (code === null ? t('groups.all') : (names.get(code) ?? code)),
    periodName: (period: Period, by: string) => periodName(period, by),
  };
}

/** A period in few signs: "10/2026", "Q4/2026", "2026", else its days; one cut by the window tells its days. */
function periodName({ from, to }: Period, by: string): string {
  const year = from.slice(0, 4);
  const next = `${Number(year) + 1}-01-01`;
  if (by === 'month' && from.endsWith('-01') && addMonths(from, 1) === to) return formatMonth(from);
  if (by === 'quarter' && /-(01|04|07|10)-01$/.test(from) && addMonths(from, 3) === to)
    return `Q${(Number(from.slice(5, 7)) + 2) / 3}/${year}`;
  if (by === 'year' && from.endsWith('-01-01') && to === next) return year;
  return `${formatDay(from).slice(0, 5)} – ${formatDay(addDays(to, -1))}`;
}
