import { randomUUID } from 'node:crypto';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** A step that counts, in the order of effect; ties of a day stand in the order they were entered. */
export type TrueStep = { type: string; on: string; year: number | null };
/** What is true of an area, as whoever made it up knows it. */
export type TrueArea = { id: string; commune: string; types: number[]; parents: string[]; steps: TrueStep[] };

type Entered = TrueStep & {
  id: string;
  areaId: string;
  supersedes: string | null;
  approval: 'approved' | 'refused' | 'pending';
};

/** May follow a status (domain.md, life cycle), weighed: what happens often stands twice. */
const follows: Record<string, readonly string[]> = {
  draft: ['proposed'],
  proposed: ['listed', 'listed', 'listed', 'rejected', 'superseded'],
  listed: ['transforming', 'transforming', 'carried_over', 'superseded'],
  transforming: [
    'assessed_success',
    'assessed_success',
    'assessed_success',
    'assessed_not_yet',
    'carried_over',
    'superseded',
  ],
  assessed_not_yet: ['transforming', 'carried_over', 'superseded'],
  assessed_success: ['removed'],
  removed: ['watched'],
  watched: ['relapsed', 'closed'],
  relapsed: ['listed'],
  closed: ['proposed', 'proposed'],
  rejected: ['proposed'],
  superseded: [],
};
const approved = new Set(['listed', 'carried_over', 'assessed_success', 'assessed_not_yet', 'removed', 'relapsed']);

const DAY_MS = 86_400_000;
const later = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const yearOf = (day: string) => Number(day.slice(0, 4));

/**
 * Areas whose steps crowd: several on one day, on 31 December, 1 January and 29 February, lists made in the December before or after
 * their year, second rounds in one year, areas divided, and those parts divided or joined again. Entered out of order; corrected of
 * the day (forwards, backwards, twice), with steps beside them that were refused, wait or were struck.
 * @returns what is true, and the rows as the tables keep them.
 */
export function makeTangledHistories(
  seed: number,
  { count, communes, to }: { count: number; communes: readonly string[]; to: string },
) {
  const random = seededRandom(seed);
  const areas: TrueArea[] = [];
  for (let i = 0; i < count; i++)
    walk(newArea([], random.pick(communes), typesOf(random)), 'draft', later('2020-06-01', random.integer(900)));
  joinSome();
  const events = areas.flatMap((area) => enteredOf(random, area));
  return { areas, ...toRows(areas, random, events) };

  function newArea(parents: string[], commune: string, types: number[]): TrueArea {
    const area = { id: randomUUID(), commune, types, parents, steps: [] };
    areas.push(area);
    return area;
  }

  function walk(area: TrueArea, from: string, since: string): void {
    let [status, day] = [from, since];
    for (let length = 0; length < 40; length++) {
      const [type] = [random.pick(follows[status])];
      if (type === undefined) return;
      day = nextDay(random, day);
      const lastYear = area.steps.findLast(({ year }) => year !== null)?.year ?? 0;
      const wanted = yearOf(day) + (day.slice(5) >= '11-15' && random.chance(0.5) ? 1 : random.chance(0.1) ? -1 : 0);
      const year = type === 'listed' ? wanted : type === 'carried_over' ? Math.max(wanted, lastYear + 1) : null;
      if (day > to || (year !== null && year > yearOf(day) + 1)) return;
      area.steps.push({ type, on: day, year });
      if (type === 'superseded') {
        for (let part = 0; part < 2; part++) {
          const child = newArea([area.id], random.pick(communes), area.types);
          child.steps.push(...roundOf(area.steps));
          walk(child, status, day);
        }
        return;
      }
      status = type === 'carried_over' ? 'listed' : type;
      if (random.chance(0.03)) return;
    }
  }

  /** Areas that stand alike today are made one, in pairs. */
  function joinSome(): void {
    const alike = Map.groupBy(
      areas.filter(({ steps }) => ['listed', 'transforming'].includes(steps.at(-1)?.type ?? '')),
      ({ steps }) => `${steps.at(-1)?.type} ${steps.findLast(({ year }) => year !== null)?.year}`,
    );
    for (const group of alike.values())
      for (let i = 0; i + 1 < group.length && i < 6; i += 2) {
        const pair = [group[i], group[i + 1]];
        const on =
          [...pair.map(({ steps }) => steps.at(-1)?.on ?? ''), later(to, -random.integer(400))].sort().at(-1) ?? to;
        const [first] = pair.toSorted((a, b) => (roundOf(a.steps)[0].on < roundOf(b.steps)[0].on ? -1 : 1));
        const child = newArea(
          pair.map(({ id }) => id),
          first.commune,
          [...new Set(pair.flatMap(({ types }) => types))].sort((a, b) => a - b),
        );
        child.steps.push(...roundOf(first.steps));
        for (const { steps } of pair) steps.push({ type: 'superseded', on, year: null });
      }
  }
}

