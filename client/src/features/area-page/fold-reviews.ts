import type { AreaEvent } from '@diemnong/contracts';

/**
 * The steps in their order, in groups of one; only reviews in force that follow one another stand in one group. A review that
 * waits, was struck or was corrected stays by itself, and so does one that takes the place of another among those given: what
 * was changed is never folded away.
 */
export function foldReviews(events: readonly AreaEvent[]): AreaEvent[][] {
  const given = new Set(events.map(({ id }) => id));
  const replaced = new Set(events.map(({ supersedes }) => supersedes));
  const folds = (event: AreaEvent | undefined) =>
    event?.type === 'reviewed' &&
    event.inForce &&
    !replaced.has(event.id) &&
    (event.supersedes === null || !given.has(event.supersedes));
  const groups: AreaEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last !== undefined && folds(event) && folds(last[0])) last.push(event);
    else groups.push([event]);
  }
  return groups;
}
