import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { useView } from '../../state/use-view.ts';
import { useMeta } from '../meta/use-meta.ts';
import { type FilterName, type Filters, hourRun } from './filters.ts';

/** Gives a filter that is on (of the view, or of `filters`) in a few words: "Trộm cắp, cướp giật", "18 – 24 giờ", "T6, T7". */
export function useFilterWords(): (name: FilterName, filters?: Filters) => string {
  const { t } = useTranslation('filters');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const view = useView();
  return (name, filters) => {
    const { categories = [], hours = [], weekdays = [] } = filters ?? view;
    if (name === 'categories') {
      const nameOf = new Map(
        meta?.categories.map(({ code, nameVi, nameEn }) => [code, language === 'vi' ? nameVi : nameEn]),
      );
      const chosen = categories.map((code) => nameOf.get(code) ?? code);
      return chosen.length > 2
        ? t('more', { names: chosen.slice(0, 2).join(', '), count: chosen.length - 2 })
        : chosen.join(', ');
    }
    if (name === 'hours') {
      const run = hourRun(hours);
      return run ? t('hourRun', run) : t('hourList', { hours: hours.join(', ') });
    }
    const days = t('weekdaysShort').split(' ');
    return weekdays.map((day) => days[day - 1]).join(', ');
  };
}
