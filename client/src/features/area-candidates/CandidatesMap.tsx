import type { AreaCandidate, LngLat } from '@diemnong/contracts';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { MapSlot } from '../../map/MapSlot.tsx';
import { useMapEngine, useMapLayers } from '../../map/map-context.ts';
import { useTheme } from '../../state/theme.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { placedShapes } from '../area-layer/area-places.ts';
import { useAreaLayer } from '../area-layer/use-area-layer.ts';
import { useAreaShapes } from '../area-layer/use-area-shapes.ts';
import { useShownCamera } from '../area-layer/use-shown-camera.ts';
import { isInPolygon } from '../communes/commune-at.ts';
import styles from './candidates.module.css';
import { candidatesLayers } from './candidates-layer.ts';

type CandidatesMapProps = {
  candidates: readonly AreaCandidate[];
  selected: string | undefined;
  onSelect: (key: string) => void;
};

/** The one map with the suggestions and, quietly, the areas there are. */
export function CandidatesMap({ candidates, selected, onSelect }: CandidatesMapProps) {
  const engine = useMapEngine();
  const isDark = useTheme().theme === 'dark';
  const camera = useShownCamera();
  const updateView = useUpdateView();
  const { shapes } = useAreaShapes(true);
  const placed = useMemo(() => placedShapes(shapes), [shapes]);
  useAreaLayer(placed, { camera, isDark, isQuiet: true });
  const layers = useMemo(() => candidatesLayers({ candidates, selected, isDark }), [candidates, selected, isDark]);
  useMapLayers('candidates', layers);
  const select = useEffectEvent((point: LngLat) => {
    const found = candidates.find(({ geometry }) => isInPolygon(point, geometry));
    if (found) onSelect(found.key);
  });
  useEffect(() => engine?.onClick(({ lngLat }) => select(lngLat)), [engine]);
  useEffect(() => engine?.onMove((at) => updateView({ at }, { replace: true })), [engine, updateView]);
  return (
    <div className={styles.stage}>
      <MapSlot />
    </div>
  );
}
