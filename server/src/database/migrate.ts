import { readdirSync, readFileSync } from 'node:fs';
import type { Knex } from 'knex';

const directory = new URL('../../migrations/', import.meta.url);

/** Bring the schema up to date: each `migrations/NNNN_name.sql` once, in order, in a transaction. */
export async function migrate(database: Knex): Promise<void> {
  await database.migrate.latest({
    migrationSource: {
      getMigrations: async () =>
        readdirSync(directory)
          .filter((name) => name.endsWith('.sql'))
          .sort(),
      getMigrationName: (name: string) => name,
      getMigration: async (name: string) => ({
        // `raw` would read the question marks of a comment or an operator as bindings.
        up: (transaction: Knex) =>
          transaction.raw(readFileSync(new URL(name, directory), 'utf8').replaceAll('?', '\\?')),
        down: async () => {
          throw new Error(`${name} has no way back: restore a backup`);
        },
      }),
    },
  });
}
