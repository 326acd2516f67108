import type { Fraction, TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber, formatShare } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';

/** The targets in words: what is needed, what could still be lost, what the lists hold. */
export function useTargetWords() {
  const { t } = useTranslation('targets');
  const { t: tAreas } = useTranslation('areas');
  const language = useLanguage();
  const number = (value: number) => formatNumber(value, language);
  const share = (value: number, digits = 1) => formatShare(value, language, digits);
  const listed = new Intl.ListFormat(language, { type: 'unit', style: 'short' });

  /** How far the target is, or how much may still be lost. */
  const verdict = (name: 'transformation' | 'noRelapse', fraction: Fraction): string => {
    const { numerator, needed, spare, state } = fraction;
    const values = { least: number(numerator + needed - spare), needed: number(needed), spare: number(spare) };
    if (state === 'met') return t(`${name}.${spare > 0 ? 'met' : 'metExactly'}`, values);
    return t(`${name}.short`, values);
  };
  const statuses = ({ statuses: counted }: TargetsResponse['transformation']): string =>
    t('transformation.statuses', {
      list: listed.format(
        counted.map(({ status, count }) =>
          t('transformation.status', { n: number(count), status: tAreas(`statusShort.${status}`).toLowerCase() }),
        ),
      ),
    });
  /** What the denominator is made of. */
  const holds = ({ denominator, carried, late, reshaped }: TargetsResponse['transformation']): string => {
    const parts = Object.entries({ carried, late, reshaped }).filter(([, count]) => count > 0);
    if (parts.length === 0) return t('transformation.plain', { n: number(denominator) });
    return t('transformation.holds', {
      n: number(denominator),
      list: listed.format(parts.map(([key, count]) => t(`transformation.${key}`, { n: number(count) }))),
    });
  };
  const cohort = ({ cohort: followed, window }: TargetsResponse['noRelapse']): string =>
    window === null
      ? t(`noRelapse.${followed}`)
      : t(`noRelapse.${followed}`, { from: formatDay(window.from), to: formatDay(addDays(window.to, -1)) });
  const rate = ({ rate: known, numerator, denominator }: Fraction): string =>
    known === null
      ? t('parts.none')
      : t('parts.rate', { rate: share(known), numerator: number(numerator), denominator: number(denominator) });
  return { language, number, share, verdict, statuses, holds, cohort, rate };
}
