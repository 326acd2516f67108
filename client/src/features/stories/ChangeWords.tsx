import type { Story } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatSigned } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { isYearBeforeCovered } from '../../state/days.ts';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import styles from './story.module.css';
import { changeOf } from './story-words.ts';

type ChangeWordsProps = {
  story: Pick<Story, 'count' | 'previous' | 'changePercent' | 'ratio'>;
  /** One short line, for lists. */
  isLine?: boolean;
};

/** More or less than the same period last year, in words and sign, with its interval: "tăng 18% (+3…+35%)". */
export function ChangeWords({ story, isLine = false }: ChangeWordsProps) {
  const { t } = useTranslation('story');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const filters = useFilters();
  const { show } = useShownCounts();
  const change = changeOf(story);
  const previous = show(story.previous);
  const Part = isLine ? 'small' : 'p';
  if (meta?.range && filters && !isYearBeforeCovered(filters.from, meta.range)) {
    return <Part className={styles.against}>{t('change.noLastYear')}</Part>;
  }
  if (change.kind === 'hidden') return <Part className={styles.against}>{t('change.hidden')}</Part>;
  if (change.kind === 'none') return <Part className={styles.against}>{t('change.none')}</Part>;
  if (change.kind === 'small-base')
    return <Part className={styles.against}>{t('change.smallBase', { previous })}</Part>;
  const high = change.high === null ? '∞' : `${formatSigned(change.high, language)}%`;
  const words = t(`change.${change.direction}`, { percent: formatNumber(change.percent, language) });
  const interval = `(${formatSigned(change.low, language)}…${high})`;
  if (isLine) {
    return (
      <small>
        {words} {interval}
      </small>
    );
  }
  return (
    <>
      <p className={styles.change}>
        <strong>{words}</strong> <span className={styles.interval}>{interval}</span>
      </p>
      <p className={styles.against}>
        {t('change.against', { previous })} · {t(change.isSure ? 'change.sure' : 'change.unsure')} ·{' '}
        <span className={styles.together}>
          p{' '}
          {change.p < 0.001
            ? `< ${formatNumber(0.001, language, 3)}`
            : `= ${formatNumber(change.p, language, change.p < 0.1 ? 3 : 2)}`}
        </span>
      </p>
    </>
  );
}
