import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const Settings = z.object({
  /** Counts from 1 to one below this are hidden from viewers. */
  smallestCount: z.number().int().min(2).max(20),
  /** First day of a reporting period, 1–31. */
  reportingCutoffDay: z.number().int().min(1).max(31),
  /** Wanted fall of the year's records against the year before, in percent (indicator TB-03: at least 5). */
  yearlyReductionPercent: z.number().min(0).max(50),
});
export type Settings = z.output<typeof Settings>;

/** What holds until a setting is made. */
export const defaultSettings: Settings = { smallestCount: 3, reportingCutoffDay: 15, yearlyReductionPercent: 5 };

export const getSettings = endpoint({ method: 'GET', path: '/api/settings', response: Settings });
export const patchSettings = endpoint({
  method: 'PATCH',
  path: '/api/settings',
  body: Settings.partial(),
  response: Settings,
});
