import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useUpdateView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { hexesQuery } from '../hexes/use-hexes.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { activeFilters, type Filters } from './filters.ts';
import { useFilterWords } from './use-filter-words.ts';
import { useDefaultMonths } from './use-filters.ts';

type NothingFoundProps = { filters: Filters };

/** Nothing matches: tries the count without each filter, names those whose removal brings records back, and removes them. */
export function NothingFound({ filters }: NothingFoundProps) {
  const { t } = useTranslation('filters');
  const updateView = useUpdateView();
  const wordsOf = useFilterWords();
  const names = activeFilters(filters);
  const { isShared } = useShownCounts();
  const count = useDefaultMonths() ?? 12;
  const totals = useQueries({
    queries: names.map((name) => {
      const { [name]: _, ...others } = filters;
      return { ...hexesQuery({ filters: others, res: isShared ? 8 : 7 }), staleTime: Number.POSITIVE_INFINITY };
    }),
    combine: (answers) => answers.map(({ data }) => data?.hexes.total),
  });
  const emptying = names.filter((_, place) => (totals[place] ?? 0) > 0);
  const removable = emptying.length > 0 ? emptying : names;

  return (
    <StateNotice
      title={t('nothing.title')}
      actions={
        <>
          {removable.map((name) => (
            <Button key={name} onClick={() => updateView({ [name]: undefined })}>
              {t('nothing.remove', { filter: wordsOf(name) })}
            </Button>
          ))}
          {emptying.length === 0 && (
            <Button onClick={() => updateView({ from: undefined, to: undefined })}>
              {t('nothing.resetPeriod', { count })}
            </Button>
          )}
        </>
      }
    >
      {emptying.length > 0
        ? t('nothing.because', { filters: emptying.map((name) => `“${wordsOf(name)}”`).join(', ') })
        : t(names.length > 0 ? 'nothing.together' : 'nothing.period')}
    </StateNotice>
  );
}
