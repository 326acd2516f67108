import { readFileSync } from 'node:fs';
import type { ChartKind } from '@diemnong/contracts';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatNumber, formatShare, formatSigned } from '../../client/charts/src/formats.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { copyEmbeddedTemplate } from '../support/database.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

const window = 'from=2024-01-01&to=2026-11-01';

/** Charts of the built client beside those of the server, and the files taken along, in a real browser under its security policy. */
describe('charts', () => {
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

  const pages: { path: string; kinds: Partial<Record<ChartKind, string>> }[] = [
    {
      path: '/xu-huong/dien-bien',
      kinds: {
        periods: '/api/trends',
        cumulative: '/api/trends/cumulative',
        season: '/api/trends/season',
        tet: '/api/trends/season',
        changes: '/api/trends/changes',
      },
    },
    { path: '/xu-huong/nhom', kinds: { groups: '/api/trends/groups' } },
    { path: '/xu-huong/xa-phuong', kinds: { funnel: '/api/trends/communes', ranking: '/api/trends/communes' } },
    { path: '/xu-huong/gio-thu', kinds: { 'hour-weekday': '/api/trends/hour-weekday' } },
    {
      path: '/xu-huong/tap-trung',
      kinds: { concentration: '/api/trends/concentration', 'concentration-history': '/api/trends/concentration' },
    },
  ];
  const looks = [
    { theme: 'light', language: 'vi' },
    { theme: 'projector', language: 'en' },
  ] as const;

  for (const { path, kinds } of pages)
    for (const { theme, language } of looks)
      it(`draws those of ${path} mark for mark as the server does (${theme}, ${language})`, async () => {
        const { page, context, faults } = await open(`${path}?${window}${language === 'en' ? '&lang=en' : ''}`, theme);
        const asked: URL[] = [];
        page.on('request', (request) => asked.push(new URL(request.url())));
        await page.reload();
        for (const [kind, endpoint] of Object.entries(kinds)) {
          const picture = page.locator(`[data-chart="${kind}"] svg[viewBox][role]`);
          await picture.waitFor({ timeout: 60_000 });
          // A page may ask an endpoint for more than one window: the chart is of one of them.
          const queries = [
            ...new Set(asked.filter(({ pathname }) => pathname === endpoint).map(({ search }) => search)),
          ];
          expect(queries, `no request for ${endpoint}`).not.toEqual([]);
          const size = await picture.evaluate((svg) => [svg.getAttribute('width'), svg.getAttribute('height')]);
          expect(Number(size[0])).toBeGreaterThan(320);
          const onScreen = await bareMarkup(page, await picture.evaluate((svg) => svg.outerHTML));
          expect(onScreen.length).toBeGreaterThan(1000);
          const onServer: string[] = [];
          for (const query of queries) {
            const look = `lang=${language}&theme=${theme}&width=${size[0]}&height=${size[1]}`;
            const served = await server.fetch(`/api/charts/${kind}.svg${query}&${look}`);
            expect(served.status).toBe(200);
            onServer.push(await bareMarkup(page, await served.text()));
          }
          expect(firstDifference(onScreen, onServer)).toBe('');
        }
        expect(faults).toEqual([]);
        await context.close();
      });

  it('writes numbers in the browser as on the server', async () => {
    const { page, context } = await open('/xu-huong/dien-bien', 'light');
    const values = [0, 1, 999, 1000, 1240, 12_345.678, 1e6, 0.05, 0.005, 0.125, 2.5, 1.005, -3.25, 1e-7, 123_456_789.5];
    const inBrowser = await page.evaluate(
      (values) =>
        values.flatMap((value) =>
          [0, 1, 2, 3].flatMap((digits) =>
            ['vi-VN', 'en-GB'].map((locale) =>
              new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
            ),
          ),
        ),
      values,
    );
    expect(inBrowser).toEqual(
      values.flatMap((value) =>
        [0, 1, 2, 3].flatMap((digits) =>
          (['vi', 'en'] as const).map((language) => formatNumber(value, language, digits)),
        ),
      ),
    );
    expect([formatShare(0.125, 'vi'), formatSigned(-5, 'vi')]).toEqual(['12,5%', '−5']);
    await context.close();
  });

  it('gives the picture with the typeface inside and nothing lost under the security policy', async () => {
    const { page, context, faults } = await open(`/xu-huong/dien-bien?${window}`, 'light');
    const svg = await take(page, 'periods', /SVG/);
    const text = readFileSync(svg.path, 'utf8');
    expect(svg.name).toMatch(/\.svg$/);
    expect(text).toContain('@font-face');
    expect(text).toContain('Chỉ thống kê theo địa bàn; không có dữ liệu cá nhân; không dự báo.');
    expect(text).toContain('DỮ LIỆU MÔ PHỎNG');
    const png = await take(page, 'periods', /PNG/);
    const bytes = readFileSync(png.path);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(2 * 1000);
    // Letters, and those of the bundled typeface: the same picture without text, and without the typeface, has other pixels.
    const [whole, noLetters, otherLetters] = await page.evaluate(
      async ([png, ...svgs]) => {
        const pixels = async (type: string, source: BlobPart) => {
          const image = new Image();
          image.src = URL.createObjectURL(new Blob([source], { type }));
          await image.decode();
          const canvas = document.createElement('canvas');
          // The head of the sheet: title, facts, the frame that says the data are simulated.
          Object.assign(canvas, { width: 2000, height: 140 });
          const scale = type === 'image/png' ? 1 : 2;
          canvas.getContext('2d')?.drawImage(image, 0, 0, image.naturalWidth * scale, image.naturalHeight * scale);
          return canvas.getContext('2d')?.getImageData(0, 0, 2000, 140).data ?? new Uint8ClampedArray();
        };
        const dark = (data: Uint8ClampedArray) => data.filter((value, i) => i % 4 === 0 && value < 128).length;
        const bytes = Uint8Array.from(atob(png ?? ''), (letter) => letter.charCodeAt(0));
        return [
          dark(await pixels('image/png', bytes)),
          ...(await Promise.all(svgs.map((svg) => pixels('image/svg+xml', svg)))).map(dark),
        ];
      },
      [bytes.toString('base64'), text.replace(/<text.*?<\/text>/gs, ''), text.replace(/<style>.*?<\/style>/s, '')],
    );
    expect(whole).toBeGreaterThan((noLetters ?? 0) + 2000);
    expect(Math.abs((whole ?? 0) - (otherLetters ?? 0))).toBeGreaterThan(100);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('gives the numbers as CSV and XLSX that add up to what the chart says', async () => {
    const { page, context, faults } = await open(`/xu-huong/dien-bien?${window}`, 'light');
    const { rows } = await server
      .fetch(`/api/trends?${window}&by=month`)
      .then(async (answer) => (await answer.json()) as { total: number })
      .then(({ total }) => ({ rows: total }));
    const csv = readFileSync((await take(page, 'periods', /CSV/)).path, 'utf8');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    const [head = '', ...lines] = csv.slice(1).trimEnd().split('\r\n');
    const place = head.split(';').indexOf('Số vụ');
    expect(lines.reduce((sum, line) => sum + Number(line.split(';')[place]), 0)).toBe(rows);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile((await take(page, 'periods', /XLSX/)).path);
    const sheet = book.worksheets[0];
    let total = 0;
    sheet?.eachRow((row) => {
      if (row.getCell(1).value instanceof Date) total += Number(row.getCell(place + 1).value);
    });
    expect(total).toBe(rows);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows the same numbers as a table, by keyboard', async () => {
    const { page, context } = await open(`/xu-huong/dien-bien?${window}`, 'light');
    const figure = page.locator('[data-chart="periods"]');
    await figure.locator('svg[viewBox][role]').waitFor({ timeout: 60_000 });
    const drawn = await figure.locator('[data-bar]').count();
    await figure.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowRight');
    await figure.getByRole('table').waitFor();
    expect(await figure.locator('tbody tr').count()).toBe(drawn);
    await context.close();
  });

  it('says so when a picture cannot be copied, instead of failing silently', async () => {
    const { page, context } = await open(`/xu-huong/dien-bien?${window}`, 'light');
    await page.evaluate(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
    await choose(page, 'periods', /Sao chép ảnh/);
    await page.getByText('hãy tải ảnh PNG').waitFor();
    await context.close();
  });

  async function open(path: string, theme: string) {
    const opened = await openPage(browser, `${server.url}${path}`, { session });
    await opened.page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
    await opened.page.reload();
    return opened;
  }

  async function choose(page: Page, kind: string, item: RegExp): Promise<void> {
    const figure = page.locator(`[data-chart="${kind}"]`);
    await figure.locator('svg[viewBox][role]').waitFor({ timeout: 60_000 });
    await figure.getByRole('button', { name: /^Lấy biểu đồ/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  }

  async function take(page: Page, kind: string, item: RegExp): Promise<{ name: string; path: string }> {
    const download = page.waitForEvent('download');
    await choose(page, kind, item);
    const file = await download;
    return { name: file.suggestedFilename(), path: await file.path() };
  }
});

/** The chart itself of a picture or a sheet, without what makes its marks buttons. */
function bareMarkup(page: Page, markup: string): Promise<string> {
  return page.evaluate((text) => {
    const isSheet = text.startsWith('<svg xmlns');
    const body = new DOMParser().parseFromString(
      isSheet ? text : `<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>`,
      'image/svg+xml',
    );
    const chart = body.querySelector('svg svg');
    if (chart === null) throw new Error(`no chart in ${text.slice(0, 200)}`);
    const buttonOnly = [
      'role',
      'tabindex',
      'aria-label',
      'aria-pressed',
      'data-pick',
      'data-row',
      'data-column',
      'cursor',
    ];
    for (const part of [chart, ...chart.querySelectorAll('*')])
      for (const name of part === chart ? ['role'] : buttonOnly) part.removeAttribute(name);
    return new XMLSerializer().serializeToString(chart);
  }, markup);
}

/** '' when one of them is equal; else where the nearest one begins to differ. */
function firstDifference(found: string, wanted: readonly string[]): string {
  const places = wanted.map((text) => {
    let place = 0;
    while (place < found.length && found[place] === text[place]) place++;
    const near = (part: string) => part.slice(Math.max(place - 60, 0), place + 60);
    return found === text ? '' : `${place}: ${near(found)} ≠ ${near(text)}`;
  });
  return places.includes('') ? '' : places.join('\n');
}
