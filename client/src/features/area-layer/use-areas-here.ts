import { listAreas } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { cellToBoundary, cellToLatLng, getResolution, latLngToCell } from 'h3-js';
import { useMemo } from 'react';
import { request } from '../../api/request.ts';
import { isInPolygon } from '../communes/commune-at.ts';
import { type AreaShape, useAreaDay, useAreaShapes } from './use-area-shapes.ts';

type AreaHere = { id: string; name: string; status: AreaShape['properties']['status'] };

/** Areas that hold a part of a hexagon, or that touch a commune; undefined while it is not known. */
export function useAreasHere(place: string): readonly AreaHere[] | undefined {
  const [kind, id = ''] = place.split(':');
  const asOf = useAreaDay();
  const { data, shapes } = useAreaShapes(kind === 'hex');
  const query = { asOf, communes: id };
  const ofCommune = useQuery({
    queryKey: ['areas', 'here', query],
    queryFn: ({ signal }) => request(listAreas, { query }, { signal }),
    enabled: kind === 'commune',
    staleTime: 0,
  }).data;
  return useMemo(() => {
    if (kind === 'commune')
      return ofCommune?.areas.filter(({ status }) => status !== 'superseded' && status !== 'draft');
    if (data === undefined) return undefined;
    return shapes
      .filter(({ geometry }) => touchesCell(geometry, id))
      .map(({ properties }) => ({ id: properties.id, name: properties.name, status: properties.status }));
  }, [kind, id, ofCommune, data, shapes]);
}

/** A shape and a cell have a place in common: a corner of one lies in the other, or the cell's centre in the shape. */
function touchesCell(geometry: AreaShape['geometry'], cell: string): boolean {
  const [lat, lng] = cellToLatLng(cell);
  if (isInPolygon([lng, lat], geometry)) return true;
  if (cellToBoundary(cell, true).some(([x, y]) => isInPolygon([x, y], geometry))) return true;
  const res = getResolution(cell);
  return geometry.coordinates.flat(2).some(([x = 0, y = 0]) => latLngToCell(y, x, res) === cell);
}
