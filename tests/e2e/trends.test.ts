import type {
  ChangesResponse,
  CumulativeResponse,
  GroupTableResponse,
  SeasonResponse,
  TrendsResponse,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

/** What the pages show when the address names no period: all five years of the demonstration, and their last twelve months. */
const fiveYears = 'from=2021-11-01&to=2026-11-01';
const lastYear = 'from=2025-11-01&to=2026-11-01';

/** The pages of trends in a real browser: sentences and charts with numbers that the database gives, counted a second way. */
describe('the trends on screen', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;
  let database: Knex;

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

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', language: 'vi' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', language: 'en' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', language: 'vi' },
  ] as const;

  for (const { name, width, height, theme, language } of views)
    for (const path of ['dien-bien', 'nhom'])
      it(`draws ${path} without a fault at the ${name} (${theme}, ${language})`, async () => {
        const search = language === 'en' ? '?lang=en' : '';
        const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/${path}${search}`, {
          session,
          width,
          height,
        });
        await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
        await page.reload();
        await drawn(page, path === 'nhom' ? 1 : 5);
        expect(await page.getByTestId('trend-line').innerText()).toContain('11/2021 – 10/2026');
        expect(await seriousAxeFaults(page)).toEqual([]);
        expect(await clippedControls(page)).toEqual([]);
        expect(await cutOff(page)).toEqual([]);
        expect(faults).toEqual([]);
        await context.close();
      });

  it('opens from the side bar, and by its number key, on five years', async () => {
    const { page, context } = await openPage(browser, `${server.url}/nhap-lieu`, { session });
    await page.getByRole('link', { name: 'Xu hướng' }).click();
    await page.waitForURL('**/xu-huong/dien-bien');
    expect(await numberIn(page, 'trend-n')).toBe(await countIncidents('2021-11-01', '2026-11-01'));
    await page.keyboard.press('1');
    await page.getByTestId('status').waitFor();
    await page.keyboard.press('3');
    await page.waitForURL('**/xu-huong/dien-bien');
    await context.close();
  });

  it('says the main finding with the counts that plain SQL gives', async () => {
    const { rows } = await get<GroupTableResponse>(`/api/trends/groups?${lastYear}&by=year`);
    const all = rows.find(({ code }) => code === null);
    const compared = await countCompared('2025-11-01', '2026-11-01');
    expect(all?.total).toBe(await countIncidents('2025-11-01', '2026-11-01'));
    expect([all?.comparedCount, all?.comparedPrevious]).toEqual([compared.count, compared.previous]);
    expect(compared.previous).toBeGreaterThan(1000);

    const { page, context } = await openPage(browser, `${server.url}/xu-huong`, { session });
    const finding = page.getByTestId('finding');
    await finding.waitFor();
    const said = await finding.innerText();
    expect(said).toContain(`11/2025 – 10/2026: ${vietnamese(all?.total ?? 0)} vụ`);
    // In words: sure only when the whole interval lies on one side of no change.
    const { low, high } = all?.ratio ?? {};
    const isSure = (low ?? 0) > 1 || (high ?? 2) < 1;
    expect(await finding.getAttribute('data-kind')).toBe(isSure ? 'sure' : 'unsure');
    expect(said.includes('chưa đủ cơ sở')).toBe(!isSure);
    const part = await page.getByTestId('section-finding').innerText();
    expect(part).toContain(`So ${vietnamese(compared.count)} vụ với ${vietnamese(compared.previous)} vụ cùng kỳ`);
    await context.close();
  });

  it('counts the year so far with the goal, and another year on request', async () => {
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/dien-bien`, { session });
    const counted = page.getByTestId('cumulative-count');
    const check = async (year: number) => {
      const answer = await get<CumulativeResponse>(`/api/trends/cumulative?year=${year}`);
      await page.waitForFunction(
        (text) => document.querySelector('[data-testid="cumulative-count"]')?.textContent?.startsWith(text),
        `${vietnamese(answer.current)} vụ`,
      );
      expect(answer.current).toBe(await countIncidents(answer.from, answer.until));
      expect(await counted.innerText()).toContain(`cùng kỳ năm trước ${vietnamese(answer.previous)} vụ`);
      return answer;
    };
    const { state } = await check(2026);
    const words = {
      met: /^Đạt mức giảm 5%/,
      'likely-met': /^Có thể đạt/,
      'likely-missed': /^Có nguy cơ không đạt/,
      missed: /^Không đạt mức giảm 5%/,
      'no-data': /^Chưa có năm trước/,
    };
    expect(await page.getByTestId('cumulative-state').innerText()).toMatch(words[state]);
    await page.getByRole('combobox', { name: 'Năm' }).selectOption('2024');
    await check(2024);
    expect(new URL(page.url()).searchParams.get('year')).toBe('2024');
    await context.close();
  });

  it('says since when, and which month is highest, as the answers do', async () => {
    const { changes, trend } = await get<ChangesResponse>(`/api/trends/changes?${fiveYears}`);
    const { months } = await get<SeasonResponse>(`/api/trends/season?${fiveYears}`);
    expect(changes.length).toBeGreaterThan(0);
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/dien-bien`, { session });
    await page.getByTestId('changes').waitFor();
    const said = await page.getByTestId('changes').locator('li').allInnerTexts();
    expect(said.map((text) => /^Từ (\d\d)\/(\d{4}): (tăng|giảm)/.exec(text)?.slice(1))).toEqual(
      changes.map(({ at, ratio }) => [at.slice(5, 7), at.slice(0, 4), (ratio?.value ?? 0) > 1 ? 'tăng' : 'giảm']),
    );
    const direction = (trend?.slope ?? 0) > 0 ? 'up' : 'down';
    expect(await page.getByTestId('trend').getAttribute('data-trend')).toBe(
      (trend?.p ?? 1) < 0.05 ? direction : 'none',
    );
    const highest = months.toSorted((a, b) => (b.index ?? 0) - (a.index ?? 0))[0];
    expect(highest?.low).toBeGreaterThan(1);
    await page.getByText(`Cao nhất tháng ${highest?.month}: hơn trung bình`).waitFor();
    await context.close();
  });

  it('changes the length of periods, and the table of the chart and its CSV hold the numbers of the answer', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong/dien-bien`, { session });
    await drawn(page, 5);
    await page.getByText('Quý', { exact: true }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('by') === 'quarter');
    const { periods } = await get<TrendsResponse>(`/api/trends?${fiveYears}&by=quarter`);
    expect(periods[1]?.count).toBe(await countIncidents('2022-01-01', '2022-04-01'));
    const figure = page.locator('[data-chart="periods"]');
    await figure.getByText('Số vụ theo quý').first().waitFor();
    const lines = (await csvOf(page, 'periods')).map((line) => line.split(';'));
    expect(lines[0]?.slice(0, 3)).toHaveLength(3);
    expect(lines.slice(1).map(([from, to, count]) => [from, to, Number(count)])).toEqual(
      periods.map(({ from, to, count }) => [from, to, count]),
    );
    await figure.getByText('Bảng số', { exact: true }).click();
    expect(await figure.locator('tbody tr').first().innerText()).toContain(vietnamese(periods[0]?.count ?? 0));
    await page.goBack();
    await figure.getByText('Số vụ theo tháng').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows groups by period with the counts of the answer, sorts them, and leads to the course of one', async () => {
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/nhom?by=year`, { session });
    const table = page.getByTestId('group-table');
    await table.locator('tbody tr').nth(3).waitFor();
    const { rows } = await get<GroupTableResponse>(`/api/trends/groups?${fiveYears}&by=year`);
    const groups = rows.filter(({ code }) => code !== null);
    expect(await cellsOf(page, 2)).toEqual([rows.at(-1), ...groups].map((row) => vietnamese(row?.total ?? 0)));
    await table.getByRole('button', { name: 'Cả kỳ' }).click();
    const totals = groups.map(({ total }) => total).toSorted((a, b) => a - b);
    expect((await cellsOf(page, 2)).slice(1)).toEqual(totals.map(vietnamese));
    await table.getByRole('link').last().click();
    await page.waitForURL('**/xu-huong/dien-bien?**');
    await page
      .getByTestId('trend-n')
      .getByText(`${vietnamese(totals.at(-1) ?? 0)} vụ`)
      .waitFor();
    await context.close();
  });

  it('shows a short period, says that it is short, and goes back to five years', async () => {
    const { page, context } = await openPage(
      browser,
      `${server.url}/xu-huong/dien-bien?from=2026-06-01&to=2026-09-01`,
      { session },
    );
    await page.getByText('Kỳ đang xem dưới 12 tháng').waitFor();
    expect(await numberIn(page, 'trend-n')).toBe(await countIncidents('2026-06-01', '2026-09-01'));
    await page.getByRole('button', { name: 'Xem 5 năm' }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('from') === null);
    await page.getByText('kỳ 11/2021 – 10/2026').waitFor();
    await context.close();
  });

  it('says what failed and keeps the rest, and recovers', async () => {
    const { page, context } = await openPage(browser, `${server.url}/nhap-lieu`, { session });
    await page.route('**/api/trends/cumulative?**', (route) => route.abort());
    await page.getByRole('link', { name: 'Xu hướng' }).click();
    const section = page.getByTestId('section-cumulative');
    await section.getByText('Chưa lấy được số liệu').waitFor();
    await page.getByTestId('finding').waitFor();
    await page.unroute('**/api/trends/cumulative?**');
    await section.getByRole('button', { name: 'Thử lại' }).click();
    await page.getByTestId('cumulative-count').waitFor();
    await context.close();
  });

  it('says which filter leaves nothing and takes it away on request', async () => {
    const search = '?from=2021-11-01&to=2021-11-02&categories=murder';
    const { page, context } = await openPage(browser, `${server.url}/xu-huong/dien-bien${search}`, { session });
    await page.getByRole('button', { name: /^Bỏ “/ }).first().click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('categories') === null);
    await page.getByTestId('finding').waitFor();
    await context.close();
  });

  it('gives a reader of shared views the chart by period, and says why no more and who can widen it', async () => {
    const viewer = await server.signIn('viewer');
    const { page, context, faults } = await openPage(browser, `${server.url}/xu-huong`, { session: viewer });
    await drawn(page, 1);
    expect(
      await page.getByRole('navigation', { name: 'Các trang xu hướng' }).getByRole('link').allInnerTexts(),
    ).toEqual(['Diễn biến']);
    expect(await page.getByText('Tài khoản xem chung chỉ có biểu đồ theo kỳ').isVisible()).toBe(true);
    expect(await page.getByText('đề nghị quản trị viên của đơn vị').isVisible()).toBe(true);
    expect(await page.getByTestId('section-finding').count()).toBe(0);
    expect(await page.getByText('theo âm lịch').count()).toBe(0);
    await page.getByText('Năm', { exact: true }).click();
    await page.locator('[data-chart="periods"]').getByText('Số vụ theo năm').first().waitFor();
    expect(await seriousAxeFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await page.goto(`${server.url}/xu-huong/nhom`);
    await page.getByTestId('forbidden').waitFor();
    await context.close();
  });

  async function get<Answer>(path: string): Promise<Answer> {
    return (await server.fetch(path)).json() as Promise<Answer>;
  }

  /** Incidents of [from, to) on Vietnamese clocks. */
  async function countIncidents(from: string, to: string): Promise<number> {
    const { rows } = await database.raw<{ rows: { count: number }[] }>(
      `select count(*)::int as count
       from incident
       where occurred_from >= (:from::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'
         and occurred_from < (:to::date)::timestamp at time zone 'Asia/Ho_Chi_Minh'`,
      { from, to },
    );
    return rows[0]?.count ?? 0;
  }

  /** Of whole months: those of communes that reported the month in this year and in the one before. */
  async function countCompared(from: string, to: string): Promise<{ count: number; previous: number }> {
    const { rows } = await database.raw<{ rows: { count: number; previous: number }[] }>(
      `with reported as (
         select commune_code, month from report_month
         union
         select commune_code, month from report_confirmation
       ),
       both_years as (
         select now.commune_code, now.month
         from reported now
         join reported before
           on before.commune_code = now.commune_code and before.month = now.month - interval '1 year'
         where now.month >= :from and now.month < :to
       ),
       monthly as (
         select commune_code, date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh')::date as month, count(*)::int as count
         from incident
         group by 1, 2
       )
       select coalesce(sum(now.count), 0)::int as count, coalesce(sum(before.count), 0)::int as previous
       from both_years
       left join monthly now using (commune_code, month)
       left join monthly before
         on before.commune_code = both_years.commune_code and before.month = both_years.month - interval '1 year'`,
      { from, to },
    );
    return rows[0] ?? { count: 0, previous: 0 };
  }
});

/** Every chart of the page stands, and nothing is on its way any more. */
async function drawn(page: Page, charts: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('figure[data-chart] svg[role="img"]').length >= count,
    charts,
    {
      timeout: 60_000,
    },
  );
  await page.waitForLoadState('networkidle');
}

async function numberIn(page: Page, testId: string): Promise<number> {
  const element = page.getByTestId(testId);
  await element.waitFor();
  return Number((await element.innerText()).replaceAll('.', '').replace(/ .*/, ''));
}

/** 29400 → "29.400". */
function vietnamese(value: number): string {
  return new Intl.NumberFormat('vi-VN').format(value);
}

/** Texts of one column of the table of groups, counted from 1 with its head. */
async function cellsOf(page: Page, column: number): Promise<string[]> {
  return page.locator(`[data-testid="group-table"] tbody tr > :nth-child(${column})`).allInnerTexts();
}

/** The CSV of a chart by its own menu, in lines. */
async function csvOf(page: Page, kind: string): Promise<string[]> {
  const figure = page.locator(`[data-chart="${kind}"]`);
  await figure.getByRole('button', { name: /^Lấy biểu đồ/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Tải bảng CSV' }).click(),
  ]);
  const stream = await download.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8').trim().split(/\r?\n/);
}
