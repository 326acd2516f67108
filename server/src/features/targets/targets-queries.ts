import type { AreaType } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { MovingType } from '../areas/areas-rules.ts';
import type { TargetStep, TargetSubject } from './targets-rules.ts';

type AreaOfSubject = Omit<TargetSubject, 'steps' | 'bornOn'>;

/**
 * Every area within reach that has a step in force, with the steps that move its status, in order of effect. Three plain
 * statements, put together here: a join after the grouping is planned for one area and takes minutes for 10,000, and one text an
 * area costs less on the way than a row for each of 100,000 steps. Nothing asks for the view's `place`, see `placesOf`.
 */
export async function listSubjects(transaction: Knex): Promise<Omit<TargetSubject, 'bornOn'>[]> {
  // The conditions of row security look expensive: compiling them takes seconds, the statements a tenth of one.
  await transaction.raw(`set local jit = off; set local work_mem = '32MB'`);
  const { rows: histories } = await transaction.raw<{ rows: { areaId: string; steps: string }[] }>(
    `select area_id as "areaId", string_agg(concat_ws(' ', on_date, sequence, type, year), ',') as steps
     from area_step
     where type not in ('measure', 'reviewed')
     group by area_id`,
  );
  const { rows: areas } = await transaction.raw<{ rows: AreaOfSubject[] }>(
    `select area.id, area.province_code as "provinceCode", area.types, area.parents, coalesce(commune.kind, '') as "communeKind"
     from area
     left join boundary_set on is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     order by area.province_code, area.number`,
  );
  const placeOf = placesOf(await listCorrections(transaction));
  const stepsOf = new Map(histories.map(({ areaId, steps }) => [areaId, steps]));
  return areas.flatMap((area) => {
    const steps = stepsOf.get(area.id)?.split(',').map(toStep);
    if (steps === undefined) return [];
    steps.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : placeOf(a.sequence) - placeOf(b.sequence)));
    return [{ ...area, steps }];
  });
}

/** `2025-02-01 1234 listed 2025`; the day first, since it has always ten signs. */
function toStep(text: string): TargetStep {
  const [sequence, type, year] = text.slice(11).split(' ');
  return {
    type: type as MovingType,
    on: text.slice(0, 10),
    sequence: Number(sequence),
    year: year === undefined ? null : Number(year),
  };
}

type Correction = { sequence: number; corrected: number };

/** Index: area_event_supersedes. */
async function listCorrections(transaction: Knex): Promise<Correction[]> {
  const { rows } = await transaction.raw<{ rows: Correction[] }>(
    `select later.sequence, earlier.sequence as corrected
     from area_event as later
     join area_event as earlier on earlier.id = later.supersedes
     where later.supersedes is not null`,
  );
  return rows;
}

/** Order within a day: that of entry; of a correction, that of the step it stands for at last. As the view's `place`. */
function placesOf(corrections: readonly Correction[]): (sequence: number) => number {
  const corrected = new Map(corrections.map((correction) => [correction.sequence, correction.corrected]));
  return (sequence) => {
    let place = sequence;
    for (let earlier = corrected.get(place); earlier !== undefined; earlier = corrected.get(place)) place = earlier;
    return place;
  };
}

/** Assessments of success by a day that nobody decided about, and that nothing in force corrected or struck. */
export async function listPendingSuccesses(
  transaction: Knex,
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const { rows } = await transaction.raw<{ rows: { areaId: string }[] }>(
    `select distinct event.area_id as "areaId"
     from area_event as event
     where event.type = 'assessed_success'
       and event.needs_approval
       and event.on_date between :from and :to
       and not exists (select from area_approval where event_id = event.id)
       and not exists (
         select from area_event as later
         left join area_approval as agreed on agreed.event_id = later.id
         where later.supersedes = event.id and (not later.needs_approval or agreed.decision = 'approved'))`,
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

/** Decision and first file of steps, by their order of entry. Index: area_event_area. */
export async function findDecisions(
  transaction: Knex,
  steps: readonly { areaId: string; on: string; sequence: number }[],
): Promise<Map<number, Decision>> {
  const { rows } = await transaction.raw<{ rows: (Decision & { sequence: number })[] }>(
    `select event.sequence, decision_number as "decisionNumber", decision_date::text as "decisionDate",
            files[1] as "fileId"
     from unnest(cast(:areas as uuid[]), cast(:days as date[]), cast(:sequences as bigint[])) as step (area_id, on_date, sequence)
     join area_event as event using (area_id, on_date, sequence)`,
    {
      areas: steps.map(({ areaId }) => areaId),
      days: steps.map(({ on }) => on),
      sequences: steps.map(({ sequence }) => sequence),
    },
  );
  return new Map(rows.map(({ sequence, ...decision }) => [sequence, decision]));
}
