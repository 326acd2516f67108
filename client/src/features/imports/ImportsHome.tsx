import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { useSession } from '../session/session-context.ts';
import { BatchList } from './BatchList.tsx';
import styles from './imports.module.css';
import { NewImport } from './NewImport.tsx';
import { NoBoundariesNotice } from './NoBoundariesNotice.tsx';
import { useWords } from './use-words.ts';

export function ImportsHome() {
  const { t } = useTranslation('imports');
  const { data: meta } = useMeta();
  const { number } = useWords();
  const { can } = useSession();
  return (
    <div className={styles.home}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <p>{t('subtitle')}</p>
      </header>
      {meta?.boundarySets.length === 0 ? <NoBoundariesNotice /> : <NewImport />}
      <BatchList />
      {meta !== undefined && meta.boundarySets.length > 0 && (
        <section className={styles.section} aria-labelledby="sets-title">
          <div className={styles.sectionHead}>
            <h2 id="sets-title">{t('sets.title')}</h2>
            {can('boundaries') && (
              <ButtonLink to="/bat-dau" search={true}>
                {t('sets.add')}
              </ButtonLink>
            )}
          </div>
          <ul className={styles.sets}>
            {meta.boundarySets.map(({ id, name, communeCount, isDefault }) => (
              <li key={id}>
                <strong>{name}</strong> <code>{id}</code> ·{' '}
                {t('sets.communes', { count: communeCount, n: number(communeCount) })}
                {isDefault && ` · ${t('sets.default')}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
