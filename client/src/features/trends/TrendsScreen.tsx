import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { PageTabs } from '../../ui/PageTabs.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useSession } from '../session/session-context.ts';
import { TrendHead } from './TrendHead.tsx';
import { trendTabs } from './trend-tabs.ts';
import styles from './trends.module.css';

/** Xu hướng: what is counted on top, then one page for each question. */
export function TrendsScreen() {
  const { t } = useTranslation('trends');
  const { can } = useSession();
  const { data: meta } = useMeta();
  return (
    <div className={styles.screen}>
      <TrendHead />
      <PageTabs
        className={styles.tabs}
        label={t('tabs')}
        tabs={trendTabs
          .filter(({ permission }) => can(permission))
          .map(({ path, label }) => ({ path, label: t(`tab.${label}`) }))}
      />
      <div className={styles.body}>{meta?.range === null ? <NoIncidents /> : <Outlet />}</div>
    </div>
  );
}

/** Before the first record there is nothing to count: says so, and leads to sending some in. */
function NoIncidents() {
  const { t } = useTranslation('trends');
  const { can } = useSession();
  return (
    <StateNotice
      title={t('empty.title')}
      actions={
        can('imports') && (
          <ButtonLink to="/nhap-lieu" search={keepView}>
            {t('empty.import')}
          </ButtonLink>
        )
      }
    >
      <p>{t('empty.text')}</p>
    </StateNotice>
  );
}
