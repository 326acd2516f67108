import { approvedEventTypes } from '@diemnong/contracts';
import { DEMO_SEED, generateDemoAreas, generateDemoIncidents, generateDemoProvince } from '@diemnong/data';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfiguration } from '../../server/src/configuration.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { createDemonstration } from '../../server/src/demonstration/create-demonstration.ts';
import { addDemonstrationAreas } from '../../server/src/demonstration/demo-areas.ts';
import { prepareAccounts } from '../../server/src/features/accounts/prepare-accounts.ts';
import { refreshAlerts } from '../../server/src/features/alerts/refresh-alerts.ts';
import { findFileType } from '../../server/src/features/area-files/file-content.ts';
import { findPersonNumber } from '../../server/src/features/imports/rows/person-data.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('demonstration', (open) => {
  const province = generateDemoProvince({ seed: DEMO_SEED });
  const incidents = generateDemoIncidents(province, { seed: DEMO_SEED });
  const areas = generateDemoAreas(province, incidents, { seed: DEMO_SEED });
  const events = areas.flatMap((area) => area.events);
  let db: TestDatabase;
  let said: string[] = [];

  const configuration = { ...readConfiguration({}), demo: true };
  const say = (text: string) => said.push(text);
  const create = () => createDemonstration({ db, version: createVersionWatch(db), configuration }, say);
  const one = async <Row>(statement: string): Promise<Row> => (await db.knex.raw<{ rows: [Row] }>(statement)).rows[0];

  beforeAll(async () => {
    db = await open();
    const created = await create();
    await prepareAccounts({ ...createTestContext(db), configuration }, say);
    await addDemonstrationAreas({ db, configuration }, created, say);
  });
  afterAll(() => db?.close());

  it('holds every generated incident, with the correction applied', async () => {
    const [correction] = incidents.corrections;
    const replaced = [...incidents.rows()].filter(
      ({ office, occurredFrom }) =>
        office === correction?.office &&
        new Date(occurredFrom + 7 * 3_600_000).toISOString().startsWith(correction.month),
    ).length;
    const { live, kept } = await one<{ live: number; kept: number }>(
      'select (select count(*)::int from incident) as live, (select count(*)::int from incident_replaced) as kept',
    );
    expect(kept).toBe(replaced);
    expect(live).toBe(incidents.columns.count - replaced + (correction?.rows.length ?? 0));
  });

  it('places every point in the commune it names', async () => {
    const { wrong } = await one<{ wrong: number }>(
      `select count(*)::int as wrong
       from incident
       join commune on commune.code = incident.commune_code and boundary_set_id = '2025-07'
       where incident.geom is not null and not ST_Intersects(commune.geom, incident.geom)`,
    );
    expect(wrong).toBe(0);
  });

  it('has no incident whose category, commune, office or batch is unknown, though no foreign key forbids it', async () => {
    const { orphans } = await one<{ orphans: number }>(
      `select count(*)::int as orphans
       from incident
       where not exists (select from category where code = incident.category)
          or not exists (select from commune where code = incident.commune_code and boundary_set_id = '2025-07')
          or not exists (select from office where code = incident.office and province_code = incident.province_code)
          or not exists (select from import_batch where id = incident.batch_id and state = 'committed' and replaced_by is null)`,
    );
    expect(orphans).toBe(0);
  });

  it('leaves exactly the planned commune-months unreported', async () => {
    const { unreported } = await one<{ unreported: number }>(
      `select count(*)::int as unreported
       from commune, generate_series(date '2021-11-01', date '2026-10-01', interval '1 month') as months (first_day)
       where boundary_set_id = '2025-07'
         and not exists (select from report_month where commune_code = code and month = first_day::date)`,
    );
    expect(unreported).toBe(province.unreportedMonths.length);
  });

  it('has alerts where incidents grow on purpose, and few elsewhere', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-05T08:00:00+07:00') });
    await refreshAlerts(createTestContext(db));
    vi.useRealTimers();
    const growing = province.truth.filter(({ kind }) => kind === 'emerging');
    expect(growing.length).toBe(3);
    for (const { nameEn, centres, categories } of growing) {
      const [lng, lat] = centres[0].lngLat;
      const { rows } = await db.knex.raw<{ rows: { found: number }[] }>(
        `select count(*)::int as found
         from alert
         join commune on commune.code = commune_code and boundary_set_id = '2025-07'
         where ST_Contains(geom, ST_SetSRID(ST_MakePoint(:lng, :lat), 4326))
           and category in (select parent from category where code = any (:categories))
           and month between '2026-08-01' and '2026-10-01'`,
        { lng, lat, categories },
      );
      expect(rows[0]?.found, nameEn).toBeGreaterThan(0);
    }
    const { communes, alerts } = await one<{ communes: number; alerts: number }>(
      'select count(distinct commune_code)::int as communes, count(*)::int as alerts from alert',
    );
    expect(alerts).toBeLessThan(30); // of some 2,000 commune-months
    expect(communes).toBeLessThan(20);
    await db.knex('alert').delete();
    await db.knex('alert_run').delete();
  });

  it('marks the province as simulated and its batches as generated', async () => {
    expect(await one('select bool_and(is_demo) as demo from province')).toEqual({ demo: true });
    expect(
      await one(`select count(*)::int as others from import_batch where options ->> 'demo' is distinct from 'true'`),
    ).toEqual({
      others: 0,
    });
  });

  it('is not created a second time', async () => {
    said = [];
    await addDemonstrationAreas({ db, configuration }, await create(), say);
    expect(said).toEqual([]);
  });

  it('holds every area as it was generated, each step as often as planned, entered by one account and agreed to by another', async () => {
    const { rows: kinds } = await db.knex.raw<{ rows: { type: string; approval: string; count: number }[] }>(
      `select type, case when not needs_approval then 'not_needed' else coalesce(decision, 'pending') end as approval,
              count(*)::int as count
       from area_event
       left join area_approval on event_id = id
       group by 1, 2`,
    );
    const planned = new Map<string, number>();
    for (const { type, approval } of events) {
      const key = `${type} ${approval}`;
      planned.set(key, (planned.get(key) ?? 0) + 1);
    }
    expect(new Map(kinds.map(({ type, approval, count }) => [`${type} ${approval}`, count]))).toEqual(planned);
    const { rows: stored } = await db.knex.raw<{ rows: unknown[] }>(
      `select number, name, types, level, origin, commune_code as "communeCode", (select count(*)::int from area_event where area_id = area.id) as events
       from area
       order by number`,
    );
    expect(stored).toEqual(
      areas.map((area) => ({
        number: area.number,
        name: area.name,
        types: area.types,
        level: area.level,
        origin: area.origin,
        communeCode: area.communeCode,
        events: area.events.length,
      })),
    );
    const { same, nameless } = await one<{ same: number; nameless: number }>(
      `select count(*) filter (where area_approval.account_id = area_event.account_id)::int as same,
              count(*) filter (where area_approval.account_id is null or area_event.account_id is null)::int as nameless
       from area_event
       join area_approval on event_id = id`,
    );
    expect({ same, nameless }).toEqual({ same: 0, nameless: 0 });
  });

  it('says nothing in an area that the import of findings would take for a number of a person', () => {
    const texts = areas.flatMap(({ name, description, events: own }) => [
      name,
      description,
      ...own.flatMap(({ note, reason, decisionReason }) => [note ?? '', reason ?? '', decisionReason ?? '']),
    ]);
    expect(texts.filter((text) => findPersonNumber(text) !== null)).toEqual([]);
    expect(findPersonNumber('CCCD 001099012345')).not.toBeNull();
  });

  it('asks for a second person for exactly the kinds of steps that need one', async () => {
    const { rows } = await db.knex.raw<{ rows: { type: string }[] }>(
      'select distinct type from area_event where needs_approval order by type',
    );
    expect(rows.map(({ type }) => type)).toEqual([...approvedEventTypes].sort());
  });

  it('gives every drawn area cells that lie in it and a first revision, and files that are whole documents', async () => {
    const { empty, outside, revisions } = await one<{ empty: number; outside: number; revisions: number }>(
      `select count(*) filter (where cells = '{}' or not ST_IsValid(geom))::int as empty,
              count(*) filter (where (
                select ST_Area(ST_Difference(area.geom, ST_Union(commune.geom))::geography)
                from commune
                where boundary_set_id = '2025-07' and code = any (area.commune_codes)) > 1)::int as outside,
              (select count(*)::int from area_revision where revision = 1) as revisions
       from area
       where geom is not null`,
    );
    expect({ empty, outside, revisions }).toEqual({ empty: 0, outside: 0, revisions: areas.length });
    const { rows: undrawn } = await db.knex.raw<{ rows: unknown[] }>(
      `select origin, cells, commune_codes as communes, commune_code as commune from area where geom is null`,
    );
    const listed = areas.find(({ polygon }) => polygon.length === 0)?.communeCode;
    expect(undrawn).toEqual([{ origin: 'list', cells: [], communes: [listed], commune: listed }]);
    const { rows: across } = await db.knex.raw<{ rows: { name: string; share: number }[] }>(
      `select area.name, ST_Area(ST_Intersection(area.geom, commune.geom)) / ST_Area(area.geom) as share
       from area
       join commune on commune.code = area.commune_code and boundary_set_id = '2025-07'
       where cardinality(commune_codes) > 1`,
    );
    expect(across.map(({ name }) => name)).toEqual([areas.find(({ name }) => name.includes('giáp ranh'))?.name]);
    expect(across[0]?.share).toBeGreaterThan(0.5);
    expect(across[0]?.share).toBeLessThan(0.75);
    const files = await db.knex('area_file').select<{ content: Buffer; media_type: string; name: string }[]>();
    expect(files.length).toBeGreaterThan(40);
    for (const { content, media_type, name } of files) {
      expect(await findFileType(content), name).toBe(media_type);
      expect(content.toString('utf8'), name).toContain('VĂN BẢN MÔ PHỎNG');
    }
    const { unknown } = await one<{ unknown: number }>(
      `select count(*)::int as unknown
       from area_event
       cross join unnest(files) as file
       where not exists (select from area_file where area_file.id = file and area_file.area_id = area_event.area_id)`,
    );
    expect(unknown).toBe(0);
  });

  it('counts in each area, by its cells, about the records that were generated inside its outline', async () => {
    const { rows } = await db.knex.raw<{ rows: { number: number; byCells: number; byOutline: number }[] }>(
      `with counted as (
         select number, count(*)::int as by_cells
         from area
         cross join unnest(cells) as own_cell
         join incident on incident.cell = own_cell
         group by number
       ),
       outlined as (
         select number, count(*)::int as by_outline
         from area
         join incident on ST_Intersects(area.geom, incident.geom)
         group by number
       )
       select number, by_cells as "byCells", by_outline as "byOutline"
       from counted
       join outlined using (number)
       order by number`,
    );
    expect(rows.length).toBe(areas.filter(({ polygon }) => polygon.length > 0).length);
    // Cells reach over the outline here and fall short of it there: a res-10 cell is some 130 m across.
    for (const { number, byCells, byOutline } of rows) {
      expect(byOutline, `${number}`).toBeGreaterThan(0);
      expect(Math.abs(byCells - byOutline), `${number}: ${byCells} ${byOutline}`).toBeLessThan(20 + 0.2 * byOutline);
    }
  });

  it('gives areas to a demonstration that was created before there were any, and leaves its records alone', async () => {
    const count = () =>
      one<{ rows: number; version: number }>('select count(*)::int as rows, max(cell) as version from incident');
    const before = await count();
    for (const table of ['area_approval', 'area_event', 'area_file', 'area_revision', 'area'])
      await db.knex(table).delete();
    said = [];
    await addDemonstrationAreas({ db, configuration: { ...configuration, demo: false } }, undefined, say);
    expect(await one('select count(*)::int as areas from area')).toEqual({ areas: 0 });
    await addDemonstrationAreas({ db, configuration }, await create(), say);
    expect(said.length).toBe(2);
    expect(await one('select count(*)::int as areas from area')).toEqual({ areas: areas.length });
    expect(await count()).toEqual(before);
  });

  it('is begun anew when its creation was cut off', async () => {
    await db.knex('setting').where({ key: 'demonstration' }).delete();
    await db.knex('report_month').delete();
    await db.knex('import_batch').update({ replaces: null, replaced_by: null });
    await db.knex('incident_replaced').delete();
    await db.knex('import_batch').delete();
    await create();
    const { incidentCount } = await one<{ incidentCount: number }>(
      'select count(*)::int as "incidentCount" from incident',
    );
    expect(incidentCount).toBe(
      incidents.columns.count +
        (incidents.corrections[0]?.added.length ?? 0) -
        (incidents.corrections[0]?.removed.length ?? 0),
    );
  });
});
