import { useTranslation } from 'react-i18next';
import { findCrsChoice, formatMeridian } from './crs-choices.ts';

/** The name people use for a coordinate system's code; the code itself for one that is not offered. */
export function useCrsName(): (code: string) => string {
  const { t } = useTranslation('imports');
  return (code) => {
    const choice = findCrsChoice(code);
    if (choice === undefined) return code;
    if (choice.group === 'geographic') return t('crs.wgs84');
    if (choice.group === 'utm') return t(choice.meridian === 105 ? 'crs.utm48' : 'crs.utm49');
    return t('crs.tm3', { meridian: formatMeridian(choice.meridian ?? 0) });
  };
}
