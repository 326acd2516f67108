import { DEMO_SEED, generateDemoIncidents, generateDemoProvince } from '@diemnong/data';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfiguration } from '../../server/src/configuration.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { createDemonstration } from '../../server/src/demonstration/create-demonstration.ts';
import { refreshAlerts } from '../../server/src/features/alerts/refresh-alerts.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('demonstration', (open) => {
  const province = generateDemoProvince({ seed: DEMO_SEED });
  const incidents = generateDemoIncidents(province, { seed: DEMO_SEED });
  let db: TestDatabase;
  let said: string[] = [];

  const create = () =>
    createDemonstration(
      { db, version: createVersionWatch(db), configuration: { ...readConfiguration({}), demo: true } },
      (text) => said.push(text),
    );
  const one = async <Row>(statement: string): Promise<Row> => (await db.knex.raw<{ rows: [Row] }>(statement)).rows[0];

  beforeAll(async () => {
    db = await open();
    await create();
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
    await create();
    expect(said).toEqual([]);
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
