import type { ImportBatch } from '@diemnong/contracts';
import { z } from 'zod';
import type { Language } from '../../i18n/i18n.ts';
import { saidIn } from '../../i18n/said-in.ts';

type BatchError = NonNullable<ImportBatch['error']>;

/** Machine-readable part of a refusal; every field is there for some reasons only. */
const Details = z.object({
  messageEn: z.string().optional().catch(undefined),
  kind: z.string().optional().catch(undefined),
  heading: z.string().optional().catch(undefined),
  rows: z.array(z.number()).optional().catch(undefined),
  batch: z.string().optional().catch(undefined),
  fileName: z.string().optional().catch(undefined),
  candidates: z
    .array(z.object({ crs: z.string(), isSwapped: z.boolean(), share: z.number() }))
    .optional()
    .catch(undefined),
});
export type RefusalDetails = z.output<typeof Details>;

/** What kind of refusal it is decides what is drawn: what can be done about it differs. */
export type RefusalKind =
  | 'person'
  | 'same-file'
  | 'no-boundaries'
  | 'columns'
  | 'crs'
  | 'nothing'
  | 'again'
  | 'unreadable';

const kinds: Readonly<Record<string, RefusalKind>> = {
  person_data: 'person',
  person_property: 'person',
  same_file: 'same-file',
  no_boundaries: 'no-boundaries',
  missing_columns: 'columns',
  ambiguous_crs: 'crs',
  nothing_accepted: 'nothing',
  // Nothing is wrong with the file: the server stopped, its disk was full, or another batch came first.
  interrupted: 'again',
  internal: 'again',
  storage_full: 'again',
  reference_conflict: 'again',
};

export function refusalKind(error: Pick<BatchError, 'code'>): RefusalKind {
  return kinds[error.code] ?? 'unreadable';
}

export function refusalDetails(error: Pick<BatchError, 'details'>): RefusalDetails {
  const parsed = Details.safeParse(error.details ?? {});
  return parsed.success ? parsed.data : {};
}

/** The server's sentence in the language on screen; Vietnamese when there is no other. */
export function refusalMessage(error: BatchError, language: Language): string {
  return (language === 'en' && refusalDetails(error).messageEn) || saidIn(error.message, language);
}
