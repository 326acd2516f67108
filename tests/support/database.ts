import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import knex, { type Knex } from 'knex';
import { describe } from 'vitest';
import { localSocketPath } from '../../server/src/database/holder.ts';
import { type Database, openDatabase } from '../../server/src/database/open-database.ts';
import { embeddedTemplateDir, serverTemplateName } from './database-templates.ts';

export type TestDatabase = Database & {
  /** The owner's own connection, past all row security: to fill tables, and to count what the server counts a second way. */
  knex: Knex;
  dataDir: string;
  /** Set on the server engine only. */
  databaseUrl: string | undefined;
};

/**
 * Run the same tests on the embedded engine and on a PostgreSQL + PostGIS server, each file on fresh databases of its own.
 * `open` makes one: migrated, empty; close it in afterAll. The server's address is TEST_DATABASE_URL (`npm test` starts a
 * private server and sets it); without it the server half is left out, which `npm test` says and CI refuses.
 */
export function describeOnBothDatabases(
  name: string,
  tests: (open: () => Promise<TestDatabase>, engine: 'embedded' | 'server') => void,
): void {
  describe(`${name} (embedded engine)`, () => tests(openTestEmbedded, 'embedded'));
  describe.skipIf(!hasTestServer())(`${name} (PostgreSQL server)`, () => tests(openTestServer, 'server'));
}

/** False without TEST_DATABASE_URL; throws when CI=true, where nothing may be left out. */
export function hasTestServer(): boolean {
  if (process.env.TEST_DATABASE_URL !== undefined) return true;
  if (process.env.CI === 'true')
    throw new Error('TEST_DATABASE_URL is not set: tests on a PostgreSQL server may not be left out with CI=true');
  return false;
}

/** On a server where there is one, else embedded: for tests whose subject is not the database. */
export function openAny(): Promise<TestDatabase> {
  return hasTestServer() ? openTestServer() : openTestEmbedded();
}

/** A data directory whose embedded database is migrated and empty: opens in a second instead of ten. */
export function copyEmbeddedTemplate(dataDir: string): string {
  cpSync(join(embeddedTemplateDir(), 'cluster'), join(dataDir, 'cluster'), { recursive: true });
  return dataDir;
}

export async function openTestEmbedded(): Promise<TestDatabase> {
  const dataDir = copyEmbeddedTemplate(mkdtempSync(join(tmpdir(), 'diemnong-test-')));
  const database = await openDatabase({ databaseUrl: undefined, dataDir });
  const owner = connectEmbeddedOwner(dataDir);
  return {
    ...database,
    knex: owner,
    dataDir,
    databaseUrl: undefined,
    close: async () => {
      await owner.destroy();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function openTestServer(): Promise<TestDatabase> {
  const { databaseUrl, drop } = await createServerDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'diemnong-test-'));
  const database = await openDatabase({ databaseUrl, dataDir });
  const owner = connectOwner({ connectionString: databaseUrl });
  return {
    ...database,
    knex: owner,
    dataDir,
    databaseUrl,
    close: async () => {
      await owner.destroy();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
      await drop();
    },
  };
}

/** One more connection of the owner, as of somebody with `psql` at the machine. */
export function connectOwnerOf({ dataDir, databaseUrl }: TestDatabase): Knex {
  return databaseUrl === undefined ? connectEmbeddedOwner(dataDir) : connectOwner({ connectionString: databaseUrl });
}

/** The owner's connection to an embedded database that some process holds open. */
export function connectEmbeddedOwner(dataDir: string): Knex {
  const socket = localSocketPath(dataDir, '.s.PGSQL.5432');
  const host = existsSync(socket) && statSync(socket).isDirectory() ? socket : dirname(socket);
  return connectOwner({ host, port: 5432, user: 'postgres', database: 'postgres' });
}

function connectOwner(connection: Knex.PgConnectionConfig): Knex {
  return knex({ client: 'pg', connection, pool: { min: 0, max: 1 } });
}

/** A fresh migrated database on the test server, for tests that start a process of their own on it. */
export async function createServerDatabase(
  options: { template?: string } = {},
): Promise<{ databaseUrl: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((admin) =>
    admin.raw('create database :name: template :template:', {
      name,
      template: options.template ?? serverTemplateName(),
    }),
  );
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    drop: async () => {
      await onServer(async (admin) => {
        await admin.raw('drop database if exists :name: with (force)', { name });
        await admin.raw('drop role if exists :login:', { login: `diemnong_server_${name}`.slice(0, 63) });
      });
    },
  };
}

async function onServer<T>(work: (admin: ReturnType<typeof knex>) => PromiseLike<T>): Promise<T> {
  const admin = knex({ client: 'pg', connection: process.env.TEST_DATABASE_URL, pool: { min: 0, max: 1 } });
  try {
    return await work(admin);
  } finally {
    await admin.destroy();
  }
}
