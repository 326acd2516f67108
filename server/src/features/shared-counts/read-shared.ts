import type { Scope } from '../../access/scope.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { type Publication, publish } from './publication.ts';
import { countForPublication, kindsOf } from './shared-counts-queries.ts';

/** What a viewer's answer is made of: the published numbers, and the places they are about. */
export type SharedSource = Pick<CountSource, 'reference' | 'ask'> & { publication: Publication };

/** The newest publication of each province, and what it was made from. */
type Kept = { madeFrom: string; publication: Promise<Publication> };
const kept = new WeakMap<SnapshotStore, Map<string, Kept>>();

/**
 * Answer a viewer. A viewer's own scope reaches no record; the publication is counted as its province reaches, here and nowhere
 * else, and of the records nothing but the publication is handed on.
 */
export function readShared<Result>(
  snapshots: SnapshotStore,
  viewer: Scope,
  work: (source: SharedSource) => Promise<Result>,
): Promise<Result> {
  return snapshots.read({ ...viewer, reach: 'province' }, async (source) => {
    const publication = await publicationOf(snapshots, viewer.province ?? '', source);
    return work({ reference: source.reference, ask: source.ask, publication });
  });
}

/** Counted once for all who wait for it, and again when the data or the setting changed. */
function publicationOf(snapshots: SnapshotStore, province: string, source: CountSource): Promise<Publication> {
  const { dataVersion, smallestCount } = source.reference;
  const provinces = kept.get(snapshots) ?? new Map<string, Kept>();
  kept.set(snapshots, provinces);
  const madeFrom = `${dataVersion} ${smallestCount}`;
  const known = provinces.get(province);
  if (known?.madeFrom === madeFrom) return known.publication;
  const publication = countForPublication(source).then((counts) =>
    publish(counts, kindsOf(source.reference), smallestCount),
  );
  provinces.set(province, { madeFrom, publication });
  publication.catch(() => provinces.delete(province));
  return publication;
}
