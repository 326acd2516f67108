import { cellOf, centreOf } from '@diemnong/analysis';
import {
  type AreaAnswer,
  type AreaCandidate,
  type AreaCandidatesResponse,
  type ErrorResponse,
  getHotspots,
  type HotspotsResponse,
  listAreaCandidates,
  refuseAreaCandidate,
} from '@diemnong/contracts';
import { gridDisk } from 'h3-js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { COMMUNES } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { diskAt, fillAreaWorld, insertArea, SILENT, THEFTS } from './area-world.ts';

const PERIOD = 'from=2024-01-01&to=2025-01-01';

describeOnBothDatabases('/api/area-candidates', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
    db = await open();
    await fillAreaWorld(db);
    app = await startTestApp(createTestContext(db));
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await db.knex('area_candidate_decision').delete();
    await db.knex('area').delete();
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const list = async (query = `?${PERIOD}`, visitor: TestVisitor = app): Promise<AreaCandidatesResponse> => {
    const { status, body } = await visitor.get<AreaCandidatesResponse>(
      `/api/area-candidates${query}`,
      listAreaCandidates,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const refuse = (candidate: Pick<AreaCandidate, 'key' | 'type'>, more: object = {}, visitor: TestVisitor = app) =>
    visitor.send<AreaCandidate & Partial<ErrorResponse>>('POST', '/api/area-candidates/refuse', {
      key: candidate.key,
      type: candidate.type,
      from: '2024-01-01',
      to: '2025-01-01',
      res: 9,
      reason: 'Chợ phiên, đã có phương án',
      ...more,
    });
  /** Records with a place in cells of res 9, in months that their commune reported: plain SQL. */
  const countIn = async (cells: readonly string[] | null, categories: readonly string[], from: string, to: string) => {
    const { rows } = await db.knex.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n
       from incident
       join report_month on report_month.commune_code = incident.commune_code
        and month = date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh')::date
       where (:cells::text[] is null or to_hex(cell_9) = any (:cells::text[])) and cell is not null
         and category = any (:categories::text[])
         and (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date >= :from::date
         and (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date < :to::date`,
      { cells: cells === null ? null : [...cells], categories: [...categories], from, to },
    );
    return rows[0].n;
  };
  const ownersOf = async (cells: readonly string[]) => {
    const { rows } = await db.knex.raw<{ rows: { cell: string; code: string }[] }>(
      `select to_hex(cell) as cell, commune_code as code from commune_cell
       where boundary_set_id = '2025-07' and res = 9 and is_owned and to_hex(cell) = any (?::text[])`,
      [[...cells]],
    );
    return new Map(rows.map(({ cell, code }) => [cell, code]));
  };
  const entries = () =>
    db
      .knex('audit_event')
      .where('action', 'like', 'area_candidate%')
      .select('username', 'target', 'after')
      .orderBy('sequence');

  it('are the significantly hot cells that touch, with counts that plain SQL gives again', async () => {
    const { candidates, from, to, rule } = await list();
    expect([from, to]).toEqual(['2024-01-01', '2025-01-01']);
    expect(rule).toContain('hotspots v2');
    const ofTheft = candidates.filter(({ type }) => type === 1);
    expect(ofTheft.length).toBeGreaterThan(1);
    const { body } = await app.get<HotspotsResponse>(
      `/api/hotspots?${PERIOD}&res=9&categories=${THEFTS.join(',')}`,
      getHotspots,
    );
    const hot = body.cells.filter((_, i) => body.significance[i] > 0);
    const suggested = new Set(ofTheft.flatMap(({ cells }) => cells));
    for (const cell of suggested) expect(hot).toContain(cell);
    // The others are rims of busy cells: hot by their neighbours, with hardly a record of their own.
    const rims = hot.filter((cell) => !suggested.has(cell));
    expect(rims.length).toBeLessThan(suggested.size);
    for (const cell of rims) for (const near of gridDisk(cell, 1)) expect(suggested.has(near)).toBe(false);
    const rimCounts = rims.reduce((sum, cell) => sum + body.counts[body.cells.indexOf(cell)], 0);
    expect(rimCounts).toBeLessThanOrEqual(rims.length * body.mean);

    const { rows } = await db.knex.raw<{ rows: { code: string; n: number }[] }>(
      `select commune_code as code, count(*)::int as n from commune_cell
       where boundary_set_id = '2025-07' and res = 9 and is_owned group by 1`,
    );
    const daysOf = (code: string) => (code === SILENT.commune ? 366 - 31 : 366);
    const gridDays = rows.reduce((sum, { code, n }) => sum + n * daysOf(code), 0);
    const total = await countIn(null, THEFTS, '2024-01-01', '2025-01-01');
    for (const candidate of ofTheft) {
      const { cells } = candidate;
      expect(candidate.count).toBe(await countIn(cells, THEFTS, '2024-01-01', '2025-01-01'));
      expect(candidate.previous).toBe(await countIn(cells, THEFTS, '2022-12-31', '2024-01-01'));
      const owners = await ownersOf(cells);
      const own = cells.reduce((sum, cell) => sum + daysOf(owners.get(cell)!), 0);
      expect(candidate.expected).toBeCloseTo((total * own) / gridDays, 8);
      expect(candidate.communes.map(({ code }) => code).sort()).toEqual([...new Set(owners.values())].sort());
      expect(candidate.count).toBeGreaterThan(candidate.expected);
      const levels = cells.map((cell) => body.significance[body.cells.indexOf(cell)]);
      expect(candidate.confidence).toBe([90, 95, 99][Math.max(...levels) - 1]);
      expect(candidate.q).toBeLessThanOrEqual(0.1);
      // One piece, and no cell of another piece touches it.
      const reached = new Set([cells[0]]);
      for (const cell of reached) for (const near of gridDisk(cell, 1)) if (cells.includes(near)) reached.add(near);
      expect(reached.size).toBe(cells.length);
      for (const other of ofTheft)
        if (other !== candidate)
          for (const cell of other.cells) expect(gridDisk(cell, 1).some((near) => reached.has(near))).toBe(false);
    }
    // Strongest first.
    const strengths = candidates.map(({ confidence }) => confidence);
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
  });

  it('are of the year before the last record unless a period is given, the same on the same data', async () => {
    const first = await list('?type=1');
    expect([first.from, first.to]).toEqual(['2023-12-29', '2024-12-29']);
    expect(first.candidates.every(({ type }) => type === 1)).toBe(true);
    const without = await startTestApp(createTestContext(db, { enabled: false }));
    expect((await list('?type=1', without)).candidates).toEqual(first.candidates);
    await without.close();
    expect((await app.get('/api/area-candidates?from=2024-02-01&to=2024-01-01')).status).toBe(400);
    expect((await list('?type=2')).candidates).toEqual([]); // no category counts for it here
  });

  it('say which areas lie there already', async () => {
    const [first] = (await list(`?${PERIOD}&type=1`)).candidates;
    const place = { commune: first.communes[0].code, cells: diskAt([...centreOf(first.cells[0])], 2) };
    const id = await insertArea(db, { name: 'Chợ cũ', ...place, steps: [['proposed', '2024-01-01']] });
    await insertArea(db, {
      ...place,
      steps: [
        ['proposed', '2024-01-01'],
        ['rejected', '2024-02-01'],
      ],
    });
    const [again] = (await list(`?${PERIOD}&type=1`)).candidates;
    expect(again.key).toBe(first.key);
    // Res-10 cells whose centre lies in a cell of the suggestion, by plain SQL over all of them.
    const { rows } = await db.knex.raw<{ rows: { cell: string }[] }>(
      `select to_hex(cell) as cell from commune_cell where boundary_set_id = '2025-07' and res = 10`,
    );
    const inIt = rows.filter(({ cell }) => first.cells.includes(cellOf(...centreOf(cell), 9)));
    const shared = inIt.filter(({ cell }) => place.cells.includes(cell)).length;
    expect(shared).toBeGreaterThan(0);
    expect(again.overlaps).toEqual([{ id, name: 'Chợ cũ', share: expect.closeTo(shared / inIt.length, 1) }]);
  });

  it('stay away once refused with a reason, in other periods too while half of the cells are the same', async () => {
    const before = await list(`?${PERIOD}&type=1`);
    const [first] = before.candidates;
    const planner = await app.as('planner', { username: 'tham.muu' });
    const commune = await app.as('commune', { commune: '10005' });
    expect((await refuse(first, {}, commune)).status).toBe(403);
    const personal = await refuse(first, { reason: 'CCCD 034095001234' }, planner);
    expect(personal).toMatchObject({ status: 422, body: { error: { code: 'person_data' } } });
    expect(await refuse({ ...first, key: first.key.replace(/.{4}$/, 'ffff') }, {}, planner)).toMatchObject({
      status: 409,
    });
    expect(await db.knex('area_candidate_decision')).toEqual([]);

    const answer = await refuse(first, {}, planner);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    refuseAreaCandidate.response.parse(answer.body);
    expect(answer.body).toMatchObject({
      key: first.key,
      decision: { decision: 'refused', reason: 'Chợ phiên, đã có phương án', by: 'tham.muu', areaId: null },
    });
    expect((await entries()).at(-1)).toMatchObject({
      username: 'tham.muu',
      target: `area_candidate/${first.key}`,
      after: { count: first.count, cells: first.cells, reason: 'Chợ phiên, đã có phương án' },
    });
    expect(await refuse(first, {}, planner)).toMatchObject({ status: 409 });

    const after = await list(`?${PERIOD}&type=1`);
    expect(after.candidates.map(({ key }) => key)).toEqual(before.candidates.slice(1).map(({ key }) => key));
    expect([before.refused, after.refused]).toEqual([0, 1]);
    expect((await list(`?${PERIOD}&type=1&decided=1`)).candidates.map(({ key }) => key)).toEqual(
      before.candidates.map(({ key }) => key),
    );
    const refused = new Set(first.cells);
    const later = await list('?from=2023-12-01&to=2024-12-01&type=1');
    for (const { cells } of later.candidates)
      expect(2 * cells.filter((cell) => refused.has(cell)).length).toBeLessThan(cells.length);
    expect(later.refused).toBe(1);
  });

  it('taking one is remembered: accepted as it is, or changed', async () => {
    const [first, second] = (await list(`?${PERIOD}&type=1`)).candidates;
    const create = (candidate: AreaCandidate, cells: string[]) =>
      app.send<AreaAnswer & Partial<ErrorResponse>>('POST', '/api/areas', {
        name: 'Quanh chợ',
        types: [1],
        place: { cells },
        candidate: candidate.key,
      });
    const accepted = await create(first, first.cells);
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(201);
    const changed = await create(
      second,
      second.cells.flatMap((cell) => gridDisk(cell, 1)).filter((cell, i, all) => all.indexOf(cell) === i),
    );
    expect(changed.status, JSON.stringify(changed.body)).toBe(201);
    const said = await db
      .knex('area_candidate_decision')
      .select('key', 'decision', 'area_id', 'reason')
      .orderBy('decided_at');
    expect(said).toEqual([
      { key: first.key, decision: 'accepted', area_id: accepted.body.area.id, reason: null },
      { key: second.key, decision: 'changed', area_id: changed.body.area.id, reason: null },
    ]);
    const { candidates, refused } = await list(`?${PERIOD}&type=1&decided=1`);
    expect(candidates.find(({ key }) => key === first.key)).toMatchObject({
      decision: { decision: 'accepted', areaId: accepted.body.area.id },
      overlaps: [{ id: accepted.body.area.id, share: 1 }],
    });
    expect(refused).toBe(0);
    const open = (await list(`?${PERIOD}&type=1`)).candidates.map(({ key }) => key);
    expect(open).not.toContain(first.key);
    expect(open).not.toContain(second.key);
    expect(await create({ ...first, key: 'x' }, first.cells)).toMatchObject({ status: 400 });
    const gone = first.key.replace(/.{4}$/, 'ffff');
    expect(await create({ ...first, key: gone }, first.cells)).toMatchObject({ status: 409 });
    expect((await db.knex('area_candidate_decision')).length).toBe(2);
  });

  it('a commune account sees those of its own cells', async () => {
    let seen = 0;
    for (const commune of COMMUNES) {
      const { candidates } = await list(`?${PERIOD}&type=1`, await app.as('commune', { commune }));
      for (const { communes, cells } of candidates) {
        expect(communes.map(({ code }) => code)).toEqual([commune]);
        expect([...new Set((await ownersOf(cells)).values())]).toEqual([commune]);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});
