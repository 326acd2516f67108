import type { NoteState } from '@diemnong/contracts';
import type { BadgeTone } from '../../ui/Badge.tsx';

/** Of alerts and of review tasks alike. */
export const noteTones: Record<NoteState, BadgeTone> = {
  open: 'warn',
  confirmed: 'danger',
  dismissed: 'plain',
  withdrawn: 'plain',
};
