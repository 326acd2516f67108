import { z } from 'zod';
import { CountedDays } from './area-evidence.ts';
import { AreaRef } from './areas.ts';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { CommuneRef } from './geo.ts';
import { NoteDecision, NoteState } from './notes.ts';
import { Reason } from './texts.ts';

/**
 * A review task of the relapse watch: an area under watch whose records came back to its level of before. A person confirms (which
 * enters the step `relapsed`, itself waiting for a second person) or dismisses; `withdrawn`: corrected data took the cause away.
 */
export const AreaTask = z.object({
  id: z.uuid(),
  area: AreaRef.extend({ commune: CommuneRef }),
  state: NoteState,
  /** Version and parameters of the rule that opened it. */
  rule: z.string(),
  dataVersion: z.number().int(),
  openedAt: z.iso.datetime(),
  /** The months compared, and the same months of the baseline year; `to` excluded. */
  window: CountedDays,
  baseline: CountedDays,
  /** Rate now ÷ baseline rate, exact limits. */
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Some of the area lies out of the account's reach: the counts are of its own records alone, as the data stand. */
  hiddenByScope: z.boolean(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  /** The step that confirming entered. */
  eventId: z.uuid().nullable(),
});
export type AreaTask = z.output<typeof AreaTask>;

/** Open ones first, newest first. `checked`: areas under watch that the last look compared, and those it could not (few months, not drawn). */
export const listAreaTasks = endpoint({
  method: 'GET',
  path: '/api/area-tasks',
  query: z.object({ state: NoteState.optional(), area: z.uuid().optional() }),
  response: z.object({
    dataVersion: z.number().int(),
    rule: z.string(),
    checked: z.object({ areas: z.number().int(), notComparable: z.number().int() }),
    tasks: z.array(AreaTask),
  }),
});
export type AreaTasksResponse = z.output<typeof listAreaTasks.response>;

/** The task with the months that caused it: from the baseline year to now, as the data stand; `expected` = the baseline of the month's season. */
export const getAreaTask = endpoint({
  method: 'GET',
  path: '/api/area-tasks/:id',
  params: z.object({ id: z.uuid() }),
  response: z.object({
    dataVersion: z.number().int(),
    task: AreaTask,
    months: z.array(
      z.object({
        from: Day,
        to: Day,
        count: z.number().int().nullable(),
        baseline: z.number().nullable(),
        phase: z.enum(['baseline', 'between', 'window']),
      }),
    ),
  }),
});
export type AreaTaskStory = z.output<typeof getAreaTask.response>;

/** Errors: `conflict` when it is no longer open, or the step `relapsed` is not legal. */
export const decideAreaTask = endpoint({
  method: 'PATCH',
  path: '/api/area-tasks/:id',
  params: z.object({ id: z.uuid() }),
  body: z
    .object({
      decision: NoteDecision,
      reason: Reason,
      /** Of confirmed: the day of the relapse. Default: the last day of the months compared. */
      on: Day.optional(),
    })
    .strict(),
  response: AreaTask,
});
