import knex, { type Knex } from 'knex';
import pg from 'pg';
import { reaches, type Scope } from '../../server/src/access/scope.ts';
import { inScope } from '../../server/src/database/open-database.ts';
import { loginAsServer } from '../../server/src/database/server-login.ts';
import type { TestDatabase } from '../support/database.ts';
import { type SeededRandom, seededRandom } from '../support/seeded-random.ts';
import { type AttackReport, createTally, inParallel, type Tally } from './attack-report.ts';

type Query = <Row extends object>(sql: string) => Promise<Row[]>;
type Connection = { query: Query; disconnect(): void };

/** A pool of connections and a way to run scoped work on it: the platform's own, and bad ones as controls. */
type ScopedPool = {
  scoped(scope: Scope, work: (connection: Connection) => Promise<void>): Promise<void>;
  /** A query that forgot its scope, on whichever connection the pool gives. */
  unscoped: Query;
  close(): Promise<void>;
};

const provinces = ['01', '33', '79'];
const communes = ['10001', '10002', '10003', '10004'];
const rowsPerCommune = 3;
const poolSize = 10;
const workers = 50;

const none: Scope = { reach: 'shared', province: '33', commune: null, account: null };
const scopes: Scope[] = [
  ...provinces.map((province): Scope => ({ reach: 'province', province, commune: null, account: null })),
  ...provinces.flatMap((province) =>
    communes.map((commune): Scope => ({ reach: 'commune', province, commune, account: null })),
  ),
  none,
];

/**
 * Scoped transactions of many scopes interleaved over one pool of ten, one in a hundred of them thrown out of, failing,
 * timed out, cancelled, or losing its connection; between them queries without a scope. A success is a row of another scope, a
 * missing row, a row without a scope, or a connection that comes back with a scope or a transaction.
 * Controls: the three patterns that leak (reliability.md, c 1–3), in the same harness. PostgreSQL server only.
 */
export async function attackInterleaving(
  db: TestDatabase,
  { tries, controlTries = 2000, seed = 1 }: { tries: number; controlTries?: number; seed?: number },
): Promise<AttackReport> {
  await fillCommunes(db.knex);
  const { databaseUrl } = db;
  if (databaseUrl === undefined)
    throw new Error('interleaving needs a PostgreSQL server: the embedded engine has one connection');
  const tally = createTally();
  const begun = performance.now();
  const pool = await openPlatformPool(db.knex, databaseUrl);
  const faults = await interleave(pool, db.knex, tally, tries, seededRandom(seed));
  const seconds = (performance.now() - begun) / 1000;
  await expectQuietServer(db.knex, tally);
  await pool.close();
  const controls: AttackReport['controls'] = [];
  for (const [without, open] of Object.entries(badPools)) {
    const leaks = createTally();
    const bad = open(await serverLoginUrl(db.knex, databaseUrl));
    await interleave(bad, db.knex, leaks, controlTries, seededRandom(seed + 1));
    await bad.close();
    controls.push({ without, successes: leaks.successes });
  }
  return {
    name: 'interleaved scopes over one pool',
    tries,
    successes: tally.successes,
    examples: tally.examples,
    controls,
    note: `${faults} faults made, ${Math.round(tries / seconds)} transactions/s`,
  };
}

async function fillCommunes(owner: Knex): Promise<void> {
  await owner.raw('truncate incident');
  const rows = provinces.flatMap((province_code) =>
    communes.flatMap((commune_code) =>
      Array.from({ length: rowsPerCommune }, (_, i) => ({
        province_code,
        commune_code,
        office: 'CAX',
        reference: `${province_code}-${commune_code}-${i}`,
        batch_id: '00000000-0000-4000-8000-000000000001',
        category: 'theft',
        occurred_from: '2025-01-01T00:00:00Z',
        state: 'received',
        precision: 'commune',
      })),
    ),
  );
  await owner('incident').insert(rows);
}

