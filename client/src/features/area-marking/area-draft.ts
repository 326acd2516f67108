import type { AreaLevel, AreaType } from '@diemnong/contracts';
import { z } from 'zod';
import type { PlaceDraft } from './place-draft.ts';

/** What is typed about an area before it is saved. */
export type AreaFields = {
  name: string;
  description: string;
  types: AreaType[];
  level: AreaLevel;
  proposedOn: string;
};
export type AreaDraft = { fields: AreaFields; place: PlaceDraft };

const storageKey = 'diemnong.area-draft';

const Stored = z.object({
  fields: z.object({
    name: z.string(),
    description: z.string(),
    types: z.array(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
    level: z.enum(['province', 'commune']),
    proposedOn: z.string(),
  }),
  place: z.object({
    tool: z.enum(['draw', 'commune', 'cells']),
    rings: z.array(z.array(z.tuple([z.number(), z.number()]))),
    isSnapped: z.boolean(),
    communeCode: z.string().nullable(),
    res: z.union([z.literal(7), z.literal(8), z.literal(9), z.literal(10)]),
    cells: z.array(z.string()),
  }),
});

/** The draft that this desk left unfinished; undefined when there is none or it cannot be read. It never leaves the browser. */
export function storedDraft(): AreaDraft | undefined {
  try {
    const found = Stored.safeParse(JSON.parse(window.sessionStorage.getItem(storageKey) ?? 'null'));
    return found.success ? found.data : undefined;
  } catch {
    return undefined;
  }
}

export function storeDraft(draft: AreaDraft | undefined): void {
  try {
    if (draft === undefined) window.sessionStorage.removeItem(storageKey);
    else window.sessionStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    // Storage is off: the draft lasts as long as the page.
  }
}

export type FieldName = keyof AreaFields | 'place' | 'reason';

/** Least letters of a name and of a reason. */
export const shortestName = 2;
export const shortestReason = 3;

/** Fields that are not right yet, before the server is asked. */
export function missingFields(fields: AreaFields, hasPlace: boolean): FieldName[] {
  return [
    ...(fields.name.trim().length < shortestName ? (['name'] as const) : []),
    ...(fields.types.length === 0 ? (['types'] as const) : []),
    ...(hasPlace ? [] : (['place'] as const)),
  ];
}
