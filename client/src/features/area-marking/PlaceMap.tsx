import type { LngLat } from '@diemnong/contracts';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { cellToBoundary, latLngToCell } from 'h3-js';
import { type PropsWithChildren, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MapSlot } from '../../map/MapSlot.tsx';
import { useMapEngine, useMapLayers } from '../../map/map-context.ts';
import { defaultPeriod } from '../../state/days.ts';
import { useTheme } from '../../state/theme.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { placedShapes } from '../area-layer/area-places.ts';
import { useAreaLayer } from '../area-layer/use-area-layer.ts';
import { useAreaShapes } from '../area-layer/use-area-shapes.ts';
import { useShownCamera } from '../area-layer/use-shown-camera.ts';
import { communeAt } from '../communes/commune-at.ts';
import { useCommunes } from '../communes/use-communes.ts';
import { hexesLayer } from '../hexes/hexes-layer.ts';
import { hexesScale } from '../hexes/hexes-scale.ts';
import { useHexes } from '../hexes/use-hexes.ts';
import { useMeta } from '../meta/use-meta.ts';
import styles from './marking.module.css';
import { markingLayers, type Polygons } from './marking-layer.ts';
import { type CellRes, mostCells, type PlaceDraft } from './place-draft.ts';

type PlaceMapProps = PropsWithChildren<{
  draft: PlaceDraft;
  /** The pointer gathers hexagons where it is pressed and moved; else it moves the map and clicks gather. */
  isGathering: boolean;
  /** An area whose shape is left out of the others, since it is the one being changed. */
  without?: string;
  /** Shapes that are shown besides the draft. */
  also?: Polygons;
  onChange: (draft: PlaceDraft) => void;
}>;

const noPolygons: Polygons = [];

/** The one map with the records of the last 12 months, the areas there are, and the place being made. */
export function PlaceMap({ draft, isGathering, without, also = noPolygons, onChange, children }: PlaceMapProps) {
  const { t } = useTranslation(['area-marking', 'map']);
  const engine = useMapEngine();
  const isDark = useTheme().theme === 'dark';
  const camera = useShownCamera();
  const updateView = useUpdateView();
  const range = useMeta().data?.range ?? null;
  const { data: communes } = useCommunes(undefined);
  const { shapes } = useAreaShapes(true);
  const others = useMemo(
    () => placedShapes(shapes.filter(({ properties }) => properties.id !== without)),
    [shapes, without],
  );
  useAreaLayer(others, { camera, isDark, isQuiet: true });

  const { data: picture } = useHexes(range ? { filters: defaultPeriod(range), res: draft.res } : null);
  const counts = useMemo(
    () => (picture ? [hexesLayer({ hexes: picture.hexes, scale: hexesScale(picture.bounds, isDark), isDark })] : []),
    [picture, isDark],
  );
  useMapLayers('picture', counts);

  const polygons = useMemo((): Polygons => {
    if (draft.tool === 'cells') return draft.cells.map((cell) => [cellToBoundary(cell, true)]);
    if (draft.tool !== 'commune') return [];
    const commune = communes?.features.find(({ properties }) => properties.code === draft.communeCode);
    return (commune?.geometry.coordinates ?? []) as Polygons;
  }, [draft.tool, draft.cells, draft.communeCode, communes]);
  const layers = useMemo(() => markingLayers([...polygons, ...also], isDark), [polygons, also, isDark]);
  useMapLayers('marking', layers);

  // Several moves of the pointer come between two drawings: each begins from what the one before made.
  const gathered = useRef(draft.cells);
  useEffect(() => {
    gathered.current = draft.cells;
  }, [draft.cells]);
  const isAdding = useRef(true);
  const gather = useEffectEvent((point: LngLat, isStart: boolean) => {
    const cell = cellAt(point, draft.res);
    const has = gathered.current.includes(cell);
    if (isStart) isAdding.current = !has;
    if (has === isAdding.current || (isAdding.current && gathered.current.length >= mostCells)) return;
    gathered.current = isAdding.current ? [...gathered.current, cell] : gathered.current.filter((one) => one !== cell);
    onChange({ ...draft, cells: gathered.current });
  });
  const chooseCommune = useEffectEvent((point: LngLat) => {
    const commune = communeAt(point, communes?.features ?? []);
    if (commune) onChange({ ...draft, communeCode: commune.properties.code });
  });

  useEffect(() => {
    if (engine === null) return;
    if (draft.tool === 'commune') return engine.onClick(({ lngLat }) => chooseCommune(lngLat));
    if (draft.tool !== 'cells') return;
    if (isGathering) return engine.onPaint(({ lngLat, isStart }) => gather(lngLat, isStart));
    return engine.onClick(({ lngLat }) => gather(lngLat, true));
  }, [engine, draft.tool, isGathering]);
  useEffect(() => engine?.onMove((at) => updateView({ at }, { replace: true })), [engine, updateView]);

  return (
    <div className={styles.stage} data-testid="marking-map">
      <MapSlot />
      <div className={styles.zoom}>
        <IconButton label={t('map:zoomIn')} onClick={() => engine?.zoomBy(1)}>
          <IconPlus size="1.125em" aria-hidden />
        </IconButton>
        <IconButton label={t('map:zoomOut')} onClick={() => engine?.zoomBy(-1)}>
          <IconMinus size="1.125em" aria-hidden />
        </IconButton>
      </div>
      {children}
      <p className={styles.mapNote}>{t('map.note', { res: draft.res })}</p>
    </div>
  );
}

function cellAt([lng, lat]: LngLat, res: CellRes): string {
  return latLngToCell(lat, lng, res);
}
