import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import styles from './trends.module.css';

type KeptAnswer<T> = {
  data: T | undefined;
  error: Error | null;
  isLoading: boolean;
  isPrevious: boolean;
  retry: () => void;
};

type TrendSectionProps<T> = {
  /** Also the id of its heading. */
  name: string;
  title: string;
  query: KeptAnswer<T>;
  controls?: ReactNode;
  children: (data: T) => ReactNode;
};

/**
 * One question of a trend page and its answer. While the next answer loads, or after it failed, the last good one stays below;
 * grey bars only before the first.
 */
export function TrendSection<T>({ name, title, query, controls, children }: TrendSectionProps<T>) {
  const { t } = useTranslation('trends');
  const { data, error, isLoading, isPrevious, retry } = query;
  return (
    <section className={styles.section} aria-labelledby={name} aria-busy={isLoading} data-testid={`section-${name}`}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <div className={styles.sectionHead}>
        <h2 id={name}>{title}</h2>
        {controls && <div className={styles.controls}>{controls}</div>}
      </div>
      {error !== null && !isLoading && (
        <FailureNotice error={error} title={t('failed')} onRetry={retry}>
          {data !== undefined && <p>{t('stands')}</p>}
        </FailureNotice>
      )}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data !== undefined && (
        <div className={styles.answer} data-previous={isPrevious || undefined}>
          {children(data)}
        </div>
      )}
    </section>
  );
}
