import { createReadStream } from 'node:fs';
import { relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './open-database.ts';

type Copy = { table: string; columns: string[]; file: string };

/**
 * Load a file of PostgreSQL's binary COPY format into a table, inside the caller's transaction and under its scope.
 * COPY FROM is refused on tables with row security, so the rows are copied into a temporary table without indexes and
 * moved by INSERT … SELECT, where the policies check each of them.
 * @param target.constants columns that are not in the file, the same for every row.
 * Errors: 42501 of PostgreSQL for a row beyond the scope.
 */
export async function bulkLoad(
  db: Database,
  transaction: Knex.Transaction,
  target: Copy & { constants?: Record<string, string | null> },
): Promise<void> {
  const { table, columns, file, constants = {} } = target;
  const loaded = `loaded_${table}`;
  await createLike(transaction, { temporary: loaded, table, columns });
  await copyIntoTemporary(db, transaction, { table: loaded, columns, file });
  await moveRows(transaction, { from: loaded, table, columns, constants });
  await transaction.raw('drop table :loaded:', { loaded });
}

/** An empty temporary table with some columns of another: no index, no default, no constraint, gone with the transaction. */
export async function createLike(
  transaction: Knex.Transaction,
  { temporary, table, columns }: { temporary: string; table: string; columns: string[] },
): Promise<void> {
  const list = identifiers(columns);
  await transaction.raw(
    `create temporary table :temporary: on commit drop as select ${list.sql} from :table: with no data`,
    { temporary, table, ...list.bindings },
  );
}

/**
 * Copy a file into a temporary table. On a server the bytes are streamed (COPY FROM STDIN); the embedded engine reads the
 * file itself, since COPY FROM STDIN breaks its socket. The file must lie below `db.stagingDir`.
 * Source: postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export async function copyIntoTemporary(
  db: Database,
  transaction: Knex.Transaction,
  { table, columns, file }: Copy,
): Promise<void> {
  const list = identifiers(columns);
  const bindings = { table, ...list.bindings };
  if (db.engineStagingDir !== undefined) {
    const path = `${db.engineStagingDir}/${relative(db.stagingDir, file).replaceAll('\\', '/')}`;
    await transaction.raw(`copy :table: (${list.sql}) from '${path.replaceAll("'", "''")}' (format binary)`, bindings);
    return;
  }
  const { sql } = transaction.raw(`copy :table: (${list.sql}) from stdin (format binary)`, bindings).toSQL().toNative();
  const client = (await transaction.client.acquireConnection()) as PoolClient;
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), client.query(copyFrom(sql)));
}

async function moveRows(
  transaction: Knex.Transaction,
  target: { from: string; table: string; columns: string[]; constants: Record<string, string | null> },
): Promise<void> {
  const { from, table, columns, constants } = target;
  const list = identifiers(columns);
  const added = identifiers(Object.keys(constants), 'added');
  const values = Object.fromEntries(Object.values(constants).map((value, at) => [`value${at}`, value]));
  const addedSql = added.sql === '' ? '' : `, ${added.sql}`;
  const valuesSql = Object.keys(values).map((name) => `, :${name}`);
  await transaction.raw(
    `insert into :table: (${list.sql}${addedSql}) select ${list.sql}${valuesSql.join('')} from :from:`,
    { from, table, ...list.bindings, ...added.bindings, ...values },
  );
}

function identifiers(names: string[], prefix = 'column'): { sql: string; bindings: Record<string, string> } {
  return {
    sql: names.map((_, at) => `:${prefix}${at}:`).join(', '),
    bindings: Object.fromEntries(names.map((name, at) => [`${prefix}${at}`, name])),
  };
}
