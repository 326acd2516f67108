import {
  type CommuneIndex,
  communeIndex,
  createCellPlacer,
  distanceM,
  type LngLat,
  type MultiPolygon,
} from '@diemnong/analysis';
import { fromWkb } from '../../database/multipolygon-wkb.ts';

/** A commune of the default boundary set as a file is placed by it. */
export type ImportCommune = {
  code: string;
  provinceCode: string;
  name: string;
  fullName: string;
  kind: string;
  /** Where maps write the name, and the centre of gravity: points typed "somewhere in the commune" stand there. */
  labelPoint: LngLat;
  centroid: LngLat;
  /** MultiPolygon at full precision. */
  wkb: Uint8Array;
};

/** Resolutions in the order in which the incident table holds them. */
const STORED_RESOLUTIONS = [10, 9, 8, 7] as const;

export interface Placer {
  /** In ascending order of code; an ordinal is a place in this list. */
  readonly communes: readonly ImportCommune[];
  readonly index: CommuneIndex;
  ordinalOf(code: string): number;
  /** Direct cells of a point as halves: `[high, low]` of res 10, then 9, 8, 7. The same array each time. */
  cells(lng: number, lat: number): Int32Array;
  /** Does the point stand within 30 m of its commune's label point or centroid? */
  isAtCentre(ordinal: number, lng: number, lat: number): boolean;
  nearest(lng: number, lat: number): { commune: ImportCommune; distanceM: number };
}

const CENTRE_RADIUS_M = 30;
/** More than 30 m of latitude, and of longitude up to 60°: a quick look before the true distance. */
const CENTRE_REACH_DEGREES = 0.0006;
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** @param communes of one boundary set, at least one. */
export function createPlacer(communes: readonly ImportCommune[]): Placer {
  const index = communeIndex(communes.map(({ code, wkb }) => ({ code, geometry: geometryOf(wkb) })));
  const byCode = new Map(communes.map((commune) => [commune.code, commune]));
  const sorted = index.codes.map((code) => byCode.get(code) as ImportCommune);
  const ordinals = new Map(index.codes.map((code, ordinal) => [code, ordinal]));
  const centres = Float64Array.from(sorted.flatMap(({ labelPoint, centroid }) => [...labelPoint, ...centroid]));
  const cellPlacer = createCellPlacer(STORED_RESOLUTIONS);
  const cells = new BigInt64Array(STORED_RESOLUTIONS.length);
  const words = new Int32Array(cells.buffer);
  const halves = new Int32Array(words.length);

  const isNear = (at: number, lng: number, lat: number) => {
    const x = centres[at];
    const y = centres[at + 1];
    if (Math.abs(lat - y) > CENTRE_REACH_DEGREES || Math.abs(lng - x) > CENTRE_REACH_DEGREES) return false;
    return distanceM(lng, lat, x, y) <= CENTRE_RADIUS_M;
  };

  return {
    communes: sorted,
    index,
    ordinalOf: (code) => ordinals.get(code) ?? -1,
    cells(lng, lat) {
      cellPlacer.place(lng, lat, cells, 0);
      for (let i = 0; i < halves.length; i += 2) {
        halves[i] = words[IS_LITTLE_ENDIAN ? i + 1 : i];
        halves[i + 1] = words[IS_LITTLE_ENDIAN ? i : i + 1];
      }
      return halves;
    },
    isAtCentre: (ordinal, lng, lat) => isNear(4 * ordinal, lng, lat) || isNear(4 * ordinal + 2, lng, lat),
    nearest(lng, lat) {
      const found = index.nearest(lng, lat);
      if (found === null) throw new Error('no communes');
      return { commune: byCode.get(found.code) as ImportCommune, distanceM: found.distanceM };
    },
  };
}

/** Bytes that came through a worker's door are a plain Uint8Array again. */
function geometryOf(wkb: Uint8Array): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: fromWkb(Buffer.from(wkb.buffer, wkb.byteOffset, wkb.byteLength)) };
}
