import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  GeoJSONSourceSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { type BasemapColours, type BasemapTheme, basemapColours } from './basemap-colours.ts';

export type { BasemapTheme } from './basemap-colours.ts';

/** Layers of the style in drawing order; data layers go between the two groups. All exist in every variant but the last. */
export const basemapLayerIds = {
  belowData: ['background', 'land', 'water', 'roads-casing', 'roads'],
  aboveData: ['commune-borders', 'province-borders', 'commune-labels', 'national-labels'],
} as const;

/** Data layers are inserted before this layer (deck.gl: `beforeId`). */
export const firstAboveDataLayerId = basemapLayerIds.aboveData[0];

/** The source of our own tiles inside the style, and its source layer with the communes' polygons. */
export const basemapSourceId = 'basemap';

/**
 * Without a `glyphs` address MapLibre draws names from the page's own web fonts: the list becomes a CSS font family, and
 * the weight is read from the first name (maplibre-gl 6.17, render/glyph_manager.ts). So the first name asks for weight
 * 600 and the second is the family that @font-face declares. MapLibre keeps the glyph it drew first, so the page must have
 * loaded the Vietnamese part of the font before it makes the map: `document.fonts.load(labelFontCss, labelFontSample)`.
 */
const labelFont = ['Be Vietnam Pro SemiBold', 'Be Vietnam Pro'];
export const labelFontCss = "600 48px 'Be Vietnam Pro'";
export const labelFontSample = 'Aạếữđ';

export type BasemapOptions = {
  theme: BasemapTheme;
  /** English leaves the kind of a commune out of its label ("P."); names stay as they are. */
  language: 'vi' | 'en';
  /** Absolute template of our tiles: `${location.origin}/tiles/basemap/{z}/{x}/{y}.mvt`. */
  tilesUrl: string;
  /** Where our tiles have something: [west, south, east, north] in degrees. */
  bounds?: [number, number, number, number];
  /** Absolute address of a PMTiles file in the Protomaps basemap schema, version 4, for ground, water and roads. */
  pmtilesUrl?: string;
  /** Name the archipelagos, as official maps of the whole country do. */
  nationalLabels?: boolean;
};

/**
 * The basemap as a MapLibre style: pure, no request of its own, nothing outside the addresses given.
 * With a PMTiles file, ground, water and roads come from it (source layers `earth`, `water`, `roads`; docs.protomaps.com/basemaps/layers);
 * its boundaries and place names are never drawn: what an official map says of either comes from the office's own data.
 */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const colours = basemapColours[options.theme];
  const scale = options.theme === 'projector' ? 1.5 : 1;
  const sources: Record<string, SourceSpecification> = {
    [basemapSourceId]: {
      type: 'vector',
      tiles: [options.tilesUrl],
      minzoom: 0,
      maxzoom: 14,
      ...(options.bounds === undefined ? {} : { bounds: options.bounds }),
    },
  };
  if (options.pmtilesUrl !== undefined)
    sources.pmtiles = { type: 'vector', url: `pmtiles://${options.pmtilesUrl}`, attribution: '© OpenStreetMap' };
  if (options.nationalLabels) sources.national = { type: 'geojson', data: archipelagos };
  return {
    version: 8,
    name: `Điểm Nóng (${options.theme})`,
    sources,
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': colours.background } },
      ...(options.pmtilesUrl === undefined ? ownGround(colours, scale) : pmtilesGround(colours, scale)),
      ...borders(colours, scale),
      ...names(colours, scale, options),
    ],
  };
}

/** Land has no antialiasing: provinces side by side would show their seam. */
function ownGround(colours: BasemapColours, scale: number): LayerSpecification[] {
  const source = basemapSourceId;
  return [
    {
      id: 'land',
      type: 'fill',
      source,
      'source-layer': 'land',
      paint: { 'fill-color': colours.land, 'fill-antialias': false },
    },
    { id: 'water', type: 'fill', source, 'source-layer': 'water', paint: { 'fill-color': colours.water } },
    ...roads(colours, { source, classField: 'class', widths: ownRoadWidths, scale }),
  ];
}

function pmtilesGround(colours: BasemapColours, scale: number): LayerSpecification[] {
  const source = 'pmtiles';
  return [
    { id: 'land', type: 'fill', source, 'source-layer': 'earth', paint: { 'fill-color': colours.land } },
    {
      id: 'water',
      type: 'fill',
      source,
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colours.water },
    },
    ...roads(colours, { source, classField: 'kind', widths: protomapsRoadWidths, scale }),
  ];
}

/** Width in pixels by class at zooms 8, 12 and 16; classes not named are not drawn. */
type RoadWidths = Record<string, [at8: number, at12: number, at16: number]>;

