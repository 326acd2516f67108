import { labelFontCss, labelFontSample } from '@diemnong/tiles/basemap-style';
import type { StyleSpecification } from 'maplibre-gl';
import { type PropsWithChildren, useEffect, useEffectEvent, useState } from 'react';
import type { Camera } from '../state/view-search.ts';
import { loadMapEngine, loadPmtiles } from './load-map-engine.ts';
import { parking } from './MapSlot.tsx';
import styles from './map.module.css';
import { MapContext } from './map-context.ts';
import type { MapEngine } from './map-engine.ts';

type MapEngineModule = Awaited<ReturnType<typeof loadMapEngine>>;

type MapProviderProps = PropsWithChildren<{
  /** Where the map opens; undefined while it is not known. Later values move it. */
  camera: Camera | undefined;
  styleKey: string;
  style: StyleSpecification;
  beforeId: string;
  usesPmtiles: boolean;
  title: string;
  onFailure: (error: unknown) => void;
}>;

/** Owner of the one map: creates the engine once, hands it to whoever draws, and passes style and camera on. */
export function MapProvider({
  children,
  camera,
  styleKey,
  style,
  beforeId,
  usesPmtiles,
  title,
  onFailure,
}: MapProviderProps) {
  const [host] = useState(createHost);
  const [engine, setEngine] = useState<MapEngine | null>(null);
  const isReady = camera !== undefined;

  // Created once, with the values of that moment; the effects below carry later ones.
  const create = useEffectEvent(({ createMapEngine }: MapEngineModule) => {
    if (camera === undefined || engine !== null) return;
    setEngine(createMapEngine(host, { camera, styleKey, style, beforeId, title }));
  });
  const load = useEffectEvent(() => Promise.all([loadMapEngine(), loadLabelFonts(), usesPmtiles && loadPmtiles()]));
  const fail = useEffectEvent(onFailure);
  useEffect(() => {
    if (!isReady) return;
    let isCancelled = false;
    load().then(
      ([module]) => {
        if (!isCancelled) create(module);
      },
      (error: unknown) => fail(error),
    );
    return () => {
      isCancelled = true;
    };
  }, [isReady]);

  useEffect(() => engine?.setStyle(styleKey, style), [engine, styleKey, style]);
  useEffect(() => (camera ? engine?.setCamera(camera) : undefined), [engine, camera]);

  return <MapContext value={{ engine, host }}>{children}</MapContext>;
}

function createHost(): HTMLElement {
  const host = document.createElement('div');
  host.className = styles.host ?? '';
  parking().append(host);
  return host;
}

/** Labels are drawn from the page's own fonts into a texture once: they must be there first. */
async function loadLabelFonts(): Promise<void> {
  await Promise.allSettled([document.fonts.load(labelFontCss, labelFontSample)]);
}
