import { useTranslation } from 'react-i18next';
import { formatMoment, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import styles from './audit.module.css';
import type { Difference } from './audit-differences.ts';

type DifferenceListProps = { differences: readonly Difference[] };

/** Fields by name; what was is struck through, what is follows it. Read aloud as "before … after …". */
export function DifferenceList({ differences }: DifferenceListProps) {
  const { t, i18n } = useTranslation('audit');
  const language = useLanguage();
  const nameOf = (path: string) => {
    const last = path.slice(path.lastIndexOf('.') + 1);
    return i18n.exists(`audit:field.${last}`) ? t(`field.${last}`) : path;
  };
  const told = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('value.none');
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (typeof value === 'number') return formatNumber(value, language, 6);
    if (Array.isArray(value)) return value.map(told).join(', ');
    if (typeof value !== 'string') return JSON.stringify(value);
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? formatMoment(value) : value;
  };
  return (
    <dl className={styles.differences}>
      {differences.map(({ path, before, after, kind }) => (
        <div key={path} data-kind={kind}>
          <dt>{nameOf(path)}</dt>
          <dd>
            {(kind === 'changed' || kind === 'removed') && (
              <del>
                <span className="visually-hidden">{t('value.before')} </span>
                {told(before)}
              </del>
            )}
            {kind === 'changed' && <span aria-hidden>→</span>}
            {(kind === 'changed' || kind === 'added') && (
              <ins>
                <span className="visually-hidden">{t('value.after')} </span>
                {told(after)}
              </ins>
            )}
            {kind === 'same' && <span>{told(after)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
