import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_SEED, generateDemoIncidents, generateDemoProvince, makeSampleFile } from '@diemnong/data';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { openDatabase } from '../../server/src/database/open-database.ts';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { copyEmbeddedTemplate } from '../support/database.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

/**
 * The main job as an office does it, in a real browser: an empty folder, boundaries, a file with errors, the review, the
 * numbers on the map, a filter, undo. What the screen must say is counted here from the file's own text, not asked from the server.
 */
describe('the main job', () => {
  const province = generateDemoProvince({ seed: DEMO_SEED });
  const sample = makeSampleFile(province, generateDemoIncidents(province, { seed: DEMO_SEED }));
  const files = temporaryDirectory();
  const dataDir = copyEmbeddedTemplate(temporaryDirectory());
  const boundaryFile = join(files, 'xa-phuong.geojson');
  const incidentFile = join(files, sample.fileName);
  let server: ServerProcess;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  /** Lines of the file that must be accepted: all but those with a flaw that stops a row. */
  const fatal = new Set(['bad_date', 'outside', 'ambiguous_commune', 'duplicate_reference', 'swapped_axes']);
  const flawedLines = new Set(sample.flaws.filter(({ kind }) => fatal.has(kind)).map(({ line }) => line));
  const lines = sample.text.trimEnd().split('\n');
  const accepted = lines.flatMap((line, at) => (at === 0 || flawedLines.has(at + 1) ? [] : [line]));
  const withoutPoint = accepted.filter((line) => /,(Xã, phường|"Xã, phường"|Thôn, tổ dân phố),/.test(line)).length;
  const category = 'Trộm cắp tài sản khác';
  const ofCategory = accepted.filter((line) => line.includes(`,${category},`)).length;

  beforeAll(async () => {
    mkdirSync(files, { recursive: true });
    writeFileSync(boundaryFile, JSON.stringify(province.boundarySets[0]?.communes));
    writeFileSync(incidentFile, sample.text);
    server = await startServerProcess({ dataDir, env: { DEMO: '0' } });
    browser = await launchBrowser();
    watched = await openPage(browser, server.url, { session: await server.signIn() });
    page = watched.page;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('begins with three steps on an empty database', async () => {
    await page.getByRole('heading', { name: 'Bắt đầu với Điểm Nóng' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Nhập ranh giới xã, phường' }).isVisible()).toBe(true);
  });

  it('imports boundaries and tells what it measured', async () => {
    await page.locator('input[type="file"]').setInputFiles(boundaryFile);
    await page.getByRole('button', { name: 'Nhập ranh giới' }).click();
    const report = page.getByText(/Đã nhập 60 xã, phường vào bộ/);
    await report.waitFor({ timeout: 120_000 });
    expect(
      await page
        .getByText(/Chồng lấn/)
        .first()
        .isVisible(),
    ).toBe(true);
  });

  it('reviews a file with errors before anything is written', async () => {
    await page.goto(`${server.url}/nhap-lieu`);
    await page.getByLabel('Đơn vị gửi').fill(sample.office);
    await page.locator('input[type="file"]').setInputFiles(incidentFile);
    await page.getByRole('button', { name: 'Tải lên và kiểm tra' }).click();
    const commit = page.getByRole('button', { name: `Ghi ${accepted.length} vụ` });
    await commit.waitFor({ timeout: 120_000 });
    const text = await page.locator('main').innerText();
    expect(text).toContain(`${flawedLines.size} dòng`);
    expect(text).toContain('Vụ việc kiểu mới');
    const before = await metaOf(server);
    expect(before.incidentCount).toBe(0);
  });

  it('gives the rejected rows back as a workbook', async () => {
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /bảng lỗi/i })
      .first()
      .click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it('commits, and the map shows the numbers of the file', async () => {
    await page.getByRole('button', { name: `Ghi ${accepted.length} vụ` }).click();
    await page
      .getByText(/^Đã ghi .* vào cơ sở dữ liệu/)
      .first()
      .waitFor({ timeout: 120_000 });
    expect((await metaOf(server)).incidentCount).toBe(accepted.length);
    await page.goto(server.url);
    await page.waitForSelector('html[data-map-ready="true"]', { timeout: 60_000 });
    expect(await status(page, 'inCells')).toBe(String(accepted.length - withoutPoint));
    expect(await status(page, 'communeOnly')).toBe(String(withoutPoint));
  });

  it('filters by category, and the numbers follow', async () => {
    const { categories } = await metaOf(server);
    const code = categories.find(({ nameVi }) => nameVi === category)?.code ?? '';
    const address = new URL(page.url());
    address.searchParams.set('categories', code);
    await page.goto(address.href);
    await page.waitForSelector('html[data-map-ready="true"]', { timeout: 60_000 });
    const shown = Number(await status(page, 'inCells')) + Number(await status(page, 'communeOnly'));
    expect(shown).toBe(ofCategory);
  });

  it('undoes the batch, and the database is as before', async () => {
    await page.goto(`${server.url}/nhap-lieu`);
    await page
      .getByRole('button', { name: /Hoàn tác/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: /^Gỡ/ }).first().click();
    await page.getByText('Đã hoàn tác').first().waitFor({ timeout: 60_000 });
    expect((await metaOf(server)).incidentCount).toBe(0);
  });

  it('leaves no fault behind the pictures and never leaves the origin', () => {
    expect(watched.faults).toEqual([]);
  });

  it('agrees with the database, opened by hand', async () => {
    await server.stop();
    const db = await openDatabase({ databaseUrl: undefined, dataDir });
    try {
      const { rows } = await db.transaction(systemScope, (transaction) =>
        transaction.raw<{ rows: unknown[] }>(
          `select (select count(*)::int from incident) as incidents,
                (select count(*)::int from import_batch where state = 'undone') as undone,
                (select count(*)::int from import_row_error) as errors`,
        ),
      );
      expect(rows[0]).toMatchObject({ incidents: 0, undone: 1 });
    } finally {
      await db.close();
    }
  });
});

type Meta = { incidentCount: number; categories: { code: string; nameVi: string }[] };

async function metaOf(server: ServerProcess): Promise<Meta> {
  return (await server.fetch('/api/meta')).json() as Promise<Meta>;
}

/** A number of the status line, without its thousands separators. */
async function status(page: Page, key: string): Promise<string> {
  const element = page.getByTestId(`status-${key}`);
  await element.waitFor();
  return (await element.innerText()).replaceAll('.', '');
}
