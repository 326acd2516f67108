import { cellAndNeighbours, cellAreaKm2, cellOf, cellToBigint } from '@diemnong/analysis';
import type { Knex } from 'knex';
import { DEFAULT_SET } from '../support/small-province.ts';

/** A second way to every number of /api/hotspots: plain SQL and patterns on text, sharing nothing with the server. */

/** Records that the small province gets besides its own: a cluster in 10005, one of the last months in 10001, a pile-up in 10003. */
export const PLANTED = {
  lng: 106.0615,
  lat: 20.6622,
  cell8: cellOf(106.0615, 20.6622, 8),
  pile: { lng: 106.10123, lat: 20.61234 },
};

/** A day of the given month after January 2022. */
function dayIn(month: number, i: number): string {
  return `${2022 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${10 + (i % 18)}`;
}

export async function plantRecords(knex: Knex): Promise<void> {
  const record = (reference: string, day: string, commune: string, lng: number, lat: number) => ({
    province_code: '33',
    office: 'CAT',
    reference,
    batch_id: '00000000-0000-4000-8000-000000000001',
    category: 'theft',
    occurred_from: `${day}T10:00:00+07:00`,
    state: 'received',
    precision: 'point',
    commune_code: commune,
    cell: cellToBigint(cellOf(lng, lat, 10)).toString(),
    cell_9: cellToBigint(cellOf(lng, lat, 9)).toString(),
    cell_8: cellToBigint(cellOf(lng, lat, 8)).toString(),
    cell_7: cellToBigint(cellOf(lng, lat, 7)).toString(),
    geom: knex.raw('ST_SetSRID(ST_MakePoint(cast(? as float8), cast(? as float8)), 4326)', [lng, lat]),
  });
  const rows = [];
  for (let i = 0; i < 288; i++) {
    const [x, y] = [PLANTED.lng + ((i % 11) - 5) / 1000, PLANTED.lat + ((i % 13) - 6) / 1000];
    rows.push(record(`PL-${i}`, dayIn(Math.floor(i / 8), i), '10005', x, y));
  }
  for (let i = 0; i < 60; i++) {
    const [x, y] = [106.02 + ((i % 5) - 2) / 2000, 20.62 + ((i % 7) - 3) / 2000];
    rows.push(record(`LA-${i}`, dayIn(31 + (i % 5), i), '10001', x, y));
  }
  for (let i = 0; i < 60; i++)
    rows.push(record(`PU-${i}`, dayIn(6 + (i % 6), i), '10003', PLANTED.pile.lng, PLANTED.pile.lat));
  await knex.batchInsert('incident', rows, 100);
  await knex('data_version').update({ version: knex.raw('version + 1') });
}

/** `test_neighbour`: pairs of owned cells that touch, each cell with itself too; `test_area`: km² of each cell. */
export async function fillScoringTables(knex: Knex): Promise<void> {
  await knex.raw(
    'create table test_neighbour (cell bigint, near bigint); create table test_area (cell bigint, km2 float8)',
  );
  const { rows } = await knex.raw<{ rows: { cell: string }[] }>(
    'select to_hex(cell) as cell from commune_cell where boundary_set_id = ? and is_owned',
    [DEFAULT_SET],
  );
  const owned = new Set(rows.map(({ cell }) => cell));
  const pairs = [...owned].flatMap((cell) =>
    cellAndNeighbours(cell)
      .filter((near) => owned.has(near))
      .map((near) => ({ cell: cellToBigint(cell).toString(), near: cellToBigint(near).toString() })),
  );
  await knex.batchInsert('test_neighbour', pairs, 1000);
  await knex.batchInsert(
    'test_area',
    [...owned].map((cell) => ({ cell: cellToBigint(cell).toString(), km2: cellAreaKm2(cell) })),
    1000,
  );
}

type Asked = { res: number; measure: 'count' | 'perKm2' | 'per10k'; from: string; to: string; commune?: string };
export type SqlScore = {
  cell: string;
  count: number;
  local: number;
  mean: number;
  z: number;
  p: number;
  q: number;
  exactQ: number;
};

/**
 * Gi*, its p and Benjamini–Hochberg's q of every cell of the grid, ascending, and the q of the exact chance of its ring. A p is the tail of
 * the normal density by Simpson's rule; an exact one twice the smaller tail of the binomial distribution, term by term.
 */
