import { IconMinus, IconPlus, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar } from '../features/filters/FilterBar.tsx';
import { NothingFound } from '../features/filters/NothingFound.tsx';
import { FewStepsNotice } from '../features/hotspots/FewStepsNotice.tsx';
import { HotspotWarnings } from '../features/hotspots/HotspotWarnings.tsx';
import { stackedWarnings } from '../features/hotspots/hotspot-words.ts';
import { useDataVersion } from '../features/meta/use-data-version.ts';
import { useMeta } from '../features/meta/use-meta.ts';
import { FailureNotice } from '../features/session/FailureNotice.tsx';
import { Timeline } from '../features/trends/Timeline.tsx';
import { MapSlot } from '../map/MapSlot.tsx';
import { useMapEngine } from '../map/map-context.ts';
import { useView } from '../state/use-view.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { isTyping } from '../ui/is-typing.ts';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { LayerChip } from './LayerChip.tsx';
import { loadMapDataLayers } from './load-map-data-layers.ts';
import { MapLegend } from './MapLegend.tsx';
import styles from './map-screen.module.css';
import { PlacePanel } from './PlacePanel.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useMapPicture } from './use-map-picture.ts';

const MapDataLayers = lazy(async () => ({ default: (await loadMapDataLayers()).MapDataLayers }));

/** Bản đồ: the map with its filters, legend, numbers and clock, and the story of what is selected. */
export function MapScreen() {
  const { t } = useTranslation('map');
  const isPresenting = useView().present !== undefined;
  const engine = useMapEngine();
  const { data: meta } = useMeta();
  const { isStale, reload } = useDataVersion();
  const { isLoading, isPrevious, error, retry, totals, filters, hotspots, hotspotStyle, isRefused } = useMapPicture();
  const isNothingFound = totals !== undefined && totals.total === 0 && !isPrevious;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || isTyping(event)) return;
      if (event.key === '+' || event.key === '=') engine?.zoomBy(1);
      else if (event.key === '-') engine?.zoomBy(-1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [engine]);

  return (
    <div className={styles.screen} data-presenting={isPresenting || undefined}>
      <div className={styles.stage}>
        <MapSlot />
        <Suspense>
          <MapDataLayers />
        </Suspense>
        <ProgressLine isActive={isLoading || engine === null} label={t('loading')} />
        <div className={styles.chips}>
          <LayerChip />
          <FilterBar />
          {isStale && (
            <button type="button" className={styles.stale} onClick={reload}>
              <IconRefresh size="1.125em" aria-hidden />
              {t('stale')}
            </button>
          )}
        </div>
        <div className={styles.zoom}>
          <IconButton label={t('zoomIn')} onClick={() => engine?.zoomBy(1)}>
            <IconPlus size="1.125em" aria-hidden />
          </IconButton>
          <IconButton label={t('zoomOut')} onClick={() => engine?.zoomBy(-1)}>
            <IconMinus size="1.125em" aria-hidden />
          </IconButton>
        </div>
        <div className={styles.notice}>
          {error && !isLoading && (
            <FailureNotice error={error} title={t('failed.title')} onRetry={retry}>
              <p>{t(totals ? 'failed.stands' : 'failed.nothing')}</p>
            </FailureNotice>
          )}
          {isNothingFound && filters && !error && <NothingFound filters={filters} />}
          {hotspots && hotspotStyle === 'emerging' && !error && <FewStepsNotice hotspots={hotspots} />}
        </div>
        <div className={styles.corner}>
          {isPresenting && meta?.demo && <span className={styles.demo}>{t('demo')}</span>}
          {hotspots && <HotspotWarnings warnings={stackedWarnings(hotspots.warnings)} />}
          {isRefused && <HotspotWarnings warnings={[{ kind: 'refused' }]} />}
          <MapLegend />
        </div>
      </div>
      <StatusLine />
      <PlacePanel />
      <div className={styles.clock}>
        <Timeline isMapBusy={isPrevious} />
      </div>
    </div>
  );
}
