import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { openDatabase } from '../../server/src/database/open-database.ts';

/** Migrated once per state of server/migrations, then copied for every test file. */
function schemaHash(): string {
  const directory = new URL('../../server/migrations/', import.meta.url);
  const hash = createHash('sha256');
  for (const name of readdirSync(directory).sort()) hash.update(name).update(readFileSync(new URL(name, directory)));
  return hash.digest('hex').slice(0, 12);
}

export function embeddedTemplateDir(): string {
  return join(tmpdir(), `diemnong-template-${schemaHash()}`);
}

export function serverTemplateName(): string {
  return `diemnong_template_${schemaHash()}`;
}

/** Vitest's global set-up: make the templates before any test file runs. */
export default async function prepareDatabases(): Promise<void> {
  if (!existsSync(embeddedTemplateDir())) {
    const building = `${embeddedTemplateDir()}.${process.pid}`;
    const database = await openDatabase({ databaseUrl: undefined, dataDir: building });
    await database.close();
    try {
      renameSync(building, embeddedTemplateDir());
    } catch {
      rmSync(building, { recursive: true, force: true }); // another run made it meanwhile
    }
  }
  const testServer = process.env.TEST_DATABASE_URL;
  if (testServer === undefined) return;
  const admin = knex({ client: 'pg', connection: testServer, pool: { min: 0, max: 1 } });
  try {
    const name = serverTemplateName();
    const { rows } = await admin.raw<{ rows: unknown[] }>('select 1 from pg_database where datname = :name', { name });
    if (rows.length > 0) return;
    const building = `${name}_${process.pid}`;
    await admin.raw('create database :building: template template0', { building });
    const url = new URL(testServer);
    url.pathname = `/${building}`;
    const database = await openDatabase({ databaseUrl: url.href, dataDir: `${embeddedTemplateDir()}.server` });
    await database.close();
    await admin.raw('alter database :building: rename to :name:', { building, name });
  } finally {
    await admin.destroy();
  }
}
