import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { NothingFound } from '../filters/NothingFound.tsx';
import { useSession } from '../session/session-context.ts';
import { ChangesSection } from './ChangesSection.tsx';
import { CumulativeSection } from './CumulativeSection.tsx';
import { FindingSection } from './FindingSection.tsx';
import { PeriodsSection } from './PeriodsSection.tsx';
import { SeasonSection } from './SeasonSection.tsx';
import styles from './trends.module.css';
import { usePeriods } from './use-periods.ts';
import { useTrendFilters } from './use-trend-filters.ts';

/** Diễn biến, in the order an officer reads it aloud: rising or falling, by period, the year and its goal, since when, the season. */
export function CoursePage() {
  const { t } = useTranslation('trends');
  const { can } = useSession();
  const filters = useTrendFilters();
  const { data, isPrevious } = usePeriods(filters, 'month');
  if (filters !== null && data?.answer.total === 0 && !isPrevious) return <NothingFound filters={filters} />;
  if (!can('analysis'))
    return (
      <div className={styles.page}>
        <PeriodsSection isShared />
        <StateNotice
          title={t('shared.title')}
          actions={
            <ButtonLink to="/quyen" search={keepView}>
              {t('shared.roles')}
            </ButtonLink>
          }
        >
          <p>{t('shared.text')}</p>
          <p>{t('shared.who')}</p>
        </StateNotice>
      </div>
    );
  return (
    <div className={styles.page}>
      <FindingSection />
      <PeriodsSection />
      <CumulativeSection />
      <ChangesSection />
      <SeasonSection />
    </div>
  );
}
