import type { MultiPolygon } from '@diemnong/analysis';
import type { H3Res } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { fromWkb } from '../database/multipolygon-wkb.ts';
import type { IncidentPage } from './snapshot-builder.ts';

/** Small enough that unpacking one keeps the event loop for some 10 ms only. */
const pageRows = 20_000;
/** Between codes of a page; no code holds it (ASCII unit separator). */
const separator = '\u001f';
/** PostgreSQL counts its µs from 2000-01-01. */
const EPOCH_2000_US = Date.UTC(2000, 0, 1) * 1000;

export async function countIncidents(transaction: Knex): Promise<number> {
  const { rows } = await transaction.raw<{ rows: { count: number }[] }>('select count(*) as count from incident');
  return rows[0]?.count ?? 0;
}

/**
 * All incidents, a page of columns at a time, in the order of the primary key. A page comes as one row: each fixed-width
 * column packed into one bytea (a third of the time of reading rows), each text column joined. No cursor and no ctid, so
 * it reads a distributed table too. Call inside a repeatable-read transaction. Index: `incident_pkey`.
 */
export async function* readIncidentPages(transaction: Knex): AsyncGenerator<IncidentPage> {
  let last = { province: '', office: '', reference: '' };
  for (;;) {
    const { rows } = await transaction.raw<{ rows: PackedPage[] }>(
      `with page as (
         select *
         from incident
         where (province_code, office, reference) > (:province, :office, :reference)
         order by province_code, office, reference
         limit :pageRows
       )
       select count(*)::int as "rowCount",
              string_agg(timestamptz_send(occurred_from), '') as started,
              string_agg(timestamptz_send(coalesce(occurred_to, '-infinity')), '') as ended,
              string_agg(category, chr(31)) as category,
              string_agg(province_code, chr(31)) as provinces,
              string_agg(commune_code, chr(31)) as commune,
              string_agg(int8send(coalesce(cell_7 >> 24, 0)), '') as cells7,
              string_agg(int8send(coalesce(cell_8 >> 21, 0)), '') as cells8,
              string_agg(int8send(coalesce(cell_9 >> 18, 0)), '') as cells9,
              string_agg(int8send(coalesce(cell >> 15, 0)), '') as cells10,
              string_agg(float8send(case when cell is null then 'NaN' else ST_X(geom) end), '') as lng,
              string_agg(float8send(case when cell is null then 'NaN' else ST_Y(geom) end), '') as lat,
              (array_agg(province_code))[count(*)] as province,
              (array_agg(office))[count(*)] as office,
              (array_agg(reference))[count(*)] as reference
       from page`,
      { ...last, pageRows },
    );
    const packed = rows[0];
    if (packed === undefined || packed.rowCount === 0) return;
    yield unpack(packed);
    if (packed.rowCount < pageRows) return;
    last = { province: packed.province, office: packed.office, reference: packed.reference };
  }
}

/** The shapes of one set at full precision. */
export async function readCommuneShapes(
  database: Knex,
  set: string,
): Promise<{ code: string; geometry: MultiPolygon }[]> {
  const { rows } = await database.raw<{ rows: { code: string; wkb: Buffer }[] }>(
    `select code, ST_AsBinary(geom, 'NDR') as wkb
     from commune
     where boundary_set_id = :set
     order by code`,
    { set },
  );
  return rows.map(({ code, wkb }) => ({ code, geometry: { type: 'MultiPolygon', coordinates: fromWkb(wkb) } }));
}

type PackedPage = {
  rowCount: number;
  started: Buffer;
  ended: Buffer;
  category: string;
  provinces: string;
  commune: string;
  cells7: Buffer;
  cells8: Buffer;
  cells9: Buffer;
  cells10: Buffer;
  lng: Buffer;
  lat: Buffer;
  province: string;
  office: string;
  reference: string;
};

function unpack(packed: PackedPage): IncidentPage {
  const cells: Record<H3Res, Float64Array> = {
    7: integers(packed.cells7),
    8: integers(packed.cells8),
    9: integers(packed.cells9),
    10: integers(packed.cells10),
  };
  return {
    rowCount: packed.rowCount,
    started: instants(packed.started),
    ended: instants(packed.ended),
    category: packed.category.split(separator),
    province: packed.provinces.split(separator),
    commune: packed.commune.split(separator),
    cells,
    lng: doubles(packed.lng),
    lat: doubles(packed.lat),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** int8, big-endian; the values are under 2^53. */
function integers(bytes: Buffer): Float64Array {
  const view = viewOf(bytes);
  const values = new Float64Array(bytes.length / 8);
  for (let i = 0; i < values.length; i++) values[i] = view.getInt32(8 * i) * 2 ** 32 + view.getUint32(8 * i + 4);
  return values;
}

/** timestamptz → µs of the epoch; "-infinity", the smallest int8, → −Infinity. */
function instants(bytes: Buffer): Float64Array {
  const values = integers(bytes);
  for (let i = 0; i < values.length; i++)
    values[i] = values[i] === -(2 ** 63) ? Number.NEGATIVE_INFINITY : values[i] + EPOCH_2000_US;
  return values;
}

function doubles(bytes: Buffer): Float64Array {
  const view = viewOf(bytes);
  const values = new Float64Array(bytes.length / 8);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(8 * i);
  return values;
}