function typesOf(random: SeededRandom): number[] {
  return [1, 2, 3, 4]
    .filter(() => random.chance(0.35))
    .concat(random.integer(4) + 1)
    .filter((type, i, all) => all.indexOf(type) === i)
    .sort((a, b) => a - b);
}

/** The last proposal with what followed it; after a relapse that proposal and what followed the relapse. */
function roundOf(steps: readonly TrueStep[]): TrueStep[] {
  const moving = steps.filter(({ type }) => type !== 'superseded');
  const proposed = moving.findLastIndex(({ type }) => type === 'proposed');
  const relapsed = moving.findLastIndex(({ type }) => type === 'relapsed');
  return (relapsed > proposed ? [moving[proposed], ...moving.slice(relapsed + 1)] : moving.slice(proposed)).map(
    (step) => ({ ...step }),
  );
}

function nextDay(random: SeededRandom, day: string): string {
  const year = yearOf(day);
  const edges = [`${year}-12-31`, `${year + 1}-01-01`, `${year}-03-31`, `${year}-04-01`, '2024-02-29'].filter(
    (edge) => edge >= day,
  );
  const draw = random.next();
  if (draw < 0.3) return day;
  if (draw < 0.45) return random.pick(edges);
  return later(day, 1 + random.integer(draw < 0.9 ? 90 : 500));
}

/** How a person came to what is true: in some order, with slips. */
function enteredOf(random: SeededRandom, { id: areaId, steps }: TrueArea): (Entered & { place: string })[] {
  const entered: (Entered & { place: string })[] = [];
  const add = (step: TrueStep, place: string, more: Partial<Entered> = {}) => {
    const event: Entered = { ...step, id: randomUUID(), areaId, supersedes: null, approval: 'approved', ...more };
    entered.push({ ...event, place });
    return event;
  };
  for (const step of steps) {
    const place = step.on;
    if (step.type !== 'superseded' && random.chance(0.2)) {
      // What was typed first, on another day; it keeps the place in its day for its correction.
      let wrong = add({ ...step, on: later(step.on, random.integer(400) - 200) }, place);
      if (random.chance(0.4))
        wrong = add({ ...step, on: later(step.on, random.integer(60) - 30) }, place, { supersedes: wrong.id });
      add(step, place, { supersedes: wrong.id });
    } else {
      const event = add(step, place);
      if (approved.has(step.type) && random.chance(0.15))
        add({ ...step, on: later(step.on, 3) }, place, {
          supersedes: event.id,
          approval: random.chance(0.5) ? 'pending' : 'refused',
        });
    }
    if (random.chance(0.1))
      add({ type: 'relapsed', on: later(step.on, 1), year: null }, place, {
        approval: random.chance(0.5) ? 'pending' : 'refused',
      });
    if (random.chance(0.1)) {
      const mistake = add({ type: 'assessed_success', on: step.on, year: null }, place);
      add({ type: 'withdrawn', on: step.on, year: null }, place, { supersedes: mistake.id });
    }
  }
  // Days in any order of entry; within a day, and of what belongs together, as it happened.
  const days = [...Map.groupBy(entered, ({ place }) => place).values()].map((group) => ({ group, at: random.next() }));
  return days.sort((a, b) => a.at - b.at).flatMap(({ group }) => group);
}

function toRows(areas: readonly TrueArea[], random: SeededRandom, events: readonly Entered[]) {
  const communeOf = new Map(areas.map(({ id, commune }) => [id, commune]));
  const placeOf = (id: string) => ({ province_code: '33', commune_code: communeOf.get(id) });
  return {
    areaRows: areas.map(({ id, commune, types, parents }, i) => ({
      id,
      ...placeOf(id),
      commune_codes: [commune],
      number: i + 1,
      name: `Địa bàn ${i + 1}`,
      types,
      level: random.chance(0.5) ? 'province' : 'commune',
      origin: parents.length === 0 ? 'drawn' : 'split',
      parents,
    })),
    eventRows: events.map(({ id, areaId, type, on, year, supersedes, approval }) => ({
      id,
      area_id: areaId,
      ...placeOf(areaId),
      type,
      on_date: on,
      year,
      supersedes,
      needs_approval: approved.has(type) || approval !== 'approved',
      username: 'a',
    })),
    approvalRows: events
      .filter(({ type, approval }) => approval !== 'pending' && (approved.has(type) || approval !== 'approved'))
      .map(({ id, areaId, approval }) => ({ event_id: id, ...placeOf(areaId), decision: approval, username: 'b' })),
  };
}
