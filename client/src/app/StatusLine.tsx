import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { useShownCounts } from '../features/meta/use-shown-counts.ts';
import { useMonthlyTrend } from '../features/trends/use-trends.ts';
import { formatDay, formatMonth, formatNumber } from '../i18n/formats.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { addDays } from '../state/days.ts';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

/** One line below the map: how many are shown, what is left out, how far the data go, which version they are. */
export function StatusLine() {
  const { t } = useTranslation(['status', 'hidden']);
  const language = useLanguage();
  const { data: meta } = useMeta();
  const { totals, filters, hotspots } = useMapPicture();
  const { isShared, show, note } = useShownCounts();
  const { data: trend } = useMonthlyTrend(meta?.range ?? null, filters);
  const lastMonth = trend?.periods.findLast(
    (period) => filters !== null && period.from >= filters.from && period.from < filters.to,
  );
  const leftOut = hotspots?.warnings.find((warning) => warning.kind === 'unreported')?.communeMonths ?? 0;
  const hasTimeFilter = filters?.hours !== undefined || filters?.weekdays !== undefined;

  /** A number in bold inside its sentence: the sentence keeps {{value}} where its language wants it. */
  const tell = (key: string, value: string) => {
    const [before = '', after = ''] = t(key, { value: '\u0000' }).split('\u0000');
    return (
      <span>
        {before}
        <strong data-testid={`status-${key}`}>{value}</strong>
        {after}
      </span>
    );
  };

  return (
    <footer className={styles.status} aria-live="polite" data-testid="status">
      {totals?.inCells === null && tell('total', show(totals.total))}
      {totals && totals.inCells !== null && tell('inCells', show(totals.inCells))}
      {totals && totals.communeOnly !== null && tell('communeOnly', show(totals.communeOnly))}
      {totals && hasTimeFilter && tell('timeUnknown', formatNumber(totals.timeUnknown, language))}
      {isShared && <span title={note}>{t('hidden:status')}</span>}
      {hotspots && tell('counted', formatNumber(hotspots.counted, language))}
      {leftOut > 0 && tell('leftOut', formatNumber(leftOut, language))}
      {!hotspots && lastMonth && lastMonth.unreportedCommunes > 0 && (
        <span className={styles.unreported}>
          <svg width="12" height="12" className={styles.hatchSwatch} aria-hidden>
            <path d="M-2 14 14 -2M-2 8 8 -2M4 14 14 4" fill="none" />
          </svg>
          {t('unreported', { count: lastMonth.unreportedCommunes, month: formatMonth(lastMonth.from) })}
        </span>
      )}
      {meta?.range && tell('dataUntil', formatDay(addDays(meta.range.to, -1)))}
      {meta && tell('version', formatNumber(meta.dataVersion, language))}
    </footer>
  );
}
