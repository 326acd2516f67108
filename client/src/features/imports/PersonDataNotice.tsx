import { IconShieldLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './imports.module.css';
import type { RefusalDetails } from './refusal.ts';
import { useWords } from './use-words.ts';

type PersonDataNoticeProps = {
  details: RefusalDetails;
  /** The server's sentence. */
  said: string;
  actions: ReactNode;
};

/** A file with data on persons: which column, which rows, that nothing was kept, and why the platform never takes it. */
export function PersonDataNotice({ details, said, actions }: PersonDataNoticeProps) {
  const { t } = useTranslation('imports');
  const { number } = useWords();
  const { heading, kind = 'person', rows = [] } = details;
  return (
    <section className={styles.personNotice} role="alert">
      <IconShieldLock size="2.5em" stroke={1.5} aria-hidden />
      <div className={styles.stack}>
        <h2>{t('refused.person.title')}</h2>
        {heading === undefined ? (
          <p>
            <strong>{said}</strong>
          </p>
        ) : (
          <dl className={styles.facts}>
            <dt>{t('refused.person.column')}</dt>
            <dd>{heading}</dd>
            <dt>{t('refused.person.kind')}</dt>
            <dd>{t(`refused.person.kinds.${kind}`, t('refused.person.kinds.person'))}</dd>
            <dt>{t('refused.person.rows')}</dt>
            <dd>{rows.length > 0 ? rows.map((row) => number(row)).join('; ') : t('refused.person.wholeColumn')}</dd>
          </dl>
        )}
        <p>{t('refused.person.nothingStored')}</p>
        <p>{t('refused.person.why')}</p>
        <p>{t('refused.person.todo')}</p>
        <div className={styles.actions}>{actions}</div>
      </div>
    </section>
  );
}
