import {
  type AreaAnswer,
  type approveAreaEvents,
  type NewAreaEvent,
  type PendingEventsResponse,
  type ResponseOf,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { describeArea, toAreaEvent } from './area-detail.ts';
import { listAreasOfEvents, listWaitingEvents } from './area-events-queries.ts';
import { listAreasById } from './areas-queries.ts';
import { approveEvents, type Decision, decideEvent } from './decide-event.ts';
import { enterEvent } from './enter-event.ts';

type Db = Pick<AppContext, 'db'>;

/** POST /api/areas/:id/events. */
export function addEvent({ db }: Db, id: string, event: NewAreaEvent, identity: Identity): Promise<AreaAnswer> {
  return db.transaction(identity.scope, async (transaction) => {
    await enterEvent(transaction, identity, id, event);
    return describeArea(transaction, identity, id);
  });
}

/** POST /api/areas/:id/events/:event/approve. */
export function decideOneEvent(
  { db }: Db,
  { id, event }: { id: string; event: string },
  decision: Decision,
  identity: Identity,
): Promise<AreaAnswer> {
  return db.transaction(identity.scope, async (transaction) => {
    await decideEvent(transaction, identity, id, event, decision);
    return describeArea(transaction, identity, id);
  });
}

/** GET /api/areas/pending. */
export function listPending({ db }: Db, identity: Identity): Promise<PendingEventsResponse> {
  return db.transaction(
    identity.scope,
    async (transaction) => {
      const events = await listWaitingEvents(transaction);
      const ids = [...new Set(events.map(({ areaId }) => areaId))];
      const areas = new Map((await listAreasById(transaction, ids)).map((area) => [area.id, area]));
      return {
        dataVersion: (await getVersions(transaction)).data,
        events: events.flatMap((event) => {
          const area = areas.get(event.areaId);
          if (area === undefined) return [];
          const { id, number, name, types, communeCode, communeName } = area;
          const commune = { code: communeCode, name: communeName };
          return { ...toAreaEvent(event, identity), area: { id, number, name, commune, types } };
        }),
      };
    },
    { snapshot: true },
  );
}

/** POST /api/areas/pending/approve. */
export function approveSeveral(
  { db }: Db,
  events: readonly string[],
  identity: Identity,
): Promise<ResponseOf<typeof approveAreaEvents>> {
  return db.transaction(identity.scope, async (transaction) => {
    const asked = [...new Set(events)];
    const areaOf = await listAreasOfEvents(transaction, asked);
    const known = asked.flatMap((eventId) => {
      const areaId = areaOf.get(eventId);
      return areaId === undefined ? [] : { areaId, eventId };
    });
    const unknown = asked
      .filter((event) => !areaOf.has(event))
      .map((event) => ({ event, reason: 'Không có bước này. (There is no such step.)' }));
    const { approved, left } = await approveEvents(transaction, identity, known);
    return { dataVersion: (await getVersions(transaction)).data, approved, left: [...left, ...unknown] };
  });
}
