import { type CommuneIndex, communeIndex } from '@diemnong/analysis';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { type Scope, systemScope } from '../access/scope.ts';
import type { Database } from '../database/open-database.ts';
import type { VersionWatch } from '../database/version-watch.ts';
import { inTurns } from './in-turns.ts';
import { narrowSnapshot } from './narrow-snapshot.ts';
import { narrowReference, type Reference, readReference } from './reference-queries.ts';
import { newOrdinalColumn, type Snapshot } from './snapshot.ts';
import { createSnapshotBuilder } from './snapshot-builder.ts';
import { countIncidents, readCommuneShapes, readIncidentPages } from './snapshot-queries.ts';

/**
 * Where a count reads from, within one scope: the snapshot where there is one, else the database, in a transaction of one
 * version. Everything in it has been narrowed to the scope.
 */
export type CountSource = {
  reference: Reference;
  snapshot: Snapshot | undefined;
  /** For what the snapshot does not hold: a short transaction under the same scope, or the one that is open. */
  ask<Result>(work: (database: Knex) => Promise<Result>): Promise<Result>;
};

export type SnapshotStore = {
  /**
   * Run `work` on what `scope` reaches of one data version, not older than the last commit known to this process: the
   * snapshot is rebuilt first when it is behind, however many wait for it. `boundarySet`: a set that records are to be placed in.
   */
  read<Result>(scope: Scope, work: (source: CountSource) => Promise<Result>, boundarySet?: string): Promise<Result>;
  /** The snapshot of the current version; undefined when it is switched off or there are too many rows. */
  current(): Promise<Snapshot | undefined>;
};

export type SnapshotOptions = {
  enabled: boolean;
  /** Above this many incidents every count is a query: a row takes 15–35 bytes, and twice that while it is built. */
  maxRows: number;
};

const defaults: SnapshotOptions = { enabled: true, maxRows: 10_000_000 };

export function createSnapshotStore(
  context: { db: Database; log: Logger; version: VersionWatch },
  options: Partial<SnapshotOptions> = {},
): SnapshotStore {
  const { db, log, version } = context;
  const { enabled, maxRows } = { ...defaults, ...options };
  /** The newest version that was looked at; without a snapshot when that had too many rows. */
  let latest: { dataVersion: number; snapshot: Snapshot | undefined } | undefined;
  let building: Promise<void> | undefined;
  const indexes = new Map<string, { importedAt: string; index: CommuneIndex }>();

  async function current(): Promise<Snapshot | undefined> {
    if (!enabled) return undefined;
    const wanted = await version.current();
    // A build that had begun before the commit ends below the wanted version: then another follows.
    while (latest === undefined || latest.dataVersion < wanted) {
      building ??= build().finally(() => {
        building = undefined;
      });
      await building;
    }
    return latest.snapshot;
  }

  async function build(): Promise<void> {
    const begun = performance.now();
    await inOneVersion(systemScope, async (transaction) => {
      const reference = await readReference(transaction);
      const rowCount = await countIncidents(transaction);
      if (rowCount > maxRows) {
        log.warn({ rowCount, maxRows }, 'too many incidents for a snapshot: every count is a query');
        latest = { dataVersion: reference.dataVersion, snapshot: undefined };
        return;
      }
      const builder = createSnapshotBuilder(reference, rowCount);
      for await (const page of readIncidentPages(transaction)) builder.add(page);
      latest = { dataVersion: reference.dataVersion, snapshot: await builder.finish() };
      const ms = Math.round(performance.now() - begun);
      log.info({ rowCount, dataVersion: reference.dataVersion, ms }, 'snapshot built');
    });
  }

  function inOneVersion<Result>(
    scope: Scope,
    work: (transaction: Knex.Transaction) => Promise<Result>,
  ): Promise<Result> {
    return db.transaction(scope, work, { snapshot: true });
  }

  async function read<Result>(
    scope: Scope,
    work: (source: CountSource) => Promise<Result>,
    boundarySet?: string,
  ): Promise<Result> {
    for (;;) {
      const full = await current();
      if (full === undefined)
        return inOneVersion(scope, async (transaction) => {
          const reference = narrowReference(await readReference(transaction), scope);
          return work({ reference, snapshot: undefined, ask: (question) => question(transaction) });
        });
      const snapshot = await narrowSnapshot(full, scope);
      // A set that was imported anew since the snapshot was built: begin again with the next snapshot.
      if (boundarySet !== undefined && !(await place(snapshot, boundarySet))) version.invalidate();
      else
        return work({
          reference: snapshot.reference,
          snapshot,
          ask: (question) => db.transaction(scope, question, { snapshot: true }),
        });
    }
  }

  /** Place the snapshot's points in a set, once. @returns false when the database holds another import of it by now. */
  async function place(snapshot: Snapshot, id: string): Promise<boolean> {
    const set = snapshot.reference.boundarySets.find((set) => set.id === id);
    const { coordinates, placements } = snapshot;
    if (set === undefined || set.isDefault || placements.has(id) || coordinates === undefined) return true;
    if (indexes.get(id)?.importedAt !== set.importedAt) {
      const index = await inOneVersion(systemScope, async (transaction) => {
        const { rows } = await transaction.raw<{ rows: { importedAt: string }[] }>(
          'select imported_at::text as "importedAt" from boundary_set where id = :id',
          { id },
        );
        return rows[0]?.importedAt === set.importedAt
          ? communeIndex(await readCommuneShapes(transaction, id))
          : undefined;
      });
      if (index === undefined) return false;
      indexes.set(id, { importedAt: set.importedAt, index });
    }
    const { index } = indexes.get(id)!;
    const ordinals = newOrdinalColumn(index.codes.length, snapshot.rowCount);
    await inTurns(snapshot.rowCount, (row) => {
      const lng = coordinates.lng[row];
      if (!Number.isNaN(lng)) ordinals[row] = index.findOrdinal(lng, coordinates.lat[row]) + 1;
    });
    placements.set(id, ordinals);
    return true;
  }

  return { read, current };
}
