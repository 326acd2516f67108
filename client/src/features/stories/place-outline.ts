import { cellToBoundary } from 'h3-js';
import type { CommuneFeature } from '../communes/use-communes.ts';
import type { PlaceId } from './use-story.ts';

export type Path = [number, number][];

/** The border of a place as [lng, lat] paths, closed. [] for a commune that is not in this boundary set. */
export function placeOutline(place: PlaceId, communes: readonly CommuneFeature[]): Path[] {
  const [kind, id = ''] = place.split(':');
  if (kind === 'hex') return [cellToBoundary(id, true)];
  const commune = communes.find(({ properties }) => properties.code === id);
  return (commune?.geometry.coordinates.flat() ?? []) as Path[];
}
