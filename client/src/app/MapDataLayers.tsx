import type { Layer } from '@deck.gl/core';
import type { LngLat } from '@diemnong/contracts';
import { latLngToCell } from 'h3-js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMapAreas } from '../features/area-layer/use-map-areas.ts';
import { communeAt } from '../features/communes/commune-at.ts';
import { communesBorderLayer, communesLayers } from '../features/communes/communes-layer.ts';
import { useCommunes } from '../features/communes/use-communes.ts';
import { hexesLayer } from '../features/hexes/hexes-layer.ts';
import { verdictOf } from '../features/hotspots/hotspot-words.ts';
import { hasRoomForGlyphs } from '../features/hotspots/hotspots-glyphs.ts';
import { drawnCells, hotspotsLayers, pileUpsLayers } from '../features/hotspots/hotspots-layer.ts';
import { useShownCounts } from '../features/meta/use-shown-counts.ts';
import { placeOutline } from '../features/stories/place-outline.ts';
import { selectionLayers } from '../features/stories/selection-layer.ts';
import { useMapEngine, useMapLayers } from '../map/map-context.ts';
import { useUpdateView, useView } from '../state/use-view.ts';
import styles from './map-screen.module.css';
import { useMapPicture } from './use-map-picture.ts';

type HeatModule = typeof import('../features/hexes/heat-layer.ts');
type Hover = {
  x: number;
  y: number;
  isRight: boolean;
  name: string;
  count?: number | null;
  words?: string;
  area?: string;
};

/** Draws the picture on the map and answers pointing at it; its only markup is the small label under the pointer. */
export function MapDataLayers() {
  const { t } = useTranslation(['map', 'hotspots']);
  const { show } = useShownCounts();
  const engine = useMapEngine();
  const view = useView();
  const updateView = useUpdateView();
  const { data: communes } = useCommunes(view.set);
  const { layer, measure, isDark, isComparable, hexes, hexScale, communeCounts, communeScale, ...picture } =
    useMapPicture();
  const { hotspots, hotspotStyle, hasCold, zoom } = picture;
  const hasGlyphs = hotspots !== undefined && hasRoomForGlyphs(hotspots.res, zoom, view.at?.lat ?? 16);
  const [hover, setHover] = useState<Hover | null>(null);
  const [heat, setHeat] = useState<HeatModule | null>(null);

  // Few look at the heat surface: its code (GPU aggregation) comes when it is first asked for.
  useEffect(() => {
    if (layer === 'heat' && heat === null) void import('../features/hexes/heat-layer.ts').then(setHeat);
  }, [layer, heat]);

  const layers = useMemo<Layer[]>(() => {
    if (hotspotStyle) {
      if (!hotspots) return [];
      return hotspotsLayers({
        drawn: drawnCells(hotspots, { style: hotspotStyle, hasCold, isDark }),
        hasGlyphs,
        isDark,
      });
    }
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
  }, [
    layer,
    measure,
    isDark,
    isComparable,
    hexes,
    hexScale,
    communes,
    communeCounts,
    communeScale,
    heat,
    hotspots,
    hotspotStyle,
    hasCold,
    hasGlyphs,
  ]);
  useMapLayers('picture', layers);

  const borders = useMemo(
    () => (view.set && communes ? [communesBorderLayer(communes.features, isDark)] : []),
    [view.set, communes, isDark],
  );
  useMapLayers('borders', borders);

  const pileUps = useMemo(() => {
    const places = hotspots?.warnings.find((warning) => warning.kind === 'pile-ups')?.places ?? [];
    return places.length > 0 ? pileUpsLayers(places, isDark) : [];
  }, [hotspots, isDark]);
  useMapLayers('pile-ups', pileUps);

  const areas = useMapAreas({ isDark, engine });

  const outlines = useMemo(
    () => [
      ...areas.outline,
      ...[view.selected, view.pinned].flatMap((place) => (place ? placeOutline(place, communes?.features ?? []) : [])),
    ],
    [areas, view.selected, view.pinned, communes],
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
  const placeOfCell = useMemo(() => new Map(hotspots?.cells.map((cell, i) => [cell, i])), [hotspots]);
  const pointing = useMemo(() => {
    const res = hotspots?.res ?? (layer === 'hex' ? hexes?.res : undefined);
    const cellAt = ([lng, lat]: LngLat) => (res === undefined ? undefined : latLngToCell(lat, lng, res));
    /** Level or group of a cell in words. */
    const wordsOf = (cell: string) => {
      const place = placeOfCell.get(cell) ?? -1;
      if (hotspotStyle === 'emerging') {
        const group = hotspots?.group[place];
        const label = t(`hotspots:label.${hotspots?.label[place] ?? 'none'}`);
        if (hotspots?.groups === null) return t('hotspots:fewSteps.title');
        return group
          ? t('hotspots:labelWithGroup', { label, group: t(`hotspots:group.${group}`).toLocaleLowerCase() })
          : label;
      }
      const verdict = verdictOf(hotspots?.significance[place] ?? 0);
      return t(`hotspots:side.${verdict?.side ?? 'neither'}`, { ...verdict });
    };
    return {
      /**
       * The hexagon under the pointer when one is drawn there, else the commune. Of hot spots every cell of the grid can be asked,
       * also one that is not drawn because it is like any other.
       */
      placeAt(point: LngLat): string | undefined {
        const cell = cellAt(point);
        const commune = communeAt(point, communes?.features ?? []);
        if (cell !== undefined && (hotspotStyle ? commune !== undefined : countOfCell.has(cell))) return `hex:${cell}`;
        return commune && `commune:${commune.properties.code}`;
      },
      describe(point: LngLat): Pick<Hover, 'name' | 'count' | 'words'> | null {
        const cell = cellAt(point);
        const commune = communeAt(point, communes?.features ?? []);
        const name = commune?.properties.fullName ?? '';
        if (cell !== undefined && hotspotStyle) return commune ? { name, words: wordsOf(cell) } : null;
        if (cell !== undefined && countOfCell.has(cell)) return { name, count: countOfCell.get(cell) ?? 0 };
        const counted = communeCounts?.find(({ code }) => code === commune?.properties.code);
        return commune ? { name, ...(counted && { count: counted.count }) } : null;
      },
    };
  }, [hexes, layer, communes, communeCounts, countOfCell, hotspots, hotspotStyle, placeOfCell, t]);

  useEffect(
    () =>
      engine?.onClick(({ lngLat }) =>
        updateView({ selected: pointing.placeAt(lngLat), area: areas.at(lngLat)?.properties.id }),
      ),
    [engine, pointing, areas, updateView],
  );
  useEffect(
    () =>
      engine?.onHover((event) => {
        const area = event && areas.at(event.lngLat);
        const found = event && (pointing.describe(event.lngLat) ?? (area && { name: '' }));
        setHover(
          found
            ? { ...found, ...(area && { area: area.properties.name }), x: event.x, y: event.y, isRight: event.isRight }
            : null,
        );
      }),
    [engine, pointing, areas],
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
      {hover.words !== undefined && <strong>{hover.words}</strong>}
      <span>{hover.name}</span>
      {hover.area !== undefined && <span>{t('areaHere', { name: hover.area })}</span>}
    </div>
  );
}
