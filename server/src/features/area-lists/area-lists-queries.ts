import type { Knex } from 'knex';
import type { Scope } from '../../access/scope.ts';
import type { CommuneName } from '../imports/rows/commune-names.ts';

/** Communes of the default set that a scope may write about. */
export async function listCommuneNames(transaction: Knex, { province }: Scope): Promise<CommuneName[]> {
  const { rows } = await transaction.raw<{ rows: CommuneName[] }>(
    `select commune.code, commune.name, commune.full_name as "fullName", commune.kind
     from commune
     join boundary_set on boundary_set.id = commune.boundary_set_id and is_default
     where cast(:province as text) is null or commune.province_code = :province
     order by commune.code`,
    { province },
  );
  return rows;
}

/**
 * Until the end of the transaction nobody else writes about any area: two of the same list would make each area twice, and who holds
 * one area while the list holds another would wait for the list as it waits for him.
 */
export async function lockAreas(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table area in exclusive mode');
}

/** Is any province that can be seen an invented one? */
export async function hasDemonstration(transaction: Knex): Promise<boolean> {
  return (await transaction('province').where({ is_demo: true }).first('code')) !== undefined;
}
