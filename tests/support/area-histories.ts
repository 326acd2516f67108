import { randomUUID } from 'node:crypto';
import { seededRandom } from './seeded-random.ts';

/** Rows as the tables keep them, to be inserted past the server. */
export type AreaHistories = {
  areas: AreaRow[];
  events: EventRow[];
  approvals: ApprovalRow[];
  /** How often each nasty thing happened. */
  kinds: Record<'pending' | 'refused' | 'corrected' | 'struck' | 'parts' | 'late', number>;
};
type Place = { province_code: string; commune_code: string };
type AreaRow = Place & {
  id: string;
  commune_codes: string[];
  number: number;
  name: string;
  types: number[];
  level: string;
  origin: string;
  parents: string[];
};
type EventRow = Place & {
  id: string;
  area_id: string;
  type: string;
  on_date: string;
  year: number | null;
  decision_number: string | null;
  files: string[];
  supersedes: string | null;
  measure: string | null;
  needs_approval: boolean;
  username: string;
};
type ApprovalRow = Place & { event_id: string; decision: 'approved' | 'refused'; username: string };

const approved = new Set(['listed', 'carried_over', 'assessed_success', 'assessed_not_yet', 'removed', 'relapsed']);
const DAY_MS = 86_400_000;
const later = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * Areas with legal histories over several years, walked step by step: lists of every year, transformation, success, watch,
 * relapse, carrying over, closing; monthly reviews and measures between; steps that wait or were refused, corrections of the day,
 * steps struck as mistakes; and areas divided in two. No two steps of an area fall on one day, except the copies of a part.
 */
