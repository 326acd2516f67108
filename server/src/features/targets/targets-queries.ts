import type { AreaType } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { readStepsInForce } from '../areas/steps-in-force.ts';
import type { TargetSubject } from './targets-rules.ts';

type AreaOfSubject = Omit<TargetSubject, 'steps' | 'bornOn'>;

/** Every area within reach that has a step in force, with the steps that move its status, in order of effect. */
export async function listSubjects(transaction: Knex): Promise<Omit<TargetSubject, 'bornOn'>[]> {
  const stepsOf = await readStepsInForce(transaction);
  const { rows: areas } = await transaction.raw<{ rows: AreaOfSubject[] }>(
    `select area.id, area.province_code as "provinceCode", area.types, area.parents, coalesce(commune.kind, '') as "communeKind"
     from area
     left join boundary_set on is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     order by area.province_code, area.number`,
  );
  return areas.flatMap((area) => {
    const steps = stepsOf.get(area.id);
    return steps === undefined ? [] : [{ ...area, steps }];
  });
}

/** Areas whose assessment of success, dated within two days, waits for a second person. */
export async function listPendingSuccesses(
  transaction: Knex,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const { rows } = await transaction.raw<{ rows: { areaId: string }[] }>(
    `select distinct area_id as "areaId" from area_waiting where type = 'assessed_success' and on_date between :from and :to`,
    { from, to },
  );
  return rows.map(({ areaId }) => areaId);
}

/** The area of each review task that nobody decided. */
export async function listOpenTaskAreas(transaction: Knex): Promise<string[]> {
  const rows = await transaction('area_task').where({ state: 'open' }).select<{ area_id: string }[]>('area_id');
  return rows.map(({ area_id }) => area_id);
}

type Decision = { decisionNumber: string | null; decisionDate: string | null; fileId: string | null };
export type AreaLine = {
  id: string;
  number: number;
  name: string;
  communeCode: string;
  communeName: string;
  types: AreaType[];
};

/** How areas are shown, by id. */
export async function findAreaLines(transaction: Knex, ids: readonly string[]): Promise<Map<string, AreaLine>> {
  const { rows } = await transaction.raw<{ rows: AreaLine[] }>(
    `select area.id, area.number, area.name, area.types, area.commune_code as "communeCode",
            coalesce(commune.full_name, area.commune_code) as "communeName"
     from area
     left join boundary_set on is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     where area.id = any (cast(:ids as uuid[]))`,
    { ids },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Decision and first file of steps, by their order of entry. Index: area_event_sequence. */
export async function findDecisions(transaction: Knex, sequences: readonly number[]): Promise<Map<number, Decision>> {
  const { rows } = await transaction.raw<{ rows: (Decision & { sequence: number })[] }>(
    `select sequence, decision_number as "decisionNumber", decision_date::text as "decisionDate", files[1] as "fileId"
     from area_event
     where sequence = any (cast(:sequences as bigint[]))`,
    { sequences: [...sequences] },
  );
  return new Map(rows.map(({ sequence, ...decision }) => [sequence, decision]));
}
