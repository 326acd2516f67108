import { useMemo } from 'react';
import { communesScale } from '../features/communes/communes-scale.ts';
import { useCommuneCounts } from '../features/communes/use-commune-counts.ts';
import { lockingFilters } from '../features/filters/filters.ts';
import { useFilters } from '../features/filters/use-filters.ts';
import { resForZoom, sharedRes } from '../features/hexes/hexes-res.ts';
import { hexesScale } from '../features/hexes/hexes-scale.ts';
import { useHexes } from '../features/hexes/use-hexes.ts';
import type { HotspotStyle } from '../features/hotspots/hotspots-layer.ts';
import { statisticSizeOf } from '../features/hotspots/statistic-sizes.ts';
import { useHotspots } from '../features/hotspots/use-hotspots.ts';
import { useMeta } from '../features/meta/use-meta.ts';
import { useShownCounts } from '../features/meta/use-shown-counts.ts';
import { useSession } from '../features/session/session-context.ts';
import { isYearBeforeCovered } from '../state/days.ts';
import { useTheme } from '../state/theme.ts';
import { useView } from '../state/use-view.ts';
import type { LayerName, MeasureName, ScoreName } from '../state/view-search.ts';
import { openingCamera } from './opening-camera.ts';

/**
 * What the map shows now: one place decides it, so that layers, legend and status line never tell different things.
 * Components may all call it; the answers are shared.
 */
export function useMapPicture() {
  const view = useView();
  const { theme } = useTheme();
  const { data: meta } = useMeta();
  const filters = useFilters();
  const isDark = theme === 'dark';
  const { isShared } = useShownCounts();
  const canAnalyse = useSession().can('analysis');
  const asked: LayerName = view.layer ?? 'hex';
  const isRefused = !canAnalyse && isHotspotStyle(asked);
  const allowed = isRefused ? 'hex' : asked;
  // Of hexagons by category nothing is published for shared views.
  const layer: LayerName = isShared && filters?.categories !== undefined ? 'commune' : allowed;
  const hotspotStyle = isHotspotStyle(layer) ? layer : undefined;
  const measure: MeasureName = view.measure ?? 'count';
  const score: ScoreName = view.score ?? 'count';
  const isLocked = view.classes !== 'auto';
  const range = meta?.range ?? null;

  const zoom = useMemo(() => view.at?.zoom ?? (meta ? openingCamera(meta.bbox).zoom : 9), [view.at, meta]);
  const res = isShared ? sharedRes : hotspotStyle ? statisticSizeOf(view.res) : (view.res ?? resForZoom(zoom));
  const locking = filters && range && isLocked ? { locking: lockingFilters(filters, range, isShared) } : {};

  const hexes = useHexes(filters && (layer === 'hex' || layer === 'heat') ? { filters, res, ...locking } : null);
  const communes = useCommuneCounts(
    filters && layer === 'commune' ? { filters, boundarySet: isShared ? undefined : view.set, ...locking } : null,
  );
  const hotspots = useHotspots(filters && hotspotStyle ? { filters, res, score } : null);
  const hexScale = useMemo(() => (hexes.data ? hexesScale(hexes.data.bounds, isDark) : null), [hexes.data, isDark]);
  const communeScale = useMemo(
    () => (communes.data ? communesScale(communes.data.locking, measure, isDark) : null),
    [communes.data, measure, isDark],
  );
  const isComparable = range === null || filters === null || isYearBeforeCovered(filters.from, range);
  const active = hotspotStyle ? hotspots : layer === 'commune' ? communes : hexes;
  const hasHexes = layer === 'hex' || layer === 'heat';
  const totals = hotspotStyle ? hotspots.data : layer === 'commune' ? communes.data?.counts : hexes.data?.hexes;

  return {
    layer,
    /** Set when the layer is one of the two of hot spots. */
    hotspotStyle,
    /** The address asks for a layer that this account has not. */
    isRefused,
    canAnalyse,
    measure,
    score,
    hasCold: view.cold !== undefined,
    zoom,
    res,
    isResPinned: view.res !== undefined,
    isLocked,
    isShared,
    /** The data reach back to the same period of the year before. */
    isComparable,
    isDark,
    filters,
    hexes: hasHexes ? hexes.data?.hexes : undefined,
    hexScale,
    communeCounts: layer === 'commune' ? communes.data?.counts.communes : undefined,
    communeScale,
    scale: layer === 'commune' ? communeScale : hexScale,
    hotspots: hotspotStyle ? hotspots.data : undefined,
    /** Numbers of the last good answer. */
    totals,
    isLoading: active.isLoading,
    isPrevious: active.isPrevious,
    error: active.error,
    retry: active.retry,
  };
}

function isHotspotStyle(layer: LayerName): layer is HotspotStyle {
  return layer === 'hotspot' || layer === 'emerging';
}
