import { IconPlus } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { TabbedPages } from '../../ui/TabbedPages.tsx';
import { useSession } from '../session/session-context.ts';
import { areaTabs } from './area-tabs.ts';
import styles from './areas.module.css';

/** Địa bàn: board, list, what waits for a second person, what the relapse watch found; each with its own address. */
export function AreasScreen() {
  const { t } = useTranslation('areas');
  const { can } = useSession();
  return (
    <TabbedPages
      title={t('title')}
      label={t('tabs')}
      tabs={areaTabs
        .filter(({ permission }) => can(permission))
        .map(({ path, label }) => ({ path, label: t(`tab.${label}`) }))}
      tool={
        can('planning') && (
          <ButtonLink to="/dia-ban/moi" search={keepView} className={styles.new}>
            <IconPlus size="1.125em" aria-hidden />
            {t('new')}
          </ButtonLink>
        )
      }
    >
      <Outlet />
    </TabbedPages>
  );
}
