import type { MonthState, ReportingResponse } from '@diemnong/contracts';

/** A commune and its months in one state, newest first, as first days. */
export type CommuneMonths = { code: string; name: string; months: string[] };

/** Communes that have months in a state; those with most first. */
export function communesWith({ communes, months }: ReportingResponse, state: MonthState): CommuneMonths[] {
  return communes
    .map(({ code, name, states }) => ({
      code,
      name,
      months: months.filter((_, i) => states[i] === state).toReversed(),
    }))
    .filter((commune) => commune.months.length > 0)
    .toSorted((a, b) => b.months.length - a.months.length || a.name.localeCompare(b.name, 'vi'));
}

/** Share of the commune-months that are over and were not reported, 0–1; 0 when none is over. */
export function missingShare({ sums }: ReportingResponse): number {
  const over = sums.reported + sums.none + sums.missing;
  return over === 0 ? 0 : sums.missing / over;
}
