/**
 * Take the README's pictures from the demonstration province, in a real browser.
 * Usage: npm run pictures        Writes docs/pictures/*.png.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEMO_SEED, generateDemoIncidents, generateDemoProvince, makeSampleFile } from '@diemnong/data';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from '../tests/support/browser.ts';
import { startServerProcess } from '../tests/support/server-process.ts';

const directory = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
mkdirSync(directory, { recursive: true });

const server = await startServerProcess({ env: { DEMO: '1' } });
const browser = await launchBrowser();
const session = await server.signIn();
try {
  const desk = { width: 1440, height: 900 };
  await picture('map', '/', { ...desk, theme: 'light' });
  await picture('story', '/?selected=commune:90034&res=9&at=106.45,20.16,12', { ...desk, theme: 'light' });
  await picture('projector', '/?layer=commune&measure=change', { width: 1920, height: 1080, theme: 'projector' });
  await picture('hotspots', '/?layer=hotspot&at=106.46,20.18,11.4', { ...desk, theme: 'light' });
  const why = `/?layer=emerging&from=2024-11-01&to=2026-11-01&at=106.46,20.18,12.2&selected=hex:${await hottestCell()}`;
  await picture('hotspot-why', why, { ...desk, theme: 'light', waitFor: '[data-testid="why-label"]' });
  const chart = 'figure[data-chart] svg[aria-label]';
  await picture('trends', '/xu-huong/dien-bien', { width: 1440, height: 1500, theme: 'light', waitFor: chart });
  await picture('funnel', '/xu-huong/xa-phuong', { ...desk, theme: 'light', waitFor: chart });
  await picture('matrix', '/xu-huong/gio-thu', { ...desk, theme: 'projector', waitFor: chart });
  await picture('targets', '/chi-tieu?targetYear=2026', { width: 1440, height: 1300, theme: 'light', waitFor: chart });
  await picture('area', `/dia-ban/${await tellingArea()}`, {
    width: 1440,
    height: 2300,
    theme: 'light',
    waitFor: chart,
  });
  await picture('board', '/dia-ban/bang', { ...desk, theme: 'light', waitFor: 'main h1' });
  await picture('areas-map', '/?areas=1&at=106.46,20.18,11.4', { ...desk, theme: 'light' });
  await picture('accounts', '/quan-tri/tai-khoan', { ...desk, theme: 'light', waitFor: 'table tbody tr' });
  await picture('audit', '/quan-tri/nhat-ky', { ...desk, theme: 'dark', waitFor: 'table tbody tr' });
  const batch = await importSampleFile();
  await picture('import', `/nhap-lieu?lo=${batch}`, { ...desk, theme: 'light', waitFor: 'text=Tải bảng lỗi' });
} finally {
  await browser.close();
  await server.stop();
}

type Picture = { width: number; height: number; theme: 'light' | 'dark' | 'projector'; waitFor?: string };

async function picture(name: string, path: string, { theme, waitFor, ...size }: Picture): Promise<void> {
  const { page, context, faults } = await openPage(browser, `${server.url}${path}`, { ...size, session });
  await page.evaluate(`localStorage.setItem('diemnong.theme', '${theme}')`);
  await page.reload();
  await page.waitForSelector(waitFor ?? 'html[data-map-ready="true"]', { timeout: 60_000, state: 'attached' });
  await rest(page);
  await page.screenshot({ path: `${directory}${name}.png` });
  await context.close();
  if (faults.length > 0) throw new Error(`${name}: ${faults.join('\n')}`);
  console.log(`docs/pictures/${name}.png`);
}

/** Until nothing has been asked of the server for a second. */
async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1500);
}

/** The cell with the highest score of the last two years. */
async function hottestCell(): Promise<string> {
  const answer = await server.fetch('/api/hotspots?res=9&from=2024-11-01&to=2026-11-01');
  const { cells, z } = (await answer.json()) as { cells: string[]; z: (number | null)[] };
  const scores = z.map((score) => score ?? 0);
  return cells[scores.indexOf(Math.max(...scores))];
}

/** An area of this year's list that reads strong or weak, the one with the most records before. */
async function tellingArea(): Promise<string> {
  const answer = await server.fetch('/api/targets/readings?year=2026');
  const { areas } = (await answer.json()) as { areas: { id: string; reading: string; before: number | null }[] };
  const told = areas.filter(({ reading }) => reading === 'strong' || reading === 'weak');
  return told.toSorted((a, b) => (b.before ?? 0) - (a.before ?? 0))[0].id;
}

/** Send the sample file with its deliberate errors and wait for its review. */
async function importSampleFile(): Promise<string> {
  const province = generateDemoProvince({ seed: DEMO_SEED });
  const { fileName, office, text } = makeSampleFile(province, generateDemoIncidents(province, { seed: DEMO_SEED }));
  const form = new FormData();
  form.set('options', JSON.stringify({ office }));
  form.set('file', new Blob([text], { type: 'text/csv' }), fileName);
  const answer = await server.fetch('/api/imports', { method: 'POST', body: form });
  const { id } = (await answer.json()) as { id: string };
  for (;;) {
    const { state } = (await server.fetch(`/api/imports/${id}`).then((batch) => batch.json())) as {
      state: string;
    };
    if (state === 'review') return id;
    if (state !== 'parsing') throw new Error(`the sample file came to ${state}`);
    await new Promise((next) => setTimeout(next, 200));
  }
}
