import type { AreaListRow, AreaStatus } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { createArea } from '../areas/create-area.ts';
import { enterEvent } from '../areas/enter-event.ts';
import { needsProposal } from './judge-lines.ts';

/**
 * Enter what the list's rows do: new areas are proposed and listed, those of the year before carried over, on the day of the
 * decision (without one: today). The caller records the audit, one entry for the list.
 * @returns ids of the listings, which wait for a second person.
 */
export async function enterList(
  transaction: Knex.Transaction,
  identity: Identity,
  rows: readonly AreaListRow[],
  { year, today, statusOf }: { year: number; today: string; statusOf: (areaId: string) => AreaStatus },
): Promise<string[]> {
  const pending: string[] = [];
  const quiet = { audit: false };
  for (const row of rows) {
    if (row.does === 'known') continue;
    const on = row.decisionDate ?? today;
    let { areaId } = row;
    if (areaId === null) {
      const { name, description, types, level, communeCode } = row;
      const words = { name, description, types, level };
      const area = { words, place: { undrawnIn: communeCode }, origin: 'list' as const, proposedOn: on };
      areaId = (await createArea(transaction, identity, area, quiet)).id;
    } else if (needsProposal(statusOf(areaId))) {
      await enterEvent(transaction, identity, areaId, { type: 'proposed', on }, quiet);
    }
    const { eventId } = await enterEvent(
      transaction,
      identity,
      areaId,
      {
        type: row.does === 'carried' ? 'carried_over' : 'listed',
        on,
        year,
        ...(row.decisionNumber === null ? {} : { decisionNumber: row.decisionNumber }),
        ...(row.decisionDate === null ? {} : { decisionDate: row.decisionDate }),
      },
      quiet,
    );
    pending.push(eventId);
  }
  return pending;
}
