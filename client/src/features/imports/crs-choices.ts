/** Fewer of the sampled points inside the province than this share, and the system is probably another one. */
export const poorCrsShare = 0.5;

type CrsGroup = 'geographic' | 'utm' | 'tm3';
/** `code` is what a person declares; `epsg` what the server may call the same system; `meridian` in degrees. */
export type CrsChoice = { code: string; epsg: string; group: CrsGroup; meridian: number | null };

const tm3 = (meridian: number, epsg: number): CrsChoice => ({
  code: `vn2000:${meridian}`,
  epsg: `EPSG:${epsg}`,
  group: 'tm3',
  meridian,
});

/**
 * Coordinate systems a person can declare for a file: degrees, VN-2000 UTM, and the 3° zones (TM-3) on the 17 central
 * meridians that provinces draw on (Circular 25/2014/TT-BTNMT, annex 2; EPSG dataset v11.022).
 */
export const crsChoices: readonly CrsChoice[] = [
  { code: 'EPSG:4326', epsg: 'EPSG:4326', group: 'geographic', meridian: null },
  { code: 'EPSG:3405', epsg: 'EPSG:3405', group: 'utm', meridian: 105 },
  { code: 'EPSG:3406', epsg: 'EPSG:3406', group: 'utm', meridian: 111 },
  tm3(103, 9205),
  tm3(104, 9206),
  tm3(104.5, 9207),
  tm3(104.75, 9208),
  tm3(105, 5897),
  tm3(105.5, 9209),
  tm3(105.75, 9210),
  tm3(106, 9211),
  tm3(106.25, 9212),
  tm3(106.5, 9213),
  tm3(107, 9214),
  tm3(107.25, 9215),
  tm3(107.5, 9216),
  tm3(107.75, 5899),
  tm3(108, 5898),
  tm3(108.25, 9217),
  tm3(108.5, 9218),
];

/** The choice that a code of the server stands for; undefined for a system that is not offered. */
export function findCrsChoice(code: string): CrsChoice | undefined {
  const name = code.trim().toLowerCase();
  return crsChoices.find(({ code, epsg }) => code.toLowerCase() === name || epsg.toLowerCase() === name);
}

/** 106.5 → "106°30′". */
export function formatMeridian(meridian: number): string {
  const degrees = Math.floor(meridian);
  return `${degrees}°${String(Math.round((meridian - degrees) * 60)).padStart(2, '0')}′`;
}
