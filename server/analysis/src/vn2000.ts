import type { LngLat } from './geo.ts';

/** A transverse Mercator of VN-2000. False easting 500,000 m, no false northing, origin on the equator. */
export interface Vn2000Projection {
  readonly centralMeridianDeg: number;
  /** Scale on the central meridian: 0.9999 of the 3° zones (the default), 0.9996 of UTM. */
  readonly k0?: number;
}

export interface Vn2000System extends Vn2000Projection {
  /** `EPSG:9213`, or `vn2000:106.4` for a meridian that EPSG has no code for. */
  readonly id: string;
  readonly k0: number;
}

const TM3_SCALE = 0.9999;
const UTM_SCALE = 0.9996;
const FALSE_EASTING_M = 500_000;

/** Central meridians of the codes in force; EPSG dataset v11.022. */
const SYSTEMS: ReadonlyMap<number, readonly [centralMeridianDeg: number, k0: number]> = new Map([
  [3405, [105, UTM_SCALE]],
  [3406, [111, UTM_SCALE]],
  [5896, [102, TM3_SCALE]],
  [5897, [105, TM3_SCALE]],
  [5898, [108, TM3_SCALE]],
  [5899, [107.75, TM3_SCALE]],
  [9205, [103, TM3_SCALE]],
  [9206, [104, TM3_SCALE]],
  [9207, [104.5, TM3_SCALE]],
  [9208, [104.75, TM3_SCALE]],
  [9209, [105.5, TM3_SCALE]],
  [9210, [105.75, TM3_SCALE]],
  [9211, [106, TM3_SCALE]],
  [9212, [106.25, TM3_SCALE]],
  [9213, [106.5, TM3_SCALE]],
  [9214, [107, TM3_SCALE]],
  [9215, [107.25, TM3_SCALE]],
  [9216, [107.5, TM3_SCALE]],
  [9217, [108.25, TM3_SCALE]],
  [9218, [108.5, TM3_SCALE]],
] as const);

/** Withdrawn by EPSG because they lack the false easting; what to use instead. */
const DEPRECATED: ReadonlyMap<number, number> = new Map([
  [6956, 5896],
  [6957, 5897],
  [6958, 5898],
  [6959, 5899],
]);

/** The 17 central meridians that provinces of Viet Nam draw their 3° zones on, west to east. */
export const TM3_MERIDIANS_DEG: readonly number[] = [
  103, 104, 104.5, 104.75, 105, 105.5, 105.75, 106, 106.25, 106.5, 107, 107.25, 107.5, 107.75, 108, 108.25, 108.5,
];

/**
 * The projection behind a code.
 * @param code `EPSG:9213`, `9213`, or `vn2000:106.5` (3° zone on that meridian, degrees).
 * @throws RangeError for a deprecated code, naming its successor, and for one that is not a VN-2000 projection.
 */
export function vn2000System(code: string | number): Vn2000System {
  const text = String(code).trim();
  const [, meridian] = /^vn-?2000:(\d+(?:\.\d+)?)$/i.exec(text) ?? [];
  if (meridian !== undefined) {
    const centralMeridianDeg = Number(meridian);
    if (centralMeridianDeg < 102 || centralMeridianDeg > 117) {
      throw new RangeError(`central meridian ${meridian}° is not in Viet Nam; expected 102 to 117`);
    }
    return { id: `vn2000:${centralMeridianDeg}`, centralMeridianDeg, k0: TM3_SCALE };
  }
  const [, digits] = /^(?:EPSG:)?(\d+)$/i.exec(text) ?? [];
  const epsg = Number(digits);
  const successor = DEPRECATED.get(epsg);
  if (successor !== undefined) {
    throw new RangeError(`EPSG:${epsg} is deprecated (it lacks the false easting of 500,000 m); use EPSG:${successor}`);
  }
  const system = SYSTEMS.get(epsg);
  if (system === undefined) {
    const known = [...SYSTEMS.keys()].join(', ');
    throw new RangeError(`"${text}" is not a VN-2000 projection; expected vn2000:<meridian> or EPSG ${known}`);
  }
  return { id: `EPSG:${epsg}`, centralMeridianDeg: system[0], k0: system[1] };
}

