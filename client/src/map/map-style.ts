import { basemapStyle, firstAboveDataLayerId } from '@diemnong/tiles/basemap-style';
import type { StyleSpecification } from 'maplibre-gl';
import type { Language } from '../i18n/i18n.ts';
import type { ThemeName } from '../state/theme.ts';

export { firstAboveDataLayerId };

/** What the quiet map below our data depends on. */
export type MapLook = {
  theme: ThemeName;
  language: Language;
  /** A PMTiles basemap is configured on the server. */
  hasBasemap: boolean;
  /** In the tiles' address, so that newer boundaries are fetched and older ones stay cached. */
  dataVersion: number;
  /** The tiles hold the communes of the default boundary set; with another one chosen they are not drawn. */
  hasOtherCommunes: boolean;
};

/** The basemap of a look, with this server's addresses. */
export function mapStyle({ theme, language, hasBasemap, dataVersion, hasOtherCommunes }: MapLook): StyleSpecification {
  const { origin } = window.location;
  const style = basemapStyle({
    theme,
    language,
    tilesUrl: `${origin}/tiles/basemap/{z}/{x}/{y}.mvt?v=${dataVersion}`,
    nationalLabels: true,
    ...(hasBasemap ? { pmtilesUrl: `${origin}/basemap.pmtiles` } : {}),
  });
  if (!hasOtherCommunes) return style;
  // Hidden, not removed: data layers stand before the first of them.
  for (const layer of style.layers) {
    if (layer.id === 'commune-borders' || layer.id === 'commune-labels') {
      layer.layout = { ...layer.layout, visibility: 'none' };
    }
  }
  return style;
}
