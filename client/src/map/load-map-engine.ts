/** The engine's chunk, asked for when the page starts (main.tsx) and awaited where the map is created. */
export function loadMapEngine(): Promise<typeof import('./map-engine.ts')> {
  return import('./map-engine.ts');
}

/** Teaches MapLibre `pmtiles://` addresses; fetched only where such a basemap is configured. */
export async function loadPmtiles(): Promise<void> {
  const [{ Protocol }, { addProtocol }] = await Promise.all([import('pmtiles'), import('maplibre-gl')]);
  addProtocol('pmtiles', new Protocol().tile);
}
