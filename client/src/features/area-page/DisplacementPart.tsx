import type { AreaEvidence } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatSigned } from '../../i18n/formats.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';
import { netWords, quotientWords } from './evidence-words.ts';

type DisplacementPartProps = {
  displacement: NonNullable<AreaEvidence['displacement']>;
  /** The difference is told against controls. */
  isControlled: boolean;
};

/** Did it move next door? The ring around the area, and area and ring together. */
export function DisplacementPart({ displacement, isControlled }: DisplacementPartProps) {
  const { t } = useTranslation('area-page');
  const { language, number } = useAreaWords();
  const { wdd } = displacement;
  const signed = (value: number) => formatSigned(value, language, 1);
  return (
    <div data-testid="displacement">
      <h3>{t('displacement.title')}</h3>
      <p>
        {t('displacement.ring', {
          cells: number(displacement.ring.length),
          before: number(displacement.before),
          after: number(displacement.after),
        })}{' '}
        {displacement.ringHidden > 0 && t('displacement.hidden', { n: number(displacement.ringHidden) })}
      </p>
      <p>
        <strong>{t(`displacement.net.${netWords(wdd)}`)}</strong>{' '}
        {t(isControlled ? 'displacement.wdd' : 'displacement.wddAlone', {
          value: signed(wdd.wdd),
          se: number(wdd.se, 1),
        })}{' '}
        <span className={styles.quiet}>({t('ratio.interval', { low: signed(wdd.low), high: signed(wdd.high) })})</span>
      </p>
      <p>{t(`displacement.quotient.${quotientWords(displacement.wdq)}`)}</p>
    </div>
  );
}
