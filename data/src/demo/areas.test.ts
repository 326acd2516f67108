import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AreaType, categories } from '../categories.ts';
import { type DemoArea, type DemoAreaEvent, generateDemoAreas } from './areas.ts';
import { EXPORTED_AT_MS, startOfDay, toLocal } from './calendar.ts';
import { type DemoIncidents, generateDemoIncidents } from './incidents.ts';
import { isInPolygons, type LngLat } from './plane.ts';
import { DEMO_SEED, type DemoProvince, generateDemoProvince } from './province.ts';
import { at } from './random.ts';

type World = { province: DemoProvince; incidents: DemoIncidents; areas: DemoArea[] };
function generate(seed: number): World {
  const province = generateDemoProvince({ seed });
  const incidents = generateDemoIncidents(province, { seed });
  return { province, incidents, areas: generateDemoAreas(province, incidents, { seed }) };
}
const shipped = generate(DEMO_SEED);
const others = [2, 3].map(generate);
const worlds = [shipped, ...others];
const { areas } = shipped;

/** Steps in force at a moment of entry, by themselves: agreed to where that is needed, and not corrected or struck by one in force. */
function inForce(events: readonly DemoAreaEvent[], momentMs: number): DemoAreaEvent[] {
  const counts = ({ approval, enteredAt, decidedAt }: DemoAreaEvent) =>
    enteredAt <= momentMs &&
    (approval === 'not_needed' || (approval === 'approved' && decidedAt !== null && decidedAt <= momentMs));
  return events.filter(
    (event, i) =>
      event.type !== 'withdrawn' && counts(event) && !events.some((later) => later.supersedes === i && counts(later)),
  );
}

