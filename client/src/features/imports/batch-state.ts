import type { ImportBatch } from '@diemnong/contracts';
import type { BadgeTone } from '../../ui/Badge.tsx';

type Batch = Pick<ImportBatch, 'state' | 'replacedBy'>;

/** True while the server works on the batch: it will change without anybody acting. */
export function isMoving({ state }: Pick<ImportBatch, 'state'>): boolean {
  return state === 'parsing' || state === 'committing';
}

/** The word for the state: a committed batch whose place another took is `replaced`. */
export function stateName({ state, replacedBy }: Batch): ImportBatch['state'] | 'replaced' {
  return state === 'committed' && replacedBy !== null ? 'replaced' : state;
}

const tones: Record<ReturnType<typeof stateName>, BadgeTone> = {
  parsing: 'busy',
  review: 'warn',
  committing: 'busy',
  committed: 'ok',
  replaced: 'plain',
  refused: 'danger',
  undone: 'plain',
};

export function stateTone(batch: Batch): BadgeTone {
  return tones[stateName(batch)];
}

/** Only what counts now can be undone; a batch that was replaced comes back when its follower is undone. */
export function canUndo(batch: Batch): boolean {
  return stateName(batch) === 'committed';
}

/** How many rows an undo brings back: those of the batch this one replaced. */
export function rowsBroughtBack({ diff }: Pick<ImportBatch, 'diff'>): number {
  return diff === null ? 0 : diff.removed + diff.changed + diff.same;
}
