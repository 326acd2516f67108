import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@diemnong/contracts';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { type Scope, systemScope } from '../access/scope.ts';
import { type EmbeddedAddress, startEmbedded } from './embedded.ts';
import { holdDataDir } from './holder.ts';
import { migrate } from './migrate.ts';
import { addReferenceData } from './reference-data.ts';
import { findServerFault } from './server-fitness.ts';
import { requireGuards } from './server-guards.ts';
import { loginAsServer, serverRole } from './server-login.ts';

/** An open, migrated database. Only this folder knows which engine it is. */
export type Database = {
  engine: 'embedded' | 'server';
  /**
   * Run `work` in one transaction that sees what `scope` reaches: the only way to the data. It commits when `work` resolves
   * and leaves nothing when it throws; the scope ends with it. On the embedded engine, which has one session, nothing else
   * runs meanwhile, so never open a second transaction inside `work`.
   */
  transaction<Result>(
    scope: Scope,
    work: (transaction: Knex.Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Directory the process may fill: uploads, staged rows. */
  stagingDir: string;
  /** `stagingDir` as the engine itself names it, where it can read files by COPY (embedded only). */
  engineStagingDir: string | undefined;
  /** Tell other processes of this machine where the HTTP server listens (embedded engine only). */
  announce(url: string): void;
  close(): Promise<void>;
};

type TransactionOptions = {
  /** Everything read is of one committed state, and nothing is written. */
  snapshot?: boolean;
};

/**
 * Open the database the configuration names, check that it is fit, migrate it as its owner, and go on as a role that owns
 * nothing. Errors (all `AppError`, for people): `conflict` data directory in use; `unavailable` not reachable, too old,
 * without PostGIS, or with a guard missing.
 */
export async function openDatabase(options: { databaseUrl: string | undefined; dataDir: string }): Promise<Database> {
  return options.databaseUrl === undefined
    ? openEmbedded(options.dataDir)
    : openServer(options.databaseUrl, options.dataDir);
}

async function openEmbedded(dataDir: string): Promise<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Closed in reverse order, also when opening fails half way.
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of opened.splice(0).reverse()) await step();
  };
  try {
    const holder = await holdDataDir(dataDir);
    opened.push(() => holder.release());
    const embedded = await startEmbedded(dataDir);
    opened.push(() => embedded.stop());
    // One session serves all clients of the engine, so: a pool of one, SET LOCAL only, no advisory locks, no NOTIFY. It is kept
    // when idle: a new one after every half minute of rest would gain nothing.
    const pool = await connectKnex(embedded.connection, { min: 1, max: 1 });
    opened.push(() => pool.destroy());
    const stagingDir = join(embedded.clusterDir, 'staging');
    mkdirSync(stagingDir, { recursive: true });
    await migrate(pool);
    // The engine has one login, its superuser: each transaction steps down to the role, which may also bring the cluster to
    // disk and read staged files (see bulk-load.ts).
    await pool.raw(`grant pg_checkpoint, pg_read_server_files to ${serverRole}`);
    const { rows } = await pool.raw<{ rows: { directory: string }[] }>(
      `select current_setting('data_directory') as directory`,
    );
    const transaction = inScope(pool, `set local role ${serverRole};`);
    await requireGuards(transaction);
    await transaction(systemScope, addReferenceData);
    return {
      engine: 'embedded',
      transaction,
      stagingDir,
      engineStagingDir: `${rows[0]?.directory}/staging`,
      announce: (url) => holder.announce(url),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(databaseUrl: string, dataDir: string): Promise<Database> {
  const owner = await connectKnex({ connectionString: databaseUrl }, { min: 0, max: 1 });
  let pool: Knex | undefined;
  try {
    await checkServer(owner);
    const stagingDir = join(dataDir, 'staging');
    mkdirSync(stagingDir, { recursive: true, mode: 0o700 });
    await migrate(owner);
    pool = await loginAsServer(owner, databaseUrl, (connectionString) =>
      connectKnex({ connectionString }, { min: 0, max: 10 }),
    );
    const transaction = inScope(pool);
    await requireGuards(transaction);
    await transaction(systemScope, addReferenceData);
    const opened = pool;
    return {
      engine: 'server',
      transaction,
      stagingDir,
      engineStagingDir: undefined,
      announce: () => {},
      close: () => opened.destroy(),
    };
  } catch (error) {
    await pool?.destroy();
    throw error;
  } finally {
    await owner.destroy(); // its rights are not needed again
  }
}

/** Values that go into SET, which takes no parameters. */
const plainValue = /^[\w-]{0,60}$/;

/**
 * One client for the whole transaction, and SET LOCAL inside it: a scope set on the session, or outside the transaction,
 * would meet the next user of the pooled connection.
 */
export function inScope(pool: Knex, stepDown = ''): Database['transaction'] {
  return async (scope, work, { snapshot = false } = {}) => {
    const settings = { reach: scope.reach, province: scope.province, commune: scope.commune, account: scope.account };
    const statements = Object.entries(settings).map(([name, value]) => {
      if (!plainValue.test(value ?? '')) throw new AppError('internal', `scope: ${name} is "${value}"`);
      return `set local app.${name} = '${value ?? ''}';`;
    });
    return pool.transaction(
      async (transaction) => {
        // Row security makes every statement look dear, so that compiling it takes longer than running it: seconds, measured.
        await transaction.raw(`${stepDown}${statements.join('')}set local jit = off;`);
        return work(transaction);
      },
      snapshot ? { isolationLevel: 'repeatable read', readOnly: true } : {},
    );
  };
}

async function connectKnex(
  connection: EmbeddedAddress | { connectionString: string },
  pool: { min: number; max: number },
): Promise<Knex> {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and versions; cells travel as hex text
  const database = knex({
    client: 'pg',
    connection: { ...connection, application_name: 'diemnong' },
    pool,
    acquireConnectionTimeout: 60_000,
    // Errors are thrown; knex would print them, statement and all, a second time.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
  try {
    await database.raw('select 1');
    return database;
  } catch (cause) {
    await database.destroy();
    const reason = cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : String(cause);
    throw new AppError('unavailable', `Không kết nối được cơ sở dữ liệu: ${reason} (the database does not answer)`, {
      cause,
    });
  }
}

/** Refuse a server that is not fit before anything is written. */
async function checkServer(database: Knex): Promise<void> {
  const { rows } = await database.raw<{ rows: { version: number; postgis: string | null }[] }>(
    `select current_setting('server_version_num')::int as version,
            (select max(version) from pg_available_extension_versions where name = 'postgis') as postgis`,
  );
  const fault = findServerFault(rows[0]?.version ?? 0, rows[0]?.postgis ?? null);
  if (fault !== undefined) throw new AppError('unavailable', fault);
}
