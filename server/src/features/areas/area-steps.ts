import type { AreaEventType } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { MovingType } from './areas-rules.ts';

/** A step in force that moves the status. */
export type MovingStep = { type: MovingType; on: string; year: number | null; sequence: number };

/** By area, each in order of effect; areas without any are absent. */
export type StepsInForce = ReadonlyMap<string, readonly MovingStep[]>;

/** A step that waits for a second person. */
export type WaitingStep = { areaId: string; type: AreaEventType; on: string; year: number | null };

export type AreaSteps = { inForce: StepsInForce; waiting: readonly WaitingStep[] };

/** By reach; a province has one for itself and one for each of its communes that signs in. */
const keptReaches = 64;
const kept = new Map<string, { state: string; steps: AreaSteps }>();

/**
 * All steps within reach that move a status, as the views `area_step` and `area_waiting` have them. They change seldom and are asked
 * for often: what was read is kept in memory (100,000 steps: some 15 MB) until a step or an approval is entered, which renews the
 * row of `area_version`.
 */
export async function readAreaSteps(transaction: Knex): Promise<AreaSteps> {
  const { reach, state } = await readState(transaction);
  const known = kept.get(reach);
  kept.delete(reach); // a Map keeps the order of insertion: the newest goes last
  if (known?.state === state) {
    kept.set(reach, known);
    return known.steps;
  }
  const steps = { inForce: await readInForce(transaction), waiting: await listWaitingSteps(transaction) };
  // Outside a snapshot somebody may have entered a step between the statements.
  if ((await readState(transaction)).state === state) kept.set(reach, { state, steps });
  for (const oldest of [...kept.keys()].slice(0, -keptReaches)) kept.delete(oldest);
  return steps;
}

async function readState(transaction: Knex): Promise<{ reach: string; state: string }> {
  const { rows } = await transaction.raw<{ rows: [{ reach: string; state: string }] }>(
    `select state, concat_ws(' ', current_setting('app.reach', true), current_setting('app.province', true),
                             current_setting('app.commune', true)) as reach
     from area_version`,
  );
  return rows[0];
}

async function listWaitingSteps(transaction: Knex): Promise<WaitingStep[]> {
  const { rows } = await transaction.raw<{ rows: WaitingStep[] }>(
    'select area_id as "areaId", type, on_date::text as "on", year from area_waiting order by sequence',
  );
  return rows;
}

/** One text an area: a row for each of 100,000 steps costs more on the way. Nothing asks for the view's `place`, see `placesOf`. */
async function readInForce(transaction: Knex): Promise<StepsInForce> {
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
