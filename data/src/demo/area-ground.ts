/** What placing areas and measuring their effects needs to know of the province and its records, prepared once. */
import { type AreaType, categories } from '../categories.ts';
import { DAY_MS, dayCount, FIRST_DAY, MONTHS, startOfDay, toLocal } from './calendar.ts';
import type { DemoIncidents } from './incidents.ts';
import { type Point, toPlane } from './plane.ts';
import type { DemoProvince } from './province.ts';
import { at } from './random.ts';
import { dayWeight, rhythms, tetMidnights } from './rhythms.ts';
import { expectedByMonth } from './truth.ts';

/** A row of the background that has a point. */
type BackgroundRow = { p: Point; month: number; category: number };

/** A place where records were added, for as long as it was there. */
export type AddedPlace = {
  id: string;
  centre: Point;
  radiusM: number;
  categories: readonly string[];
  /** Expected records in each of the 60 months. */
  expected: readonly number[];
};

export type AreaGround = {
  province: DemoProvince;
  added: AddedPlace[];
  /** Background rows within a rectangle on the plane, metres. */
  rowsIn(west: number, south: number, east: number, north: number): BackgroundRow[];
  /** By category index: share of the background's five years that is expected in each month. */
  monthShares: Float64Array[];
  isOfTypes(category: number, types: readonly AreaType[]): boolean;
  nameOf(communeCode: string): string;
};

const SQUARE_M = 500;

export function createAreaGround(province: DemoProvince, { columns }: DemoIncidents): AreaGround {
  const squares = new Map<string, BackgroundRow[]>();
  const squareOf = (metres: number) => Math.floor(metres / SQUARE_M);
  const monthOfDay = daysToMonths();
  const first = startOfDay(FIRST_DAY);
  for (let i = 0; i < columns.count; i++) {
    const lng = at(columns.lng, i);
    if (Number.isNaN(lng) || at(columns.truth, i) >= 0 || at(columns.treated, i) >= 0) continue;
    const p = toPlane([lng, at(columns.lat, i)]);
    const day = Math.floor((at(columns.occurredFrom, i) - first) / DAY_MS);
    const row = { p, month: at(monthOfDay, day), category: at(columns.category, i) };
    const key = `${squareOf(p[0])} ${squareOf(p[1])}`;
    const square = squares.get(key);
    if (square) square.push(row);
    else squares.set(key, [row]);
  }
  const typeOf = new Map(categories.map(({ code, areaType }) => [code, areaType]));
  const typeOfIndex = columns.categories.map((code) => typeOf.get(code) ?? null);
  const names = new Map(
    at(province.boundarySets, 0).communes.features.map(({ properties }) => [properties.code, properties.name]),
  );
  return {
    province,
    added: addedPlaces(province),
    rowsIn: (west, south, east, north) => {
      const found: BackgroundRow[] = [];
      for (let x = squareOf(west); x <= squareOf(east); x++)
        for (let y = squareOf(south); y <= squareOf(north); y++) found.push(...(squares.get(`${x} ${y}`) ?? []));
      return found;
    },
    monthShares: shareByMonth(monthOfDay),
    isOfTypes: (category, types) => types.some((type) => type === typeOfIndex[category]),
    nameOf: (code) => names.get(code) ?? code,
  };
}

function addedPlaces({ truth, treated }: DemoProvince): AddedPlace[] {
  return [
    ...truth.flatMap(({ id, centres, radiusM, categories: codes }) => {
      const expected = expectedByMonth(id);
      return centres.map(({ lngLat, fromMonth }, i): AddedPlace => {
        // The first place also takes what is expected before its first record, the last what is expected after its last.
        const from = i === 0 ? 0 : MONTHS.indexOf(fromMonth);
        const next = centres[i + 1];
        const end = next === undefined ? MONTHS.length : MONTHS.indexOf(next.fromMonth);
        return {
          id,
          centre: toPlane(lngLat),
          radiusM,
          categories: codes,
          expected: expected.map((mean, m) => (m >= from && m < end ? mean : 0)),
        };
      });
    }),
    ...treated.map(({ id, centres, radiusM, categories: codes, expected }) => ({
      id,
      centre: toPlane(at(centres, 0).lngLat),
      radiusM,
      categories: codes,
      expected,
    })),
  ];
}

/** Which month (0–59) each day of the demonstration lies in. */
function daysToMonths(): Uint8Array {
  const first = startOfDay(FIRST_DAY);
  return Uint8Array.from({ length: dayCount() }, (_, day) => MONTHS.indexOf(toLocal(first + day * DAY_MS).isoMonth));
}

function shareByMonth(monthOfDay: Uint8Array): Float64Array[] {
  const first = startOfDay(FIRST_DAY);
  const tets = tetMidnights();
  return rhythms.map((rhythm) => {
    const weights = new Float64Array(MONTHS.length);
    monthOfDay.forEach((month, day) => {
      weights[month] = at(weights, month) + dayWeight(rhythm, first + day * DAY_MS, tets);
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}