/** The life cycle written down a second time, as the domain text tells it. */
const FOLLOWS: Record<string, string[]> = {
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
const WORKED = 'listed transforming assessed_not_yet assessed_success removed watched relapsed'.split(' ');

/** Status after the steps up to a day; what is wrong with them otherwise. */
function statusOf(steps: readonly DemoAreaEvent[], day = '9999'): { status: string; faults: string[] } {
  let status = 'draft';
  let year = 0;
  const faults: string[] = [];
  const places = new Map(steps.map((step, i) => [step, i]));
  const order = [...steps].sort((a, b) => a.on.localeCompare(b.on) || (places.get(a) ?? 0) - (places.get(b) ?? 0));
  for (const step of order.filter(({ on }) => on <= day)) {
    if (step.type === 'measure' || step.type === 'reviewed') {
      if (!WORKED.includes(status)) faults.push(`${step.type} on ${step.on} while ${status}`);
      continue;
    }
    if (!FOLLOWS[status]?.includes(step.type)) faults.push(`${step.type} on ${step.on} after ${status}`);
    if (step.type === 'carried_over' && (step.year ?? 0) <= year) faults.push(`carried over into ${step.year}`);
    year = step.year ?? year;
    status = step.type === 'carried_over' ? 'listed' : step.type;
  }
  return { status, faults };
}

describe('determinism', () => {
  it('generates the same areas from the same seed, and others from another', () => {
    const again = generateDemoAreas(shipped.province, shipped.incidents, { seed: DEMO_SEED });
    expect(again).toEqual(areas);
    expect(at(others, 0).areas).not.toEqual(areas);
  });
});

describe('the shipped areas', () => {
  it('are those that were reviewed: change this hash only on purpose', () => {
    expect(createHash('sha256').update(JSON.stringify(areas)).digest('hex')).toBe(
      'b778c996d86165473e21cea34d9aa8b355c5b54fae07a5090e05f85a7f37537d',
    );
  });
});

describe('histories', () => {
  it('are those of forty areas over the years 2023 to 2026, numbered as they were entered', () => {
    for (const world of worlds) {
      expect(world.areas.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
      const entered = world.areas.map(({ events }) => at(events, 0).enteredAt);
      expect(entered).toEqual([...entered].sort((a, b) => a - b));
    }
    const years = new Set(
      areas.flatMap(({ events }) =>
        inForce(events, Number.POSITIVE_INFINITY).flatMap(({ year }) => (year === undefined ? [] : [year])),
      ),
    );
    expect([...years].sort((a, b) => a - b)).toEqual([2023, 2024, 2025, 2026]);
  });

  it('hold every kind of step, every status on some day, corrections, withdrawals, pending and refused steps', () => {
    const events = areas.flatMap((area) => area.events);
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(
      [...Object.values(FOLLOWS).flat(), 'measure', 'reviewed', 'withdrawn']
        .filter((type, i, all) => all.indexOf(type) === i)
        .sort(),
    );
    const statuses = new Set(
      areas.flatMap(({ events: own }) => {
        const steps = inForce(own, Number.POSITIVE_INFINITY);
        return steps.map(({ on }) => statusOf(steps, on).status);
      }),
    );
    expect([...statuses].sort()).toEqual(
      Object.keys(FOLLOWS)
        .filter((status) => status !== 'draft')
        .sort(),
    );
    const pending = events.filter(({ approval }) => approval === 'pending');
    expect([...new Set(pending.map(({ type }) => type))].sort()).toEqual([
      'assessed_not_yet',
      'assessed_success',
      'carried_over',
      'listed',
      'relapsed',
      'removed',
    ]);
    expect(events.filter(({ approval }) => approval === 'refused').length).toBeGreaterThanOrEqual(2);
    expect(events.filter(({ type, supersedes }) => type !== 'withdrawn' && supersedes !== undefined).length).toBe(4);
    expect(events.filter(({ type }) => type === 'withdrawn').length).toBe(2);
    expect(
      areas.filter(({ events: own }) => own.filter(({ type }) => type === 'carried_over').length >= 2).length,
    ).toBe(3);
    expect(areas.filter((area) => area.types.length > 1).length).toBeGreaterThan(2);
    expect(new Set(areas.map(({ origin }) => origin))).toEqual(new Set(['drawn', 'commune', 'list', 'split', 'merge']));
  });

  it('hold in the running year an area of three types, one listed late, one with its number set right, one with a step struck', () => {
    const running = areas.filter(({ events }) =>
      inForce(events, Number.POSITIVE_INFINITY).some(({ year }) => year === 2026),
    );
    expect(running.filter((area) => area.types.length === 3).length).toBe(1);
    const isLate = ({ events }: DemoArea) => events.some(({ year, on }) => year === 2026 && on > '2026-03-31');
    expect(running.filter(isLate).map(({ polygon }) => polygon.length > 0)).toEqual([true, false]);
    const corrected = running.flatMap(({ events }) =>
      events
        .filter(
          ({ supersedes, approval, year }) => supersedes !== undefined && approval === 'approved' && year === 2026,
        )
        .map(({ supersedes = -1, decisionNumber }) => [at(events, supersedes).decisionNumber, decisionNumber]),
    );
    expect(corrected).toEqual([['125/QĐ-UBND', '215/QĐ-UBND']]);
    expect(running.filter(({ events }) => events.some(({ type }) => type === 'withdrawn')).length).toBe(2);
  });

  it('let an area be assessed months after its measures began, at the end of a quarter more often than not', () => {
    const successes = areas.flatMap(({ number, events }) => {
      const steps = inForce(events, Number.POSITIVE_INFINITY);
      return steps
        .filter(({ type }) => type === 'assessed_success')
        .map(({ on }) => ({
          on,
          number,
          began: steps.filter(({ type, on: day }) => type === 'transforming' && day < on).map(({ on: day }) => day),
          acted: steps.filter(({ type, on: day }) => type === 'measure' && day < on).map(({ on: day }) => day),
          wasCarried: steps.some(({ type, year }) => type === 'carried_over' && on.startsWith(`${year}`)),
        }));
    });
    const days = (from: string, to: string) => (startOfDay(to) - startOfDay(from)) / 86_400_000;
    for (const { on, number, began, acted, wasCarried } of successes) {
      expect(days(at(began, wasCarried ? 0 : began.length - 1), on), `${number}`).toBeGreaterThan(90);
      // The one that was listed again after the paper's end has no measure written down at all.
      if (acted.length > 0) expect(days(at(acted, 0), on), `${number}`).toBeGreaterThan(90);
    }
    expect(successes.filter(({ acted }) => acted.length > 0).length).toBeGreaterThan(20);
    const byQuarter = ['03', '06', '09', '10'].map(
      (month) => successes.filter(({ on }) => on.startsWith(`2026-${month}`)).length,
    );
    expect(byQuarter).toEqual([1, 4, 4, 4]);
    expect(successes.filter(({ on }) => on.startsWith('2026')).length).toBe(14);
  });

  it('are reviewed in most months under transformation, on working days, never after the assessment', () => {
    const inYear = areas.flatMap(({ events }) => {
      const steps = inForce(events, Number.POSITIVE_INFINITY);
      return steps
        .filter(({ type, on }) => type === 'reviewed' && on.startsWith('2026'))
        .map(({ on }) => ({ on, steps }));
    });
    expect(inYear.length).toBeGreaterThan(80);
    for (const { on, steps } of inYear) {
      expect(toLocal(startOfDay(on)).weekday, on).toBeLessThan(5);
      expect(statusOf(steps, on).status, on).toBe('transforming');
    }
    const night = areas.find(({ name }) => name.startsWith('Chợ đêm'));
    const months = night?.events.filter(({ type }) => type === 'reviewed').map(({ on }) => on.slice(0, 7)) ?? [];
    expect(new Set(months).size).toBe(months.length);
    expect(months.length).toBeGreaterThan(10);
  });

  it('are legal at every moment at which something was entered or agreed to', () => {
    for (const world of worlds)
      for (const { number, events } of world.areas) {
        const moments = events.flatMap(({ enteredAt, decidedAt }) => [
          enteredAt,
          ...(decidedAt === null ? [] : [decidedAt]),
        ]);
        for (const moment of moments)
          expect(statusOf(inForce(events, moment)).faults, `${number} at ${new Date(moment).toISOString()}`).toEqual(
            [],
          );
      }
  });

  it('would be found illegal with two steps exchanged', () => {
    const [steps] = areas.map(({ events }) => inForce(events, Number.POSITIVE_INFINITY));
    const exchanged = (steps ?? []).map((step) =>
      step.type === 'listed'
        ? { ...step, type: 'transforming' as const }
        : step.type === 'transforming'
          ? { ...step, type: 'listed' as const, year: 2023 }
          : step,
    );
    expect(statusOf(exchanged).faults.length).toBeGreaterThan(0);
  });

  it('are entered by one account and decided by another, after the entry and not after the export', () => {
    for (const { number, events } of areas) {
      for (const event of events) {
        const isDecided = event.approval === 'approved' || event.approval === 'refused';
        expect(event.decidedBy !== null && event.decidedAt !== null, `${number}`).toBe(isDecided);
        expect(event.decidedBy).not.toBe(event.enteredBy);
        expect(event.decidedAt ?? event.enteredAt).toBeGreaterThanOrEqual(event.enteredAt);
        expect(Math.max(event.decidedAt ?? 0, event.enteredAt)).toBeLessThan(EXPORTED_AT_MS);
        expect(event.enteredAt, `${number} ${event.type}`).toBeGreaterThanOrEqual(startOfDay(event.on));
      }
      const entries = events.map(({ enteredAt }) => enteredAt);
      expect(entries).toEqual([...entries].sort((a, b) => a - b));
      events.forEach(({ supersedes = -1 }, i) => expect(supersedes).toBeLessThan(i));
    }
  });

  it('have decisions with numbers, relapses and rejections with reasons, assessments with the check list answered', () => {
    const events = areas.flatMap((area) => area.events);
    for (const { type, decisionNumber, decisionDate, reason, conditions, measure } of events) {
      if (['listed', 'carried_over', 'assessed_success', 'removed'].includes(type)) {
        expect(decisionNumber).toMatch(/^\d+\/QĐ-UBND$/);
        expect(decisionDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
      if (['relapsed', 'rejected', 'withdrawn'].includes(type)) expect(reason?.length ?? 0).toBeGreaterThan(2);
      expect(conditions !== undefined).toBe(type.startsWith('assessed'));
      expect(measure !== undefined).toBe(type === 'measure');
    }
    expect(areas.filter(({ events: own }) => own.every(({ type }) => type !== 'measure')).length).toBeGreaterThan(2);
  });

  it('let parts and joined areas go on with the steps of those they were made from, which end that day', () => {
    const made = areas.filter(({ parents }) => parents.length > 0);
    expect(made.map(({ parents }) => parents.length).sort((a, b) => a - b)).toEqual([1, 1, 2]);
    for (const { number, parents, events } of made)
      for (const parent of parents) {
        const old = at(areas, parent - 1).events;
        expect(parent, `${number}`).toBeLessThan(number);
        expect(toLocal(at(events, 0).enteredAt).day).toBe(toLocal(at(old, old.length - 1).enteredAt).day);
        expect(at(old, old.length - 1).type).toBe('superseded');
        // What was looked at in the old one stays there.
        const moving = old.slice(0, -1).filter(({ type }) => type !== 'reviewed');
        moving.forEach(({ type, on, year, decisionNumber }, i) => {
          expect(at(events, i)).toMatchObject({ type, on, ...(year === undefined ? {} : { year, decisionNumber }) });
        });
      }
  });

  it('come to targets that differ by year: transformation met, missed, met, met; relapses below the target in the last two', () => {
    const stepsOf = areas.map(({ events }) => inForce(events, Number.POSITIVE_INFINITY));
    const transformed = (year: number, day: string) => {
      const listed = stepsOf.filter(
        (steps) =>
          steps.some((step) => step.year === year && step.on <= day) &&
          !steps.some(({ type, on }) => type === 'superseded' && on <= day),
      );
      const done = listed.filter((steps) =>
        steps.some(({ type, on }) => type === 'assessed_success' && on.startsWith(`${year}`) && on <= day),
      );
      return `${done.length}/${listed.length}`;
    };
    expect([2023, 2024, 2025].map((year) => transformed(year, `${year}-12-31`))).toEqual(['5/7', '3/8', '9/14']);
    expect(transformed(2026, '2026-10-31')).toBe('14/22');
    const kept = (year: number, day: string) => {
      const cohort = stepsOf.flatMap((steps) => {
        const success = steps.find(({ type, on }) => type === 'assessed_success' && on.startsWith(`${year - 1}`));
        return success === undefined ? [] : [{ steps, success }];
      });
      const lost = cohort.filter(({ steps, success }) =>
        steps.some(({ type, on }) => type === 'relapsed' && on > success.on && on <= day),
      );
      return `${cohort.length - lost.length}/${cohort.length}`;
    };
    expect([2024, 2025].map((year) => kept(year, `${year}-12-31`))).toEqual(['5/5', '2/3']);
    expect(kept(2026, '2026-10-31')).toBe('7/9');
  });

  it('say nothing that looks like a number of a person', () => {
    const texts = areas.flatMap(({ name, description, events }) => [
      name,
      description,
      ...events.flatMap(({ note = '', reason = '', decisionReason }) => [note, reason, decisionReason ?? '']),
    ]);
    for (const text of texts) expect(text.replace(/[ .-]/g, '')).not.toMatch(/\d{5}/);
  });
});

/** Proper crossing of two segments. */
function cross([a, b]: readonly [LngLat, LngLat], [c, d]: readonly [LngLat, LngLat]): boolean {
  const side = (p: LngLat, q: LngLat, r: LngLat) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

describe('shapes', () => {
  it('are closed rings that do not cross themselves, inside the commune they name but for one that lies in two', () => {
    for (const world of worlds) {
      const { features } = at(world.province.boundarySets, 0).communes;
      const communeAt = (x: number, y: number) =>
        features.find(({ geometry }) => isInPolygons(x, y, geometry.coordinates))?.properties.code;
      expect(world.areas.filter(({ polygon }) => polygon.length === 0).map(({ origin }) => origin)).toEqual(['list']);
      for (const { number, name, communeCode, origin, polygon } of world.areas) {
        const commune = features.find(({ properties }) => properties.code === communeCode);
        expect(commune !== undefined && !name.includes('{name}'), name).toBe(true);
        const touched = new Map<string | undefined, number>();
        for (const ring of polygon.flat()) {
          expect(ring.length).toBeGreaterThan(3);
          expect(ring[0]).toEqual(ring[ring.length - 1]);
          if (origin === 'commune') continue;
          const edges = ring.slice(1).map((to, i) => [at(ring, i), to] as const);
          expect(
            edges.some((edge, i) => edges.some((other, j) => j > i && cross(edge, other))),
            `${number}`,
          ).toBe(false);
          for (const [[x1, y1], [x2, y2]] of edges)
            for (const share of [0, 0.25, 0.5, 0.75]) {
              const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
              const code = communeAt(x, y);
              touched.set(code, (touched.get(code) ?? 0) + 1);
            }
        }
        if (origin === 'commune' || origin === 'list') continue;
        const isAcross = name.startsWith('Ngã tư giáp ranh');
        expect(touched.size, `${number} ${name}`).toBe(isAcross ? 2 : 1);
        expect(touched.has(undefined), `${number} ${name}`).toBe(false);
        const least = Math.min(...touched.values());
        const most = Math.max(...touched.values());
        expect(touched.get(communeCode), `${number} ${name}`).toBe(most);
        if (isAcross) expect(least / most).toBeGreaterThan(0.15);
      }
    }
  });

  it('take the whole commune where it was taken whole, halves that make up the divided one, both of those that were joined', () => {
    const whole = areas.find(({ origin }) => origin === 'commune');
    const feature = at(shipped.province.boundarySets, 0).communes.features.find(
      ({ properties }) => properties.code === whole?.communeCode,
    );
    expect(whole?.polygon).toEqual(feature?.geometry.coordinates);
    const halves = areas.filter(({ origin }) => origin === 'split');
    const parent = at(areas, at(at(halves, 0).parents, 0) - 1);
    for (let i = 0; i < shipped.incidents.columns.count; i++) {
      const [x, y] = [at(shipped.incidents.columns.lng, i), at(shipped.incidents.columns.lat, i)];
      const holders = halves.filter(({ polygon }) => isInPolygons(x, y, polygon)).length;
      if (holders !== Number(isInPolygons(x, y, parent.polygon))) expect.fail(`row ${i} lies in ${holders} halves`);
    }
    const joined = areas.find(({ origin }) => origin === 'merge');
    expect(joined?.polygon.length).toBe(2);
  });
});

/** Records of an area's types inside its outline, by month (12·year + month − 1). */
function countByMonth({ incidents: { columns } }: World, { polygon, types }: DemoArea): Map<number, number> {
  const typeOf = new Map(categories.map(({ code, areaType }) => [code, areaType]));
  const counts = new Map<number, number>();
  for (let i = 0; i < columns.count; i++) {
    const type = typeOf.get(at(columns.categories, at(columns.category, i)));
    if (!types.includes(type as AreaType) || !isInPolygons(at(columns.lng, i), at(columns.lat, i), polygon)) continue;
    const { year, month } = toLocal(at(columns.occurredFrom, i));
    counts.set(year * 12 + month - 1, (counts.get(year * 12 + month - 1) ?? 0) + 1);
  }
  return counts;
}
const LAST_MONTH = 2026 * 12 + 9;
const sum = (counts: ReadonlyMap<number, number>, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => counts.get(from + k) ?? 0).reduce((a, b) => a + b, 0);

/** Whole months since the start, at most twelve, and the same of the year before. */
function beforeAndAfter(world: World, area: DemoArea): { before: number; after: number } {
  const { startMonth, startsOnFirst } = area.truth;
  const first = startsOnFirst ? startMonth : startMonth + 1;
  const last = Math.min(first + 11, LAST_MONTH);
  const counts = countByMonth(world, area);
  return { before: sum(counts, first - 12, last - 12), after: sum(counts, first, last) };
}

describe('true effects', () => {
  const counted = worlds.flatMap((world) =>
    world.areas.map((area) => ({ world, area, ...beforeAndAfter(world, area) })),
  );

  it('agree with the records counted before and after, within the limits of Poisson numbers', () => {
    // Given the sum, `after` is binomial with chance r / (1 + r); areas picked for a bad year before are not drawn fairly.
    const scores = counted
      .filter(({ area, before, after }) => area.truth.kind !== 'seems' && before + after > 0)
      .map(({ area, before, after }) => {
        const chance = area.truth.insideRatio / (1 + area.truth.insideRatio);
        const total = before + after;
        return (after - total * chance) / Math.sqrt(total * chance * (1 - chance));
      });
    expect(scores.length).toBeGreaterThan(90);
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(4);
    const meanSquare = scores.reduce((total, score) => total + score ** 2, 0) / scores.length;
    expect(meanSquare).toBeGreaterThan(0.6);
    expect(meanSquare).toBeLessThan(1.5);
    expect(Math.abs(scores.reduce((total, score) => total + score, 0)) / Math.sqrt(scores.length)).toBeLessThan(3);
  });

  it('are falls to 0.3–0.75 where it works, the same level where it does not, rises next door where it displaces', () => {
    const of = (kind: DemoArea['truth']['kind']) =>
      counted.filter(({ area }) => area.truth.kind === kind).map(({ area }) => area.truth);
    for (const { insideRatio, ringRatio } of of('works')) {
      expect(insideRatio).toBeGreaterThan(0.3);
      expect(insideRatio).toBeLessThan(0.75);
      expect(ringRatio).toBeGreaterThan(0.75);
      expect(ringRatio).toBeLessThan(1.1);
    }
    for (const { insideRatio } of of('none')) expect(Math.abs(insideRatio - 1)).toBeLessThan(0.1);
    for (const { insideRatio } of of('seems')) expect(Math.abs(insideRatio - 1)).toBeLessThan(0.1);
    for (const { insideRatio, ringRatio } of of('displaces')) {
      expect(insideRatio).toBeLessThan(0.65);
      expect(ringRatio).toBeGreaterThan(1.3);
    }
    expect(of('worsens').some(({ insideRatio }) => insideRatio > 1.4)).toBe(true);
    for (const kind of ['works', 'none', 'seems', 'displaces', 'worsens', 'fades', 'moves', 'returned'] as const)
      expect(of(kind).length, kind).toBeGreaterThan(2);
  });

  it('only seem to be there in areas that were picked for a bad year', () => {
    const picked = counted.filter(({ area }) => area.truth.kind === 'seems');
    const before = picked.reduce((total, one) => total + one.before, 0);
    const after = picked.reduce((total, one) => total + one.after, 0);
    expect(after / before).toBeLessThan(0.9);
  });

  it('are of all sizes: some areas hold 100 records a year, several 40 to 70, several too few to say anything', () => {
    for (const world of worlds) {
      const yearly = world.areas.map((area) => sum(countByMonth(world, area), LAST_MONTH - 59, LAST_MONTH) / 5);
      expect(yearly.filter((count) => count >= 90).length).toBeGreaterThanOrEqual(4);
      expect(yearly.filter((count) => count >= 35 && count <= 75).length).toBeGreaterThanOrEqual(8);
      expect(yearly.filter((count) => count < 15).length).toBeGreaterThanOrEqual(4);
    }
  });

  it('bring the records back before a watched area is called relapsed', () => {
    for (const world of worlds) {
      const relapses = world.areas.flatMap((area) =>
        area.events.filter(({ type }) => type === 'relapsed').map(({ on }) => ({ area, on })),
      );
      expect(relapses.length).toBe(6);
      let [quiet, back] = [0, 0];
      for (const { area, on } of relapses) {
        const { year, month } = toLocal(startOfDay(on));
        const relapsed = year * 12 + month - 1;
        const counts = countByMonth(world, area);
        const success = at(
          area.events.filter(({ type, on: day }) => type === 'assessed_success' && day < on),
          0,
        ).on;
        const succeeded = monthOf(success);
        quiet += sum(counts, succeeded - 3, succeeded - 1);
        back += sum(counts, relapsed - 3, relapsed - 1);
      }
      expect(back / quiet, `seed ${world.province.seed}`).toBeGreaterThan(1.6);
    }
  });
});

function monthOf(day: string): number {
  const { year, month } = toLocal(startOfDay(day));
  return year * 12 + month - 1;
}