export function makeHistories({
  seed,
  areas: count,
  communes,
  from,
  to,
  reviews = 2,
}: {
  seed: number;
  /** At least; parts of a divided one included. */
  areas: number;
  communes: readonly string[];
  from: string;
  to: string;
  /** Reviews and measures after each step. */
  reviews?: number;
}): AreaHistories {
  const random = seededRandom(seed);
  const made: AreaHistories = {
    areas: [],
    events: [],
    approvals: [],
    kinds: { pending: 0, refused: 0, corrected: 0, struck: 0, parts: 0, late: 0 },
  };
  const agreedCorrections = new Map<string, EventRow>();
  while (made.areas.length < count) walk(newArea());
  return made;

  function newArea(parents: AreaRow[] = []): AreaRow {
    const commune = parents[0]?.commune_code ?? random.pick(communes);
    const area = {
      id: randomUUID(),
      province_code: '33',
      commune_code: commune,
      commune_codes: [commune],
      number: made.areas.length + 1,
      name: `Địa bàn ${made.areas.length + 1}`,
      types: parents[0]?.types ?? (random.chance(0.3) ? [1, 4] : [1 + random.integer(4)]),
      level: 'province',
      origin: parents.length > 0 ? 'split' : 'drawn',
      parents: parents.map(({ id }) => id),
    };
    made.areas.push(area);
    return area;
  }

  function add(area: AreaRow, type: string, on: string, more: Partial<EventRow> = {}, decision = 'approved'): EventRow {
    const id = randomUUID();
    const short: Record<string, string> = { assessed_success: 'ĐG', assessed_not_yet: 'ĐG' };
    const event: EventRow = {
      id,
      area_id: area.id,
      province_code: area.province_code,
      commune_code: area.commune_code,
      type,
      on_date: on,
      year: null,
      decision_number: approved.has(type) ? `${short[type] ?? 'QĐ'}-${made.events.length}` : null,
      files: approved.has(type) ? [randomUUID(), randomUUID()] : [],
      supersedes: null,
      measure: null,
      needs_approval: approved.has(type),
      username: 'a',
      ...more,
    };
    made.events.push(event);
    if (event.needs_approval && decision !== 'pending') {
      const { province_code, commune_code } = area;
      made.approvals.push({
        event_id: id,
        province_code,
        commune_code,
        decision: decision as 'approved' | 'refused',
        username: 'b',
      });
    }
    return event;
  }

  function walk(area: AreaRow): void {
    let status = 'draft';
    let day = later(from, random.integer(900));
    let year = 0;
    const kept: EventRow[] = [];
    for (;;) {
      const next = nextOf(status, day, year);
      if (next === undefined || next.on > to) return;
      const { type, on } = next;
      const more = next.year === null ? {} : { year: next.year };
      if (approved.has(type) && random.chance(0.06)) {
        add(area, type, on, more, 'refused');
        made.kinds.refused++;
      } else if (approved.has(type) && random.chance(0.03)) {
        // Nothing else moves while it waits.
        add(area, type, on, more, 'pending');
        made.kinds.pending++;
        return;
      } else {
        const event = add(area, type, on, more);
        kept.push(event);
        if (next.year !== null && on > `${next.year}-03-31`) made.kinds.late++;
        if (random.chance(0.06)) correct(area, event);
        if (type === 'superseded') {
          for (let part = 0; part < 2; part++) divide(area, kept);
          return;
        }
        status = type === 'carried_over' ? 'listed' : type;
        year = next.year ?? year;
        for (let i = 0; i < reviews; i++) review(area, later(on, 1 + i));
      }
      if (random.chance(0.01)) {
        const event = kept.at(-1);
        if (event !== undefined) strike(area, event);
        return;
      }
      day = later(on, 5);
    }
  }

  /** A later day by a few; the step after it is at least 10 days away. */
  function correct(area: AreaRow, event: EventRow): void {
    const isAgreed = !event.needs_approval || random.chance(0.7);
    const { type, year, decision_number, files } = event;
    const correction = add(
      area,
      type,
      later(event.on_date, 1 + random.integer(3)),
      { year, decision_number, files, supersedes: event.id },
      isAgreed ? 'approved' : 'pending',
    );
    if (isAgreed) agreedCorrections.set(event.id, correction);
    made.kinds.corrected++;
  }

  function strike(area: AreaRow, event: EventRow): void {
    const isAgreed = random.chance(0.8);
    add(
      area,
      'withdrawn',
      event.on_date,
      { supersedes: event.id, needs_approval: event.needs_approval },
      isAgreed ? 'approved' : 'pending',
    );
    made.kinds.struck++;
  }

  function divide(parent: AreaRow, kept: readonly EventRow[]): void {
    const part = newArea([parent]);
    made.kinds.parts++;
    const first = kept.findLastIndex(({ type }) => type === 'proposed');
    for (const event of kept.slice(first).filter(({ type }) => type !== 'superseded')) {
      const { type, year, on_date } = agreedCorrections.get(event.id) ?? event;
      add(part, type, on_date, { year });
    }
  }

  function review(area: AreaRow, on: string): void {
    if (random.chance(0.5)) add(area, 'reviewed', on);
    else add(area, 'measure', on, { measure: JSON.stringify({ kind: 'patrol', from: on, to: null, quantity: 2 }) });
  }

  function nextOf(
    status: string,
    day: string,
    year: number,
  ): { type: string; on: string; year: number | null } | undefined {
    const step = (type: string, days: number, listYear: number | null = null) => {
      const on = later(day, 10 + random.integer(days));
      return { type, on, year: listYear === null ? null : Math.max(listYear, Number(on.slice(0, 4))) };
    };
    const isReshaped = random.chance(0.03);
    const carry = (at: string) => ({ type: 'carried_over', on: at, year: year + 1 });
    const newYear = later(`${Math.max(year + 1, Number(day.slice(0, 4)))}-01-02`, 5 + random.integer(60));
    switch (status) {
      case 'draft':
      case 'closed':
        return step('proposed', 60);
      case 'proposed':
        if (random.chance(0.08)) return step('rejected', 60);
        return isReshaped ? step('superseded', 60) : step('listed', 90, 0);
      case 'listed':
        if (isReshaped) return step('superseded', 60);
        return random.chance(0.85) ? step('transforming', 60) : carryLater();
      case 'transforming':
        if (isReshaped) return step('superseded', 60);
        return random.chance(0.6) ? step('assessed_success', 260) : step('assessed_not_yet', 200);
      case 'assessed_not_yet':
        return isReshaped ? step('superseded', 60) : carryLater();
      case 'assessed_success':
        return step('removed', 30);
      case 'removed':
        return step('watched', 10);
      case 'watched':
        return random.chance(0.35) ? step('relapsed', 500) : step('closed', 1);
      case 'relapsed':
        return step('listed', 60, 0);
      default:
        return undefined;
    }
    function carryLater() {
      const next = carry(newYear > later(day, 10) ? newYear : later(day, 10));
      return { ...next, year: Math.max(next.year, Number(next.on.slice(0, 4))) };
    }
  }
}
