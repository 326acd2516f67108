/**
 * 878,049 rows from a gzipped CSV to committed and indexed, on both engines, by the same path as the command line; beside
 * it, in the same run and on the same server, what one would write by hand in SQL: COPY of the CSV as text, then one
 * INSERT … SELECT that parses, makes the point, finds the commune by ST_Intersects and keeps the same indexes. (The peer
 * knows no H3 cells, no reasons, no warnings and no coordinate systems.)
 * Prints the seconds that the boundaries took, rows per second, the peak memory of this process, the event loop's delay, and the ratio.
 * Usage: npm run bench -- import-speed      Needs ../shared/data.
 */
import { createReadStream } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BoundaryOptions } from '@diemnong/contracts';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { serverActor } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import { importBoundaries } from '../../server/src/features/boundaries/import-boundaries.ts';
import { createImportContext, importPath } from '../api/imports-support.ts';
import { openTestEmbedded, openTestServer, type TestDatabase } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { findSharedData } from '../support/shared-data.ts';

const communesFile = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');
const incidentsFile = findSharedData('incidents_moved_to_hung_yen.csv.gz');
if (communesFile === undefined || incidentsFile === undefined) process.exit(0);
const incidents: string = incidentsFile;
const goals = { server: 80_000, embedded: 30_000, memoryMb: 700, loopDelayMs: 100 };
const boundarySeconds = { server: 15, embedded: 60 };

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
await prepareDatabases();
let failed = false;

const server = await openTestServer();
try {
  await loadBoundaries(server);
  const ours = await measureImport(server, goals.server);
  const peer = await measurePeer(server);
  console.log(`ratio: ${(peer / ours).toFixed(2)} times as fast as SQL by hand`);
} finally {
  await server.close();
}
const embedded = await openTestEmbedded();
try {
  await loadBoundaries(embedded);
  await measureImport(embedded, goals.embedded);
} finally {
  await embedded.close();
}
process.exit(failed ? 1 : 0);

async function loadBoundaries(db: TestDatabase): Promise<void> {
  const options = {
    set: '2025-07',
    validFrom: '2025-07-01',
    codeField: 'code',
    nameField: 'fullName',
    provinceField: 'province_code',
  };
  const by = { ...serverActor, scope: systemScope };
  const start = performance.now();
  await importBoundaries(db, { file: communesFile ?? '', by, options: BoundaryOptions.parse(options) });
  const seconds = (performance.now() - start) / 1000;
  const goal = boundarySeconds[db.engine];
  console.log(`${db.engine}: 104 communes at full resolution in ${seconds.toFixed(1)} s (goal ${goal} s)`);
  if (seconds > goal) failed = true;
}

async function measureImport(db: TestDatabase, goal: number): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  delay.enable();
  const start = performance.now();
  const batch = await importPath(createImportContext(db), incidents, { office: 'PC02', commit: true });
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  clearInterval(sampler);
  const speed = batch.rows / seconds;
  const memoryMb = peak / 1e6;
  const p99 = delay.percentile(99) / 1e6;
  console.log(
    `${db.engine}: ${seconds.toFixed(2)} s, ${Math.round(speed)} rows/s (goal ${goal}); ` +
      `peak memory ${memoryMb.toFixed(0)} MB (goal < ${goals.memoryMb}); event loop delay p99 ${p99.toFixed(0)} ms (goal ≤ ${goals.loopDelayMs})`,
  );
  if (batch.accepted !== 696_000 || batch.rejected !== 182_049)
    throw new Error(`${batch.accepted} accepted, ${batch.rejected} rejected`);
  if (speed < goal || memoryMb > goals.memoryMb || p99 > goals.loopDelayMs) failed = true;
  return seconds;
}

async function measurePeer(db: TestDatabase): Promise<number> {
  await db.knex.raw('create table peer_text (reference text, category text, occurred text, lng text, lat text)');
  await db.knex.raw(`
    create table peer_incident (
      reference text collate "C" primary key, category text not null, occurred_from timestamptz not null,
      commune_code text collate "C" not null, geom geometry(Point, 4326) not null)`);
  await db.knex.raw('create index on peer_incident (occurred_from)');
  const start = performance.now();
  const accepted = await db.knex.transaction(async (transaction) => {
    const client = (await transaction.client.acquireConnection()) as PoolClient;
    const copy = client.query(copyFrom('copy peer_text from stdin (format csv, header)'));
    await pipeline(createReadStream(incidents), createGunzip(), copy);
    const { rowCount } = await transaction.raw<{ rowCount: number }>(`
      insert into peer_incident
      select t.reference, t.category, to_timestamp(t.occurred, 'DD/MM/YYYY HH24:MI'), c.code, p.geom
      from peer_text t
      cross join lateral (select st_setsrid(st_makepoint(t.lng::float8, t.lat::float8), 4326) as geom) p
      cross join lateral (select min(code) as code from commune where st_intersects(commune.geom, p.geom)) c
      where c.code is not null`);
    return rowCount;
  });
  const seconds = (performance.now() - start) / 1000;
  console.log(`SQL by hand: ${seconds.toFixed(2)} s, ${Math.round(878_049 / seconds)} rows/s, ${accepted} accepted`);
  return seconds;
}
