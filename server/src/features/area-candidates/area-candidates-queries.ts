import { randomUUID } from 'node:crypto';
import type { AreaType, H3Cell } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { statusAt } from '../areas/area-status-queries.ts';

/** Statuses that an area does not come back from by itself: what lies there may be suggested again. */
const endedStatuses = ['closed', 'rejected', 'superseded'];

export type CandidateDecision = {
  key: string;
  type: AreaType;
  res: number;
  cells: H3Cell[];
  decision: 'accepted' | 'changed' | 'refused';
  reason: string | null;
  by: string;
  at: Date;
  areaId: string | null;
};

/** What was said about suggestions of one resolution, newest first; of those taken only while their area has not ended. */
export async function listCandidateDecisions(
  database: Knex,
  { res, asOf }: { res: number; asOf: string },
): Promise<CandidateDecision[]> {
  const { rows } = await database.raw<{ rows: (Omit<CandidateDecision, 'cells'> & { cells: string })[] }>(
    `with standing as (${statusAt})
     select key, type, res, decision, reason, username as by, decided_at as at, said.area_id as "areaId",
            array_to_string(array(select to_hex(cell) from unnest(cells) as cell), ',') as cells
     from area_candidate_decision as said
     left join standing on standing.area_id = said.area_id
     where res = :res
       and (said.area_id is null or standing.status <> all (cast(:ended as text[])))
     order by decided_at desc, said.id`,
    { res, asOf, ended: endedStatuses },
  );
  return rows.map((row) => ({ ...row, cells: row.cells.split(',') }));
}

export type CandidateArea = { id: string; name: string; cells: H3Cell[] };

/** Drawn areas that touch some communes and have not ended, by number. */
export async function listAreasNear(
  database: Knex,
  { communes, asOf }: { communes: readonly string[]; asOf: string },
): Promise<CandidateArea[]> {
  const { rows } = await database.raw<{ rows: { id: string; name: string; cells: string }[] }>(
    `with standing as (${statusAt})
     select area.id, area.name, array_to_string(array(select to_hex(cell) from unnest(cells) as cell), ',') as cells
     from area
     join standing on standing.area_id = area.id and standing.status <> all (cast(:ended as text[]))
     where commune_codes && cast(:communes as text[])
       and cells <> '{}'
     order by area.province_code, number`,
    { communes: [...communes], asOf, ended: endedStatuses },
  );
  return rows.map((row) => ({ ...row, cells: row.cells.split(',') }));
}

/** Res-10 cells of an area that is within reach. */
export async function listCellsOfArea(database: Knex, id: string): Promise<H3Cell[]> {
  const { rows } = await database.raw<{ rows: { cell: string }[] }>(
    'select to_hex(cell) as cell from area cross join lateral unnest(cells) as cell where id = :id order by cell',
    { id },
  );
  return rows.map(({ cell }) => cell);
}

/** Until the end of the transaction nobody else says anything about a suggestion. */
export async function lockCandidateDecisions(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table area_candidate_decision in share row exclusive mode');
}

export async function isDecided(database: Knex, key: string): Promise<boolean> {
  return (await database('area_candidate_decision').where({ key, decision: 'refused' }).first('id')) !== undefined;
}

export async function insertCandidateDecision(
  transaction: Knex.Transaction,
  said: {
    provinceCode: string;
    communeCode: string;
    key: string;
    type: AreaType;
    from: string;
    to: string;
    res: number;
    cells: readonly H3Cell[];
    count: number;
    confidence: number;
    rule: string;
    decision: 'accepted' | 'changed' | 'refused';
    reason: string | null;
    areaId: string | null;
    accountId: string | null;
    username: string;
  },
): Promise<void> {
  await transaction.raw(
    `insert into area_candidate_decision (id, province_code, commune_code, key, type, from_date, to_date, res, cells, count,
                                          confidence, rule, decision, reason, area_id, account_id, username)
     values (:id, :provinceCode, :communeCode, :key, :type, :from, :to, :res, cast(:cells as bigint[]), :count, :confidence,
             :rule, :decision, :reason, :areaId, :accountId, :username)`,
    { id: randomUUID(), ...said, cells: said.cells.map((cell) => BigInt(`0x${cell}`).toString()) },
  );
}
