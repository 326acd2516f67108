import type { H3Cell, H3Res } from '@diemnong/contracts';
import type { Knex } from 'knex';

/**
 * The cells that some communes of a boundary set own at one resolution, and which import of the set they are of.
 * @returns one entry per commune that owns any, its cells in no order; no entries and no import when the set is gone.
 * Source: table `commune_cell`. Packed into one text per commune: a row per cell takes three times as long to read.
 */
export async function listOwnedCells(
  database: Knex,
  asked: { set: string; res: H3Res; communes: readonly string[] },
): Promise<{ importedAt: string | undefined; communes: { code: string; cells: H3Cell[] }[] }> {
  const { rows } = await database.raw<{ rows: { importedAt: string; code: string | null; cells: string | null }[] }>(
    `select boundary_set.imported_at::text as "importedAt", owned.code, owned.cells
     from boundary_set
     left join lateral (
       select commune_code as code, string_agg(to_hex(cell), ',') as cells
       from commune_cell
       where boundary_set_id = boundary_set.id
         and res = :res
         and is_owned
         and commune_code = any (cast(:communes as text[]))
       group by commune_code
     ) as owned on true
     where boundary_set.id = :set
     order by owned.code`,
    { ...asked, communes: [...asked.communes] },
  );
  return {
    importedAt: rows[0]?.importedAt,
    communes: rows.flatMap(({ code, cells }) => (code === null || !cells ? [] : [{ code, cells: cells.split(',') }])),
  };
}