/**
 * A VN-2000 grid position as longitude and latitude on WGS84. Height is taken as 0 and dropped.
 * The names are unambiguous on purpose: field sheets write X for the northing and Y for the easting.
 * Accuracy: 0.1 mm of arithmetic (PROJ is matched to 1e-9°); EPSG gives the datum shift itself as good to 1 m. PROJ left
 * to itself picks EPSG:5194 instead in the Mekong delta, up to 0.8 m away.
 * NOTE: that an office forgot the datum shift (some 224 m) cannot be seen from where its points fall.
 * Source: C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85, 2011 (Krüger's
 * series to n⁶); datum shift EPSG:6960.
 */
export function vn2000ToWgs84(easting: number, northing: number, projection: Vn2000Projection): LngLat {
  const radius = (projection.k0 ?? TM3_SCALE) * RECTIFYING_RADIUS_M;
  const xi = northing / radius;
  const eta = (easting - FALSE_EASTING_M) / radius;
  let xiConformal = xi;
  let etaConformal = eta;
  for (let j = 1; j <= 6; j++) {
    xiConformal -= FROM_GRID[j] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
    etaConformal -= FROM_GRID[j] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
  }
  const sinhEta = Math.sinh(etaConformal);
  const cosXi = Math.cos(xiConformal);
  const lambda = Math.atan2(sinhEta, cosXi);
  const tau = fromConformal(Math.sin(xiConformal) / Math.hypot(sinhEta, cosXi));
  return datumToWgs84(lambda + projection.centralMeridianDeg * RADIANS, tau);
}

/** Longitude and latitude of VN-2000 itself (EPSG:4756), degrees, moved to WGS84. */
export function vn2000GeographicToWgs84(lng: number, lat: number): LngLat {
  return datumToWgs84(lng * RADIANS, Math.tan(lat * RADIANS));
}

/** The grid position `[easting, northing]` in metres that `vn2000ToWgs84` sends to this point, to a micrometre. */
export function wgs84ToVn2000(lng: number, lat: number, projection: Vn2000Projection): [number, number] {
  // The shift changes by millimetres over its own length, so two rounds of correction are more than enough.
  let x = lng;
  let y = lat;
  for (let round = 0; round < 3; round++) {
    const [shiftedLng, shiftedLat] = vn2000GeographicToWgs84(x, y);
    x += lng - shiftedLng;
    y += lat - shiftedLat;
  }
  const k0 = projection.k0 ?? TM3_SCALE;
  const [east, north] = transverseMercator(x, y, projection.centralMeridianDeg);
  return [FALSE_EASTING_M + k0 * east, k0 * north];
}

/**
 * `[east, north]` in metres of a transverse Mercator with scale 1 on its central meridian, counted from that meridian
 * and the equator. Angles are kept; lengths grow away from the meridian: 1 + 7e-5 at 75 km, 1 + 3e-4 at 150 km.
 * Serves both datums, which share the ellipsoid. Source: Karney 2011, eq. 7–12, as above.
 */
export function transverseMercator(lng: number, lat: number, centralMeridianDeg: number): [number, number] {
  const tau = toConformal(Math.tan(lat * RADIANS));
  const lambda = (lng - centralMeridianDeg) * RADIANS;
  const xi = Math.atan2(tau, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(tau, Math.cos(lambda)));
  let xiGrid = xi;
  let etaGrid = eta;
  for (let j = 1; j <= 6; j++) {
    xiGrid += TO_GRID[j] * Math.sin(2 * j * xi) * Math.cosh(2 * j * eta);
    etaGrid += TO_GRID[j] * Math.cos(2 * j * xi) * Math.sinh(2 * j * eta);
  }
  return [RECTIFYING_RADIUS_M * etaGrid, RECTIFYING_RADIUS_M * xiGrid];
}

const RADIANS = Math.PI / 180;
/** WGS84, which VN-2000 uses too: half axis in metres and flattening. */
const SEMI_MAJOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING);
const E2 = FLATTENING * (2 - FLATTENING);
const E = Math.sqrt(E2);
const SECOND_E2 = E2 / (1 - E2);
/** Third flattening and its powers. */
const n = FLATTENING / (2 - FLATTENING);
const [n2, n3, n4, n5, n6] = [n ** 2, n ** 3, n ** 4, n ** 5, n ** 6];
const RECTIFYING_RADIUS_M = (SEMI_MAJOR_M / (1 + n)) * (1 + n2 / 4 + n4 / 64 + n6 / 256);

