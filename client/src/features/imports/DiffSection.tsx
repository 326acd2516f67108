import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { BatchLink } from './batch-address.tsx';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type DiffSectionProps = { diff: NonNullable<ImportBatch['diff']>; isReview: boolean };

const parts = [
  ['added', '+'],
  ['removed', '−'],
  ['changed', '≠'],
  ['same', '='],
] as const;

/** What the corrected file changes against the batch it replaces. */
export function DiffSection({ diff, isReview }: DiffSectionProps) {
  const { t } = useTranslation('imports');
  const { number } = useWords();
  return (
    <section className={styles.section} aria-labelledby="diff-title">
      <h2 id="diff-title">{t('diff.title')}</h2>
      <p>
        {t(isReview ? 'diff.text' : 'diff.textDone')} <BatchLink id={diff.replaces}>{diff.replacedFileName}</BatchLink>
      </p>
      <dl className={styles.diff}>
        {parts.map(([name, sign]) => (
          <div key={name} data-part={name}>
            <dt>
              <span aria-hidden>{sign}</span> {t(`diff.${name}`)}
            </dt>
            <dd>{number(diff[name])}</dd>
          </div>
        ))}
      </dl>
      {isReview && <p className={styles.quiet}>{t('diff.note')}</p>}
    </section>
  );
}
