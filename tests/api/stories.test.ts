import { getCommuneStory, getHexStory, type Story as StoryAnswer } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import type { NothingHidden } from '../support/nothing-hidden.ts';
import { fillSmallProvince, OLD_SET } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Story = NothingHidden<StoryAnswer>;

describeOnBothDatabases('stories', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  /** The fullest cell of resolution 7, and who holds its centre. */
  let cell: string;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
    const { rows } = await db.knex.raw(
      'select to_hex(cell_7) as cell from incident where cell is not null group by cell_7 order by count(*) desc, cell_7 limit 1',
    );
    cell = rows[0].cell;
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;
  const hour = `extract(hour from occurred_from at time zone 'Asia/Ho_Chi_Minh')`;
  const hourKnown = `(occurred_to is null or occurred_to <= occurred_from + interval '1 hour')`;
  const countRows = async (from: string, to: string, condition: string): Promise<number> => {
    const { rows } = await db.knex.raw(
      `select count(*)::int as n from incident where ${localDay} >= '${from}' and ${localDay} < '${to}' and ${condition}`,
    );
    return rows[0].n;
  };

  /** Every number of a story of 10 March 2023 to 15 February 2024 whose records meet the condition. */
  async function expectStory(story: Story, condition: string): Promise<void> {
    const [from, to] = ['2023-03-10', '2024-02-15'];
    expect(story.count).toBe(await countRows(from, to, condition));
    expect(story.previous).toBe(await countRows('2022-03-10', '2023-02-15', condition));
    expect(story.ratio?.value).toBe(story.count / story.previous);
    expect(story.months).toHaveLength(12);
    expect(story.months[0]).toMatchObject({ from: '2023-03-01', to: '2023-04-01' });
    expect(story.months[11]).toMatchObject({ from: '2024-02-01', to: '2024-02-15' });
    for (const month of story.months) {
      expect(month.count).toBe(await countRows(month.from, month.to, condition));
      const earlier = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
      expect(month.previousYear).toBe(await countRows(earlier(month.from), earlier(month.to), condition));
    }
    const { rows } = await db.knex.raw(
      `select category as code, count(*)::int as count from incident
       where ${localDay} >= '${from}' and ${localDay} < '${to}' and ${condition}
       group by category order by count(*) desc, category collate "C"`,
    );
    expect(story.categories).toEqual(rows);
    expect(story.hourKnown).toBe(await countRows(from, to, `${condition} and ${hourKnown}`));
    expect(story.hourWeekday.flat().reduce((sum, count) => sum + count, 0)).toBe(story.hourKnown);
    const sundayNight = `${condition} and ${hourKnown} and ${hour} = 23 and extract(isodow from ${localDay}) = 7`;
    expect(story.hourWeekday[6]?.[23]).toBe(await countRows(from, to, sundayNight));
  }

  it('tells a hexagon, with the records of its commune that are in no cell beside it', async () => {
    const { body } = await app.get<Story>(`/api/hexes/${cell}?from=2023-03-10&to=2024-02-15`, getHexStory);
    await expectStory(body, `to_hex(cell_7) = '${cell}'`);
    expect(body.inCells).toBe(body.count);
    expect(body.place).toMatchObject({ kind: 'hex', id: cell, name: null, population: null });
    expect(body.place.areaKm2).toBeGreaterThan(4);
    const { rows } = await db.knex.raw(
      `select commune_code as owner from commune_cell where boundary_set_id = '2025-07' and res = 7 and is_owned and to_hex(cell) = ?`,
      [cell],
    );
    const owner = rows[0].owner;
    const ownOnly = `cell is null and commune_code = '${owner}'`;
    expect(body.communeOnly).toBe(await countRows('2023-03-10', '2024-02-15', ownOnly));
    expect(body.communeOnly).toBeGreaterThan(0);
    expect(body.place.communes.map(({ code }) => code)).toContain(owner);
  });

  it('tells a hexagon of any resolution without records, and refuses what is no such cell', async () => {
    const outside = await app.get<Story>('/api/hexes/8a65b56628e7fff?from=2023-01-01&to=2024-01-01', getHexStory);
    expect(outside.body).toMatchObject({ count: 0, communeOnly: 0, previous: 0, ratio: null, hourKnown: 0 });
    expect(outside.body.place.communes).toEqual([]);
    for (const bad of ['8665b56e7ffffff', '8f65b56628e7000', '8a65b56628e7000', 'x'])
      expect((await app.get(`/api/hexes/${bad}?from=2023-01-01&to=2024-01-01`)).status).toBe(400);
  });

  it('tells a commune with the records known only to it', async () => {
    const { body } = await app.get<Story>('/api/communes/10002?from=2023-03-10&to=2024-02-15', getCommuneStory);
    await expectStory(body, `commune_code = '10002'`);
    expect(body.communeOnly).toBe(
      await countRows('2023-03-10', '2024-02-15', `commune_code = '10002' and cell is null`),
    );
    expect(body.inCells + body.communeOnly).toBe(body.count);
    expect(body.place).toMatchObject({ kind: 'commune', id: '10002', name: 'Xã 2', population: 10_000 });
    // April, July and October 2023 and January 2024 are missing.
    expect(body.months.filter(({ reported }) => !reported).map(({ from }) => from)).toEqual([
      '2023-04-01',
      '2023-07-01',
      '2023-10-01',
      '2024-01-01',
    ]);
  });

  it('tells a commune of another set by the points that lie in it', async () => {
    const url = `/api/communes/20003?boundarySet=${OLD_SET}&from=2023-03-10&to=2024-02-15`;
    const { body } = await app.get<Story>(url, getCommuneStory);
    await expectStory(
      body,
      `cell is not null and '20003' = (select min(code) from commune where boundary_set_id = '${OLD_SET}' and ST_Intersects(commune.geom, incident.geom))`,
    );
    expect(body.communeOnly).toBe(0);
    expect((await app.get('/api/communes/20003?from=2023-03-10&to=2024-02-15')).status).toBe(404);
  });

  it('answers the same without a snapshot', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    for (const path of [
      `/api/hexes/${cell}?from=2022-03-10&to=2024-02-15&hours=1,2,3&categories=property`,
      '/api/communes/10004?from=2022-03-10&to=2024-02-15&weekdays=1',
      `/api/communes/10001?boundarySet=${OLD_SET}&from=2022-03-10&to=2024-02-15&communes=10001,10004`,
    ])
      expect((await sqlApp.get(path)).body).toEqual((await app.get(path)).body);
    await sqlApp.close();
  });
});
