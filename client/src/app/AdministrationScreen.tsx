import type { Permission } from '@diemnong/contracts';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../features/session/session-context.ts';
import { TabbedPages } from '../ui/TabbedPages.tsx';
import styles from './administration.module.css';

const pages = [
  { path: '/quan-tri/tai-khoan', label: 'accounts', permission: 'accounts' },
  { path: '/quan-tri/nhat-ky', label: 'audit', permission: 'audit' },
  { path: '/quan-tri/cau-hinh', label: 'settings', permission: 'settings' },
  { path: '/quan-tri/dia-ban', label: 'areaRules', permission: 'settings' },
] as const satisfies { path: string; label: string; permission: Permission }[];

/** Quản trị: accounts, the log, settings, rules for areas, each with its own address. */
export function AdministrationScreen() {
  const { t } = useTranslation('shell');
  const { can } = useSession();
  return (
    <TabbedPages
      title={t('administration.title')}
      label={t('administration.label')}
      tabs={pages
        .filter(({ permission }) => can(permission))
        .map(({ path, label }) => ({ path, label: t(`administration.${label}`) }))}
      className={styles.body}
    >
      <Outlet />
    </TabbedPages>
  );
}
