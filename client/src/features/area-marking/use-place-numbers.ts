import type { LngLat } from '@diemnong/contracts';
import { cellToLatLng } from 'h3-js';
import { useDeferredValue, useMemo } from 'react';
import { defaultPeriod } from '../../state/days.ts';
import { communeAt } from '../communes/commune-at.ts';
import { useCommunes } from '../communes/use-communes.ts';
import { useHexes } from '../hexes/use-hexes.ts';
import { useMeta } from '../meta/use-meta.ts';
import { numbersOfCells, numbersOfShape, type PlaceDraft } from './place-draft.ts';

/** Small cells that are asked for their commune; of a larger place, evenly chosen ones. */
const mostAsked = 400;

/** The numbers of a place while it is being made; null while there is no place. */
export function usePlaceNumbers(draft: PlaceDraft) {
  const place = useDeferredValue(draft);
  const { data: communes } = useCommunes(undefined);
  const range = useMeta().data?.range ?? null;
  const numbers = useMemo(() => {
    const { tool, rings, communeCode, cells } = place;
    if (tool === 'draw' && rings.length > 0)
      return numbersOfShape({ type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) });
    if (tool === 'cells' && cells.length > 0) return numbersOfCells(cells);
    const commune = tool === 'commune' && communes?.features.find(({ properties }) => properties.code === communeCode);
    return commune ? { ...numbersOfShape(commune.geometry), km2: commune.properties.areaKm2 } : null;
  }, [place, communes]);

  const touched = useMemo(() => {
    if (numbers === null || communes === undefined) return [];
    if (place.tool === 'commune')
      return communes.features.filter(({ properties }) => properties.code === place.communeCode);
    const cells = [...numbers.cells];
    const every = Math.max(1, Math.ceil(cells.length / mostAsked));
    const points: LngLat[] = cells
      .filter((_, i) => i % every === 0)
      .map((cell) => {
        const [lat, lng] = cellToLatLng(cell);
        return [lng, lat];
      });
    const found = new Set(
      [...points, ...place.rings.flat()].flatMap((point) => communeAt(point, communes.features) ?? []),
    );
    return [...found];
  }, [numbers, communes, place]);

  const isCounted = numbers !== null && numbers.cells.size > 0 && range !== null;
  const hexes = useHexes(isCounted ? { filters: defaultPeriod(range), res: 10 } : null);
  const records = useMemo(() => {
    if (!isCounted || hexes.data === undefined) return null;
    const { cells, counts } = hexes.data.hexes;
    return cells.reduce((sum, cell, i) => sum + (numbers.cells.has(cell) ? (counts[i] ?? 0) : 0), 0);
  }, [isCounted, hexes.data, numbers]);

  if (numbers === null) return null;
  return {
    km2: numbers.km2,
    cells: numbers.cells.size,
    communes: touched.map(({ properties }) => properties.name),
    /** In the 12 months before the last record; null while it is not known. */
    records,
  };
}