export async function scoreInSql(knex: Knex, asked: Asked & { scores?: 'z' }): Promise<SqlScore[]> {
  const tail =
    asked.scores === 'z'
      ? '(select 1.0::float8)'
      : `(select 2 * sum(case when k in (0, 960) then 1 when k % 2 = 1 then 4 else 2 end
             * exp(-((abs(z) + k / 96.0::float8) ^ 2) / 2)) / sqrt(2 * pi()) / 288
           from generate_series(0, 960) as k)`;
  const { rows } = await knex.raw<{ rows: SqlScore[] }>(
    `with ${scoreInSql.valued(asked)},
     moments as (select avg(value) as mean, stddev_pop(value) as deviation, count(*)::float8 as n from valued),
     summed as (
       select own.cell, own.count, own.value, sum(near.value) as total, sum(near.count)::int as local, count(*)::float8 as w,
              sum(near.exposure) / (select sum(exposure) from valued) as share
       from valued as own
       join test_neighbour on test_neighbour.cell = own.cell
       join valued as near on near.cell = test_neighbour.near
       group by own.cell, own.count, own.value
     ),
     scored as (
       select cell, count, local, mean, share, case when deviation > 1e-12 then (total - w * mean) / (deviation * sqrt((n * w - w * w) / (n - 1))) else 0 end as z
       from summed cross join moments
     ),
     tested as (select *, ${tail} as p from scored),
     records as (select sum(count)::int as n from valued),
     factorials as (
       select k, sum(ln(greatest(k, 1)::float8)) over (order by k) as ln from records, generate_series(0, n) as k
     ),
     rings as (select distinct local, round(share::numeric, 12)::float8 as share from summed where :exact),
     exact as (
       select local, share,
              least(1, 2 * least(sum(term) filter (where k >= local), sum(term) filter (where k <= local))) as p
       from rings
       cross join records
       cross join lateral (
         select own.k, exp(greatest(-700, whole.ln - own.ln - rest.ln + own.k * ln(share) + (n - own.k) * ln(1 - share))) as term
         from factorials as own
         join factorials as rest on rest.k = n - own.k
         join factorials as whole on whole.k = n
       ) as terms
       group by local, share
     ),
     ranked as (
       select tested.*, coalesce(exact.p, 1) as exact_p,
              row_number() over (order by tested.p) as place,
              row_number() over (order by coalesce(exact.p, 1)) as exact_place,
              count(*) over () as tests
       from tested
       left join exact on exact.local = tested.local and exact.share = round(tested.share::numeric, 12)::float8
     )
     select to_hex(cell) as cell, count, local, mean, z, p,
            least(1, min(p * tests / place) over (order by place desc)) as q,
            least(1, min(exact_p * tests / exact_place) over (order by exact_place desc)) as "exactQ"
     from ranked
     order by ranked.cell`,
    { exact: asked.scores !== 'z' },
  );
  return rows;
}

/** The CTEs up to `valued` (cell, count, value): what is scored. */
scoreInSql.valued = ({ res, measure, from, to, commune }: Asked): string => {
  const column = res === 10 ? 'cell' : `cell_${res}`;
  const only = commune === undefined ? '' : `and commune_code = '${commune}'`;
  const people = measure === 'per10k' ? 'and population > 0' : '';
  const divisor = {
    count: '1',
    perKm2: 'km2',
    per10k: '(population * km2 / sum(km2) over (partition by grid.code) / 10000)',
  }[measure];
  return `months as (
       select month::date as month, least((month + interval '1 month')::date, date '${to}') - greatest(month::date, date '${from}') as days
       from generate_series(date_trunc('month', date '${from}'), date '${to}' - 1, interval '1 month') as month
     ),
     reported as (
       select distinct commune_code as code, months.month, days
       from months join report_month on report_month.month = months.month
     ),
     reporting as (
       select code, population, sum(days)::float8 as days
       from reported join commune using (code)
       where boundary_set_id = '${DEFAULT_SET}' ${people}
       group by code, population
     ),
     grid as (
       select cell, reporting.code, days, population, km2
       from commune_cell
       join reporting on reporting.code = commune_code
       join test_area using (cell)
       where boundary_set_id = '${DEFAULT_SET}' and res = ${res} and is_owned ${only}
     ),
     recorded as (
       select ${column} as cell, date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh')::date as month, count(*) as n
       from incident
       where (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date >= date '${from}'
         and (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date < date '${to}'
         and ${column} is not null ${only}
       group by 1, 2
     ),
     counted as (
       select grid.cell, coalesce(sum(n), 0)::int as count
       from grid
       left join (recorded join reported using (month)) on recorded.cell = grid.cell and reported.code = grid.code
       group by grid.cell
     ),
     valued as (
       select grid.cell, count, days * ${divisor} as exposure,
              count * (date '${to}' - date '${from}') / days / ${divisor} as value
       from grid join counted on counted.cell = grid.cell
     )`;
};

/**
 * The 17 labels by patterns on a text of H (hot), C (cold) and - (neither), one letter per reported month; golden 02b has
 * the rules. Null under 12 months.
 */
export function classifyByPattern(z: readonly number[]): string | null {
  if (z.length < 12) return null;
  const text = z.map((score) => (score > 1.959963984540054 ? 'H' : score < -1.959963984540054 ? 'C' : '-')).join('');
  for (const [own, other, side] of [
    ['H', 'C', 'hot'],
    ['C', 'H', 'cold'],
  ]) {
    const months = text.split(own).length - 1;
    if (10 * months >= 9 * text.length) {
      if (!text.endsWith(own)) return `historical-${side}`;
      const trend = trendSign(z) * (side === 'hot' ? 1 : -1);
      return `${trend > 0 ? 'intensifying' : trend < 0 ? 'diminishing' : 'persistent'}-${side}`;
    }
    if (!text.endsWith(own)) continue;
    if (months === 1) return `new-${side}`;
    if (new RegExp(`^[^${own}]*${own}+$`).test(text)) return `consecutive-${side}`;
    return `${text.includes(other) ? 'oscillating' : 'sporadic'}-${side}`;
  }
  return 'none';
}

/** ±1 where Mann–Kendall sees a trend at 95% (no ties among scores), else 0. */
function trendSign(z: readonly number[]): number {
  const n = z.length;
  const s = z.flatMap((a, i) => z.slice(i + 1).map((b) => Math.sign(b - a))).reduce((sum, sign) => sum + sign, 0);
  const score = (s - Math.sign(s)) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return Math.abs(score) > 1.959963984540054 ? Math.sign(score) : 0;
}

/** Theil–Sen: the median of the slopes of all pairs. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const slopes = points
    .flatMap(([x, y], i) => points.slice(i + 1).map(([later, value]) => (value - y) / (later - x)))
    .sort((a, b) => a - b);
  const half = slopes.length / 2;
  return slopes.length % 2 === 1 ? slopes[Math.floor(half)] : (slopes[half - 1] + slopes[half]) / 2;
}
