import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptAnswer } from '../../api/use-last-good.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { AnswerState } from '../session/AnswerState.tsx';
import styles from './trends.module.css';

type TrendSectionProps<T> = {
  /** Also the id of its heading. */
  name: string;
  title: string;
  query: Omit<KeptAnswer<T>, 'status'>;
  controls?: ReactNode;
  children: (data: T) => ReactNode;
};

/**
 * One question of a trend page and its answer. While the next answer loads, or after it failed, the last good one stays below;
 * grey bars only before the first.
 */
export function TrendSection<T>({ name, title, query, controls, children }: TrendSectionProps<T>) {
  const { t } = useTranslation('trends');
  const { data, isLoading, isPrevious } = query;
  return (
    <section className={styles.section} aria-labelledby={name} aria-busy={isLoading} data-testid={`section-${name}`}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <div className={styles.sectionHead}>
        <h2 id={name}>{title}</h2>
        {controls && <div className={styles.controls}>{controls}</div>}
      </div>
      <AnswerState answer={query} failed={t('failed')} stands={t('stands')} lines={6} />
      {data !== undefined && (
        <div className={styles.answer} data-previous={isPrevious || undefined}>
          {children(data)}
        </div>
      )}
    </section>
  );
}
