/** The chunk that turns answers into deck.gl layers; asked for together with the engine. */
export function loadMapDataLayers(): Promise<typeof import('./MapDataLayers.tsx')> {
  return import('./MapDataLayers.tsx');
}
