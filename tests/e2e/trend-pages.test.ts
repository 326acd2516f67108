import type { AlertsResponse, CommuneRankingResponse, ConcentrationResponse } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

const fiveYears = 'from=2021-11-01&to=2026-11-01';
const pages = ['xa-phuong', 'gio-thu', 'tap-trung', 'canh-bao', 'bao-cao'] as const;

/** Communes, hours, concentration, alerts and reporting in a real browser, their numbers counted a second way. */
describe('the other pages of trends', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;
  let database: Knex;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
    session = await server.signIn('province');
    database = connectEmbeddedOwner(server.dataDir);
    // The first look for alerts comes some seconds after the start.
    for (let checked = 0; checked === 0; ) {
      await new Promise((next) => setTimeout(next, 500));
      checked = (await get<AlertsResponse>('/api/alerts')).checked.series;
    }
  });
  afterAll(async () => {
    await browser?.close();
    await database?.destroy();
    await server?.stop();
  });

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', search: '' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', search: '?lang=en' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', search: '' },
  ] as const;

  for (const { name, width, height, theme, search } of views)
    it(`draws every page without a fault at the ${name} (${theme})`, async () => {
      const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/xa-phuong${search}`, {
        session,
        width,
        height,
      });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      for (const path of pages) {
        await page.goto(`${server.url}/xu-huong/${path}${search}`);
        await drawn(page, path);
        expect(await seriousAxeFaults(page), path).toEqual([]);
        expect(await clippedControls(page), path).toEqual([]);
        expect(await cutOff(page), path).toEqual([]);
      }
      expect(faults).toEqual([]);
      await context.close();
    });

  it('ranks communes by counts that plain SQL gives, and per km² on request', async () => {
    const { communes } = await get<CommuneRankingResponse>(`/api/trends/communes?${fiveYears}`);
    const first = communes[0];
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/xa-phuong`, { session });
    const row = page.locator('tbody tr').first();
    await row.waitFor();
    const { rows } = await database.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n
       from incident
       join report_month using (commune_code)
       where commune_code = :code and month = date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`,
      { code: first?.code ?? '' },
    );
    expect(await row.innerText()).toContain(first?.name);
    expect(await row.innerText()).toContain(vietnamese(rows[0]?.n ?? -1));
    await page.getByRole('button', { name: 'Số vụ', exact: true }).click();
    const fewest = communes.toSorted((a, b) => a.count - b.count)[0];
    expect(await row.getAttribute('data-testid')).toBe(`ranked-${fewest?.code}`);
    await page.getByText('km² mỗi năm', { exact: true }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('per') === 'area');
    await page.getByText(/^Mức chung: .* vụ trên km² mỗi năm/).waitFor();
    await context.close();
  });

  it('tells how many hours are known and how many were spread, as plain SQL does', async () => {
    const { rows } = await database.raw<{ rows: { exact: number; spread: number }[] }>(
      `select count(*) filter (where occurred_to is null or occurred_to - occurred_from <= interval '1 hour')::int as exact,
              count(*) filter (where occurred_to - occurred_from > interval '1 hour'
                                 and occurred_to - occurred_from <= interval '7 days')::int as spread
       from incident`,
    );
    const { exact, spread } = rows[0];
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/gio-thu`, { session });
    const figure = page.locator('[data-chart="hour-weekday"]');
    await figure.waitFor();
    expect(await figure.innerText()).toContain(`n = ${vietnamese(exact + spread)}`);
    expect(await figure.innerText()).toContain(`${vietnamese(exact)} vụ biết đúng giờ`);
    expect(await figure.innerText()).toContain(`${vietnamese(spread)} vụ biết khoảng thời gian`);
    await page.getByText('Chỉ vụ biết đúng giờ', { exact: true }).click();
    await figure
      .getByText(`n = ${vietnamese(exact)}`)
      .first()
      .waitFor();
    await context.close();
  });

  it('tells the concentration over all owned cells, as plain SQL counts it', async () => {
    const { top } = await get<ConcentrationResponse>(`/api/trends/concentration?res=8&${fiveYears}`);
    const { rows } = await database.raw<{ rows: { share: number; n: number; cells: number }[] }>(
      `with counted as (
         select commune_cell.cell, count(incident.cell_8)::float8 as n
         from commune_cell
         join boundary_set on boundary_set.id = boundary_set_id and is_default
         left join incident on incident.cell_8 = commune_cell.cell
         where res = 8 and is_owned
         group by commune_cell.cell
       ),
       ranked as (select n, row_number() over (order by n desc) as place, count(*) over () as cells from counted)
       select (sum(n * greatest(0, least(1, 0.05 * cells - place + 1))) / sum(n))::float8 as share,
              sum(n)::int as n, count(*)::int as cells
       from ranked`,
    );
    const { share, n, cells } = rows[0];
    expect(top.find((one) => one.cells === 0.05)?.records).toBeCloseTo(share, 9);
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/tap-trung?res=8`, { session });
    const percent = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(100 * share);
    await page.getByText(`5% số ô đông nhất giữ ${percent}% số vụ`).waitFor();
    await page.getByText(`${vietnamese(n)} vụ trên ${vietnamese(cells)} ô`).waitFor();
    await context.close();
  });

  it('lets a month be confirmed as without incident, and taken back', async () => {
    const months = async () => {
      const { rows } = await database.raw<{ rows: { n: number }[] }>(
        `select count(*)::int as n
         from commune
         join boundary_set on boundary_set.id = boundary_set_id and is_default
         cross join generate_series(date '2021-11-01', date '2026-10-01', interval '1 month') as due(month)
         where not exists (select from report_month where commune_code = code and report_month.month = due.month)
           and not exists (select from report_confirmation where commune_code = code and report_confirmation.month = due.month)`,
      );
      return rows[0]?.n ?? 0;
    };
    const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/bao-cao`, { session });
    const before = await months();
    await page.getByText(`Còn ${before} xã-tháng chưa báo cáo`).waitFor();
    const button = page.getByRole('button', { name: /^Xác nhận .* không có vụ việc tháng/ }).first();
    const name = (await button.getAttribute('aria-label')) ?? '';
    const [, commune, month] = /^Xác nhận (.+) không có vụ việc tháng (\S+)$/.exec(name) ?? [];
    await button.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Xác nhận không có vụ việc' }).click();
    const confirmed = page.getByRole('button', { name: `Rút lại xác nhận tháng ${month} của ${commune}` });
    await confirmed.waitFor();
    await page.getByText(`Còn ${before - 1} xã-tháng chưa báo cáo`).waitFor();
    expect(await months()).toBe(before - 1);
    await confirmed.click();
    await page.getByText(`Còn ${before} xã-tháng chưa báo cáo`).waitFor();
    const { rows } = await database.raw<{ rows: { action: string }[] }>(
      `select action from audit_event where action like 'reporting.%' order by sequence`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['reporting.confirmed', 'reporting.retracted']);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('opens an alert with its months and keeps what a person decided', async () => {
    const { alerts } = await get<AlertsResponse>('/api/alerts?state=open');
    const [alert] = alerts;
    if (alert === undefined) throw new Error('the demonstration has no alert');
    const { rows } = await database.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n
       from incident
       join category on category.code = incident.category
       where commune_code = :commune
         and (cast(:group as text) is null or category.code = :group or category.parent = :group)
         and date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh')::date = cast(:first as date)`,
      { commune: alert.commune.code, group: alert.category, first: alert.month },
    );
    expect(rows[0]?.n).toBe(alert.count);

    const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/canh-bao`, { session });
    await page.getByTestId(`alert-${alert.id}`).getByRole('button').click();
    const story = page.getByTestId('alert-story');
    await story.getByText(`${vietnamese(alert.count)} vụ trong tháng`).waitFor();
    await story.locator('svg[role="img"]').waitFor();
    expect(new URL(page.url()).searchParams.get('alert')).toBe(alert.id);
    expect(await seriousAxeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bỏ qua', exact: true }).click();
    await page.getByText('Cần ít nhất 3 ký tự.').waitFor();
    await page.getByLabel('Nhận định').fill('Đã rà soát: do đợt ra quân kiểm tra.');
    await page.getByRole('button', { name: 'Bỏ qua', exact: true }).click();
    await story.getByText('Đã rà soát: do đợt ra quân kiểm tra.').waitFor();
    const decided = await database('alert').where({ id: alert.id }).first<{ state: string }>('state');
    expect(decided).toEqual({ state: 'dismissed' });
    await page.keyboard.press('Escape');
    await page.getByText('Đã bỏ qua', { exact: true }).first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows a commune its own reporting and alerts, and that one commune cannot be ranked', async () => {
    const commune = await server.signIn('commune');
    const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/xa-phuong`, { session: commune });
    await page.getByText('Cần từ hai xã, phường trở lên').waitFor();
    await page.goto(`${server.url}/xu-huong/bao-cao`);
    await page.locator('[data-chart="reporting"] svg[role="img"]').waitFor();
    await page.goto(`${server.url}/xu-huong/canh-bao`);
    await page.getByTestId('section-alerts').getByText('Mỗi xã, mỗi nhóm vụ việc').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('says that nothing was imported yet where there is no record, and leads to importing', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/nhap-lieu`, { session });
    await page.route('**/api/meta', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), range: null, incidentCount: 0 } });
    });
    await page.goto(`${server.url}/xu-huong/xa-phuong`);
    await page.getByText('Chưa có vụ việc nào').waitFor();
    await page.getByRole('link', { name: 'Nhập vụ việc' }).click();
    await page.waitForURL('**/nhap-lieu');
    expect(faults).toEqual([]);
    await context.close();
  });

  async function get<Answer>(path: string): Promise<Answer> {
    return (await server.fetch(path)).json() as Promise<Answer>;
  }
});

async function drawn(page: Page, path: (typeof pages)[number]): Promise<void> {
  await page
    .locator(path === 'canh-bao' ? 'tbody tr' : 'figure[data-chart] svg[aria-label]')
    .first()
    .waitFor({ timeout: 60_000 });
  await page.waitForLoadState('networkidle');
}

/** 29400 → "29.400". */
function vietnamese(value: number): string {
  return new Intl.NumberFormat('vi-VN').format(value);
}
