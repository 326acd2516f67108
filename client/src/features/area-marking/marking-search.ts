import { AreaType } from '@diemnong/contracts';
import { z } from 'zod';

/** Longest list of cells in an address; larger places are drawn. */
const mostCells = 600;

/** What a link to marking brings along: cells or a commune to begin with, and the suggestion they come from. */
const MarkingSearch = z.object({
  cells: z
    .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
    .pipe(
      z
        .array(z.string().regex(/^8[789a][0-9a-f]{13}$/))
        .min(1)
        .max(mostCells),
    )
    .optional()
    .catch(undefined),
  commune: z.coerce
    .string()
    .regex(/^[\w.-]{1,20}$/)
    .optional()
    .catch(undefined),
  candidate: z.string().max(80).optional().catch(undefined),
  /** Type of the suggestion. */
  candidateType: z.coerce.number<string | number>().pipe(AreaType).optional().catch(undefined),
});
export type MarkingSearch = z.output<typeof MarkingSearch>;

export function validateMarkingSearch(search: Record<string, unknown>): MarkingSearch {
  const found = MarkingSearch.parse(search);
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const EditSearch = z.object({ cach: z.enum(['chia', 'gop']).optional().catch(undefined) });
export type EditSearch = z.output<typeof EditSearch>;

/** Which of the three ways of changing an area is open; absent = editing. */
export function validateEditSearch(search: Record<string, unknown>): EditSearch {
  const found = EditSearch.parse(search);
  return found.cach === undefined ? {} : found;
}
