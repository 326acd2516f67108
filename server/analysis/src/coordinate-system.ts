import type { LngLat } from './geo.ts';
import {
  TM3_MERIDIANS_DEG,
  type Vn2000Projection,
  vn2000GeographicToWgs84,
  vn2000System,
  vn2000ToWgs84,
} from './vn2000.ts';

/** A way to read two numbers x, y as a place, x being the easting or longitude unless the axes are swapped. */
export interface CoordinateSystem {
  /** `EPSG:4326`, `EPSG:9213`, `vn2000:106.5`, … */
  readonly id: string;
  /** True when the first number is the northing or latitude. */
  readonly isSwapped: boolean;
  toLngLat(x: number, y: number): LngLat;
}

/**
 * The system a person declared.
 * @param code what `vn2000System` takes, or `EPSG:4326` / `wgs84`, or `EPSG:4756` (VN-2000 in degrees).
 * @throws RangeError for a code that is deprecated or not known.
 */
export function coordinateSystem(code: string, isSwapped = false): CoordinateSystem {
  const name = code.trim().toUpperCase();
  if (name === 'EPSG:4326' || name === '4326' || name === 'WGS84')
    return read('EPSG:4326', isSwapped, (x, y) => [x, y]);
  if (name === 'EPSG:4756' || name === '4756') return read('EPSG:4756', isSwapped, vn2000GeographicToWgs84);
  const { id, ...projection } = vn2000System(code);
  return project(id, isSwapped, projection);
}

/**
 * Everything an unlabelled file from an office of Viet Nam may hold: degrees, the 3° zone of any province, UTM 48 and
 * 49; each with its axes either way.
 * Not among them is VN-2000 in degrees, and no file whose maker forgot the datum shift: both lie some 224 m beside, which
 * no fit to communes can tell from the truth.
 */
export function candidateSystems(): CoordinateSystem[] {
  const ids = ['EPSG:4326', ...TM3_MERIDIANS_DEG.map((meridian) => `vn2000:${meridian}`), 'EPSG:3405', 'EPSG:3406'];
  return ids.flatMap((id) => [coordinateSystem(id), coordinateSystem(id, true)]);
}

export interface SystemFit {
  readonly system: CoordinateSystem;
  /** Share of the sample that falls inside a commune, 0 to 1. */
  readonly share: number;
}

export interface CrsDetection {
  /** Best fit; null when no candidate puts any point inside. */
  readonly best: CoordinateSystem | null;
  readonly share: number;
  /** The other candidates that put at least one point inside, best first. */
  readonly runnersUp: SystemFit[];
  /** True when a runner-up comes so near that a person must choose, or when there is no best. */
  readonly ambiguous: boolean;
}

/** A runner-up within this share of the best is a near tie. */
const NEAR_TIE = 0.05;

/**
 * Find how unlabelled coordinates are meant, by how many of them fall inside the communes.
 * Neighbouring meridians move points by 26 km and more, so a spread-out sample tells them apart. UTM zone 48 and the 3°
 * zone on 105° differ by 700 m in northing only: expect that pair to be told as ambiguous.
 * @param sample some hundred pairs from all over the file; pairs that are not finite count as outside.
 */
export function detectCrs(
  sample: readonly (readonly [x: number, y: number])[],
  communes: { findOrdinal(lng: number, lat: number): number },
  candidates: readonly CoordinateSystem[] = candidateSystems(),
): CrsDetection {
  const fits = candidates
    .map((system): SystemFit => {
      let inside = 0;
      for (const [x, y] of sample) {
        const [lng, lat] = system.toLngLat(x, y);
        if (communes.findOrdinal(lng, lat) >= 0) inside++;
      }
      return { system, share: sample.length === 0 ? 0 : inside / sample.length };
    })
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  const [best, ...runnersUp] = fits;
  if (best === undefined) return { best: null, share: 0, runnersUp: [], ambiguous: true };
  const ambiguous = runnersUp.length > 0 && runnersUp[0].share >= best.share - NEAR_TIE;
  return { best: best.system, share: best.share, runnersUp, ambiguous };
}

function project(id: string, isSwapped: boolean, projection: Vn2000Projection): CoordinateSystem {
  return read(id, isSwapped, (easting, northing) => vn2000ToWgs84(easting, northing, projection));
}

function read(id: string, isSwapped: boolean, toLngLat: (x: number, y: number) => LngLat): CoordinateSystem {
  return { id, isSwapped, toLngLat: isSwapped ? (x, y) => toLngLat(y, x) : toLngLat };
}