function expectedRows({ reach }: Scope): number {
  if (reach === 'shared') return 0;
  return reach === 'commune' ? rowsPerCommune : communes.length * rowsPerCommune;
}

/** @returns how many faults were made. */
async function interleave(
  pool: ScopedPool,
  owner: Knex,
  tally: Tally,
  tries: number,
  random: SeededRandom,
): Promise<number> {
  let faults = 0;
  await inParallel(tries, workers, async () => {
    if (random.chance(0.1)) return probeWithoutScope(pool, tally);
    const scope = random.pick(scopes);
    const fault = random.chance(0.01) ? random.pick(Object.values(faultKinds)) : undefined;
    if (fault !== undefined) faults++;
    await pool
      .scoped(scope, async (connection) => {
        await readInScope(connection.query, scope, tally);
        if (fault !== undefined) await fault(connection, owner);
        if (fault !== undefined || random.chance(0.1)) await readInScope(connection.query, scope, tally);
      })
      .catch((error: unknown) => tolerate(error, fault !== undefined, tally));
  });
  return faults;
}

async function readInScope(query: Query, scope: Scope, tally: Tally): Promise<void> {
  const rows = await query<{ provinceCode: string; communeCode: string }>(
    'select province_code as "provinceCode", commune_code as "communeCode" from incident',
  );
  const wrong = rows.find((row) => !reaches(scope, row));
  if (wrong !== undefined) tally.add(`${JSON.stringify(scope)} read ${JSON.stringify(wrong)}`);
  else if (rows.length !== expectedRows(scope)) tally.add(`${JSON.stringify(scope)} read ${rows.length} rows`);
}

/** Everything a connection may not bring along: rows, a scope, an open transaction (whose now() stands still). */
async function probeWithoutScope(pool: ScopedPool, tally: Tally): Promise<void> {
  try {
    const [seen] = await pool.unscoped<{ rows: number; reach: string; isOpen: boolean }>(
      `select (select count(*) from incident)::int as rows, coalesce(current_setting('app.reach', true), '') as reach,
              now() <> statement_timestamp() as "isOpen"`,
    );
    if (seen === undefined || seen.rows > 0 || seen.reach !== '' || seen.isOpen)
      tally.add(`without a scope: ${JSON.stringify(seen)}`);
  } catch (error) {
    tolerate(error, false, tally);
  }
}

/** Thrown by requests themselves; the pool must survive it. */
class Thrown extends Error {}

/** What goes wrong in the middle of a transaction. */
const faultKinds: Record<string, (connection: Connection, owner: Knex) => Promise<void>> = {
  throws: () => Promise.reject(new Thrown('a handler threw')),
  fails: async ({ query }) => void (await query('select 1 / 0')),
  timesOut: async ({ query }) => void (await query(`set local statement_timeout = '2ms'; select pg_sleep(0.5)`)),
  isCancelled: (connection, owner) => interrupt(connection, owner, 'pg_cancel_backend'),
  isTerminated: (connection, owner) => interrupt(connection, owner, 'pg_terminate_backend'),
  disconnects: async ({ query, disconnect }) => {
    const slow = query('select pg_sleep(0.5)');
    disconnect();
    await slow;
  },
};

async function interrupt({ query }: Connection, owner: Knex, how: string): Promise<void> {
  const [{ pid }] = await query<{ pid: number }>('select pg_backend_pid() as pid');
  const slow = query('select pg_sleep(0.5)');
  slow.catch(() => {});
  await owner.raw(`select ${how}(?)`, [pid]);
  await slow;
}

/** Codes of a backend that was cancelled or ended: an innocent neighbour may meet a late one. */
const interrupted = ['57014', '57P01', '57P02', 'ECONNRESET', 'EPIPE'];

/** Errors are no leak; an error nobody made is. */
function tolerate(error: unknown, wasMade: boolean, tally: Tally): void {
  const { code, message } = error as { code?: string; message: string };
  const isKnown =
    interrupted.includes(code ?? '') || /Connection terminated|Connection ended|not queryable/.test(message);
  if (!wasMade && !isKnown) tally.add(`an error nobody made: ${message}`);
}

