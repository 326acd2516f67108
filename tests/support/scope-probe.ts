import type { Knex } from 'knex';
import type { Scope } from '../../server/src/access/scope.ts';
import { probedScopes, type ScopedTable } from './scope-world.ts';

/** What a scope can do with a table. Statements carry no WHERE: a forgotten one must show nothing more. */
type Outcome = {
  sees: string[];
  inserts: string[] | 'denied';
  updates: number | 'denied';
  deletes: number | 'denied';
  /** Rows that could be moved into another province, or 'denied'. */
  moves: number | 'denied';
};

/**
 * Ask the database, as the role the server works under, what each scope can do with a table, and compare with what the table's
 * rules say. Everything happens in the owner's transaction and leaves nothing behind.
 * @returns one line per difference; [] when the database does what the rules say.
 */
export async function probeTable(
  transaction: Knex.Transaction,
  role: string,
  table: ScopedTable,
  { stopAtFirst = false } = {},
): Promise<string[]> {
  const differences: string[] = [];
  for (const [name, scope] of Object.entries(probedScopes)) {
    const got = JSON.stringify(await observe(transaction, role, table, scope));
    const wanted = JSON.stringify(expect(table, scope));
    if (got !== wanted) differences.push(`${table.name} as ${name}: ${got}, expected ${wanted}`);
    if (stopAtFirst && differences.length > 0) break;
  }
  return differences;
}

function expect(table: ScopedTable, scope: Scope): Outcome {
  const seen = table.rows.filter((row) => table.sees(scope, row));
  const touched = (rule: ScopedTable['updates']) =>
    rule === 'denied' ? rule : seen.filter((row) => rule(scope, row)).length;
  const { inserts } = table;
  const moved = touched(table.updates);
  const mayMove = scope.reach === 'system' || scope.reach === 'all';
  return {
    sees: seen.map((row) => keyOf(table, row)).sort(),
    inserts:
      inserts === 'denied'
        ? inserts
        : table.rows
            .filter((row) => inserts(scope, row))
            .map((row) => keyOf(table, row))
            .sort(),
    updates: touched(table.updates),
    deletes: touched(table.deletes),
    moves: !table.isRecord ? 0 : moved !== 0 && !mayMove ? 'denied' : moved,
  };
}

async function observe(
  transaction: Knex.Transaction,
  role: string,
  table: ScopedTable,
  scope: Scope,
): Promise<Outcome> {
  const { name } = table;
  const [column] = table.key;
  const inScope = <Result>(work: () => Promise<Result>) => asServer(transaction, role, scope, work);
  const seen = await inScope(() => transaction(name).select<Record<string, unknown>[]>(table.key));
  const touch = (sql: string) =>
    inScope(async () => (await transaction.raw<{ rowCount: number }>(sql, { name, column })).rowCount).catch(denied);
  return {
    sees: (seen ?? []).map((row) => keyOf(table, row)).sort(),
    inserts: await observeInserts(transaction, role, table, scope),
    updates: await touch('update :name: set :column: = :column:'),
    deletes: await touch('delete from :name:'),
    moves: table.isRecord ? await touch(`update :name: set province_code = province_code || '0'`) : 0,
  };
}

async function observeInserts(
  transaction: Knex.Transaction,
  role: string,
  table: ScopedTable,
  scope: Scope,
): Promise<string[] | 'denied'> {
  const { name } = table;
  const { rows } = await transaction.raw<{ rows: { literal: string; row: Record<string, unknown> }[] }>(
    'select cast(:name: as text) as literal, row_to_json(:name:) as row from :name:',
    { name },
  );
  const inserted: string[] = [];
  for (const { literal, row } of rows) {
    const [column] = table.key;
    await transaction.raw('savepoint vacated');
    await transaction(name)
      .where(column, row[column] as string)
      .delete();
    const taken = await asServer(transaction, role, scope, () =>
      transaction.raw(`insert into :name: overriding system value select (cast(:literal as "${name}")).*`, {
        name,
        literal,
      }),
    ).catch(denied);
    if (taken !== 'denied') inserted.push(keyOf(table, row));
    await transaction.raw('rollback to savepoint vacated; release savepoint vacated');
  }
  return table.inserts === 'denied' && inserted.length === 0 ? 'denied' : inserted.sort();
}

/** In the scope, as the server; undone afterwards. */
async function asServer<Result>(
  transaction: Knex.Transaction,
  role: string,
  scope: Scope,
  work: () => Promise<Result>,
): Promise<Result> {
  const setting = (name: string, value: string | null) => `set local app.${name} = '${value ?? ''}';`;
  await transaction.raw(
    `savepoint probe; ${setting('reach', scope.reach)} ${setting('province', scope.province)}
     ${setting('commune', scope.commune)} ${setting('account', scope.account)} set local role "${role}"`,
  );
  try {
    return await work();
  } finally {
    await transaction.raw('rollback to savepoint probe; release savepoint probe');
  }
}

/** Only a refusal for want of rights counts as one. */
function denied(error: unknown): 'denied' {
  if ((error as { code?: string }).code === '42501') return 'denied';
  throw error;
}

function keyOf({ key }: ScopedTable, row: Record<string, unknown>): string {
  return key.map((column) => String(row[column])).join('/');
}
