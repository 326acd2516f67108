import type { AreaOrigin, AreaPlace } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { recordCandidateTaken, type TakenCandidate } from '../area-candidates/take-candidate.ts';
import { refuseWrongDay } from './area-days.ts';
import { insertEvent } from './area-events-queries.ts';
import { shapeWithin } from './area-shape.ts';
import { refusePersonData } from './area-words.ts';
import { type AreaShape, type AreaWords, insertArea, nextNumber } from './areas-queries.ts';

/** What a new area is made from. */
export type NewArea = {
  words: AreaWords;
  place: AreaPlace;
  /** Default: what the place says (drawn, commune, cells; list for one that is not drawn). */
  origin?: AreaOrigin;
  /** Day of its first step, `proposed`; not after today. */
  proposedOn: string;
  /** The suggestion that it is made from; `origin` is then candidate. */
  candidate?: TakenCandidate | undefined;
};

/**
 * Mark an area and enter its first step. `audit: false` for a list of many, whose one entry the caller records last.
 * Errors: `person_data`; `invalid_input`; `unprocessable` for a place that cannot be an area.
 */
export async function createArea(
  transaction: Knex.Transaction,
  identity: Identity,
  area: NewArea,
  { audit = true }: { audit?: boolean } = {},
): Promise<{ id: string; number: number }> {
  const { words, place, proposedOn, candidate } = area;
  refuseWrongDay('proposedOn', proposedOn);
  refusePersonData({ name: words.name, description: words.description });
  const shape = await shapeWithin(transaction, identity.scope, place);
  const number = await nextNumber(transaction, shape.provinceCode);
  const { accountId, username } = identity;
  const writer = { accountId, username };
  const origin = candidate === undefined ? (area.origin ?? originOf(place)) : 'candidate';
  const id = await insertArea(transaction, { number, origin, parents: [], words, shape, reason: '' }, writer);
  await insertEvent(
    transaction,
    { id, ...shape },
    {
      type: 'proposed',
      on: proposedOn,
      year: null,
      decisionNumber: null,
      decisionDate: null,
      note: null,
      reason: null,
      measure: null,
      conditions: null,
      files: [],
      supersedes: null,
      needsApproval: false,
    },
    writer,
  );
  if (candidate !== undefined) await recordCandidateTaken(transaction, identity, candidate, id);
  if (audit)
    await recordAudit(transaction, identity, {
      action: 'area.created',
      target: `area/${id}`,
      after: { number, origin, ...words, ...placeInLog(shape), proposedOn, candidate: candidate?.key },
    });
  return { id, number };
}

function originOf(place: AreaPlace): AreaOrigin {
  if ('polygon' in place) return 'drawn';
  if ('communeCode' in place) return 'commune';
  return 'cells' in place ? 'cells' : 'list';
}

/** A place as the log keeps it: enough to recognise it; the outline itself stands in `area_revision`. */
export function placeInLog({ communeCode, communeCodes, areaM2, cells }: Omit<AreaShape, 'outline' | 'provinceCode'>) {
  return { communeCode, communeCodes, areaM2: areaM2 === null ? null : Math.round(areaM2), cells: cells.length };
}
