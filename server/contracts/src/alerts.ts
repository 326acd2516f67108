import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';
import { CommuneRef } from './geo.ts';
import { NoteDecision, NoteState } from './notes.ts';
import { Reason } from './texts.ts';

/** A commune's month above its seasonal threshold: a note for a person, never a change of anything. */
export const Alert = z.object({
  id: z.uuid(),
  commune: CommuneRef,
  /** First day of the month. */
  month: Day,
  /** Group of categories; null = all. */
  category: z.string().nullable(),
  /** As they stood when the note was opened. */
  count: z.number().int(),
  expected: z.number(),
  upper: z.number(),
  /** P(count or more) when nothing is going on. */
  p: z.number(),
  /** Version and parameters of the threshold's rule. */
  rule: z.string(),
  /** Data version that opened it. */
  dataVersion: z.number().int(),
  openedAt: z.iso.datetime(),
  state: NoteState,
  decidedAt: z.iso.datetime().nullable(),
  /** Name of the account; null for the server (`withdrawn`) and while open. */
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Alert = z.output<typeof Alert>;

/** Newest month first, then by how far above. `checked`: commune-months looked at for the data version, so that a reader can tell how many false alarms to expect. */
export const listAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts',
  query: z.object({ state: NoteState.optional() }),
  response: z.object({
    dataVersion: z.number().int(),
    rule: z.string(),
    checked: z.object({
      months: z.array(Day),
      series: z.number().int(),
      /** Of those, series that do not reach back far enough ("chưa đủ kỳ"). */
      tooShort: z.number().int(),
      /** series · chance of a false alarm. */
      expectedFalse: z.number(),
    }),
    alerts: z.array(Alert),
  }),
});
export type AlertsResponse = z.output<typeof listAlerts.response>;

/** The note with the months that caused it, as the data stand now. */
export const getAlert = endpoint({
  method: 'GET',
  path: '/api/alerts/:id',
  params: z.object({ id: z.uuid() }),
  response: z.object({
    dataVersion: z.number().int(),
    alert: Alert,
    /** Up to 60 months ending with the note's; `upper` and `expected` where the series reaches back far enough. */
    series: z.array(
      z.object({
        from: Day,
        to: Day,
        /** null = not reported. */
        count: z.number().int().nullable(),
        expected: z.number().nullable(),
        upper: z.number().nullable(),
      }),
    ),
  }),
});
export type AlertStory = z.output<typeof getAlert.response>;

/** A person decides, with a reason. Errors: `conflict` when it is no longer open. */
export const decideAlert = endpoint({
  method: 'PATCH',
  path: '/api/alerts/:id',
  params: z.object({ id: z.uuid() }),
  body: z.object({
    decision: NoteDecision,
    reason: Reason,
  }),
  response: Alert,
});
