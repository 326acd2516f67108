import {
  getCommuneCounts,
  getCommunes,
  getHexes,
  getMeta,
  getTrends,
  type ImportBatch,
  type listImports,
  type ResponseOf,
  type Story,
} from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OTHER_COMMUNE, OWN_COMMUNE } from '../support/access-matrix.ts';
import { type AccessStage, openAccessStage } from '../support/access-stage.ts';
import { describeOnBothDatabases, openTestEmbedded } from '../support/database.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { CATEGORIES, COMMUNES } from '../support/small-province.ts';
import type { TestVisitor } from '../support/test-app.ts';
import { importDesk, officeFile } from './imports-support.ts';

/**
 * The oracle: a commune account on the whole province must be told, number for number, what an administrator is told where
 * nothing but that commune's records was ever sent in.
 */
describeOnBothDatabases('a commune account', (open) => {
  let whole: AccessStage;
  let alone: AccessStage;
  let commune: TestVisitor;
  let cells: string[];
  beforeAll(async () => {
    whole = await openAccessStage(open);
    alone = await openAccessStage(openTestEmbedded);
    await alone.db.knex('incident').whereNot({ commune_code: OWN_COMMUNE }).delete();
    await alone.db.knex('report_month').whereNot({ commune_code: OWN_COMMUNE }).delete();
    await alone.db.knex('data_version').update({ version: alone.db.knex.raw('version + 1') });
    alone.context.version.invalidate();
    commune = await whole.app.as('commune', { commune: OWN_COMMUNE, office: 'CAX-OWN' });
    const { rows } = await whole.db.knex.raw<{ rows: { cell: string }[] }>(
      'select distinct to_hex(cell_8) as cell from incident where cell_8 is not null order by 1',
    );
    cells = rows.map(({ cell }) => cell);
  });
  afterAll(async () => {
    await whole?.close();
    await alone?.close();
  });

  const random = seededRandom(7);
  function randomFilter(): string {
    const from = random.pick(['2021-06-01', '2022-01-01', '2023-02-28', '2024-02-29']);
    const filter = new URLSearchParams({ from, to: random.pick(['2024-03-01', '2024-07-01', '2025-01-01']) });
    if (random.chance(0.5)) filter.set('categories', random.pick([...CATEGORIES, 'theft,robbery']));
    if (random.chance(0.3)) filter.set('communes', OWN_COMMUNE);
    if (random.chance(0.3)) filter.set('hours', random.pick(['0', '22,23,0,1', '8,9,10']));
    if (random.chance(0.3)) filter.set('weekdays', random.pick(['1', '6,7']));
    return filter.toString();
  }

  const numbersOfStory = (story: Story) => ({
    count: story.count,
    previous: story.previous,
    months: story.months?.map(({ from, count, previousYear }) => ({ from, count, previousYear })),
    categories: story.categories,
    hourWeekday: story.hourWeekday,
    hourKnown: story.hourKnown,
  });

  it('counts its own records only, by every filter: cells, communes, periods', async () => {
    for (let i = 0; i < 25; i++) {
      const filter = randomFilter();
      const hexes = async ({ get }: TestVisitor) => {
        const { body } = await get<ResponseOf<typeof getHexes>>(`/api/hexes?${filter}&res=8&weight=severity`, getHexes);
        const { total, inCells, communeOnly, timeUnknown, counts } = body;
        return { total, inCells, communeOnly, timeUnknown, cells: body.cells, counts };
      };
      expect(await hexes(commune), filter).toEqual(await hexes(alone.app));
      const counts = async ({ get }: TestVisitor) => {
        const { body } = await get<ResponseOf<typeof getCommuneCounts>>(
          `/api/communes/counts?${filter}`,
          getCommuneCounts,
        );
        const own = body.communes.filter(({ code }) => code === OWN_COMMUNE);
        return { total: body.total, timeUnknown: body.timeUnknown, own };
      };
      expect(await counts(commune), filter).toEqual(await counts(alone.app));
      const trends = async ({ get }: TestVisitor) => {
        const { body } = await get<ResponseOf<typeof getTrends>>(`/api/trends?${filter}&by=quarter`, getTrends);
        return body.periods.map(({ from, count, previousYear }) => ({ from, count, previousYear }));
      };
      expect(await trends(commune), filter).toEqual(await trends(alone.app));
    }
  });

  it('hears the stories of its own commune and of cells as far as its own records go', async () => {
    for (let i = 0; i < 25; i++) {
      const filter = randomFilter();
      const path = random.chance(0.3)
        ? `/api/communes/${OWN_COMMUNE}?${filter}`
        : `/api/hexes/${random.pick(cells)}?${filter}`;
      const [seen, expected] = [await commune.get<Story>(path), await alone.app.get<Story>(path)];
      expect(seen.status, path).toBe(200);
      expect(numbersOfStory(seen.body), path).toEqual(numbersOfStory(expected.body));
    }
    for (const other of COMMUNES.filter((code) => code !== OWN_COMMUNE))
      expect((await commune.get(`/api/communes/${other}?from=2022-01-01&to=2023-01-01`)).status).toBe(404);
  });

  it('is told of no other commune, boundary set or office, and of how many records there are of its own', async () => {
    const { body: meta } = await commune.get<ResponseOf<typeof getMeta>>('/api/meta', getMeta);
    const alike = (await alone.app.get<ResponseOf<typeof getMeta>>('/api/meta', getMeta)).body;
    expect([meta.incidentCount, meta.range]).toEqual([alike.incidentCount, alike.range]);
    expect(meta.offices.map(({ code }) => code)).toEqual(['CAX-OWN']);
    expect(meta.boundarySets.map(({ isDefault, communeCount }) => ({ isDefault, communeCount }))).toEqual([
      { isDefault: true, communeCount: 1 },
    ]);
    const { body: communes } = await commune.get<ResponseOf<typeof getCommunes>>('/api/communes', getCommunes);
    expect(communes.features.map(({ id }) => id)).toEqual([OWN_COMMUNE]);
  });

  it('is answered by a hidden commune or boundary set in a filter as by one that does not exist', async () => {
    const window = 'from=2022-01-01&to=2023-01-01';
    const tell = async (path: string, name: string) => {
      const { status, body } = await commune.get<object>(path);
      return { status, body: JSON.stringify(body).replaceAll(name, '<name>') };
    };
    const asks: ((name: string) => string)[] = [
      (name) => `/api/hexes?${window}&res=8&communes=${name}`,
      (name) => `/api/communes/counts?${window}&communes=${OWN_COMMUNE},${name}`,
      (name) => `/api/trends?${window}&by=month&communes=${name}`,
      (name) => `/api/hexes/${cells[0]}?${window}&communes=${name}`,
    ];
    for (const ask of asks) {
      const hidden = await tell(ask(OTHER_COMMUNE), OTHER_COMMUNE);
      expect(hidden.status).toBe(400);
      expect(hidden).toEqual(await tell(ask('19999'), '19999'));
    }
    // Another boundary set has the same records under other borders: a second way to cut them.
    for (const path of ['/api/communes', `/api/communes/counts?${window}`, `/api/communes/${OWN_COMMUNE}?${window}`]) {
      const ask = (set: string) => `${path}${path.includes('?') ? '&' : '?'}boundarySet=${set}`;
      const hidden = await tell(ask('2009'), '2009');
      expect(hidden.status, path).toBeGreaterThanOrEqual(400);
      expect(hidden).toEqual(await tell(ask('2010'), '2010'));
    }
  });

  it('lists its own batches only, and its file brings in nothing for another commune', async () => {
    const desk = importDesk(commune);
    const list = async (visitor: TestVisitor) =>
      (await visitor.get<ResponseOf<typeof listImports>>('/api/imports')).body.imports.map(({ id }) => id);
    expect(await list(commune)).toEqual([whole.batch]);
    expect((await list(whole.app)).length).toBeGreaterThan(1);
    const before = await countOf(OTHER_COMMUNE);
    const batch = await desk.import(
      officeFile([
        'HS-1;theft;31/10/2024 14:30;106,0213;20,6217;',
        'HS-2;theft;31/10/2024 14:30;106,0613;20,6217;',
        'HS-3;fraud;30/10/2024 10:00;106,1017;20,6713;',
      ]),
      { office: 'CAX-OWN' },
    );
    expect(batch).toMatchObject({ state: 'review', accepted: 1, rejected: 2 } satisfies Partial<ImportBatch>);
    expect(batch.rejections.map(({ code }) => code)).toEqual(['outside_account_commune']);
    expect((await desk.post(batch.id, 'commit')).status).toBe(200);
    expect(await countOf(OTHER_COMMUNE)).toBe(before);
    const other = importDesk(await whole.app.as('commune', { commune: OTHER_COMMUNE, office: 'CAX-OTHER' }));
    for (const action of ['commit', 'undo', 'remap'] as const)
      expect((await other.post(batch.id, action)).status, action).toBe(404);
    expect((await desk.post(batch.id, 'undo')).status).toBe(200);
  });

  async function countOf(code: string): Promise<number> {
    const row = await whole.db.knex('incident').where({ commune_code: code }).count({ rows: '*' }).first();
    return Number(row?.rows);
  }
});
