import type { AreaEvidence, AreaType, Reading } from '@diemnong/contracts';
import { monthOf, toDayNumber } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import type { CountedStep } from './area-evidence-queries.ts';

/** The round of the life cycle that an area is in, from its last listing on; being carried over goes on with it. */
export type Round = {
  /** The first day that anything began in the round: of its first step `transforming`, else of its listing. */
  begunOn: string | null;
  /** The day that "after" begins: as `begunOn`, but within the last year of the list that a step `transforming` was taken in. */
  startedOn: string | null;
  /** Of the listing, of the proposal where there is none: up to it the power note counts. */
  listedOn: string | null;
  /** The last assessment since `startedOn`. */
  assessed: { on: string; type: 'assessed_success' | 'assessed_not_yet' } | null;
};

/**
 * Steps in order of effect. An area that is carried over has not been transformed yet; when it begins anew in the new year, that
 * year's result is what the reading stands beside. A listing after a relapse is a new round, whose baseline is its own.
 */
export function roundOf(steps: readonly CountedStep[], asOf: string): Round {
  const known = steps.filter(({ on }) => on <= asOf);
  const listed = known.findLastIndex(({ type }) => type === 'listed');
  const first = listed >= 0 ? listed : known.findIndex(({ type }) => type === 'carried_over');
  const proposed = known.findLast(({ type }) => type === 'proposed');
  const listing = first >= 0 ? known[first] : undefined;
  const round = first >= 0 ? known.slice(first) : known;
  const starts = startsOfYears(round);
  const start = starts.at(-1);
  const assessed = round.slice(start ?? 0).findLast(isAssessment);
  const dayOf = (at: number | undefined) => (at === undefined ? listing?.on : round[at].on) ?? null;
  return {
    begunOn: dayOf(starts[0]),
    startedOn: dayOf(start),
    listedOn: listing?.on ?? proposed?.on ?? null,
    assessed: assessed === undefined ? null : { on: assessed.on, type: assessed.type },
  };
}

/** Places of the first `transforming` after each listing or carrying over that has one. */
function startsOfYears(round: readonly CountedStep[]): number[] {
  const starts: number[] = [];
  let isNewYear = true;
  for (const [at, { type }] of round.entries()) {
    if (type === 'listed' || type === 'carried_over') isNewYear = true;
    if (type !== 'transforming' || !isNewYear) continue;
    starts.push(at);
    isNewYear = false;
  }
  return starts;
}

function isAssessment(step: CountedStep): step is CountedStep & { type: 'assessed_success' | 'assessed_not_yet' } {
  return step.type === 'assessed_success' || step.type === 'assessed_not_yet';
}

/** The month that holds the day that "after" begins, and whether it is its first day, so that the whole month is after. */
export function startOf(day: string): { startMonth: number; startsOnFirst: boolean } {
  return { startMonth: monthOf(toDayNumber(day)), startsOnFirst: day.endsWith('-01') };
}

/** A stretch of days against the beginning and the success of the round. */
export function phaseOf(
  { from, to }: { from: number; to: number },
  { startedOn, assessed }: Round,
): AreaEvidence['months'][number]['phase'] {
  if (startedOn === null || to <= toDayNumber(startedOn)) return 'before';
  return assessed?.type === 'assessed_success' && from >= toDayNumber(assessed.on) ? 'after' : 'during';
}

/** Does the reading point the way the assessment does? Too few records point no way. */
export function agrees({ assessed }: Pick<Round, 'assessed'>, reading: Reading): boolean | null {
  if (assessed === null || reading === 'insufficient') return null;
  return (assessed.type === 'assessed_success') === (reading === 'strong' || reading === 'weak');
}

/** Codes of the categories that count for any of the types (`area_type` of the tree). */
export function categoriesOf(types: readonly AreaType[], { categories }: Pick<Reference, 'categories'>): string[] {
  return categories.flatMap(({ code, areaType }) =>
    (types as readonly (number | null)[]).includes(areaType) ? [code] : [],
  );
}
