import { decodeHexes, getHexes, type HexesResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import type { NothingHidden } from '../support/nothing-hidden.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('/api/hexes', (open, engine) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const fetchHexes = async (query: string) =>
    (await app.get<NothingHidden<HexesResponse>>(`/api/hexes?${query}`, getHexes)).body;

  /** Plain SQL, written for these tests alone: local days by the name of the zone. */
  async function countRows(condition: string): Promise<number> {
    const { rows } = await db.knex.raw(`select count(*)::int as n from incident where ${condition}`);
    return rows[0].n;
  }
  const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;
  const in2023 = `${localDay} >= '2023-01-01' and ${localDay} < '2024-01-01'`;

  it.each([
    [7, 'cell_7'],
    [8, 'cell_8'],
    [9, 'cell_9'],
    [10, 'cell'],
  ])('counts at resolution %i by the direct cells of that resolution', async (res, column) => {
    const answer = await fetchHexes(`res=${res}&from=2023-01-01&to=2024-01-01`);
    const { rows } = await db.knex.raw(
      `select to_hex(${column}) as cell, count(*)::int as n from incident
       where ${in2023} and ${column} is not null group by ${column} order by ${column}`,
    );
    expect(answer.cells).toEqual(rows.map(({ cell }: { cell: string }) => cell));
    expect(answer.counts).toEqual(rows.map(({ n }: { n: number }) => n));
    expect(answer.inCells).toBe(await countRows(`${in2023} and cell is not null`));
    expect(answer.communeOnly).toBe(await countRows(`${in2023} and cell is null`));
    expect(answer.total).toBe(answer.inCells + answer.communeOnly);
    expect(answer.timeUnknown).toBe(0);
  });

  it('tells how many cells the communes own, and null where that was not filled', async () => {
    const { rows } = await db.knex.raw(
      `select count(*)::int as n from commune_cell where boundary_set_id = '2025-07' and res = 8 and is_owned`,
    );
    expect((await fetchHexes('res=8&from=2023-01-01&to=2024-01-01')).ownedCells).toBe(rows[0].n);
    expect((await fetchHexes('res=10&from=2023-01-01&to=2024-01-01')).ownedCells).toBeNull();
  });

  it('takes a group for its leaves, and combines it with communes', async () => {
    const answer = await fetchHexes('res=8&from=2022-01-01&to=2024-07-01&categories=property&communes=10002,10005');
    const condition = `${localDay} >= '2022-01-01' and ${localDay} < '2024-07-01'
      and category in ('property', 'theft', 'robbery', 'fraud') and commune_code in ('10002', '10005')`;
    expect(answer.total).toBe(await countRows(condition));
    expect(answer.total).toBeGreaterThan(50);
    expect(answer.communeOnly).toBe(await countRows(`${condition} and cell is null`));
  });

  it('counts for an hour only records known to within one, and tells the others apart', async () => {
    const answer = await fetchHexes('res=8&from=2022-01-01&to=2024-07-01&hours=0,23');
    const inWindow = `${localDay} >= '2022-01-01' and ${localDay} < '2024-07-01'`;
    const known = `(occurred_to is null or extract(epoch from occurred_to) - extract(epoch from occurred_from) <= 3600)`;
    const hour = `extract(hour from occurred_from at time zone 'Asia/Ho_Chi_Minh')`;
    expect(answer.total).toBe(await countRows(`${inWindow} and ${known} and ${hour} in (0, 23)`));
    expect(answer.timeUnknown).toBe(await countRows(`${inWindow} and not ${known}`));
    expect(answer.timeUnknown).toBeGreaterThan(100);
  });

  it('counts for a weekday only records that lie within one local day', async () => {
    const answer = await fetchHexes('res=8&from=2022-01-01&to=2024-07-01&weekdays=1,7');
    const inWindow = `${localDay} >= '2022-01-01' and ${localDay} < '2024-07-01'`;
    const lastDay = `((occurred_to - interval '1 microsecond') at time zone 'Asia/Ho_Chi_Minh')::date`;
    const known = `(occurred_to is null or ${lastDay} = ${localDay})`;
    expect(answer.total).toBe(
      await countRows(`${inWindow} and ${known} and extract(isodow from ${localDay}) in (1, 7)`),
    );
    expect(answer.timeUnknown).toBe(await countRows(`${inWindow} and not ${known}`));
    expect(answer.timeUnknown).toBeGreaterThan(10);
  });

  it('adds up severity weights to the thousandth, 1 for a category that is not in the tree', async () => {
    const answer = await fetchHexes('res=9&from=2023-01-01&to=2024-01-01&weight=severity');
    const { rows } = await db.knex.raw(
      `select sum(coalesce(round(weight::numeric, 3), 1))::float8 as total,
              sum(coalesce(round(weight::numeric, 3), 1)) filter (where cell is not null)::float8 as "inCells"
       from incident left join category on code = category where ${in2023}`,
    );
    expect(answer.total).toBeCloseTo(rows[0].total, 6);
    expect(answer.inCells).toBeCloseTo(rows[0].inCells, 6);
    expect(answer.total).not.toBe(Math.round(answer.total));
    expect(answer.counts.reduce((sum, count) => sum + count, 0)).toBeCloseTo(answer.inCells, 6);
  });

  it('says the same in bytes as in JSON', async () => {
    for (const query of [
      'res=8&from=2023-01-01&to=2024-01-01',
      'res=10&from=2022-01-01&to=2024-12-01&weight=severity&hours=1',
    ]) {
      const { from: _from, to: _to, hiddenUnder: _hiddenUnder, ...json } = await fetchHexes(query);
      const answer = await app.fetch(`/api/hexes?${query}`, { headers: { accept: 'application/octet-stream' } });
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      expect(decodeHexes(new Uint8Array(await answer.arrayBuffer()))).toEqual(json);
    }
  });

  it('compresses, and answers the same from its cache and 304 to who has it', async () => {
    const url = '/api/hexes?res=10&from=2022-01-01&to=2024-12-01';
    const first = await app.fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(first.headers.get('content-encoding')).toBe('br');
    expect(first.headers.get('vary')).toMatch(/accept-encoding/i);
    const again = await app.fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(await again.text()).toBe(await first.text());
    const plain = await app.fetch(url, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const tag = first.headers.get('etag') ?? '';
    const unchanged = await app.fetch(url, { headers: { 'if-none-match': tag, 'accept-encoding': 'br' } });
    expect(unchanged.status).toBe(304);
    const other = await app.fetch(`${url}&weight=severity`, { headers: { 'if-none-match': tag } });
    expect(other.status).toBe(200);
  });

  it.each([
    ['res=8&from=2024-01-01&to=2024-01-01', /not before/],
    ['res=8&from=2024-01-01&to=2023-01-01', /not before/],
    ['res=8&from=1970-01-01&to=2020-01-02', /50 years/],
    ['res=8&from=2024-02-30&to=2024-03-01', /query\.from/],
    ['res=11&from=2024-01-01&to=2024-03-01', /query\.res/],
    ['res=8&from=2024-01-01&to=2024-03-01&hours=24', /hours must be 0–23/],
    ['res=8&from=2024-01-01&to=2024-03-01&categories=theft,piracy,removed_code', /piracy, removed_code/],
    ['res=8&from=2024-01-01&to=2024-03-01&communes=10001,20002', /unknown code 20002/],
  ])('refuses %s', async (query, message) => {
    const answer = await app.get<{ error: { code: string; message: string } }>(`/api/hexes?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('invalid_input');
    expect(answer.body.error.message).toMatch(message);
  });

  it('answers for the first years of the calendar and the last', async () => {
    expect((await fetchHexes('res=8&from=0000-01-01&to=0001-01-01')).total).toBe(0);
    expect((await fetchHexes('res=8&from=9999-01-01&to=9999-12-31')).total).toBe(0);
  });

  it('answers zeros from an empty database', async () => {
    const empty = await open();
    const emptyApp = await startTestApp(createTestContext(empty));
    const { body } = await emptyApp.get<HexesResponse>('/api/hexes?res=8&from=2023-01-01&to=2024-01-01', getHexes);
    expect(body).toEqual({
      hiddenUnder: null,
      dataVersion: 1,
      res: 8,
      from: '2023-01-01',
      to: '2024-01-01',
      total: 0,
      inCells: 0,
      communeOnly: 0,
      timeUnknown: 0,
      ownedCells: null,
      cells: [],
      counts: [],
    });
    for (const path of [
      '/api/meta',
      '/api/communes',
      '/api/communes/counts?from=2023-01-01&to=2024-01-01',
      '/api/trends?by=week&from=2023-01-01&to=2024-01-01',
      '/api/hexes/88415a2d1bfffff?from=2023-01-01&to=2024-01-01',
    ])
      expect(`${(await emptyApp.get(path)).status} ${path}`).toBe(`200 ${path}`);
    expect((await emptyApp.get('/api/communes/10001?from=2023-01-01&to=2024-01-01')).status).toBe(404);
    await emptyApp.close();
    await empty.close();
  });

  it(`answers the same without a snapshot (${engine})`, async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    const path = '/api/hexes?res=9&from=2022-06-01&to=2024-03-01&categories=drugs,theft&weekdays=6,7&weight=severity';
    expect((await sqlApp.get(path)).body).toEqual((await app.get(path)).body);
    await sqlApp.close();
  });
});
