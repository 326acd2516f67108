import { z } from 'zod';

/**
 * A note that the statistics open for a person (an alert, a review task): `open` waits for one, who confirms or dismisses it;
 * `withdrawn`: corrected data took its cause away before anybody decided.
 */
export const noteStates = ['open', 'confirmed', 'dismissed', 'withdrawn'] as const;
export const NoteState = z.enum(noteStates);
export type NoteState = z.output<typeof NoteState>;

/** What a person may make of it. */
export const NoteDecision = NoteState.extract(['confirmed', 'dismissed']);
export type NoteDecision = z.output<typeof NoteDecision>;
