/**
 * Forty hot-spot areas of the demonstration province over four years (2023–2026), with every kind of history, and what truly
 * happened to the records in them.
 */
import type { AreaType } from '../categories.ts';
import { measureEffect } from './area-effects.ts';
import { createAreaGround } from './area-ground.ts';
import { monthNumberOf, writeHistory } from './area-histories.ts';
import { placeAreas } from './area-places.ts';
import { areaPlans } from './area-plans.ts';
import { withMonthlyReviews } from './area-reviews.ts';
import type { DemoIncidents } from './incidents.ts';
import type { LngLat } from './plane.ts';
import type { DemoProvince } from './province.ts';
import { at, createRandom } from './random.ts';

export type DemoAreaEventType =
  | 'proposed'
  | 'listed'
  | 'transforming'
  | 'measure'
  | 'reviewed'
  | 'assessed_success'
  | 'assessed_not_yet'
  | 'removed'
  | 'watched'
  | 'relapsed'
  | 'closed'
  | 'rejected'
  | 'carried_over'
  | 'superseded'
  | 'withdrawn';

export type DemoMeasure = {
  kind:
    | 'camera'
    | 'light'
    | 'patrol'
    | 'self_management'
    | 'dialogue'
    | 'inspection'
    | 'propaganda'
    | 'infrastructure'
    | 'rehabilitation'
    | 'other';
  /** First day; `to` excluded, null = goes on. */
  from: string;
  to: string | null;
  quantity: number | null;
};

export type DemoAreaEvent = {
  type: DemoAreaEventType;
  /** `2026-01-20`. */
  on: string;
  /** Of listed and carried_over: the list's year. */
  year?: number;
  decisionNumber?: string;
  decisionDate?: string;
  measure?: DemoMeasure;
  conditions?: { id: string; met: boolean | null; value: number | null }[];
  note?: string;
  reason?: string;
  /** Position in `events` of the earlier step that this one corrects or strikes. */
  supersedes?: number;
  approval: 'not_needed' | 'approved' | 'pending' | 'refused';
  /** Epoch ms. */
  enteredAt: number;
  /** Names of accounts of the demonstration. */
  enteredBy: string;
  /** Null unless approved or refused. */
  decidedBy: string | null;
  decidedAt: number | null;
  decisionReason: string | null;
};

/** What truly happened after the start: known, because the records were made so. */
export type DemoAreaTruth = {
  /**
   * works: fewer records inside, nothing around. displaces: fewer inside, more next door. seems: nothing changed, the year
   * before was a bad one by chance. worsens: more inside. none: nothing changed. fades: it fell all along. moves: it went
   * elsewhere, out of reach. returned: in the year before it was still quiet from an earlier transformation.
   */
  kind: 'works' | 'displaces' | 'seems' | 'worsens' | 'none' | 'fades' | 'moves' | 'returned';
  /** Month of the start, 12·year + month − 1: of the first day of the last transformation, of the listing or proposal without one. */
  startMonth: number;
  /** The start is the first of its month. */
  startsOnFirst: boolean;
  /** Expected records after the start to those in the same calendar months of the year before: whole months, at most twelve; 1 without any. */
  insideRatio: number;
  /** The same of the ring around it, up to 500 m from its edge. */
  ringRatio: number;
};

export type DemoArea = {
  number: number;
  name: string;
  description: string;
  /** That holds most of it. */
  communeCode: string;
  types: AreaType[];
  level: 'province' | 'commune';
  origin: 'drawn' | 'commune' | 'list' | 'split' | 'merge';
  /** Numbers of the areas it was made from. */
  parents: number[];
  /** MultiPolygon coordinates; empty while it is not drawn. */
  polygon: LngLat[][][];
  /** In order of entry. */
  events: DemoAreaEvent[];
  truth: DemoAreaTruth;
};

/**
 * The areas of a demonstration province, numbered by when they were entered.
 * @returns the same value for the same province, incidents and seed. Takes about 1 s.
 */
export function generateDemoAreas(
  province: DemoProvince,
  incidents: DemoIncidents,
  { seed }: { seed: number },
): DemoArea[] {
  // Streams of their own: another step in a history leaves the places alone.
  const [random, words] = [createRandom(seed, 'areas'), createRandom(seed, 'area histories')];
  const ground = createAreaGround(province, incidents);
  const drafts = areaPlans.map((plan) => {
    const events = writeHistory(withMonthlyReviews(plan.history.flat(), words), words);
    return { plan, events, ...startOf(events) };
  });
  const places = placeAreas(
    ground,
    drafts.map(({ plan, startMonth }) => ({ plan, startMonth })),
    random,
  );
  const ordered = [...drafts].sort(
    (a, b) => at(a.events, 0).enteredAt - at(b.events, 0).enteredAt || a.plan.key - b.plan.key,
  );
  const numbers = new Map(ordered.map(({ plan }, i) => [plan.key, i + 1]));
  return ordered.map(({ plan, events, startMonth, startsOnFirst }, i): DemoArea => {
    const place = places.get(plan.key);
    if (place === undefined) throw new Error(`area ${plan.key} has no place`);
    return {
      number: i + 1,
      name: plan.name.replace('{name}', ground.nameOf(place.communeCode)),
      description: plan.description,
      communeCode: place.communeCode,
      types: [...plan.types],
      level: plan.level ?? 'province',
      origin: place.origin,
      parents: place.parents.map((key) => numbers.get(key) ?? 0),
      polygon: place.polygon,
      events,
      truth: {
        kind: plan.kind,
        startMonth,
        startsOnFirst,
        ...measureEffect(ground, place.polygon, plan.types, startMonth + (startsOnFirst ? 0 : 1), random),
      },
    };
  });
}

/** The last transformation that stands; without one the last listing that was agreed to, or the proposal. */
function startOf(events: readonly DemoAreaEvent[]): { startMonth: number; startsOnFirst: boolean } {
  const struck = new Set(
    events.flatMap(({ supersedes, approval }) =>
      supersedes !== undefined && (approval === 'approved' || approval === 'not_needed') ? [supersedes] : [],
    ),
  );
  const standing = events.filter(
    ({ approval }, i) => !struck.has(i) && (approval === 'approved' || approval === 'not_needed'),
  );
  const latest = (types: readonly DemoAreaEventType[]) =>
    standing
      .filter(({ type }) => types.includes(type))
      .map(({ on }) => on)
      .sort()
      .at(-1);
  const on = latest(['transforming']) ?? latest(['listed', 'carried_over']) ?? at(events, 0).on;
  return { startMonth: monthNumberOf(on), startsOnFirst: on.endsWith('-01') };
}
