import type { TargetsResponse } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

/** Steps that count, from the tables alone. */
const inForce = `
  step as (
    select e.area_id, e.type, e.on_date, e.year
    from area_event e
    where e.type <> 'withdrawn'
      and (not e.needs_approval or exists (
        select from area_approval a where a.event_id = e.id and a.decision = 'approved'))
      and not exists (
        select from area_event l
        where l.supersedes = e.id
          and (not l.needs_approval or exists (
            select from area_approval a where a.event_id = l.id and a.decision = 'approved')))
  )`;

type Counted = { numerator: number; denominator: number };

/** The page of the two targets in a real browser, its numbers counted a second way. */
describe('the targets page', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;
  let database: Knex;
  /** A year that is over, so that no day of the test run moves its numbers. */
  const year = 2025;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
    session = await server.signIn('province');
    database = connectEmbeddedOwner(server.dataDir);
  });
  afterAll(async () => {
    await browser?.close();
    await database?.destroy();
    await server?.stop();
  });

  async function countTransformed(listYear: number, asOf: string): Promise<Counted> {
    const { rows } = await database.raw<{ rows: Counted[] }>(
      `with ${inForce},
       listed as (
         select area_id, min(on_date) as on_date
         from step
         where type in ('listed', 'carried_over') and year = :listYear and on_date <= cast(:asOf as date)
         group by area_id
       ),
       kept as (
         select listed.*
         from listed
         join area on area.id = area_id
         where not exists (
           select from step
           where step.area_id = listed.area_id and type = 'superseded' and step.on_date <= cast(:asOf as date))
           and not exists (
             select from step
             where step.area_id = any (area.parents) and type = 'superseded' and step.on_date > cast(:asOf as date))
       )
       select count(*)::int as denominator,
              count(*) filter (where exists (
                select from step
                where step.area_id = kept.area_id and type = 'assessed_success' and step.on_date >= kept.on_date
                  and extract(year from step.on_date) = :listYear and step.on_date <= cast(:asOf as date)))::int as numerator
       from kept`,
      { listYear, asOf },
    );
    return rows[0] ?? { numerator: -1, denominator: -1 };
  }

  async function countStable(listYear: number, asOf: string): Promise<Counted> {
    const { rows } = await database.raw<{ rows: Counted[] }>(
      `with ${inForce},
       success as (
         select area_id, min(on_date) as on_date
         from step
         where type = 'assessed_success' and extract(year from on_date) = :before and on_date <= cast(:asOf as date)
         group by area_id
       ),
       followed as (
         select exists (
                  select from step
                  where step.area_id = success.area_id and type = 'relapsed' and step.on_date > success.on_date
                    and step.on_date <= cast(:asOf as date)) as relapsed,
                exists (
                  select from step
                  where step.area_id = success.area_id and type = 'superseded' and step.on_date <= cast(:asOf as date)) as gone
         from success
       )
       select count(*)::int as denominator, count(*) filter (where not relapsed)::int as numerator
       from followed
       where relapsed or not gone`,
      { before: listYear - 1, asOf },
    );
    return rows[0] ?? { numerator: -1, denominator: -1 };
  }

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', search: '' },
    { name: 'desk in the dark', width: 1440, height: 900, theme: 'dark', search: '' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', search: '&lang=en' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', search: '' },
    { name: 'projector in English', width: 1920, height: 1080, theme: 'projector', search: '&lang=en' },
  ] as const;

  for (const { name, width, height, theme, search } of views)
    it(`draws everything without a fault at the ${name} (${theme})`, async () => {
      const { page, context, faults } = await openPage(browser, `${server.url}/quyen`, { session, width, height });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      for (const more of ['', '&targetList=no-relapse&cohort=watched']) {
        await page.goto(`${server.url}/chi-tieu?targetYear=${year}${search}${more}`);
        await drawn(page);
        expect(await seriousAxeFaults(page)).toEqual([]);
        expect(await clippedControls(page)).toEqual([]);
        expect(await cutOff(page)).toEqual([]);
      }
      if (search.includes('en')) {
        const words = await page.getByTestId('targets').innerText();
        expect(words).not.toMatch(/địa bàn|chỉ tiêu|chưa có|tính đến/i);
      }
      await page.getByRole('button', { name: /^(Cách tính|How it is counted)$/ }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousAxeFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    });

  it('writes out both fractions as plain SQL counts them, on the last day and on another', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/chi-tieu?targetYear=${year}`, { session });
    const seen: string[] = [];
    for (const asOf of [`${year}-12-31`, `${year}-07-15`, `${year}-03-31`]) {
      await page.getByLabel('Tính đến hết ngày').fill(asOf);
      await page.getByText(`tính đến hết ngày ${asOf.split('-').reverse().join('/')} ·`).waitFor();
      const transformed = await countTransformed(year, asOf);
      const stable = await countStable(year, asOf);
      await page.getByTestId('fraction-transformation').getByText(written(transformed)).waitFor();
      await page.getByTestId('fraction-noRelapse').getByText(written(stable)).waitFor();
      expect(await page.getByTestId('gauge-transformation').getByRole('img').getAttribute('aria-label')).toContain(
        `${transformed.numerator}/${transformed.denominator} địa bàn`,
      );
      seen.push(`${written(transformed)}; ${written(stable)}`);
    }
    expect(new Set(seen).size).toBeGreaterThan(1);
    expect(seen[0]).not.toContain('0 / 0');
    await page.getByRole('button', { name: `Về cuối năm ${year}` }).click();
    await page.waitForFunction(() => !new URL(location.href).searchParams.has('asOf'));
    expect(faults).toEqual([]);
    await context.close();
  });

  it('leads from the rate to the list, from there to the decision file and to the page of the area', async () => {
    const { denominator, numerator } = await countTransformed(year, `${year}-12-31`);
    const { page, context, faults } = await openPage(browser, `${server.url}/chi-tieu?targetYear=${year}`, { session });
    await page
      .getByTestId('gauge-transformation')
      .getByRole('button', { name: `Xem danh sách ${denominator} địa bàn` })
      .click();
    const lines = page.getByTestId('target-list').locator('tbody tr');
    await lines.first().waitFor();
    expect(await lines.count()).toBe(denominator);
    await page.getByText(`Đạt (${numerator})`, { exact: true }).click();
    await page.waitForFunction(
      (n) => document.querySelectorAll('[data-testid="target-list"] tbody tr').length === n,
      numerator,
    );
    expect(await page.getByTestId('target-list').locator('tr[data-counts="false"]').count()).toBe(0);

    const file = page.getByTestId('target-list').locator('a[download]').first();
    const href = (await file.getAttribute('href')) ?? '';
    expect(href).toMatch(/^\/api\/areas\/[\w-]+\/files\/[\w-]+$/);
    const answer = await server.fetch(href);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);

    const id = ((await lines.first().getAttribute('data-testid')) ?? '').replace('target-area-', '');
    const name = await lines.first().getByRole('link').first().innerText();
    const known = await database('area').where({ id }).first<{ name: string }>('name');
    expect(known?.name).toBe(name);
    await lines.first().getByRole('link').first().click();
    await page.waitForURL(`**/dia-ban/${id}**`);
    await page.goBack();
    await lines.first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('finds an area by a word without accents, sorts, and offers a way out of an empty filter', async () => {
    const { page, context } = await openPage(browser, `${server.url}/chi-tieu?targetYear=${year}`, { session });
    const lines = page.getByTestId('target-list').locator('tbody tr');
    await drawn(page);
    const all = await lines.count();
    const names = () => lines.locator('th a').allInnerTexts();
    await page.getByRole('button', { name: 'Địa bàn, xã, phường' }).click();
    const sorted = await names();
    expect(sorted).toEqual(sorted.toSorted((a, b) => a.localeCompare(b, 'vi')));
    const plain = (sorted[0] ?? '').normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').toLowerCase();
    await page.getByLabel('Tìm địa bàn, xã, số quyết định').fill(plain);
    expect(await names()).toContain(sorted[0]);
    expect(await lines.count()).toBeLessThan(all);
    await page.getByLabel('Tìm địa bàn, xã, số quyết định').fill('không đâu có');
    await page.getByText('Không có địa bàn nào khớp').waitFor();
    await page.getByRole('button', { name: 'Xóa bộ lọc' }).click();
    expect(await lines.count()).toBe(all);
    await context.close();
  });

  it('sets what the records say beside each official result, and the official result stands without it', async () => {
    const { page, context } = await openPage(browser, `${server.url}/quyen`, { session });
    let release = () => undefined as unknown;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/targets/readings?**', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${server.url}/chi-tieu?targetYear=${year}`);
    const list = page.getByTestId('target-list');
    await list.getByText('đang đọc số liệu…').first().waitFor();
    const rows = await list.locator('tbody tr').count();
    expect(await list.locator('[data-status]').count()).toBe(rows);
    release();
    await list.locator('[data-reading]').first().waitFor();
    expect(await list.locator('[data-reading]').count()).toBe(rows);
    expect(await list.getByText('đang đọc số liệu…').count()).toBe(0);
    await context.close();
  });

  it('tells a commune that it sees its own areas alone, and counts no others', async () => {
    const { page, context } = await openPage(browser, `${server.url}/chi-tieu?targetYear=${year}`, {
      session: await server.signIn('commune'),
    });
    await page.getByText('Tài khoản này chỉ thấy địa bàn của').waitFor();
    const own = await page.getByTestId('fraction-transformation').innerText();
    expect(own).not.toBe(written(await countTransformed(year, `${year}-12-31`)));
    const lines = page.getByTestId('target-list').locator('tbody tr');
    const [, denominator] = /\/ (\d+)/.exec(own) ?? [];
    expect(await lines.count()).toBe(Number(denominator));
    await context.close();
  });

  it('is closed to viewers, with a word about who may open it', async () => {
    const { page, context } = await openPage(browser, `${server.url}/chi-tieu`, {
      session: await server.signIn('viewer'),
    });
    await page.getByText(/^Vai trò .* không mở được phần này$/).waitFor();
    await page.getByRole('link', { name: 'Ai được làm gì' }).waitFor();
    expect(await page.getByTestId('targets').count()).toBe(0);
    await context.close();
  });

  it('says what to do before there is any list, and what an empty year means', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/chi-tieu?targetYear=2019`, { session });
    await page.getByText('Năm 2019 chưa có danh sách đến ngày này').waitFor();
    expect(await page.getByTestId('gauge-transformation').getAttribute('data-state')).toBe('no-data');
    expect(await page.getByTestId('gauge-transformation').innerText()).not.toMatch(/(^|\n)(0|100)%/);
    await page
      .getByRole('button', { name: /^Xem năm \d{4}$/ })
      .first()
      .click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('targetYear') !== '2019');

    const planner = await openPage(browser, `${server.url}/quyen`, { session: await server.signIn('planner') });
    await planner.page.route('**/api/targets?**', async (route) => {
      const answer = (await (await route.fetch()).json()) as TargetsResponse;
      await route.fulfill({ json: { ...answer, years: [] } });
    });
    await planner.page.goto(`${server.url}/chi-tieu?targetYear=2019`);
    await planner.page.getByText('Chưa có danh sách địa bàn nào').waitFor();
    expect(await planner.page.getByTestId('target-list').count()).toBe(0);
    await planner.page.getByRole('link', { name: 'Nhập danh sách năm' }).click();
    await planner.page.waitForURL('**/dia-ban/nhap**');
    expect(faults).toEqual([]);
    await planner.context.close();
    await context.close();
  });

  it('keeps the last good numbers when a count fails, says so and tries again', async () => {
    const { page, context } = await openPage(browser, `${server.url}/chi-tieu?targetYear=${year}`, { session });
    await drawn(page);
    const before = await page.getByTestId('fraction-transformation').innerText();
    await page.route('**/api/targets?**', (route) =>
      route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'x' } } }),
    );
    await page.getByLabel('Tính đến hết ngày').fill(`${year}-06-30`);
    await page.getByText('Chưa tính được hai chỉ tiêu').waitFor();
    expect(await page.getByTestId('fraction-transformation').innerText()).toBe(before);
    await page.unroute('**/api/targets?**');
    await page.getByRole('button', { name: 'Thử lại' }).click();
    await page
      .getByTestId('fraction-transformation')
      .getByText(written(await countTransformed(year, `${year}-06-30`)))
      .waitFor();
    await context.close();
  });

  it('goes on paper as the two gauges and the list, black on white whatever the theme', async () => {
    const { page, context } = await openPage(browser, `${server.url}/quyen`, { session });
    await page.evaluate(() => localStorage.setItem('diemnong.theme', 'dark'));
    await page.goto(`${server.url}/chi-tieu?targetYear=${year}`);
    await drawn(page);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 703, height: 1000 });
    await page.locator('[data-testid="gauge-transformation"] svg[fill="#080c13"]').waitFor();
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await page.locator('[data-chart="survival"]').isVisible()).toBe(false);
    const { denominator } = await countTransformed(year, `${year}-12-31`);
    const lines = page.getByTestId('target-list').locator('tbody tr');
    expect(await lines.count()).toBe(denominator);
    expect(await lines.last().isVisible()).toBe(true);
    expect(await cutOff(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await context.close();
  });
});

function written({ numerator, denominator }: Counted): string {
  return `${numerator} / ${denominator} địa bàn`;
}

/** The gauges, the list with its readings, and the charts stand. */
async function drawn(page: Page): Promise<void> {
  await page.locator('[data-testid="target-list"] [data-reading]').first().waitFor({ timeout: 60_000 });
  await page.locator('figure[data-chart] svg[aria-label]').first().waitFor();
  await page.waitForLoadState('networkidle');
}
