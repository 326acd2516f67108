import type { AreaType } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { readAreaSteps } from '../areas/area-steps.ts';
import type { TargetSubject } from './targets-rules.ts';

/** How an area is shown in a list. */
type AreaLine = { number: number; name: string; communeCode: string; communeName: string };

export type SubjectLine = Omit<TargetSubject, 'bornOn'> & AreaLine;

/** Lists as one text each: reading 20,000 arrays takes longer than all the rest. */
type SubjectRow = Omit<SubjectLine, 'steps' | 'types' | 'parents'> & { types: string; parents: string };

/**
 * Every area within reach that has a step in force, with the steps that move its status, in order of effect, and those of which a
 * success waits for a second person.
 */
export async function listSubjects(
  transaction: Knex,
): Promise<{ subjects: SubjectLine[]; waiting: { areaId: string; on: string }[] }> {
  const { inForce, waiting } = await readAreaSteps(transaction);
  const { rows } = await transaction.raw<{ rows: SubjectRow[] }>(
    `select area.id, area.number, area.name, area.province_code as "provinceCode", area.commune_code as "communeCode",
            array_to_string(area.types, ',') as types, array_to_string(area.parents, ',') as parents,
            coalesce(commune.full_name, area.commune_code) as "communeName", coalesce(commune.kind, '') as "communeKind"
     from area
     left join boundary_set on is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     order by area.province_code, area.number`,
  );
  const subjects: SubjectLine[] = [];
  for (const { types, parents, ...line } of rows) {
    const steps = inForce.get(line.id);
    if (steps === undefined) continue;
    subjects.push({
      ...line,
      types: types.split(',').map((type) => Number(type) as AreaType),
      parents: parents === '' ? [] : parents.split(','),
      steps,
    });
  }
  return { subjects, waiting: waiting.filter(({ type }) => type === 'assessed_success') };
}

/** The area of each review task that nobody decided. */
export async function listOpenTaskAreas(transaction: Knex): Promise<string[]> {
  const rows = await transaction('area_task').where({ state: 'open' }).select<{ area_id: string }[]>('area_id');
  return rows.map(({ area_id }) => area_id);
}

type Decision = { decisionNumber: string | null; decisionDate: string | null; fileId: string | null };

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
