import { createReadStream } from 'node:fs';
import { relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './open-database.ts';

/**
 * Load a file of PostgreSQL's binary COPY format into a table, inside the caller's transaction.
 * On a server the bytes are streamed (COPY FROM STDIN); the embedded engine reads the file itself, since COPY FROM STDIN
 * breaks its socket. The file must lie below `db.stagingDir`.
 * Source: postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export async function bulkLoad(
  db: Database,
  transaction: Knex.Transaction,
  target: { table: string; columns: string[]; file: string },
): Promise<void> {
  const identifiers = `:table: (${target.columns.map((_, at) => `:column${at}:`).join(', ')})`;
  const bindings = {
    table: target.table,
    ...Object.fromEntries(target.columns.map((name, at) => [`column${at}`, name])),
  };
  if (db.engine === 'embedded') {
    const { rows } = await transaction.raw<{ rows: { directory: string }[] }>(
      `select current_setting('data_directory') as directory`,
    );
    const path = `${rows[0]?.directory}/staging/${relative(db.stagingDir, target.file).replaceAll('\\', '/')}`;
    await transaction.raw(`copy ${identifiers} from '${path.replaceAll("'", "''")}' (format binary)`, bindings);
    return;
  }
  const { sql } = transaction.raw(`copy ${identifiers} from stdin (format binary)`, bindings).toSQL().toNative();
  const client = (await transaction.client.acquireConnection()) as PoolClient;
  await pipeline(createReadStream(target.file, { highWaterMark: 1 << 20 }), client.query(copyFrom(sql)));
}
