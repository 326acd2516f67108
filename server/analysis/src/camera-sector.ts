import type { LngLat, Polygon } from './geo.ts';

/** Whether a thing does its work now. Left out: it does. */
export type WorkingState = 'working' | 'broken' | 'unknown';

export interface Camera {
  readonly lng: number;
  readonly lat: number;
  /** Degrees clockwise from true north; null when unknown. A full circle needs none. */
  readonly bearingDeg: number | null;
  /** Horizontal field of view, degrees; 360 and more is a full circle. */
  readonly hfovDeg: number | null;
  readonly rangeM: number | null;
  readonly state?: WorkingState;
}

export interface Lamp {
  readonly lng: number;
  readonly lat: number;
  readonly poleHeightM?: number | null;
  /** Radius lit, when it is known better than from the pole. */
  readonly reachM?: number | null;
  readonly state?: WorkingState;
}

/** What a camera sees: the angles in degrees clockwise from true north. */
export interface Sector {
  readonly fromDeg: number;
  /** 0 to 360. */
  readonly widthDeg: number;
  readonly radiusM: number;
}

/** Chords of a full circle. They lie inside it, so 128 lose 0.04% of its area. */
const SEGMENTS = 128;
/** A lamp lights the ground to about one and a half times the height of its pole. */
const REACH_PER_POLE_HEIGHT = 1.5;

/**
 * How far a camera is of use, in metres: where its picture still has that many pixels for a metre of the scene.
 * @param pixelsPerM 25 to notice a person (default), 62.5 to see what one does, 125 to recognise, 250 to identify.
 * @returns null for half a circle and more, to which the formula does not apply.
 * Source: EN 62676-4:2015 (pixel densities); width of the scene at distance d is 2 d tan(hfov / 2).
 */
export function effectiveRangeM(widthPixels: number, hfovDeg: number, pixelsPerM = 25): number | null {
  if (!(hfovDeg > 0 && hfovDeg < 180)) return null;
  return widthPixels / (2 * pixelsPerM * Math.tan((hfovDeg / 2) * RADIANS));
}

/**
 * Ground a camera sees, nothing standing in the way: a sector of a circle, apex first; a full circle begins due north.
 * The ring is closed and counter-clockwise. Corners lie on the arc.
 * @returns null when bearing or optics are unknown: shown as unknown, never guessed.
 */
export function cameraSector(camera: Camera): Polygon | null {
  const sector = sectorOf(camera);
  return sector === null ? null : sectorPolygon(camera.lng, camera.lat, sector);
}

/** Ground a lamp lights, a circle. @returns null when neither reach nor pole height is known. */
export function lampReach(lamp: Lamp): Polygon | null {
  const circle = lampCircle(lamp);
  return circle === null ? null : sectorPolygon(lamp.lng, lamp.lat, circle);
}

/** The sector in numbers; null as `cameraSector`. */
export function sectorOf({ bearingDeg, hfovDeg, rangeM }: Camera): Sector | null {
  if (hfovDeg === null || rangeM === null || !(hfovDeg > 0) || !(rangeM > 0)) return null;
  if (hfovDeg >= 360) return { fromDeg: 0, widthDeg: 360, radiusM: rangeM };
  if (bearingDeg === null || !Number.isFinite(bearingDeg)) return null;
  return { fromDeg: bearingDeg - hfovDeg / 2, widthDeg: hfovDeg, radiusM: rangeM };
}

/** The circle in numbers; null as `lampReach`. */
export function lampCircle({ poleHeightM, reachM }: Lamp): Sector | null {
  const radiusM = reachM ?? (poleHeightM ?? 0) * REACH_PER_POLE_HEIGHT;
  return radiusM > 0 ? { fromDeg: 0, widthDeg: 360, radiusM } : null;
}

function sectorPolygon(lng: number, lat: number, { fromDeg, widthDeg, radiusM }: Sector): Polygon {
  const chords = Math.ceil((SEGMENTS * widthDeg) / 360);
  // Bearings run clockwise, so the arc is walked backwards.
  const arc = Array.from({ length: chords + 1 }, (_, corner) =>
    positionAt(lng, lat, fromDeg + widthDeg * (1 - corner / chords), radiusM),
  );
  if (widthDeg >= 360) return { type: 'Polygon', coordinates: [[...arc.slice(0, -1), arc[0]]] };
  const apex: LngLat = [lng, lat];
  return { type: 'Polygon', coordinates: [[apex, ...arc, apex]] };
}

/**
 * Where one comes to from a position, by bearing and distance. Mid-latitude formula on the WGS84 ellipsoid: within a
 * millimetre up to a kilometre.
 */
function positionAt(lng: number, lat: number, bearingDeg: number, distance: number): LngLat {
  const north = distance * Math.cos(bearingDeg * RADIANS);
  const east = distance * Math.sin(bearingDeg * RADIANS);
  const deltaLat = north / radiiAt(lat).meridian / RADIANS;
  const middle = lat + deltaLat / 2;
  return [lng + east / (radiiAt(middle).normal * Math.cos(middle * RADIANS)) / RADIANS, lat + deltaLat];
}

const RADIANS = Math.PI / 180;
/** WGS84 (EPSG:7030). */
const SEMI_MAJOR_M = 6378137;
const ECCENTRICITY_SQUARED = 0.0066943799901413;

function radiiAt(lat: number) {
  const sin = Math.sin(lat * RADIANS);
  const root = Math.sqrt(1 - ECCENTRICITY_SQUARED * sin * sin);
  return { meridian: (SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / root ** 3, normal: SEMI_MAJOR_M / root };
}
