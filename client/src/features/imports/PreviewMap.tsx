import type { ImportBatch, LngLat } from '@diemnong/contracts';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MapSlot } from '../../map/MapSlot.tsx';
import { useMapEngine, useMapLayers } from '../../map/map-context.ts';
import { useTheme } from '../../state/theme.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { type ImportPreview, importPreviewLayers, type PreviewPart, previewColors } from './import-preview-layer.ts';
import styles from './imports.module.css';
import { around, previewBounds } from './preview-bounds.ts';
import { useWords } from './use-words.ts';

type PreviewMapProps = {
  batch: ImportBatch;
  preview: ImportPreview | undefined;
  /** A place to look at closely; a new array looks again. */
  place: LngLat | null;
};

const parts: readonly PreviewPart[] = ['accepted', 'rejected', 'suspicious'];

/** The one map with what the file would put on it. */
export function PreviewMap({ batch, preview, place }: PreviewMapProps) {
  const { t } = useTranslation('imports');
  const { number } = useWords();
  const { theme } = useTheme();
  const engine = useMapEngine();
  const legend = useRef<HTMLFieldSetElement>(null);
  const [hidden, setHidden] = useState<readonly PreviewPart[]>([]);
  const province = useMeta().data?.bbox ?? null;
  const isDark = theme === 'dark';

  const layers = useMemo(
    () =>
      preview === undefined
        ? []
        : importPreviewLayers({ preview, shown: new Set(parts.filter((part) => !hidden.includes(part))), isDark }),
    [preview, hidden, isDark],
  );
  useMapLayers('imports', layers);

  useEffect(() => {
    const bounds = preview && previewBounds(preview, province);
    if (bounds === undefined || engine === null) return;
    return afterLayout(() => engine.flyTo(bounds));
  }, [engine, preview, province]);
  useEffect(() => {
    if (place === null) return;
    engine?.flyTo(around(place));
    legend.current?.scrollIntoView({ block: 'nearest' }); // the map may stand above a long page
  }, [engine, place]);

  const counts: Record<PreviewPart, number> = {
    accepted: preview?.accepted.length ?? 0,
    rejected: preview?.rejected.length ?? 0,
    suspicious: preview?.suspicious.length ?? 0,
  };
  const all: Record<PreviewPart, number> = {
    accepted: batch.inCells,
    rejected: batch.rejected,
    suspicious: counts.suspicious,
  };

  return (
    <>
      <MapSlot />
      <div className={styles.mapButtons}>
        <IconButton label={t('preview.zoomIn')} onClick={() => engine?.zoomBy(1)}>
          <IconPlus size="1.25em" aria-hidden />
        </IconButton>
        <IconButton label={t('preview.zoomOut')} onClick={() => engine?.zoomBy(-1)}>
          <IconMinus size="1.25em" aria-hidden />
        </IconButton>
      </div>
      <fieldset ref={legend} className={styles.legend}>
        <legend>{t('preview.legend')}</legend>
        {parts
          .filter((part) => counts[part] > 0)
          .map((part) => (
            <label key={part}>
              <input
                type="checkbox"
                checked={!hidden.includes(part)}
                onChange={({ currentTarget: { checked } }) =>
                  setHidden(checked ? hidden.filter((one) => one !== part) : [...hidden, part])
                }
              />
              <svg viewBox="0 0 12 12" aria-hidden>
                {part === 'suspicious' ? (
                  <circle
                    cx="6"
                    cy="6"
                    r="4.5"
                    fill="none"
                    stroke={previewColors[part][isDark ? 1 : 0]}
                    strokeWidth="2"
                  />
                ) : (
                  <circle cx="6" cy="6" r="3.5" fill={previewColors[part][isDark ? 1 : 0]} />
                )}
              </svg>
              <span>
                {t(`preview.${part}`)}{' '}
                <span className={styles.quiet}>
                  {counts[part] < all[part]
                    ? t('preview.sampled', { shown: number(counts[part]), all: number(all[part]) })
                    : number(counts[part])}
                </span>
              </span>
            </label>
          ))}
        {preview !== undefined && counts.accepted + counts.rejected === 0 && <p>{t('preview.noPoints')}</p>}
      </fieldset>
    </>
  );
}

/** Two frames on, the map has taken the size of the slot it has just moved into: before, a box would be fitted to the old one. */
function afterLayout(run: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(run);
  });
  return () => cancelAnimationFrame(frame);
}
