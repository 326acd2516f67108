/**
 * Points to communes: the grid index against PostGIS's own ST_Intersects join, points driving, in the same run.
 * 100,000 seeded points in the province's box, and 20,000 that stand exactly on vertices of commune borders.
 * Prints both times, the ratio, and the number of points on which the two disagree (it must be 0).
 * Usage: npm run bench -- points-to-communes      Needs ../shared/data.
 */
import { communeIndex, type MultiPolygon } from '@diemnong/analysis';
import { openTestServer } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { findSharedData, readGeoJson } from '../support/shared-data.ts';

const path = findSharedData('communes_2025_33_hung_yen_fullres.geojson.gz');
if (path === undefined) process.exit(0);
type Feature = { properties: { code: string }; geometry: MultiPolygon };
const { features } = readGeoJson<{ features: Feature[] }>(path);
const communes = features.map(({ properties, geometry }) => ({ code: properties.code, geometry }));

const points = [...insidePoints(100_000), ...borderPoints(20_000)];
const lng = Float64Array.from(points, ([x]) => x);
const lat = Float64Array.from(points, ([, y]) => y);

const built = performance.now();
const index = communeIndex(communes);
const buildMs = performance.now() - built;
index.findAll(lng, lat); // warm
const runs = Array.from({ length: 7 }, () => {
  const start = performance.now();
  index.findAll(lng, lat);
  return performance.now() - start;
}).sort((a, b) => a - b);
const ourMs = runs[3] ?? 0;
const ours = Array.from(index.findAll(lng, lat), (ordinal) => index.codes[ordinal] ?? null);

await prepareDatabases();
const db = await openTestServer();
try {
  await db.knex.raw('create table shape (code text collate "C" primary key, geom geometry(MultiPolygon, 4326))');
  await db.knex.raw('create table point (id integer primary key, geom geometry(Point, 4326))');
  for (const { code, geometry } of communes)
    await db.knex.raw('insert into shape values (:code, ST_SetSRID(ST_GeomFromGeoJSON(:shape), 4326))', {
      code,
      shape: JSON.stringify(geometry),
    });
  for (let at = 0; at < points.length; at += 10_000)
    await db.knex.raw(
      `insert into point
       select :at + row_number() over () - 1, ST_SetSRID(ST_MakePoint(x, y), 4326)
       from unnest(:xs::float8[], :ys::float8[]) as t (x, y)`,
      { at, xs: [...lng.subarray(at, at + 10_000)], ys: [...lat.subarray(at, at + 10_000)] },
    );
  await db.knex.raw('create index shape_gist on shape using gist (geom)');
  await db.knex.raw('analyze shape');
  await db.knex.raw('analyze point');
  const start = performance.now();
  const { rows } = await db.knex.raw<{ rows: { code: string | null }[] }>(
    `select (select min(shape.code) from shape where ST_Intersects(shape.geom, point.geom)) as code
     from point order by point.id`,
  );
  const postgisMs = performance.now() - start;
  const differing = rows.filter(({ code }, at) => code !== ours[at]).length;
  const { borderCells, edges } = index.gridStatistics();
  console.log(
    `${points.length} points, ${communes.length} communes, ${edges} edges, ${borderCells} border cells, index built in ${buildMs.toFixed(0)} ms`,
  );
  console.log(
    `grid index: ${ourMs.toFixed(1)} ms (median of 7, ${(points.length / ourMs / 1000).toFixed(2)} M points/s)`,
  );
  console.log(`PostGIS ST_Intersects join: ${postgisMs.toFixed(0)} ms`);
  console.log(`ratio: ${(postgisMs / ourMs).toFixed(0)} times; differing results: ${differing}`);
  if (differing > 0) process.exitCode = 1;
} finally {
  await db.close();
}

function insidePoints(count: number): [number, number][] {
  const random = seeded(20_261_121);
  const coordinates = communes.flatMap(({ geometry }) => geometry.coordinates.flat(2));
  const xs = coordinates.map(([x = 0]) => x).sort((a, b) => a - b);
  const ys = coordinates.map(([, y = 0]) => y).sort((a, b) => a - b);
  const [west, south] = [xs[0], ys[0]];
  const [east, north] = [xs[xs.length - 1], ys[ys.length - 1]];
  return Array.from({ length: count }, () => [west + random() * (east - west), south + random() * (north - south)]);
}

/** Vertices of borders, the hardest points there are: most belong to two communes, corners to three. */
function borderPoints(count: number): [number, number][] {
  const vertices = communes.flatMap(({ geometry }) => geometry.coordinates.flat(2));
  const step = Math.max(1, Math.floor(vertices.length / count));
  return vertices
    .filter((_, at) => at % step === 0)
    .slice(0, count)
    .map(([x, y]) => [x, y]);
}

/** mulberry32 (Tommy Ettinger, public domain): the same points on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