const ownRoadWidths: RoadWidths = {
  quoc_lo: [2.2, 4.6, 14],
  tinh: [1.5, 3.4, 11],
  huyen: [0.9, 2.5, 9],
  do_thi: [0.4, 1.6, 8],
  lien_xa: [0.4, 1.6, 7],
  lien_thon: [0.2, 1, 5],
};

const protomapsRoadWidths: RoadWidths = {
  highway: [2.2, 4.6, 14],
  major_road: [1.2, 3, 10],
  minor_road: [0.2, 1, 6],
};

/** White roads, each with a casing a little darker than the ground; all casings below all roads, so that crossings are open. */
function roads(
  colours: BasemapColours,
  options: { source: string; classField: string; widths: RoadWidths; scale: number },
): LayerSpecification[] {
  const filter: ExpressionSpecification = [
    'match',
    ['get', options.classField],
    Object.keys(options.widths),
    true,
    false,
  ];
  const shared = { type: 'line', source: options.source, 'source-layer': 'roads', filter } as const;
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      ...shared,
      id: 'roads-casing',
      minzoom: 8,
      layout,
      paint: { 'line-color': colours.roadCasing, 'line-width': roadWidth(options, 1.4) },
    },
    { ...shared, id: 'roads', layout, paint: { 'line-color': colours.road, 'line-width': roadWidth(options, 0) } },
  ];
}

function roadWidth(
  { classField, widths, scale }: { classField: string; widths: RoadWidths; scale: number },
  casingPixels: number,
): DataDrivenPropertyValueSpecification<number> {
  const at = (step: 0 | 1 | 2): ExpressionSpecification =>
    [
      'match',
      ['get', classField],
      ...Object.entries(widths).flatMap(([name, pixels]) => [name, pixels[step] * scale + casingPixels]),
      0,
    ] as unknown as ExpressionSpecification; // a tuple type cannot say "pairs, then one"
  return ['interpolate', ['exponential', 1.5], ['zoom'], 8, at(0), 12, at(1), 16, at(2)];
}

function borders(colours: BasemapColours, scale: number): LayerSpecification[] {
  const width = (at6: number, at10: number, at14: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    6,
    at6 * scale,
    10,
    at10 * scale,
    14,
    at14 * scale,
  ];
  return [
    {
      id: 'commune-borders',
      type: 'line',
      source: basemapSourceId,
      'source-layer': 'commune_borders',
      minzoom: 7,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.communeBorder, 'line-width': width(0.2, 0.8, 1.3) },
    },
    {
      id: 'province-borders',
      type: 'line',
      source: basemapSourceId,
      'source-layer': 'provinces',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colours.provinceBorder, 'line-width': width(0.7, 1.5, 2.2) },
    },
  ];
}

function names(colours: BasemapColours, scale: number, options: BasemapOptions): LayerSpecification[] {
  const paint = {
    'text-color': colours.label,
    'text-halo-color': colours.labelHalo,
    'text-halo-width': 1.5 * scale,
    'text-halo-blur': 0.3,
  };
  const communes: LayerSpecification = {
    id: 'commune-labels',
    type: 'symbol',
    source: basemapSourceId,
    'source-layer': 'commune_labels',
    minzoom: 8,
    layout: {
      'text-field': options.language === 'vi' ? nameWithKind : ['get', 'name'],
      'text-font': labelFont,
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, 10.5 * scale, 11, 12 * scale, 14, 14 * scale],
      'text-line-height': 1.45, // stacked Vietnamese marks
      'text-max-width': 9,
      'text-padding': 4,
    },
    paint,
  };
  const national: LayerSpecification = {
    id: 'national-labels',
    type: 'symbol',
    source: 'national',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': labelFont,
      'text-size': ['interpolate', ['linear'], ['zoom'], 3, 11 * scale, 7, 15 * scale],
      'text-line-height': 1.45,
      'text-max-width': 7,
      'text-allow-overlap': true, // these two names are never left out
      'text-ignore-placement': true,
    },
    paint,
  };
  return options.nationalLabels ? [communes, national] : [communes];
}

/** "P. Phố Hiến", as offices write it; a rural commune (xã) is named alone. */
const nameWithKind: ExpressionSpecification = [
  'concat',
  ['match', ['downcase', ['get', 'kind']], 'phường', 'P. ', 'thị trấn', 'TT. ', 'đặc khu', 'Đặc khu ', ''],
  ['get', 'name'],
];

/** Where the names stand: the middle of each archipelago, to a tenth of a degree. Names as official maps write them, in both languages. */
const archipelagos: GeoJSONSourceSpecification['data'] = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'Quần đảo Hoàng Sa' },
      geometry: { type: 'Point', coordinates: [112, 16.5] },
    },
    {
      type: 'Feature',
      properties: { name: 'Quần đảo Trường Sa' },
      geometry: { type: 'Point', coordinates: [114.2, 9.8] },
    },
  ],
};
