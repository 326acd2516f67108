import type { AreaEventType, AreaStatus } from '@diemnong/contracts';

/** A step in force, as far as the status follows from it. */
export type Step = {
  id: string;
  type: AreaEventType;
  /** The day it takes effect. */
  on: string;
  /** Order within a day: that of entry; of a correction, that of the step it corrects (`place` of the view area_step). */
  sequence: number;
  /** The list's year, of listed and carried_over. */
  year: number | null;
};

/** Steps that move the status. A withdrawal is none: it takes another one away. */
export type MovingType = Exclude<AreaEventType, 'measure' | 'reviewed' | 'withdrawn'>;

/** What may follow a status (domain: hot-spot areas, life cycle). A step's name is the status that it gives, but for carried_over. */
const moves: Record<AreaStatus, readonly MovingType[]> = {
  draft: ['proposed'],
  proposed: ['listed', 'rejected', 'superseded'],
  listed: ['transforming', 'carried_over', 'superseded'],
  transforming: ['assessed_success', 'assessed_not_yet', 'carried_over', 'superseded'],
  assessed_not_yet: ['transforming', 'carried_over', 'superseded'],
  assessed_success: ['removed'],
  removed: ['watched'],
  watched: ['relapsed', 'closed'],
  relapsed: ['listed'],
  closed: ['proposed'],
  rejected: ['proposed'],
  superseded: [],
};

/** Statuses in which something is done and looked at: measures and monthly reviews. */
const worked: ReadonlySet<AreaStatus> = new Set([
  'listed',
  'transforming',
  'assessed_not_yet',
  'assessed_success',
  'removed',
  'watched',
  'relapsed',
] as const);

/** Statuses from which an area may be divided or joined with others. */
export const reshapedStatuses: ReadonlySet<AreaStatus> = new Set([
  'proposed',
  'listed',
  'transforming',
  'assessed_not_yet',
] as const);

export function isMoving(type: AreaEventType): type is MovingType {
  return type !== 'measure' && type !== 'reviewed' && type !== 'withdrawn';
}

export function statusGivenBy(type: MovingType): AreaStatus {
  return type === 'carried_over' ? 'listed' : type;
}

/** Steps that may follow a status, those that leave it as it is included. `superseded` comes of dividing and joining alone. */
export function legalSteps(status: AreaStatus): AreaEventType[] {
  return [...moves[status], ...(worked.has(status) ? (['measure', 'reviewed'] as const) : [])];
}

/** What the steps of an area come to. */
export type Standing = {
  status: AreaStatus;
  /** Day of the step that gave the status; null for a draft. */
  since: string | null;
  /** Years it has been listed for, ascending. */
  listedYears: number[];
  /** Year of the last listing. */
  year: number | null;
};

/** Where a sequence of steps stops being legal. */
export type Illegal = {
  step: Step;
  /** Before the step. */
  status: AreaStatus;
  legal: AreaEventType[];
  /** Of a carried-over area whose year is not later than this, the year of its last listing. */
  notAfter: number | null;
};

/** The steps in order of effect: day, then order within the day. */
function inOrder<Item extends Pick<Step, 'on' | 'sequence'>>(steps: readonly Item[]): Item[] {
  return [...steps].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.sequence - b.sequence));
}

/**
 * The status at the end of a day (`asOf`, default: after the last step) from the steps in force, in any order; measures and
 * reviews are passed over. The first step that may not follow the one before it is told instead of a status.
 */
export function replay(steps: readonly Step[], asOf?: string): Standing | { illegal: Illegal } {
  let standing: Standing = { status: 'draft', since: null, listedYears: [], year: null };
  for (const step of inOrder(steps)) {
    if (asOf !== undefined && step.on > asOf) break;
    if (!isMoving(step.type)) continue;
    const illegal = findIllegal(standing, step);
    if (illegal !== undefined) return { illegal };
    const { listedYears } = standing;
    standing = {
      status: statusGivenBy(step.type),
      since: step.on,
      listedYears:
        step.year === null || listedYears.includes(step.year)
          ? listedYears
          : [...listedYears, step.year].sort((a, b) => a - b),
      year: step.year ?? standing.year,
    };
  }
  return standing;
}

function findIllegal({ status, year }: Standing, step: Step): Illegal | undefined {
  const legal = legalSteps(status);
  if (!legal.includes(step.type)) return { step, status, legal, notAfter: null };
  if (step.type === 'carried_over' && year !== null && (step.year ?? 0) <= year)
    return { step, status, legal, notAfter: year };
  return undefined;
}

/**
 * Why a step may not be entered beside those in force, in the place of `replaced` where it is a correction; undefined when it
 * may. A step of an earlier day is judged where it falls, with all that comes after it: `illegal.step` is then the later one.
 */
export function explainIllegal(steps: readonly Step[], step: Step, replaced?: string): Illegal | undefined {
  const others = steps.filter(({ id }) => id !== replaced && id !== step.id);
  if (isMoving(step.type)) return findBreak([...others, step]);
  const before = replay(others.filter((other) => inOrder([step, other])[0] === other));
  if ('illegal' in before) return before.illegal;
  const legal = legalSteps(before.status);
  return legal.includes(step.type) ? undefined : { step, status: before.status, legal, notAfter: null };
}

/** The first step that is illegal once `struck` is taken away; undefined when the rest goes on without it. */
export function explainStrike(steps: readonly Step[], struck: string): Illegal | undefined {
  return findBreak(steps.filter(({ id }) => id !== struck));
}

function findBreak(steps: readonly Step[]): Illegal | undefined {
  const standing = replay(steps);
  return 'illegal' in standing ? standing.illegal : undefined;
}

/**
 * The steps that a part of a divided area, or the one made of several, goes on with: the last proposal and what followed it in
 * the same round, as long as it is being listed and transformed. Of an area listed again after a relapse, from that listing on,
 * with the proposal before it.
 */
export function stepsCarriedOn<Item extends Step>(steps: readonly Item[]): Item[] {
  const ordered = inOrder(steps).filter(({ type }) => isMoving(type) && type !== 'superseded');
  const lastProposed = ordered.findLastIndex(({ type }) => type === 'proposed');
  const relapsed = ordered.findLastIndex(({ type }) => type === 'relapsed');
  if (relapsed < lastProposed) return ordered.slice(Math.max(lastProposed, 0));
  return [...ordered.slice(lastProposed, lastProposed + 1), ...ordered.slice(relapsed + 1)];
}
