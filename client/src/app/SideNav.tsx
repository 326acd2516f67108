import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { keepView } from '../state/use-view.ts';
import { usePanels } from './panels.ts';
import styles from './shell.module.css';

/** Panels on the left; at its foot what kind of data and machine this is. */
export function SideNav() {
  const { t } = useTranslation('shell');
  const { data: meta } = useMeta();
  const panels = usePanels();
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <ul>
        {panels.map(({ path, label, Icon }) => (
          <li key={path}>
            <Link
              to={path}
              search={keepView}
              className={styles.panelLink}
              activeProps={{ 'data-active': true }}
              activeOptions={{ exact: path === '/', includeSearch: false }}
            >
              <Icon size="1.25em" stroke={1.75} aria-hidden />
              <span>{t(`nav.${label}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.navFoot}>
        {meta?.demo && (
          <aside className={styles.ribbon} aria-label={t('demo.title')}>
            <strong>{t('demo.title')}</strong>
            <p>{t('demo.text')}</p>
          </aside>
        )}
        {meta?.embedded && (
          <p className={styles.embedded} title={t('embedded.text')}>
            {t('embedded.title')}
          </p>
        )}
      </div>
    </nav>
  );
}
