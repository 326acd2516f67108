import type { MultiPolygonGeometry } from '@diemnong/contracts';
import { useEffect, useState } from 'react';
import { useMapEngine } from '../../map/map-context.ts';
import { bboxOf } from '../communes/commune-bbox.ts';

/** Flies to a shape once, when the map stands in its place: two frames after it moved there. */
export function useLookAt(geometry: MultiPolygonGeometry | null): void {
  const engine = useMapEngine();
  const [bbox] = useState(() => (geometry === null ? undefined : bboxOf(geometry)));
  useEffect(() => {
    if (engine === null || bbox === undefined) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => engine.flyTo(bbox));
    });
    return () => cancelAnimationFrame(frame);
  }, [engine, bbox]);
}
