import { bigintToCell, communeCells, communeIndex } from '@diemnong/analysis';
import { AppError, type AreaPlace, type MultiPolygonGeometry } from '@diemnong/contracts';
import { cellsToMultiPolygon, getResolution, isValidCell } from 'h3-js';
import type { Knex } from 'knex';
import type { Scope } from '../../access/scope.ts';
import {
  clipToCommunes,
  findCommuneShape,
  listCommuneOutlines,
  listNearestBorderPoints,
  listOwnedCells,
  mendShape,
} from './area-shape-queries.ts';
import type { AreaShape } from './areas-queries.ts';

/** What records are counted by. */
const CELL_RES = 10;
/** A drawn area is a quarter, a market, a stretch of road; what is larger is a slip of the hand. A commune taken whole may be. */
const LARGEST_KM2 = 500;
/** What spans more is too large whatever it holds, and on the way round the world nothing can be measured. */
const WIDEST_DEGREES = 5;
const SMALLEST_M2 = 1;
const MOST_CORNERS = 20_000;
/** Share of a part's area up to which mending is tidying; above it nobody knows which side was meant. */
const MENDED_SHARE = 0.05;

/**
 * What a place comes to within a scope: those who see all mark in whichever province holds most of it, nobody outside their own.
 * Errors: those of `shapeOf`.
 */
export function shapeWithin(transaction: Knex.Transaction, scope: Scope, place: AreaPlace): Promise<AreaShape> {
  const { reach, province } = scope;
  return shapeOf(transaction, reach === 'all' || reach === 'system' ? null : (province ?? ''), place);
}

/**
 * What a place comes to: cleaned, clipped to the communes of the province (null: any one), with its cells (those whose centre lies
 * in it, as a commune owns its own) and communes.
 * Errors: `invalid_input` for coordinates, cells or a commune that are none; `unprocessable` for a polygon that crosses itself
 * beyond mending, has no area, is too large or lies outside every commune of the province.
 */
export async function shapeOf(
  transaction: Knex.Transaction,
  provinceCode: string | null,
  place: AreaPlace,
): Promise<AreaShape> {
  if ('undrawnIn' in place) {
    const commune = await requireCommune(transaction, place.undrawnIn, provinceCode);
    return undrawn(commune.provinceCode, place.undrawnIn);
  }
  if ('communeCode' in place) {
    const { communeCode } = place;
    const commune = await requireCommune(transaction, communeCode, provinceCode);
    const cells = await cellsOfCommune(transaction, communeCode);
    return { ...commune, communeCode, communeCodes: [communeCode], cells };
  }
  const drawn = 'cells' in place ? outlineOf(place.cells) : toClosed(place.polygon);
  const snapM = 'cells' in place ? 0 : place.snapM;
  const laid = snapM > 0 ? await layCorners(transaction, drawn, snapM) : drawn;
  const { outline, areaM2, change } = await mendShape(transaction, laid, snapM);
  if (change > MENDED_SHARE)
    throw new AppError(
      'unprocessable',
      `Đường vẽ tự cắt nhau: không rõ phần nào là địa bàn (sửa xong diện tích đổi ${percent(change)}). Hãy vẽ lại, ` +
        `không để các cạnh cắt nhau. (The polygon crosses itself beyond mending: expected sides that do not cross.)`,
      { details: { reason: 'self_crossing', change } },
    );
  if (outline === null || areaM2 < SMALLEST_M2) throw noArea();
  if (areaM2 > LARGEST_KM2 * 1e6)
    throw new AppError(
      'unprocessable',
      `Vùng vẽ rộng ${Math.round(areaM2 / 1e6)} km², tối đa ${LARGEST_KM2} km². Cả xã, phường thì chọn theo xã. ` +
        `(The polygon has ${Math.round(areaM2 / 1e6)} km²; at most ${LARGEST_KM2} km².)`,
      { details: { reason: 'too_large', areaKm2: areaM2 / 1e6, maxKm2: LARGEST_KM2 } },
    );
  return placed(transaction, outline, provinceCode);
}

/**
 * A valid outline among its communes.
 * Errors: `unprocessable` outside every commune.
 */
export async function placed(
  transaction: Knex.Transaction,
  outline: string,
  provinceCode: string | null,
): Promise<AreaShape> {
  const clipped = await clipToCommunes(transaction, outline, provinceCode);
  const [main] = clipped?.communes ?? [];
  if (clipped === undefined || main === undefined)
    throw new AppError(
      'unprocessable',
      'Vùng vẽ nằm ngoài mọi xã, phường của tỉnh trong bộ ranh giới đang dùng. (The polygon lies outside every commune within reach.)',
      { details: { reason: 'outside' } },
    );
  return {
    provinceCode: clipped.provinceCode,
    communeCode: main.code,
    communeCodes: clipped.communes.map(({ code }) => code).sort(),
    outline: clipped.outline,
    areaM2: clipped.areaM2,
    cells: cellsInside(clipped.geometry),
  };
}

function undrawn(provinceCode: string, communeCode: string): AreaShape {
  return { provinceCode, communeCode, communeCodes: [communeCode], outline: null, areaM2: null, cells: [] };
}

