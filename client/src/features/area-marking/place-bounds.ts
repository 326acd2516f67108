import type { Bbox } from '@diemnong/contracts';
import { cellToBoundary } from 'h3-js';
import { bboxOf } from '../communes/commune-bbox.ts';
import type { PlaceDraft } from './place-draft.ts';

/** [west, south, east, north] of what a draft holds; undefined while it holds nothing, or a commune alone. */
export function placeBounds({ tool, rings, cells }: PlaceDraft): Bbox | undefined {
  const found = tool === 'cells' ? cells.map((cell) => cellToBoundary(cell, true)) : tool === 'draw' ? rings : [];
  return found.length === 0
    ? undefined
    : bboxOf({ type: 'MultiPolygon', coordinates: [found.map((ring) => ring.map(([lng, lat]) => [lng, lat]))] });
}
