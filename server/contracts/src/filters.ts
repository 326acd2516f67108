import { z } from 'zod';

/** A day in Asia/Ho_Chi_Minh, `2026-10-31`. */
export const Day = z.iso.date();

/** `a,b,c` in a query string → `['a', 'b', 'c']`; an absent or empty text → `undefined` (no filter). */
const List = z
  .string()
  .max(20_000)
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .transform((parts) => (parts.length > 0 ? parts : undefined))
  .optional();

const numberList = (min: number, max: number, name: string) =>
  List.pipe(
    z
      .array(
        z.coerce
          .number<string>()
          .int()
          .min(min, `${name} must be ${min}–${max}`)
          .max(max, `${name} must be ${min}–${max}`),
      )
      .optional(),
  );

/**
 * The filters every count understands. Half-open days: `from` included, `to` excluded, in Asia/Ho_Chi_Minh; the day of a
 * record is the day of its `occurred_from`.
 * - `categories`: codes; a group's code stands for all its leaves.
 * - `communes`: codes in the default boundary set.
 * - `hours` 0–23 and `weekdays` 1–7 (1 = Monday, ISO 8601). A record counts for an hour only when its time is known to
 *   within one hour (no `occurred_to`, or at most one hour after), for a weekday only when its interval lies within one
 *   local day; the others are left out of the filtered count and told apart as `timeUnknown`, unless the other one of the
 *   two filters leaves them out for certain.
 */
export const CountFilters = z.object({
  from: Day,
  to: Day,
  categories: List,
  communes: List,
  hours: numberList(0, 23, 'hours'),
  weekdays: numberList(1, 7, 'weekdays'),
});
export type CountFilters = z.output<typeof CountFilters>;

/**
 * On every answer with counts: null for accounts that see the records. For a `viewer` it is the smallest number shown: what is
 * smaller is hidden, and so is what it could be worked out from, and a hidden number is null (docs/decisions/small-counts.md).
 */
export const HiddenUnder = z.number().int().nullable();
/** A count of records; null = hidden. */
export const ShownCount = z.number().int().nullable();

/** `count` counts records; `severity` adds the severity weight of each record's category. */
export const Weight = z.enum(['count', 'severity']).default('count');