/** Errors: `invalid_input`; a commune of another province is none. */
async function requireCommune(transaction: Knex.Transaction, code: string, provinceCode: string | null) {
  const commune = await findCommuneShape(transaction, code, provinceCode);
  if (commune === undefined)
    throw new AppError(
      'invalid_input',
      `Không có xã, phường mã "${code}" trong bộ ranh giới đang dùng của tỉnh. (There is no commune ${code} within reach.)`,
      { details: [{ path: 'place.communeCode', message: 'unknown commune' }] },
    );
  return commune;
}

/** As imported with the boundaries; worked out here where they were not, ties on a border to the lowest code all the same. */
async function cellsOfCommune(transaction: Knex.Transaction, code: string): Promise<string[]> {
  const owned = await listOwnedCells(transaction, code);
  if (owned.length > 0) return owned;
  const outlines = await listCommuneOutlines(transaction, code);
  const own = outlines.filter((commune) => commune.code === code);
  return communeCells(communeIndex(outlines), own, CELL_RES).flatMap((commune) => commune.owned.map(bigintToCell));
}

function cellsInside(geometry: MultiPolygonGeometry): string[] {
  const shape = [{ code: '', geometry }];
  return communeCells(communeIndex(shape), shape, CELL_RES).flatMap(({ owned }) => owned.map(bigintToCell));
}

/** The outline of hexagons of one resolution. */
function outlineOf(cells: readonly string[]): MultiPolygonGeometry {
  const wanted = [...new Set(cells)];
  const resolutions = new Set(wanted.filter(isValidCell).map((cell) => getResolution(cell)));
  const [res = 0] = resolutions;
  if (!wanted.every(isValidCell) || resolutions.size !== 1 || res < 7 || res > 10)
    throw new AppError(
      'invalid_input',
      'Các ô lục giác phải hợp lệ và cùng một cấp, từ 7 đến 10. (Expected valid H3 cells of one resolution, 7–10.)',
      { details: [{ path: 'place.cells', message: 'expected cells of one resolution 7–10' }] },
    );
  return { type: 'MultiPolygon', coordinates: cellsToMultiPolygon(wanted, true) };
}

/** Two numbers a position, within the world, every ring closed. Errors: `invalid_input`; `unprocessable` for a shape of no corner. */
function toClosed({ coordinates }: MultiPolygonGeometry): MultiPolygonGeometry {
  let corners = 0;
  const closed = coordinates
    .filter((polygon) => polygon.length > 0)
    .map((polygon) =>
      polygon.map((ring) => {
        corners += ring.length;
        for (const position of ring) {
          const [lng, lat] = position;
          if (
            position.length < 2 ||
            position.length > 3 ||
            !(Math.abs(lng ?? Number.NaN) <= 180 && Math.abs(lat ?? Number.NaN) <= 90)
          )
            throw badPolygon(
              `tọa độ [${position.join(', ')}] không phải [kinh độ, vĩ độ]`,
              `position [${position.join(', ')}]: expected [longitude, latitude]`,
            );
        }
        const flat = ring.map(([lng, lat]) => [lng, lat] as [number, number]);
        const [first, last] = [flat[0], flat.at(-1)];
        if (first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1]))
          flat.push(first);
        if (flat.length < 4)
          throw badPolygon(
            `một vòng chỉ có ${ring.length} đỉnh, cần ít nhất 3`,
            `a ring of ${ring.length} corners: expected at least 3`,
          );
        return flat;
      }),
    );
  if (corners > MOST_CORNERS)
    throw badPolygon(`${corners} đỉnh, tối đa ${MOST_CORNERS}`, `${corners} corners: at most ${MOST_CORNERS}`);
  if (closed.length === 0) throw noArea();
  refuseSpan(closed);
  return { type: 'MultiPolygon', coordinates: closed };
}

/** Errors: `unprocessable`. */
function refuseSpan(polygons: MultiPolygonGeometry['coordinates']): void {
  const span = (axis: 0 | 1) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const position of polygons.flat(2))
      [least, most] = [Math.min(least, position[axis]), Math.max(most, position[axis])];
    return most - least;
  };
  const degrees = Math.max(span(0), span(1));
  if (degrees <= WIDEST_DEGREES) return;
  throw new AppError(
    'unprocessable',
    `Vùng vẽ trải dài ${Math.round(degrees)} độ, tối đa ${LARGEST_KM2} km². (The polygon spans ${Math.round(degrees)} degrees; at most ${LARGEST_KM2} km².)`,
    { details: { reason: 'too_large', maxKm2: LARGEST_KM2 } },
  );
}

/** Each corner within `snapM` of a commune border is moved onto it. */
async function layCorners(
  transaction: Knex.Transaction,
  { type, coordinates }: MultiPolygonGeometry,
  snapM: number,
): Promise<MultiPolygonGeometry> {
  const positions = coordinates.flat(2).map(([lng, lat]) => [lng, lat] as const);
  const nearest = await listNearestBorderPoints(transaction, positions, snapM);
  let i = 0;
  return {
    type,
    coordinates: coordinates.map((polygon) =>
      polygon.map((ring) =>
        ring.map((position) => {
          const border = nearest[i++];
          return border ? [border.lng, border.lat] : position;
        }),
      ),
    ),
  };
}

function badPolygon(vi: string, en: string): AppError {
  return new AppError('invalid_input', `Đường vẽ không đúng: ${vi}. (${en}.)`, {
    details: [{ path: 'place.polygon', message: en }],
  });
}

function noArea(): AppError {
  return new AppError('unprocessable', 'Đường vẽ không có diện tích. (The polygon has no area.)', {
    details: { reason: 'no_area' },
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
