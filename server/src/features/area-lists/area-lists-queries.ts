import type { AreaEventType } from '@diemnong/contracts';
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

export type WaitingStep = { areaId: string; type: AreaEventType; year: number | null };

/** Steps that wait for a second person. */
export async function listWaitingSteps(transaction: Knex): Promise<WaitingStep[]> {
  const { rows } = await transaction.raw<{ rows: WaitingStep[] }>(
    'select area_id as "areaId", type, year from area_waiting',
  );
  return rows;
}

/** Until the end of the transaction nobody else marks an area: two of the same list would make each area twice. */
export async function lockAreas(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table area in share row exclusive mode');
}

/** Is any province that can be seen an invented one? */
export async function hasDemonstration(transaction: Knex): Promise<boolean> {
  return (await transaction('province').where({ is_demo: true }).first('code')) !== undefined;
}
