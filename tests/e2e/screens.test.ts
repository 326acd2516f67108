import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

const year = 'from=2025-11-01&to=2026-11-01';
const quietDay = 'from=2021-11-01&to=2021-11-02';

/** The demonstration province in a real browser: what is shown, in both languages and all themes, and by keyboard. */
describe('the screens', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
    session = await server.signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', language: 'vi' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', language: 'en' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', language: 'vi' },
  ] as const;

  for (const { name, width, height, theme, language } of views)
    it(`draws the map without a fault at the ${name} (${theme}, ${language})`, async () => {
      const search = language === 'en' ? '?lang=en' : '';
      const { page, context, faults } = await openPage(browser, `${server.url}/${search}`, { session, width, height });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      await page.reload();
      await mapReady(page);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      expect(
        await page
          .getByText(language === 'vi' ? 'Dữ liệu mô phỏng' : 'Simulated data')
          .first()
          .isVisible(),
      ).toBe(true);
      expect(await seriousAxeFaults(page)).toEqual([]);
      expect(await clippedControls(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    });

  it('shows the counts that the database gives', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${year}`, { session });
    await mapReady(page);
    const { inCells, communeOnly } = await get<{ inCells: number; communeOnly: number }>(`/api/hexes?res=8&${year}`);
    expect(await number(page, 'status-inCells')).toBe(inCells);
    expect(await number(page, 'status-communeOnly')).toBe(communeOnly);
    await context.close();
  });

  it('tells the story of a hexagon from a link, with the count of that cell', async () => {
    const hexes = await get<{ cells: string[]; counts: number[] }>(`/api/hexes?res=8&${year}`);
    const busiest = hexes.counts.indexOf(Math.max(...hexes.counts));
    const { page, context } = await openPage(browser, `${server.url}/?${year}&selected=hex:${hexes.cells[busiest]}`, {
      session,
    });
    await mapReady(page);
    expect(await number(page, 'story-count')).toBe(hexes.counts[busiest]);
    await context.close();
  });

  it('selects the hexagon under a click', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${year}&res=8`, { session });
    await mapReady(page);
    const canvas = page.locator('canvas').first();
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('no map canvas');
    await page.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.5);
    await page.getByTestId('story').waitFor();
    const [kind, cell] = (new URL(page.url()).searchParams.get('selected') ?? '').split(':');
    expect(kind).toBe('hex');
    expect(cell).toMatch(/^88[0-9a-f]{13}$/);
    const { count } = await get<{ count: number }>(`/api/hexes/${cell}?${year}`);
    expect(await number(page, 'story-count')).toBe(count);
    await context.close();
  });

  it('finds a commune typed without accents, by keyboard alone', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${year}`, { session });
    await mapReady(page);
    await page.keyboard.press('/');
    await page.keyboard.type('viet trung');
    await page.getByRole('option', { name: /Phường Việt Trung/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('story').getByText('Phường Việt Trung').first().waitFor();
    const { count } = await get<{ count: number }>(`/api/communes/${selectedCommune(page)}?${year}`);
    expect(await number(page, 'story-count')).toBe(count);
    await context.close();
  });

  it('finds a hot-spot area by its name without accents, by its commune and by its number, and flies to it', async () => {
    type Areas = { areas: { id: string; name: string; number: number; commune: { name: string }; status: string }[] };
    const { areas } = await get<Areas>('/api/areas');
    const area = areas.find(({ name }) => name === 'Chợ đêm Việt Trung');
    const { page, context, faults } = await openPage(browser, `${server.url}/chi-tieu`, { session });
    const option = page.getByRole('option', { name: 'Địa bàn Chợ đêm Việt Trung' });
    await page.getByRole('heading', { name: /Chỉ tiêu/ }).waitFor();
    for (const words of ['cho dem', 'viet trung', `db-0${area?.number}`]) {
      await page.keyboard.press('/');
      await page.keyboard.type(words);
      await option.waitFor();
      await page.keyboard.press('Escape');
    }
    // What gave way to its successors is found through them.
    const old = areas.find(({ status }) => status === 'superseded');
    await page.keyboard.press('/');
    await page.keyboard.type(old?.name ?? '');
    await page.getByRole('listbox').waitFor();
    const found = await page.getByRole('option').allInnerTexts();
    expect(found.filter((text) => text.includes(`ĐB-0${old?.number}`))).toEqual([]);
    await page.keyboard.press('Escape');

    await page.keyboard.press('/');
    await page.keyboard.type('cho dem viet');
    await option.waitFor();
    await page.keyboard.press('Enter');
    await mapReady(page);
    await page.getByTestId('area-card').getByRole('heading', { name: 'Chợ đêm Việt Trung' }).waitFor();
    expect(new URL(page.url()).searchParams.get('area')).toBe(area?.id);
    await page.waitForFunction(() => Number(new URL(location.href).searchParams.get('at')?.split(',')[2]) > 11);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('steps through time with the arrow keys, and the counts follow', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${year}`, { session });
    await mapReady(page);
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => new URL(location.href).searchParams.get('from') === '2025-10-01');
    const { inCells } = await get<{ inCells: number }>('/api/hexes?res=8&from=2025-10-01&to=2026-10-01');
    await statusBecomes(page, inCells);
    await context.close();
  });

  it('keeps the last picture and says what failed when the server is gone, and recovers', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${year}`, { session });
    await mapReady(page);
    const before = await number(page, 'status-inCells');
    await page.route('**/api/**', (route) => route.abort());
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Thử lại' }).first().waitFor();
    // What stands is told with its own period, and no English comes through.
    expect(await page.getByTestId('place-panel').innerText()).toContain('01/11/2025 – 31/10/2026');
    expect(await page.locator('main').innerText()).not.toContain('No answer');
    expect(await number(page, 'status-inCells')).toBe(before);
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Thử lại' }).first().click();
    const { inCells } = await get<{ inCells: number }>('/api/hexes?res=8&from=2025-10-01&to=2026-10-01');
    await statusBecomes(page, inCells);
    await context.close();
  });

  it('says which filter leaves nothing and takes it away on request', async () => {
    const { page, context } = await openPage(browser, `${server.url}/?${quietDay}&categories=murder`, { session });
    await page.waitForLoadState('networkidle');
    const { total } = await get<{ total: number }>(`/api/hexes?res=8&${quietDay}&categories=murder`);
    expect(total).toBe(0);
    await page.getByRole('button', { name: /bỏ/i }).first().click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('categories') === null);
    await context.close();
  });

  async function get<Answer>(path: string): Promise<Answer> {
    return (await server.fetch(path)).json() as Promise<Answer>;
  }
});

function selectedCommune(page: Page): string {
  return (new URL(page.url()).searchParams.get('selected') ?? '').replace('commune:', '');
}

async function mapReady(page: Page): Promise<void> {
  await page.waitForSelector('html[data-map-ready="true"]', { timeout: 60_000 });
  await page.waitForLoadState('networkidle');
}

async function number(page: Page, testId: string): Promise<number> {
  const element = page.getByTestId(testId);
  await element.waitFor();
  return Number((await element.innerText()).replaceAll('.', ''));
}

async function statusBecomes(page: Page, inCells: number): Promise<void> {
  await page.waitForFunction(
    (expected) =>
      document.querySelector('[data-testid="status-inCells"]')?.textContent?.replaceAll('.', '') === expected,
    String(inCells),
  );
}
