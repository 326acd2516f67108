import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type RejectionReasonsProps = { rejections: ImportBatch['rejections']; rejected: number };

/** Why rows go back to the office, most frequent first, each with what to do about it. */
export function RejectionReasons({ rejections, rejected }: RejectionReasonsProps) {
  const { t } = useTranslation('imports');
  const { number, percent, said } = useWords();
  return (
    <ul className={styles.reasons}>
      {rejections.map((reason) => (
        <li key={reason.code}>
          <span className={styles.reasonCount}>
            {number(reason.rows)} <span className={styles.quiet}>({percent(reason.rows / rejected)})</span>
          </span>
          <div>
            <p>{t(`reasons.${reason.code}`, said(reason))}</p>
            <p className={styles.quiet}>
              {t(`fixes.${reason.code}`, t('fixes.other'))}{' '}
              {t('sampleRows', { rows: reason.sampleRows.map((row) => number(row)).join('; ') })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
