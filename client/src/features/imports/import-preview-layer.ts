import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { getImportPreview, LngLat, ResponseOf } from '@diemnong/contracts';
import { toRgb } from '../../ui/ramps.ts';

export type ImportPreview = ResponseOf<typeof getImportPreview>;
export type PreviewPart = 'accepted' | 'rejected' | 'suspicious';

/** Colours of the preview, shared with its legend: [light, dark]. */
export const previewColors = {
  accepted: ['#3d5f96', '#9dbcf2'],
  rejected: ['#c8102e', '#ff7a85'],
  suspicious: ['#8a4b00', '#ffc15c'],
} as const satisfies Record<PreviewPart, readonly [string, string]>;

/** Up to this many positions the dots are larger: they cannot pile up into a blot. */
const few = 1000;

type PreviewLayersProps = { preview: ImportPreview; shown: ReadonlySet<PreviewPart>; isDark: boolean };

/**
 * What an import would put on the map: accepted positions as quiet dots, rejected ones in red, and rings around places
 * that too many rows share, wider where there are more.
 * @returns deck layers, ids in map/layer-order.ts; [] when nothing is shown. Sizes in pixels.
 */
export function importPreviewLayers({ preview, shown, isDark }: PreviewLayersProps): Layer[] {
  const look = (part: PreviewPart, alpha: number): [number, number, number, number] => [
    ...toRgb(previewColors[part][isDark ? 1 : 0]),
    alpha,
  ];
  const isFew = preview.accepted.length <= few;
  return [
    shown.has('accepted') &&
      new ScatterplotLayer<LngLat>({
        id: 'import-accepted',
        data: preview.accepted,
        getPosition: (at) => at,
        getFillColor: look('accepted', isFew ? 180 : 110),
        radiusUnits: 'pixels',
        getRadius: isFew ? 3.5 : 2,
        updateTriggers: { getFillColor: [isDark, isFew], getRadius: isFew },
      }),
    shown.has('rejected') &&
      new ScatterplotLayer<LngLat>({
        id: 'import-rejected',
        data: preview.rejected,
        getPosition: (at) => at,
        getFillColor: look('rejected', 190),
        radiusUnits: 'pixels',
        getRadius: 2.5,
        updateTriggers: { getFillColor: isDark },
      }),
    shown.has('suspicious') &&
      new ScatterplotLayer<ImportPreview['suspicious'][number]>({
        id: 'import-suspicious',
        data: preview.suspicious,
        getPosition: ({ at }) => at,
        filled: false,
        stroked: true,
        getLineColor: look('suspicious', 255),
        lineWidthUnits: 'pixels',
        getLineWidth: 2.5,
        radiusUnits: 'pixels',
        getRadius: ({ rows }) => ringRadius(rows),
        updateTriggers: { getLineColor: isDark },
      }),
  ].filter((layer) => layer !== false);
}

/** Pixels: 8 for a few rows, 5 more for every ten times as many, 30 at most. */
export function ringRadius(rows: number): number {
  return Math.min(30, 8 + 5 * Math.max(0, Math.log10(Math.max(rows, 10)) - 1));
}
