import { detectableFall, rateRatio } from '@diemnong/analysis';
import { type AreaEvidence, getAreaEvidence, listReadings, type ReadingsResponse } from '@diemnong/contracts';
import { gridDisk } from 'h3-js';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { countByMonth, fillAreaWorld, insertArea, insertStep, MONTHS, PLACES, SILENT, THEFTS } from './area-world.ts';

const year = (from: string, to: string) => MONTHS.filter((month) => month >= from && month < to);

describeOnBothDatabases('/api/areas/:id/evidence', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let sqlOnly: TestApp;
  const ids = {} as Record<'works' | 'silent' | 'border' | 'undrawn' | 'proposed' | 'fresh', string>;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
    db = await open();
    await fillAreaWorld(db);
    ids.works = await insertArea(db, {
      commune: '10002',
      cells: PLACES.works,
      steps: [
        ['proposed', '2023-02-10'],
        ['listed', '2023-03-01', { year: 2023 }],
        ['transforming', '2024-01-15'],
        ['measure', '2024-02-01', { kind: 'camera' }],
        ['carried_over', '2024-03-01', { year: 2024 }],
        ['transforming', '2024-03-02'],
        ['assessed_success', '2024-11-20'],
        ['removed', '2024-12-01', { approval: 'pending' }],
      ],
    });
    ids.silent = await insertArea(db, {
      commune: SILENT.commune,
      cells: PLACES.silent,
      steps: [
        ['proposed', '2023-06-01'],
        ['listed', '2023-11-01', { year: 2024 }],
        ['transforming', '2024-01-01'],
        ['assessed_not_yet', '2024-12-01'],
      ],
    });
    ids.border = await insertArea(db, {
      commune: '10001',
      communes: ['10001', '10002'],
      cells: PLACES.border,
      steps: [
        ['proposed', '2023-06-01'],
        ['listed', '2024-01-01'],
      ],
    });
    ids.undrawn = await insertArea(db, {
      commune: '10001',
      cells: [],
      steps: [
        ['proposed', '2023-12-01'],
        ['listed', '2024-01-01'],
      ],
    });
    ids.proposed = await insertArea(db, { commune: '10005', cells: PLACES.back, steps: [['proposed', '2024-06-10']] });
    ids.fresh = await insertArea(db, {
      commune: '10006',
      cells: PLACES.calm,
      steps: [
        ['proposed', '2024-10-01'],
        ['listed', '2024-11-01'],
        ['transforming', '2024-11-15'],
      ],
    });
    app = await startTestApp(createTestContext(db));
    sqlOnly = await startTestApp(createTestContext(db, { enabled: false }));
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app?.close();
    await sqlOnly?.close();
    await db?.close();
  });

  const ask = async (id: string, query = '', visitor: TestVisitor = app): Promise<AreaEvidence> => {
    const { status, body } = await visitor.get<AreaEvidence>(`/api/areas/${id}/evidence${query}`, getAreaEvidence);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const sumOf = async (cells: readonly string[], months: string[], commune?: string) => {
    const counts = await countByMonth(db, { cells, categories: THEFTS, ...(commune === undefined ? {} : { commune }) });
    return months.reduce((sum, month) => sum + (counts.get(month) ?? 0), 0);
  };

  it('counts before and after, the ring and the controls as plain SQL does', async () => {
    const told = await ask(ids.works);
    expect(told).toMatchObject({ stage: 'measured', startedOn: '2024-03-02', categories: THEFTS, areaId: ids.works });
    // It began anew in the year it was carried into. March 2024 is on neither side; April to December against the same months of 2023.
    const [before, after] = [year('2023-04', '2024-01'), year('2024-04', '2025-01')];
    expect(told.before).toMatchObject({ from: '2023-04-01', to: '2024-01-01', days: 275 });
    expect(told.after).toMatchObject({ from: '2024-04-01', to: '2025-01-01', days: 275 });
    expect(told.before?.count).toBe(await sumOf(PLACES.works, before));
    expect(told.after?.count).toBe(await sumOf(PLACES.works, after));
    expect(told.before?.count).toBeGreaterThan(120);
    const exact = rateRatio({
      before: told.before!.count,
      after: told.after!.count,
      exposureBefore: 275,
      exposureAfter: 275,
    });
    expect(told.ratio).toEqual({ ratio: exact.ratio, low: exact.low, high: exact.high, p: exact.p });
    expect(told.ratio!.high).toBeLessThan(0.5);

    const ring = told.displacement!;
    const own = new Set(PLACES.works);
    const disk = new Set(PLACES.works.flatMap((cell) => gridDisk(cell, 2)).filter((cell) => !own.has(cell)));
    for (const cell of disk) expect(ring.ring).toContain(cell);
    for (const cell of ring.ring) expect(own.has(cell)).toBe(false);
    expect(ring.ringHidden).toBe(0);
    expect(ring.before).toBe(await sumOf(ring.ring, before));
    expect(ring.after).toBe(await sumOf(ring.ring, after));

    const controls = told.controls!;
    expect(controls.areas.length).toBeGreaterThan(0);
    for (const control of controls.areas) {
      expect([control.before, control.after]).toEqual([
        await sumOf(control.cells, before),
        await sumOf(control.cells, after),
      ]);
      expect(control.commune).toMatch(/^1000[1-6]$/);
      // Nothing was done there: no cell of any area.
      for (const cell of control.cells) for (const cells of Object.values(PLACES)) expect(cells).not.toContain(cell);
    }
    expect(told.reading).toMatch(/^(strong|weak)$/);
    expect(told.agrees).toBe(true);
    expect(told.sentence.vi.length).toBeGreaterThan(20);
    expect(told.warnings).not.toContain('hidden-by-scope');
  });

  it('is the same without the snapshot', async () => {
    for (const id of Object.values(ids)) expect(await ask(id, '', sqlOnly)).toEqual(await ask(id));
    expect(await ask(ids.works, '?asOf=2024-08-31', sqlOnly)).toEqual(await ask(ids.works, '?asOf=2024-08-31'));
  });

  it('draws its months and reporting periods with the steps in force', async () => {
    const told = await ask(ids.works);
    const counts = await countByMonth(db, { cells: PLACES.works, categories: THEFTS });
    expect(told.months[0].from).toBe('2022-03-01'); // two years before it began
    expect(told.months.map(({ count }) => count)).toEqual(MONTHS.slice(2).map((month) => counts.get(month) ?? 0));
    const phases = Object.fromEntries(told.months.map(({ from, phase }) => [from.slice(0, 7), phase]));
    expect([phases['2024-02'], phases['2024-03'], phases['2024-11'], phases['2024-12']]).toEqual([
      'before',
      'during',
      'during',
      'after',
    ]);
    expect(told.periods.length).toBe(33);
    expect(told.periods[0]).toMatchObject({ from: '2022-03-15', to: '2022-04-15' });
    const { rows } = await db.knex.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from incident
       where category = any (:thefts::text[])
         and to_hex(cell) = any (:cells::text[])
         and (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date >= '2023-05-15'
         and (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date < '2023-06-15'`,
      { thefts: THEFTS, cells: PLACES.works },
    );
    expect(told.periods.find(({ from }) => from === '2023-05-15')?.count).toBe(rows[0].n);
    // The removal waits for a second person: it is no step yet.
    expect(told.marks.map(({ type }) => type)).toEqual([
      'proposed',
      'listed',
      'transforming',
      'measure',
      'carried_over',
      'transforming',
      'assessed_success',
    ]);
    expect(told.marks.find(({ type }) => type === 'measure')).toEqual({
      on: '2024-02-01',
      type: 'measure',
      label: 'camera',
    });
  });

  it('leaves months out on both sides that its commune did not report', async () => {
    const told = await ask(ids.silent);
    const out = new Set(['05', '03']);
    const compared = (months: string[]) => months.filter((month) => !out.has(month.slice(5)));
    const [before, after] = [compared(year('2023-01', '2024-01')), compared(year('2024-01', '2025-01'))];
    expect(before.length).toBe(10);
    expect(told.before?.count).toBe(await sumOf(PLACES.silent, before));
    expect(told.after?.count).toBe(await sumOf(PLACES.silent, after));
    expect(told.after?.days).toBe(366 - 31 - 31);
    expect(told.warnings).toContain('unreported');
    const nulls = told.months.filter(({ count }) => count === null).map(({ from }) => from.slice(0, 7));
    expect(nulls).toEqual(SILENT.months);
    const silentPeriods = told.periods.filter(({ count }) => count === null).map(({ from }) => from);
    expect(silentPeriods).toEqual(['2023-04-15', '2023-05-15', '2024-02-15', '2024-03-15']);
  });

  it('reads as if the records ended with the day asked about', async () => {
    const told = await ask(ids.works, '?asOf=2024-07-31');
    expect(told).toMatchObject({ recordsTo: '2024-08-01', stage: 'measured', agrees: null });
    expect(told.after).toMatchObject({ from: '2024-04-01', to: '2024-08-01' });
    expect(told.after?.count).toBe(await sumOf(PLACES.works, year('2024-04', '2024-08')));
    expect(told.before?.count).toBe(await sumOf(PLACES.works, year('2023-04', '2023-08')));
    // Before it was carried over the first beginning is the one; a step of a day to come is none.
    const early = await ask(ids.works, '?asOf=2024-02-29');
    expect(early).toMatchObject({ startedOn: '2024-01-15', stage: 'too-early' });
    expect(told.months.at(-1)?.from).toBe('2024-07-01');
    expect(told.marks.at(-1)?.type).toBe('transforming');
    const midMonth = await ask(ids.works, '?asOf=2024-07-30');
    expect(midMonth.after?.to).toBe('2024-07-01');
    const proposedOnly = await ask(ids.works, '?asOf=2023-02-28');
    expect(proposedOnly).toMatchObject({ stage: 'no-step', startedOn: null });
  });

  it('tells what cannot be compared, and how large a fall could be seen', async () => {
    expect(await ask(ids.undrawn)).toMatchObject({
      stage: 'no-place',
      months: [],
      before: null,
      reading: 'insufficient',
    });
    expect(await ask(ids.fresh)).toMatchObject({ stage: 'too-early', ratio: null, reading: 'insufficient' });
    const proposed = await ask(ids.proposed);
    // Twelve reported months before the proposal of June 2024.
    const count = await sumOf(PLACES.back, year('2023-06', '2024-06'));
    expect(proposed).toMatchObject({
      stage: 'no-step',
      startedOn: null,
      before: null,
      agrees: null,
      power: { count, detectableFall: detectableFall(count) },
    });
    expect(proposed.months.length).toBe(36);
    const silent = await ask(ids.silent);
    // Of the silent commune: the last twelve that were reported.
    const months = year('2022-10', '2023-11').filter((month) => !SILENT.months.includes(month));
    expect(months.length).toBe(12);
    expect(silent.power?.count).toBe(await sumOf(PLACES.silent, months));
    expect(silent.agrees).not.toBe(true);
  });

  it('shows a commune account its own records alone, and says what is hidden', async () => {
    const whole = await ask(ids.border);
    const own = await ask(ids.border, '', await app.as('commune', { commune: '10001' }));
    const after = year('2024-01', '2025-01');
    expect(whole.after?.count).toBe(await sumOf(PLACES.border, after));
    expect(own.after?.count).toBe(await sumOf(PLACES.border, after, '10001'));
    expect(own.after!.count).toBeLessThan(whole.after!.count);
    expect(own.warnings).toContain('hidden-by-scope');
    expect(whole.displacement?.ringHidden).toBe(0);
    const { rows } = await db.knex.raw<{ rows: { cell: string }[] }>(
      `select to_hex(cell) as cell from commune_cell
       where boundary_set_id = '2025-07' and res = 10 and is_owned and commune_code <> '10001'`,
    );
    const others = new Set(rows.map(({ cell }) => cell));
    expect(own.displacement?.ringHidden).toBe(whole.displacement?.ring.filter((cell) => others.has(cell)).length);
    expect(own.displacement?.ring.some((cell) => others.has(cell))).toBe(false);
    const other = await app.as('commune', { commune: '10003' });
    expect((await other.get(`/api/areas/${ids.border}/evidence`)).status).toBe(404);
    expect((await app.get(`/api/areas/${ids.border}/evidence?asOf=2024-02-30`)).status).toBe(400);
  });

  it('a list of readings holds the areas of a year and what their own evidence says', async () => {
    const { body } = await app.get<ReadingsResponse>('/api/targets/readings?year=2024', listReadings);
    const { rows } = await db.knex.raw<{ rows: { id: string }[] }>(
      `select distinct area_id as id from area_event
       join area_approval on event_id = area_event.id and decision = 'approved'
       where year = 2024`,
    );
    expect(body.areas.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    for (const { id, ...reading } of body.areas) {
      const { reading: own, before, after, ratio } = await ask(id);
      expect(reading).toEqual({
        reading: own,
        before: before?.count ?? null,
        after: after?.count ?? null,
        ratio: ratio?.ratio ?? null,
        low: ratio?.low ?? null,
        high: ratio?.high ?? null,
      });
    }
    const early = await app.get<ReadingsResponse>('/api/targets/readings?year=2024&asOf=2024-02-15', listReadings);
    expect(early.body.areas.map(({ id }) => id)).not.toContain(ids.works); // carried over in March
    expect(early.body.areas.length).toBe(body.areas.length - 2);
  });

  it('follows a new step at once', async () => {
    const before = await ask(ids.proposed);
    await insertStep(db, ids.proposed, '10005', 'listed', '2024-07-01');
    const after = await ask(ids.proposed);
    expect([before.startedOn, after.startedOn]).toEqual([null, '2024-07-01']);
    expect(after.stage).toBe('measured');
  });
});
