import type { AreasResponse } from '@diemnong/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView, useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { AnswerState } from '../session/AnswerState.tsx';
import { useSession } from '../session/session-context.ts';
import { AreaFilters } from './AreaFilters.tsx';
import { isFiltered, noAreaFilter, toAreaQuery } from './area-filter.ts';
import styles from './areas.module.css';
import { useAreaWords } from './use-area-words.ts';
import { useAreas } from './use-areas.ts';

type AreasAnswerProps = {
  /** Beside the counts: export. */
  actions?: ReactNode;
  children: (answer: AreasResponse) => ReactNode;
};

/** Filters, how many areas they leave, and those areas; with the states in which there are none to show. */
export function AreasAnswer({ actions, children }: AreasAnswerProps) {
  const { t } = useTranslation('areas');
  const { number } = useAreaWords();
  const view = useView();
  const updateView = useUpdateView();
  const { can } = useSession();
  const { data: meta } = useMeta();
  const areas = useAreas(toAreaQuery(view));
  const { data, isLoading, isPrevious } = areas;
  const isNarrowed = isFiltered(view);
  return (
    <div className={styles.page} aria-busy={isLoading}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <AreaFilters years={data?.years ?? []} />
      <div className={styles.bar}>
        <p aria-live="polite" data-testid="areas-count">
          {data &&
            t('count', {
              count: data.total,
              n: number(data.total),
              on: formatDay(data.asOf),
              version: number(data.dataVersion),
            })}
          {meta?.demo && <span className={styles.simulated}> · {t('simulated')}</span>}
        </p>
        <div className={styles.tools}>{actions}</div>
      </div>
      <AnswerState answer={areas} failed={t('failed')} stands={t('stands')} lines={8} />
      {data?.total === 0 && (
        <StateNotice
          title={t(isNarrowed ? 'none.filteredTitle' : 'none.title')}
          actions={
            isNarrowed ? (
              <Button onClick={() => updateView(noAreaFilter)}>{t('filter.clear')}</Button>
            ) : (
              can('planning') && (
                <>
                  <ButtonLink to="/dia-ban/moi" search={keepView}>
                    {t('new')}
                  </ButtonLink>
                  <ButtonLink to="/dia-ban/nhap" search={keepView}>
                    {t('tab.import')}
                  </ButtonLink>
                </>
              )
            )
          }
        >
          {t(isNarrowed ? 'none.filtered' : can('planning') ? 'none.text' : 'none.textReader')}
        </StateNotice>
      )}
      {data !== undefined && data.total > 0 && (
        <div className={styles.answer} data-previous={isPrevious || undefined}>
          {children(data)}
        </div>
      )}
    </div>
  );
}
