import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { poorCrsShare } from './crs-choices.ts';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type CountsSectionProps = { batch: ImportBatch };

/** Rows of the file, and where each of them goes: into cells, to the commune only, or back to the office. */
export function CountsSection({ batch }: CountsSectionProps) {
  const { t } = useTranslation('imports');
  const { number, percent, period } = useWords();
  const { rows, accepted, rejected, inCells, communeOnly } = batch;
  const crsShare = batch.reading?.crsShare ?? null;
  const share = (part: number) => (rows === 0 ? 0 : part / rows);
  const parts = [
    { name: 'inCells', count: inCells },
    { name: 'communeOnly', count: communeOnly },
    { name: 'rejected', count: rejected },
  ] as const;

  return (
    <section className={styles.section} aria-labelledby="counts-title">
      <h2 id="counts-title" className="visually-hidden">
        {t('counts.title')}
      </h2>
      <div className={styles.headline}>
        <p>
          <span className={styles.big}>{number(accepted)}</span> {t('counts.accepted')}
        </p>
        <p>
          <span className={styles.big} data-tone={rejected > 0 ? 'danger' : undefined}>
            {number(rejected)}
          </span>{' '}
          {t('counts.rejected')}
        </p>
        <p className={styles.quiet}>
          {t('counts.ofRows', { n: number(rows) })}
          {batch.period !== null && (
            <>
              <br />
              {t('counts.period', { period: period(batch.period) })}
            </>
          )}
        </p>
      </div>
      <div className={styles.bar} aria-hidden>
        {parts
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => (
            <span key={name} data-part={name} style={{ flexGrow: share(count) * 1000 }} />
          ))}
      </div>
      <dl className={styles.parts}>
        {parts.map(({ name, count }) => (
          <div key={name} data-part={name}>
            <dt>{t(`counts.parts.${name}`)}</dt>
            <dd>
              {number(count)} <span className={styles.quiet}>({percent(share(count))})</span>
            </dd>
          </div>
        ))}
      </dl>
      {crsShare !== null && crsShare < poorCrsShare && (
        <p className={styles.fault}>{t('crs.poor', { percent: percent(crsShare) })}</p>
      )}
      {communeOnly > 0 && <p className={styles.quiet}>{t('counts.communeOnlyNote')}</p>}
    </section>
  );
}
