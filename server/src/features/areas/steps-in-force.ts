import type { Knex } from 'knex';
import type { MovingType } from './areas-rules.ts';

/** A step in force that moves the status. */
export type MovingStep = { type: MovingType; on: string; year: number | null; sequence: number };

/** By area, each in order of effect; areas without any are absent. */
export type StepsInForce = ReadonlyMap<string, readonly MovingStep[]>;

/** Some scopes, and the state before the last change for those who are still reading it. */
const keptStates = 8;
const kept = new Map<string, StepsInForce>();

/**
 * All steps within reach that move a status, as the view `area_step` has them. What is only ever added to need not be read again
 * until something was added: 100,000 steps are kept in memory (some 15 MB), and asked for is how many steps and approvals are
 * within reach, which step is the last, and when a place was last changed (an area may move to another commune with its steps). Reaches lie
 * inside one another or apart, so two that see the same last step and equally many see the same; ids are random, so no two
 * databases do.
 */
export async function readStepsInForce(transaction: Knex): Promise<StepsInForce> {
  const { rows } = await transaction.raw<{ rows: [{ state: string }] }>(
    `select concat_ws(' ',
              (select count(*) from area_event),
              (select id from area_event order by sequence desc limit 1),
              (select count(*) from area_approval),
              (select max(created_at) from area_revision)) as state`,
  );
  const [{ state }] = rows;
  const known = kept.get(state) ?? (await readAll(transaction));
  kept.delete(state); // a Map keeps the order of insertion: the newest goes last
  kept.set(state, known);
  for (const oldest of [...kept.keys()].slice(0, -keptStates)) kept.delete(oldest);
  return known;
}

/** One text an area: a row for each of 100,000 steps costs more on the way. Nothing asks for the view's `place`, see `placesOf`. */
async function readAll(transaction: Knex): Promise<StepsInForce> {
  await transaction.raw(`set local work_mem = '32MB'`);
  const { rows } = await transaction.raw<{ rows: { areaId: string; steps: string }[] }>(
    `select area_id as "areaId", string_agg(concat_ws(' ', on_date, sequence, type, year), ',') as steps
     from area_step
     where type not in ('measure', 'reviewed')
     group by area_id`,
  );
  const placeOf = placesOf(await listCorrections(transaction));
  return new Map(
    rows.map(({ areaId, steps: text }) => {
      const steps = text.split(',').map(toStep);
      steps.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : placeOf(a.sequence) - placeOf(b.sequence)));
      return [areaId, steps];
    }),
  );
}

/** `2025-02-01 1234 listed 2025`; the day first, since it has always ten signs. */
function toStep(text: string): MovingStep {
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