/** Karney 2011, eq. 35; entry 0 is not used. */
const TO_GRID = [
  0,
  n / 2 - (2 / 3) * n2 + (5 / 16) * n3 + (41 / 180) * n4 - (127 / 288) * n5 + (7891 / 37800) * n6,
  (13 / 48) * n2 - (3 / 5) * n3 + (557 / 1440) * n4 + (281 / 630) * n5 - (1983433 / 1935360) * n6,
  (61 / 240) * n3 - (103 / 140) * n4 + (15061 / 26880) * n5 + (167603 / 181440) * n6,
  (49561 / 161280) * n4 - (179 / 168) * n5 + (6601661 / 7257600) * n6,
  (34729 / 80640) * n5 - (3418889 / 1995840) * n6,
  (212378941 / 319334400) * n6,
];
/** Karney 2011, eq. 36; entry 0 is not used. */
const FROM_GRID = [
  0,
  n / 2 - (2 / 3) * n2 + (37 / 96) * n3 - (1 / 360) * n4 - (81 / 512) * n5 + (96199 / 604800) * n6,
  (1 / 48) * n2 + (1 / 15) * n3 - (437 / 1440) * n4 + (46 / 105) * n5 - (1118711 / 3870720) * n6,
  (17 / 480) * n3 - (37 / 840) * n4 - (209 / 4480) * n5 + (5569 / 90720) * n6,
  (4397 / 161280) * n4 - (11 / 504) * n5 - (830251 / 7257600) * n6,
  (4583 / 161280) * n5 - (108847 / 3991680) * n6,
  (20648693 / 638668800) * n6,
];

/** Tangent of the conformal latitude from that of the geodetic one (Karney 2011, eq. 7–9). */
function toConformal(tau: number): number {
  const secant = Math.sqrt(1 + tau * tau);
  const sigma = Math.sinh(E * Math.atanh((E * tau) / secant));
  return tau * Math.sqrt(1 + sigma * sigma) - sigma * secant;
}

/** The other way, by Newton's method (Karney 2011, eq. 19–21): two rounds reach double precision. */
function fromConformal(conformal: number): number {
  let tau = conformal / (1 - E2);
  for (let round = 0; round < 3; round++) {
    const guess = toConformal(tau);
    tau +=
      ((conformal - guess) / Math.sqrt(1 + guess * guess)) *
      ((1 + (1 - E2) * tau * tau) / ((1 - E2) * Math.sqrt(1 + tau * tau)));
  }
  return tau;
}

/**
 * EPSG:6960 "VN-2000 to WGS 84 (2)", coordinate frame rotation. Formulas written for the position vector convention
 * carry the opposite signs of the rotations; mixing them up costs 0.5–0.8 m.
 */
const SHIFT_X_M = -191.90441429;
const SHIFT_Y_M = -39.30318279;
const SHIFT_Z_M = -111.45032835;
const ARC_SECOND = Math.PI / 648_000;
const ROTATION_X = -0.00928836 * ARC_SECOND;
const ROTATION_Y = 0.01975479 * ARC_SECOND;
const ROTATION_Z = -0.00427372 * ARC_SECOND;
const SCALE = 1 + 0.252906278e-6;

/** From longitude (radians) and tangent of latitude on VN-2000 to degrees on WGS84. */
function datumToWgs84(lambda: number, tau: number): LngLat {
  const secant = Math.sqrt(1 + tau * tau);
  const sinPhi = tau / secant;
  const normal = SEMI_MAJOR_M / Math.sqrt(1 - E2 * sinPhi * sinPhi);
  const x = (normal / secant) * Math.cos(lambda);
  const y = (normal / secant) * Math.sin(lambda);
  const z = normal * (1 - E2) * sinPhi;
  const X = SHIFT_X_M + SCALE * (x + ROTATION_Z * y - ROTATION_Y * z);
  const Y = SHIFT_Y_M + SCALE * (-ROTATION_Z * x + y + ROTATION_X * z);
  const Z = SHIFT_Z_M + SCALE * (ROTATION_Y * x - ROTATION_X * y + z);
  // B. R. Bowring, Survey Review 23(181), 1976. Near the ground one round is exact to 1e-13 radians.
  const p = Math.hypot(X, Y);
  const tanReduced = (Z * SEMI_MAJOR_M) / (p * SEMI_MINOR_M);
  const cosReduced = 1 / Math.sqrt(1 + tanReduced * tanReduced);
  const sinReduced = tanReduced * cosReduced;
  const phi = Math.atan2(Z + SECOND_E2 * SEMI_MINOR_M * sinReduced ** 3, p - E2 * SEMI_MAJOR_M * cosReduced ** 3);
  return [Math.atan2(Y, X) / RADIANS, phi / RADIANS];
}
