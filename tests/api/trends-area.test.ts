import { getTrends, type TrendsResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { countByMonth, fillAreaWorld, insertArea, PLACES, SILENT, THEFTS, toSqlCells } from './area-world.ts';

describeOnBothDatabases('/api/trends?area=', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let sqlOnly: TestApp;
  let border: string;
  let silent: string;
  beforeAll(async () => {
    db = await open();
    await fillAreaWorld(db);
    border = await insertArea(db, {
      commune: '10001',
      communes: ['10001', '10002'],
      cells: PLACES.border,
      steps: [['proposed', '2024-01-01']],
    });
    silent = await insertArea(db, {
      commune: SILENT.commune,
      cells: PLACES.silent,
      steps: [['proposed', '2024-01-01']],
    });
    app = await startTestApp(createTestContext(db));
    sqlOnly = await startTestApp(createTestContext(db, { enabled: false }));
  });
  afterAll(async () => {
    await app?.close();
    await sqlOnly?.close();
    await db?.close();
  });

  const ask = async (query: string, visitor: TestVisitor = app): Promise<TrendsResponse> => {
    const { status, body } = await visitor.get<TrendsResponse>(
      `/api/trends?from=2024-01-01&to=2025-01-01&by=month&${query}`,
      getTrends,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const ALL = [...THEFTS, 'drugs', 'drug_use', 'drug_trade', 'unclassified'];

  it('counts the records of its cells, as plain SQL does, with and without the snapshot', async () => {
    for (const [query, categories] of [
      ['', ALL],
      ['&categories=property', THEFTS],
    ] as const) {
      const counts = await countByMonth(db, { cells: PLACES.border, categories: [...categories] });
      const told = await ask(`area=${border}${query}`);
      expect(told.total).toBeGreaterThan(0);
      for (const { from, count, previousYear, reported } of told.periods) {
        expect(count).toBe(counts.get(from.slice(0, 7)) ?? 0);
        expect(previousYear).toBe(counts.get(`2023${from.slice(4, 7)}`) ?? 0);
        expect(reported).toBe(true);
      }
      expect(await ask(`area=${border}${query}`, sqlOnly)).toEqual(told);
    }
  });

  it('compares months that its own communes reported', async () => {
    const months = (await ask(`area=${silent}`)).periods;
    const out = months.filter(({ reported }) => !reported).map(({ from }) => from);
    expect(out).toEqual(['2024-03-01']);
    for (const { from, comparedMonths } of months)
      expect(comparedMonths).toBe(['2024-03-01', '2024-05-01'].includes(from) ? 0 : 1);
  });

  it('is of the scope: a commune account counts its own records, and knows no other area', async () => {
    const own = await ask(`area=${border}`, await app.as('commune', { commune: '10001' }));
    const counts = await countByMonth(db, { cells: PLACES.border, categories: ALL, commune: '10001' });
    expect(own.periods.map(({ count }) => count)).toEqual(
      own.periods.map(({ from }) => counts.get(from.slice(0, 7)) ?? 0),
    );
    const query = `/api/trends?from=2024-01-01&to=2025-01-01&by=month&area=${border}`;
    expect((await (await app.as('commune', { commune: '10003' })).get(query)).status).toBe(404);
    expect((await (await app.as('viewer')).get(query)).status).toBe(403);
    expect((await app.get(query.replace(border, 'x'))).status).toBe(400);
    const undrawn = await insertArea(db, { commune: '10001', cells: [], steps: [['proposed', '2024-01-01']] });
    expect((await app.get(query.replace(border, undrawn))).status).toBe(422);
  });

  it('follows the place at once: nothing of it is kept', async () => {
    const query = `/api/trends?from=2024-01-01&to=2025-01-01&by=month&categories=property&area=${silent}`;
    const before = await app.get<TrendsResponse>(query, getTrends);
    expect(before.headers.get('etag')).toBeNull();
    expect((await app.get(query.split('&area')[0])).headers.get('etag')).not.toBeNull();
    await db
      .knex('area')
      .where({ id: silent })
      .update({ cells: toSqlCells(PLACES.calm) });
    const after = await app.get<TrendsResponse>(query, getTrends);
    expect(after.body.total).not.toBe(before.body.total);
  });
});
