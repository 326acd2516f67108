import type { AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatShare, formatSigned } from '../../i18n/formats.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';
import { ratioWords } from './evidence-words.ts';

type RatioTextProps = { ratio: NonNullable<AreaEvidence['ratio']>; before: number };

/** A change in words with its interval in brackets, in lighter ink. */
export function RatioText({ ratio, before }: RatioTextProps) {
  const { t } = useTranslation('area-page');
  const { language } = useAreaWords();
  const words = ratioWords(ratio, before);
  if (words.kind === 'none') return <>{t('ratio.none')}</>;
  if (words.kind === 'from-nothing') return <>{t('ratio.fromNothing')}</>;
  const { share, low, high, kind } = words;
  const percent = (value: number) => `${formatSigned(100 * value, language)}%`;
  const direction = Math.abs(share) < 0.005 ? 'same' : share < 0 ? 'fall' : 'rise';
  return (
    <>
      <strong>{t(`ratio.${direction}`, { share: formatShare(Math.abs(share), language, 0) })}</strong>{' '}
      <span className={styles.quiet}>
        (
        {high === null
          ? t('ratio.atLeast', { low: percent(low) })
          : t('ratio.interval', { low: percent(low), high: percent(high) })}
        )
      </span>
      {kind === 'unsure' && ` · ${t('ratio.unsure')}`}
    </>
  );
}
