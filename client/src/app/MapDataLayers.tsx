import type { Layer } from '@deck.gl/core';
import type { LngLat } from '@diemnong/contracts';
import { latLngToCell } from 'h3-js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { communeAt } from '../features/communes/commune-at.ts';
import { communesBorderLayer, communesLayers } from '../features/communes/communes-layer.ts';
import { useCommunes } from '../features/communes/use-communes.ts';
import { hexesLayer } from '../features/hexes/hexes-layer.ts';
import { useShownCounts } from '../features/meta/use-shown-counts.ts';
import { placeOutline } from '../features/stories/place-outline.ts';
import { selectionLayers } from '../features/stories/selection-layer.ts';
import { useMapEngine, useMapLayers } from '../map/map-context.ts';
import { useUpdateView, useView } from '../state/use-view.ts';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

type HeatModule = typeof import('../features/hexes/heat-layer.ts');
type Hover = { x: number; y: number; isRight: boolean; name: string; count?: number | null };

/** Draws the picture on the map and answers pointing at it; its only markup is the small label under the pointer. */
export function MapDataLayers() {
  const { t } = useTranslation('map');
  const { show } = useShownCounts();
  const engine = useMapEngine();
  const view = useView();
  const updateView = useUpdateView();
  const { data: communes } = useCommunes(view.set);
  const { layer, measure, isDark, isComparable, hexes, hexScale, communeCounts, communeScale } = useMapPicture();
  const [hover, setHover] = useState<Hover | null>(null);
  const [heat, setHeat] = useState<HeatModule | null>(null);

  // Few look at the heat surface: its code (GPU aggregation) comes when it is first asked for.
  useEffect(() => {
    if (layer === 'heat' && heat === null) void import('../features/hexes/heat-layer.ts').then(setHeat);
  }, [layer, heat]);

  const layers = useMemo<Layer[]>(() => {
    if (layer === 'commune') {
      if (!communes || !communeCounts || !communeScale) return [];
      return communesLayers({
        features: communes.features,
        counts: isComparable ? communeCounts : communeCounts.map((commune) => ({ ...commune, changePercent: null })),
        measure,
        scale: communeScale,
        isDark,
      });
    }
    if (!hexes || !hexScale) return [];
    if (layer === 'heat') return heat ? [heat.heatLayer({ hexes, isDark })] : [];
    return [hexesLayer({ hexes, scale: hexScale, isDark })];
  }, [layer, measure, isDark, isComparable, hexes, hexScale, communes, communeCounts, communeScale, heat]);
  useMapLayers('picture', layers);

  const borders = useMemo(
    () => (view.set && communes ? [communesBorderLayer(communes.features, isDark)] : []),
    [view.set, communes, isDark],
  );
  useMapLayers('borders', borders);

  const outlines = useMemo(
    () => [view.selected, view.pinned].flatMap((place) => (place ? placeOutline(place, communes?.features ?? []) : [])),
    [view.selected, view.pinned, communes],
  );
  useMapLayers(
    'selection',
    useMemo(() => selectionLayers(outlines, isDark), [outlines, isDark]),
  );

  // Tests and start-up measurements wait for this sign that the first data were drawn.
  const hasDrawn = layers.length > 0 && engine !== null;
  useEffect(() => {
    if (!hasDrawn) return;
    engine?.afterNextDraw(() => {
      document.documentElement.dataset['mapReady'] = 'true';
    });
  }, [hasDrawn, engine]);

  const countOfCell = useMemo(() => new Map(hexes?.cells.map((cell, i) => [cell, hexes.counts[i] ?? 0])), [hexes]);
  const pointing = useMemo(() => {
    const cellAt = ([lng, lat]: LngLat) => (hexes && layer === 'hex' ? latLngToCell(lat, lng, hexes.res) : undefined);
    return {
      /** The hexagon under the pointer when one is drawn there, else the commune. */
      placeAt(point: LngLat): string | undefined {
        const cell = cellAt(point);
        if (cell !== undefined && countOfCell.has(cell)) return `hex:${cell}`;
        const commune = communeAt(point, communes?.features ?? []);
        return commune && `commune:${commune.properties.code}`;
      },
      describe(point: LngLat): Pick<Hover, 'name' | 'count'> | null {
        const cell = cellAt(point);
        const commune = communeAt(point, communes?.features ?? []);
        const name = commune?.properties.fullName ?? '';
        if (cell !== undefined && countOfCell.has(cell)) return { name, count: countOfCell.get(cell) ?? 0 };
        const counted = communeCounts?.find(({ code }) => code === commune?.properties.code);
        return commune ? { name, ...(counted && { count: counted.count }) } : null;
      },
    };
  }, [hexes, layer, communes, communeCounts, countOfCell]);

  useEffect(
    () => engine?.onClick(({ lngLat }) => updateView({ selected: pointing.placeAt(lngLat) })),
    [engine, pointing, updateView],
  );
  useEffect(
    () =>
      engine?.onHover((event) => {
        const found = event && pointing.describe(event.lngLat);
        setHover(found ? { ...found, x: event.x, y: event.y, isRight: event.isRight } : null);
      }),
    [engine, pointing],
  );
  useEffect(() => engine?.onMove((camera) => updateView({ at: camera }, { replace: true })), [engine, updateView]);

  if (hover === null) return null;
  return (
    <div
      className={styles.hover}
      data-side={hover.isRight ? 'left' : 'right'}
      style={{ left: hover.x, top: hover.y }}
      aria-hidden
    >
      {hover.count !== undefined && (
        <strong>{t('incidents', { count: hover.count ?? 0, value: show(hover.count) })}</strong>
      )}
      <span>{hover.name}</span>
    </div>
  );
}
