/**
 * Counts per hexagon (one year, five of fifty categories, resolution 8) from the snapshot, against a covering index and
 * the defining statement on the same server in the same run. 1,000,000 seeded incidents of ten years at 20,000 places;
 * then the snapshot alone with 8,000,000. Prints times, the ratio, and fails when the answers differ.
 * Usage: npm run bench -- hex-counts
 */
import { cellOf, cellToBigint } from '@diemnong/analysis';
import { cellToNumber } from '@diemnong/contracts';
import { countByCell } from '../../server/src/features/hexes/hexes-queries.ts';
import { startOfDaySeconds, toDayNumber } from '../../server/src/snapshot/local-days.ts';
import { readReference } from '../../server/src/snapshot/reference-queries.ts';
import type { Selection } from '../../server/src/snapshot/selection.ts';
import { createSnapshotBuilder } from '../../server/src/snapshot/snapshot-builder.ts';
import type { CountSource } from '../../server/src/snapshot/snapshot-store.ts';
import { openTestServer } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { createTestContext } from '../support/test-context.ts';

const placeCount = 20_000;
const categoryCount = 50;
const firstDay = toDayNumber('2015-01-01');
const dayCount = 3650;
const selection: Selection = {
  fromDay: toDayNumber('2021-01-01'),
  toDay: toDayNumber('2022-01-01'),
  categories: [3, 11, 12, 30, 49].map((i) => `c${i}`),
  communes: undefined,
  hours: undefined,
  weekdays: undefined,
};
const inHours: Selection = { ...selection, categories: undefined, hours: [22, 23, 0, 1, 2, 3] };

const random = seeded(20_261_121);
/** Denser towards the middle, as towns are. */
const spread = () => (random() + random() + random()) / 3;
const places = Array.from({ length: placeCount }, () => ({ lng: 105.9 + 0.7 * spread(), lat: 20.3 + 0.7 * spread() }));

await prepareDatabases();
const db = await openTestServer();
try {
  await fillDatabase(1_000_000);
  const { snapshots } = createTestContext(db);
  const begun = performance.now();
  const snapshot = await snapshots.current();
  const buildMs = performance.now() - begun;
  if (snapshot === undefined) throw new Error('the snapshot is off');
  const memory: CountSource = { reference: snapshot.reference, snapshot, ask: (question) => question(db.knex) };
  const sql: CountSource = { ...memory, snapshot: undefined };
  const fast = await median(21, () => countByCell(memory, selection, 8, 'count'));
  const covered = await median(7, countOnCoveringIndex);
  const defined = await median(3, () => countByCell(sql, selection, 8, 'count'));
  const evening = await median(11, () => countByCell(memory, inHours, 8, 'count'));
  console.log(`1,000,000 incidents: snapshot read and built in ${buildMs.toFixed(0)} ms`);
  console.log(`snapshot: ${fast.ms.toFixed(2)} ms (all categories, six hours: ${evening.ms.toFixed(2)} ms)`);
  console.log(`covering index: ${covered.ms.toFixed(1)} ms; defining statement: ${defined.ms.toFixed(1)} ms`);
  console.log(`ratio: ${(covered.ms / fast.ms).toFixed(0)} times the covering index`);
  const isSame = JSON.stringify(fast.result) === JSON.stringify(defined.result);
  const isCoveredSame = covered.result.join() === fast.result.units.join();
  if (!isSame || !isCoveredSame) {
    console.error('the answers differ');
    process.exitCode = 1;
  }
  await measureLarge(8_000_000);
} finally {
  await db.close();
}

