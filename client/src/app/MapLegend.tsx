import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AreaLegend } from '../features/area-layer/AreaLegend.tsx';
import { HotspotLegend } from '../features/hotspots/HotspotLegend.tsx';
import { useShownCounts } from '../features/meta/use-shown-counts.ts';
import { useSession } from '../features/session/session-context.ts';
import { formatNumber, formatSigned } from '../i18n/formats.ts';
import type { Language } from '../i18n/i18n.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useUpdateView, useView } from '../state/use-view.ts';
import { sequentialRamp } from '../ui/ramps.ts';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

/** What the map means: the areas over it, when they are shown, and the layer itself. */
export function MapLegend() {
  const { areas, area } = useView();
  const canAnalyse = useSession().can('analysis');
  const { isDark } = useMapPicture();
  return (
    <>
      {canAnalyse && (areas ?? area) !== undefined && <AreaLegend isDark={isDark} />}
      <PictureLegend />
    </>
  );
}

/** What the colours mean: indicator, unit, classes, and whether they are locked. */
function PictureLegend() {
  const { t } = useTranslation(['legend', 'hidden']);
  const language = useLanguage();
  const updateView = useUpdateView();
  const { isShared } = useShownCounts();
  const { layer, hotspotStyle, hotspots, score, hasCold, measure, scale, isLocked, isDark, isComparable } =
    useMapPicture();

  if (hotspotStyle) {
    return hotspots ? <HotspotLegend {...{ hotspots, score, hasCold, isDark }} style={hotspotStyle} /> : null;
  }
  if (layer === 'heat') {
    return (
      <section className={styles.legend} aria-label={t('label')}>
        <div className={styles.legendHead}>
          <h2>{t('heat')}</h2>
        </div>
        <svg className={styles.gradient} viewBox="0 0 6 1" preserveAspectRatio="none" aria-hidden>
          {sequentialRamp(isDark).map((color, i) => (
            <rect key={color} x={i} width={1.02} height={1} fill={color} />
          ))}
        </svg>
        <p className={styles.legendNote}>{t('heatNote')}</p>
      </section>
    );
  }
  if (scale === null) return null;
  const isChange = layer === 'commune' && measure === 'change';
  // Small whole numbers as ranges under their colour; else the bounds between the colours.
  const isRanges = layer === 'hex';
  const labels = scale.bounds.map((bound, i) => {
    if (!isRanges) return boundText(bound, isChange, language);
    const next = scale.bounds[i + 1];
    const low = formatNumber(bound, language);
    if (next === undefined) return `≥ ${low}`;
    return next - 1 > bound ? `${low}–${formatNumber(next - 1, language)}` : low;
  });

  return (
    <section className={styles.legend} aria-label={t('label')} data-testid="legend">
      <div className={styles.legendHead}>
        <h2>{t(layer === 'hex' ? 'hex' : `commune.${measure}`)}</h2>
        {isChange ? (
          <span className={styles.lock}>{t('fixed')}</span>
        ) : (
          <button
            type="button"
            className={styles.lock}
            aria-pressed={isLocked}
            title={t(isLocked ? 'lockedTitle' : 'freeTitle')}
            onClick={() => updateView({ classes: isLocked ? 'auto' : undefined })}
          >
            {t(isLocked ? 'locked' : 'free')}
            {isLocked ? <IconLock size="1.125em" aria-hidden /> : <IconLockOpen size="1.125em" aria-hidden />}
          </button>
        )}
      </div>
      <ol className={styles.classes} data-at={isRanges ? 'classes' : 'bounds'}>
        {labels.map((label, i) => (
          <li key={label}>
            <svg className={styles.swatch} aria-hidden>
              <rect width="100%" height="100%" fill={scale.colors[i]} />
            </svg>
            <span>{label}</span>
          </li>
        ))}
      </ol>
      {layer === 'hex' && isShared && <p className={styles.legendNote}>{t('hidden:cells')}</p>}
      {layer === 'commune' && (
        <p className={styles.legendNote}>
          <span>
            <svg width="14" height="12" className={styles.hatchSwatch} aria-hidden>
              <path d="M-2 14 14 -2M-2 8 8 -2M4 16 18 2" fill="none" />
            </svg>
            {t('unreported')}
          </span>
          {isShared && <span>{t('hidden:communes')}</span>}
          {isChange && <span>{t(isComparable ? 'smallBase' : 'noLastYear')}</span>}
        </p>
      )}
    </section>
  );
}

function boundText(bound: number, isChange: boolean, language: Language): string {
  if (!Number.isFinite(bound)) return '';
  return isChange ? formatSigned(bound, language) : formatNumber(bound, language, 2);
}
