import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@diemnong/contracts';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { type EmbeddedAddress, startEmbedded } from './embedded.ts';
import { holdDataDir } from './holder.ts';
import { migrate } from './migrate.ts';
import { addReferenceData } from './reference-data.ts';
import { findServerFault } from './server-fitness.ts';

/** An open, migrated database. Only this file and bulk-load.ts know which engine it is. */
export type Database = {
  knex: Knex;
  engine: 'embedded' | 'server';
  /** Directory the process may fill: uploads, staged rows. Below it, `staging` is readable by COPY on the embedded engine. */
  stagingDir: string;
  /** Tell other processes of this machine where the HTTP server listens (embedded engine only). */
  announce(url: string): void;
  close(): Promise<void>;
};

/**
 * Open the database the configuration names, check that it is fit, and migrate it.
 * Errors (all `AppError`, for people): `conflict` data directory in use; `unavailable` not reachable, too old or without PostGIS.
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
    // One session serves all clients of the engine, so: a pool of one, SET LOCAL only, no advisory locks, no NOTIFY.
    const database = await connectKnex(embedded.connection, 1);
    opened.push(() => database.destroy());
    const stagingDir = join(embedded.clusterDir, 'staging');
    mkdirSync(stagingDir, { recursive: true });
    await migrate(database);
    await addReferenceData(database);
    return { knex: database, engine: 'embedded', stagingDir, announce: (url) => holder.announce(url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openServer(databaseUrl: string, dataDir: string): Promise<Database> {
  const database = await connectKnex({ connectionString: databaseUrl }, 10);
  try {
    await checkServer(database);
    const stagingDir = join(dataDir, 'staging');
    mkdirSync(stagingDir, { recursive: true, mode: 0o700 });
    await migrate(database);
    await addReferenceData(database);
    return { knex: database, engine: 'server', stagingDir, announce: () => {}, close: () => database.destroy() };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

async function connectKnex(
  connection: EmbeddedAddress | { connectionString: string },
  poolSize: number,
): Promise<Knex> {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts and versions; cells travel as hex text
  const database = knex({
    client: 'pg',
    connection: { ...connection, application_name: 'diemnong' },
    pool: { min: 0, max: poolSize },
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