async function expectQuietServer(owner: Knex, tally: Tally): Promise<void> {
  await new Promise((later) => setTimeout(later, 1000)); // a backend notices that its client has gone when it is done
  const { rows } = await owner.raw<{ rows: { state: string; sessions: number }[] }>(
    `select state, count(*)::int as sessions from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' group by state`,
  );
  for (const { state, sessions } of rows) tally.add(`${sessions} connections are left "${state}"`);
}

/** The pool as openDatabase makes it, with its unscoped side left open for the probes. */
async function openPlatformPool(owner: Knex, databaseUrl: string): Promise<ScopedPool> {
  const pool = knex({
    client: 'pg',
    connection: { connectionString: await serverLoginUrl(owner, databaseUrl) },
    pool: { min: 0, max: poolSize },
    log: { warn() {}, error() {}, deprecate() {}, debug() {} }, // of connections that the faults end
  });
  const transaction = inScope(pool);
  return {
    scoped: (scope, work) =>
      transaction(scope, async (inside) => {
        const client = (await inside.client.acquireConnection()) as pg.Client & { connection: pg.Connection };
        await work({
          query: async <Row extends object>(sql: string) => rowsOf<Row>(await inside.raw(sql)),
          disconnect: () => client.connection.stream.destroy(),
        });
      }),
    unscoped: async <Row extends object>(sql: string) => rowsOf<Row>(await pool.raw(sql)),
    close: () => pool.destroy(),
  };
}

async function serverLoginUrl(owner: Knex, databaseUrl: string): Promise<string> {
  let url = '';
  const login = await loginAsServer(owner, databaseUrl, async (connectionString) => {
    url = connectionString;
    const trial = knex({ client: 'pg', connection: connectionString, pool: { min: 0, max: 1 } });
    await trial.raw('select 1');
    return trial;
  });
  await login.destroy();
  return url;
}

function rowsOf<Row>(result: { rows: Row[] } | { rows: Row[] }[]): Row[] {
  return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
}

type Bad = (pool: pg.Pool) => ScopedPool['scoped'];

/** Settings as `set_config` takes them; `isLocal` false outlives the transaction. */
function setScope({ reach, province, commune }: Scope, isLocal: boolean): string {
  return `select set_config('app.reach', '${reach}', ${isLocal}), set_config('app.province', '${province ?? ''}', ${isLocal}),
                 set_config('app.commune', '${commune ?? ''}', ${isLocal})`;
}

const sessionSettings: Bad = (pool) => async (scope, work) => {
  await pool.query(setScope(scope, false));
  await work(poolConnection(pool));
};

const beginOnThePool: Bad = (pool) => async (scope, work) => {
  await pool.query('begin');
  await pool.query(setScope(scope, true));
  await work(poolConnection(pool));
  await pool.query('commit');
};

const noRollback: Bad = (pool) => async (scope, work) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(setScope(scope, true));
    await work({ query: async (sql) => rowsOf(await client.query(sql)), disconnect: () => {} });
    await client.query('commit');
  } finally {
    client.release();
  }
};

function poolConnection(pool: pg.Pool): Connection {
  return { query: async (sql) => rowsOf(await pool.query(sql)), disconnect: () => {} };
}

const badPools = {
  'scope set on the session': openBad(sessionSettings),
  'begin on the pool': openBad(beginOnThePool),
  'no rollback after a throw': openBad(noRollback),
};

function openBad(scopedOn: Bad): (connectionString: string) => ScopedPool {
  return (connectionString) => {
    const pool = new pg.Pool({ connectionString, max: poolSize });
    pool.on('connect', (client) => client.on('error', () => {})); // the faults end some of them
    pool.on('error', () => {});
    return {
      scoped: scopedOn(pool),
      unscoped: async <Row extends object>(sql: string) => rowsOf<Row>(await pool.query(sql)),
      close: () => pool.end(),
    };
  };
}
