import type { ImportMapping } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { toJsonb } from '../../database/to-jsonb.ts';

export type Office = { communeCode: string | null; mapping: Partial<ImportMapping> };

/** @returns undefined for an office that is new, or beyond the scope. */
export async function findOffice(db: Knex, provinceCode: string, code: string): Promise<Office | undefined> {
  return db('office')
    .where({ province_code: provinceCode, code })
    .first<Office | undefined>({ communeCode: 'commune_code', mapping: 'mapping' });
}

/**
 * An office becomes a commune's, when it is new or was nobody's and none of its incidents lies elsewhere: from then on the
 * commune's accounts see it and what it sent, but for files with rejected rows, which may be of elsewhere.
 * @param transaction of the system's scope, since the office may be hidden from the account. @returns is it the commune's?
 */
export async function claimOffice(
  transaction: Knex.Transaction,
  office: { provinceCode: string; code: string; communeCode: string; name: string },
): Promise<boolean> {
  const { provinceCode, code, communeCode, name } = office;
  await transaction('office')
    .insert({ province_code: provinceCode, code, name, commune_code: communeCode })
    .onConflict(['province_code', 'code'])
    .ignore();
  const { rowCount } = await transaction.raw<{ rowCount: number }>(
    `update office
     set commune_code = :communeCode
     where province_code = :provinceCode and code = :code and commune_code is null
       and not exists (
         select from incident
         where province_code = :provinceCode and office = :code and commune_code <> :communeCode)
       and not exists (
         select from incident_replaced
         where province_code = :provinceCode and office = :code and commune_code <> :communeCode)`,
    { provinceCode, code, communeCode },
  );
  if (rowCount > 0)
    await transaction('import_batch')
      .where({ province_code: provinceCode, office: code })
      .whereRaw(`state = 'committed' and summary ->> 'rejected' = '0'`)
      .update({ commune_code: communeCode });
  return (await findOffice(transaction, provinceCode, code))?.communeCode === communeCode;
}

/**
 * A new office gets its code as its name; the mapping is what its next file starts from.
 * @param office.communeCode the importer's own: a policy looks at the row as it would be inserted, also when it is there.
 * @returns the commune it belongs to, which stays so until the transaction ends.
 */
export async function saveOffice(
  transaction: Knex,
  office: { provinceCode: string; communeCode: string | null; code: string; mapping: ImportMapping },
): Promise<string | null> {
  const { provinceCode, communeCode, code } = office;
  const mapping = toJsonb(office.mapping);
  const rows = await transaction('office')
    .insert({ province_code: provinceCode, commune_code: communeCode, code, name: code, mapping })
    .onConflict(['province_code', 'code'])
    .merge({ mapping })
    .returning<{ commune_code: string | null }[]>('commune_code');
  return rows[0]?.commune_code ?? null;
}
