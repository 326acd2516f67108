import { useMemo } from 'react';
import { cameraForBbox } from '../../map/camera.ts';
import { useView } from '../../state/use-view.ts';
import type { Camera } from '../../state/view-search.ts';
import { useMeta } from '../meta/use-meta.ts';

/** Viet Nam, while nothing is known. */
const country = [102, 8, 114.5, 23.5] as const;

/** About what the map shows: the camera of the address, or the whole province that it opens with. */
export function useShownCamera(): Camera {
  const { at } = useView();
  const { data: meta } = useMeta();
  return useMemo(() => {
    if (at !== undefined) return at;
    const size = { width: window.innerWidth * 0.6, height: window.innerHeight * 0.7 };
    return cameraForBbox(meta?.bbox ?? [...country], size);
  }, [at, meta]);
}
