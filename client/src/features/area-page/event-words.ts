import type { AreaEvent, AreaEventType } from '@diemnong/contracts';
import { areaStatusStyles } from '../areas/area-status-style.ts';

/** Signs of the steps: those that give a status carry its glyph. Paths in 24 × 24. */
export const eventGlyphs: Record<AreaEventType, string> = {
  proposed: areaStatusStyles.proposed.glyph,
  listed: areaStatusStyles.listed.glyph,
  transforming: areaStatusStyles.transforming.glyph,
  measure: 'M14 6a4 4 0 0 0 5 5l-9 9a2.800 2.800 0 0 1-4-4l9-9M14 6l1-3 3 3M19 11l3-1',
  reviewed: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l6 6',
  assessed_success: areaStatusStyles.assessed_success.glyph,
  assessed_not_yet: areaStatusStyles.assessed_not_yet.glyph,
  removed: areaStatusStyles.removed.glyph,
  watched: areaStatusStyles.watched.glyph,
  relapsed: areaStatusStyles.relapsed.glyph,
  closed: areaStatusStyles.closed.glyph,
  rejected: areaStatusStyles.rejected.glyph,
  carried_over: 'M4 12h15M13 6l6 6-6 6',
  superseded: areaStatusStyles.superseded.glyph,
  withdrawn: 'M4 12h16M7 6l10 12',
};

type EventState = 'inForce' | 'pending' | 'refused' | 'corrected' | 'withdrawal';

/** Where a step stands: counts; waits; was refused; was corrected or struck by a later one; is itself a strike that counts. */
export function eventState({ approval, supersededBy, inForce, type }: AreaEvent): EventState {
  if (supersededBy !== null) return 'corrected';
  if (approval === 'pending') return 'pending';
  if (approval === 'refused') return 'refused';
  if (type === 'withdrawn') return 'withdrawal';
  return inForce ? 'inForce' : 'corrected';
}

/** Is there more to tell of a step than its day, its name and who entered it? */
export function hasFacts(event: AreaEvent): boolean {
  const { decisionNumber, decisionDate, measure, conditions, reason, note, files } = event;
  return (
    [decisionNumber, decisionDate, measure, reason, note].some((fact) => fact !== null) ||
    (conditions ?? []).length > 0 ||
    files.length > 0
  );
}

/** What may be done about a step: correct or strike one that counts, take back one that waits; a strike that counts stands. */
export function eventTools(event: AreaEvent): { canCorrect: boolean; canStrike: boolean; canRetract: boolean } {
  const state = eventState(event);
  const isOpen = state === 'inForce' && event.type !== 'superseded' && event.type !== 'withdrawn';
  return { canCorrect: isOpen, canStrike: isOpen, canRetract: state === 'pending' };
}

/** Why somebody at the screen may or may not be the second person. */
export function approvalWord(
  event: Pick<AreaEvent, 'canDecide' | 'enteredBy'>,
  { canPlan, username }: { canPlan: boolean; username: string },
): 'decide' | 'same' | 'reader' | 'other' {
  if (event.canDecide) return 'decide';
  if (!canPlan) return 'reader';
  return event.enteredBy === username ? 'same' : 'other';
}

/** The official result as the steps in force say: the last assessment, or none. */
export function officialResult(events: readonly AreaEvent[]): AreaEvent | undefined {
  return events.findLast(
    ({ type, inForce }) => inForce && (type === 'assessed_success' || type === 'assessed_not_yet'),
  );
}
