import type { Layer } from '@deck.gl/core';
import { createContext, useContext, useEffect } from 'react';
import type { MapEngine } from './map-engine.ts';

export type MapState = {
  /** null until the engine's chunk has come and the map is created. */
  engine: MapEngine | null;
  /** The one element the map lives in; a MapSlot takes it in. */
  host: HTMLElement | null;
};

export const MapContext = createContext<MapState>({ engine: null, host: null });

export function useMapEngine(): MapEngine | null {
  return useContext(MapContext).engine;
}

/**
 * Draw deck.gl layers on the one map while the calling component is mounted. Give a memoised array: a new array is a
 * new drawing. Every layer's id must stand in map/layer-order.ts.
 */
export function useMapLayers(group: string, layers: Layer[]): void {
  const engine = useMapEngine();
  useEffect(() => engine?.setLayers(group, layers), [engine, group, layers]);
  useEffect(() => () => engine?.setLayers(group, []), [engine, group]);
}