async function fillDatabase(rows: number): Promise<void> {
  const cells = (res: number) => places.map(({ lng, lat }) => cellToBigint(cellOf(lng, lat, res)).toString());
  await db.knex.raw(
    `create table place as
     select (row_number() over () - 1)::int as id, *
     from unnest(:c10::bigint[], :c9::bigint[], :c8::bigint[], :c7::bigint[], :lngs::float8[], :lats::float8[])
       as t (cell, cell_9, cell_8, cell_7, lng, lat)`,
    {
      c10: cells(10),
      c9: cells(9),
      c8: cells(8),
      c7: cells(7),
      lngs: places.map(({ lng }) => lng),
      lats: places.map(({ lat }) => lat),
    },
  );
  await db.knex.transaction(async (transaction) => {
    await transaction.raw('select setseed(0.2026)');
    await transaction.raw(
      `insert into incident (province_code, office, reference, batch_id, category, occurred_from, state, precision,
                             commune_code, cell, cell_9, cell_8, cell_7, geom)
       select '33', 'CAT', lpad(n::text, 8, '0'), '00000000-0000-4000-8000-000000000001', 'c' || floor(kind)::int,
              to_timestamp(:firstSecond + floor(moment)), 'received', 'point', '10001', cell, cell_9, cell_8, cell_7,
              ST_SetSRID(ST_MakePoint(lng, lat), 4326)
       from (select n, random() * :categoryCount as kind, random() * :seconds as moment, floor(random() * :placeCount)::int as id
             from generate_series(1, :rows) as n) as drawn
       join place using (id)`,
      { rows, categoryCount, placeCount, firstSecond: startOfDaySeconds(firstDay), seconds: dayCount * 86_400 },
    );
  });
  await db.knex.raw('create index incident_covering on incident (category, occurred_from) include (cell_8)');
  await db.knex.raw('vacuum analyze incident');
}

/** The peer: nothing but what an index-only scan can answer. */
async function countOnCoveringIndex(): Promise<number[]> {
  const { rows } = await db.knex.raw<{ rows: { count: number }[] }>(
    `select cell_8, count(*) as count from incident
     where category = any (:categories::text[])
       and occurred_from >= to_timestamp(:from) and occurred_from < to_timestamp(:to)
     group by cell_8 order by cell_8`,
    {
      categories: selection.categories ?? [],
      from: startOfDaySeconds(selection.fromDay),
      to: startOfDaySeconds(selection.toDay),
    },
  );
  return rows.map(({ count }) => count);
}

async function measureLarge(rows: number): Promise<void> {
  const pageRows = 200_000;
  const builder = createSnapshotBuilder(await readReference(db.knex), rows);
  const numbers = (res: number) => places.map(({ lng, lat }) => cellToNumber(cellOf(lng, lat, res), res));
  const cells = { 7: numbers(7), 8: numbers(8), 9: numbers(9), 10: numbers(10) };
  const begun = performance.now();
  for (let done = 0; done < rows; done += pageRows) {
    const place = Uint32Array.from({ length: pageRows }, () => random() * placeCount);
    const at = (res: 7 | 8 | 9 | 10) => Float64Array.from(place, (i) => cells[res][i] ?? 0);
    builder.add({
      rowCount: pageRows,
      started: Float64Array.from(place, () =>
        Math.floor((startOfDaySeconds(firstDay) + random() * dayCount * 86_400) * 1e6),
      ),
      ended: new Float64Array(pageRows).fill(Number.NEGATIVE_INFINITY),
      category: Array.from(place, () => `c${Math.floor(random() * categoryCount)}`),
      province: new Array<string>(pageRows).fill('33'),
      commune: Array.from(place, (i) => `1${i % 104}`),
      cells: { 7: at(7), 8: at(8), 9: at(9), 10: at(10) },
      lng: new Float64Array(pageRows),
      lat: new Float64Array(pageRows),
    });
  }
  const snapshot = await builder.finish();
  const source: CountSource = { reference: snapshot.reference, snapshot, ask: (question) => question(db.knex) };
  const built = performance.now() - begun;
  const few = await median(21, () => countByCell(source, selection, 8, 'count'));
  const all = await median(11, () => countByCell(source, { ...selection, categories: undefined }, 8, 'count'));
  const evening = await median(11, () => countByCell(source, inHours, 8, 'count'));
  const everything = await median(5, () =>
    countByCell(source, { ...inHours, hours: undefined, fromDay: firstDay, toDay: firstDay + dayCount }, 8, 'count'),
  );
  console.log(`${rows.toLocaleString('en')} incidents, drawn and built in ${(built / 1000).toFixed(1)} s, in memory:`);
  console.log(
    `one year, five categories ${few.ms.toFixed(2)} ms; all categories ${all.ms.toFixed(2)} ms; ` +
      `all categories in six hours ${evening.ms.toFixed(2)} ms; ten years, all categories ${everything.ms.toFixed(1)} ms`,
  );
}

async function median<Result>(times: number, work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  let result = await work();
  const runs: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    result = await work();
    runs.push(performance.now() - start);
  }
  return { ms: runs.sort((a, b) => a - b)[times >> 1] ?? 0, result };
}

/** mulberry32 (Tommy Ettinger, public domain). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
