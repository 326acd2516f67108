import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { type BasemapTheme, basemapColours } from './basemap-colours.ts';
import { type BasemapOptions, basemapLayerIds, basemapStyle, firstAboveDataLayerId } from './basemap-style.ts';

const plain: BasemapOptions = {
  theme: 'light',
  language: 'vi',
  tilesUrl: 'http://127.0.0.1:8080/tiles/basemap/{z}/{x}/{y}.mvt',
};
const pmtilesUrl = 'http://127.0.0.1:8080/basemap.pmtiles';
const themes: BasemapTheme[] = ['light', 'dark', 'projector'];

describe('basemapStyle', () => {
  it.each(
    themes.flatMap((theme) =>
      (['vi', 'en'] as const).flatMap((language) =>
        [undefined, pmtilesUrl].flatMap((url) =>
          [true, false].map((nationalLabels) => ({
            ...plain,
            theme,
            language,
            nationalLabels,
            ...(url === undefined ? {} : { pmtilesUrl: url }),
          })),
        ),
      ),
    ),
  )('is a valid style: $theme $language, pmtiles $pmtilesUrl, national labels $nationalLabels', (options) => {
    expect(validateStyleMin(basemapStyle(options)).map(({ message }) => message)).toEqual([]);
  });

  it('draws the layers in the order the map relies on', () => {
    const all = [...basemapLayerIds.belowData, ...basemapLayerIds.aboveData];
    expect(basemapStyle({ ...plain, nationalLabels: true }).layers.map(({ id }) => id)).toEqual(all);
    expect(basemapStyle({ ...plain, pmtilesUrl }).layers.map(({ id }) => id)).toEqual(all.slice(0, -1));
    expect(firstAboveDataLayerId).toBe(all[basemapLayerIds.belowData.length]);
  });

  it('names both archipelagos when the whole country is shown, and only then', () => {
    const text = JSON.stringify(basemapStyle({ ...plain, nationalLabels: true }).sources);
    expect(text).toContain('Quần đảo Hoàng Sa');
    expect(text).toContain('Quần đảo Trường Sa');
    expect(JSON.stringify(basemapStyle(plain))).not.toContain('Quần đảo');
  });

  it('asks for nothing but the addresses it was given', () => {
    const addresses = JSON.stringify(basemapStyle({ ...plain, pmtilesUrl, nationalLabels: true })).match(
      /https?:\/\/[^"]+/g,
    );
    expect(addresses?.sort()).toEqual([pmtilesUrl, plain.tilesUrl]);
    expect(basemapStyle(plain)).not.toHaveProperty('glyphs');
    expect(basemapStyle(plain)).not.toHaveProperty('sprite');
  });

  it('takes neither boundaries nor place names from a PMTiles file', () => {
    const taken = basemapStyle({ ...plain, pmtilesUrl }).layers.flatMap((layer) =>
      'source' in layer && layer.source === 'pmtiles' ? [layer['source-layer']] : [],
    );
    expect([...new Set(taken)]).toEqual(['earth', 'water', 'roads']);
  });

  it.each(themes)('has enough contrast in the %s theme (WCAG 2.2)', (theme) => {
    const { land, water, label, labelHalo, communeBorder, provinceBorder } = basemapColours[theme];
    const needed = theme === 'projector' ? 7 : 4.5;
    for (const ground of [land, water, labelHalo]) expect(contrast(label, ground)).toBeGreaterThanOrEqual(needed);
    for (const border of [communeBorder, provinceBorder])
      for (const ground of [land, water]) expect(contrast(border, ground)).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
