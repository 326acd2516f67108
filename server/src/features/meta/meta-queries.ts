import { localDayOf } from '../../snapshot/local-days.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/** How many live incidents there are, and the first and last local day with one (day numbers). */
export type IncidentRange =
  | { incidentCount: number; firstDay: number; lastDay: number }
  | { incidentCount: 0; firstDay: null; lastDay: null };

/** Source: table `incident`, by way of the snapshot; the statement is the definition. */
export async function findRange({ snapshot, ask }: CountSource): Promise<IncidentRange> {
  if (snapshot !== undefined)
    return toRange(snapshot.rowCount, snapshot.days[0], snapshot.days[snapshot.days.length - 1]);
  const { rows } = await ask((database) =>
    database.raw<{ rows: { count: number; first: Date | null; last: Date | null }[] }>(
      'select count(*) as count, min(occurred_from) as first, max(occurred_from) as last from incident',
    ),
  );
  const range = rows[0];
  return toRange(
    range?.count ?? 0,
    range?.first ? localDayOf(range.first.getTime()) : undefined,
    range?.last ? localDayOf(range.last.getTime()) : undefined,
  );
}

function toRange(incidentCount: number, firstDay: number | undefined, lastDay: number | undefined): IncidentRange {
  return firstDay === undefined || lastDay === undefined
    ? { incidentCount: 0, firstDay: null, lastDay: null }
    : { incidentCount, firstDay, lastDay };
}
