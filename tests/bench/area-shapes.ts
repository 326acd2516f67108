/**
 * The map with 10,000 drawn areas over the demonstration province, on a real server and in a real browser (software rendering).
 * Server: GET /api/areas/shapes; peer, in the same run: the board of the same areas, which has the same statuses and no shapes.
 * Browser: from the click on the areas to their drawing; frames while the map is dragged and zoomed, of the province and of a
 * town; peer: the same map without the areas. Seeded. Fails when the map with them is `mostTimes` as slow as the one without.
 * Usage: npm run bench -- area-shapes
 */
import { availableParallelism, cpus } from 'node:os';
import type { AreaShapesResponse } from '@diemnong/contracts';
import knex from 'knex';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createServerDatabase } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { insertDrawnAreas } from '../support/drawn-areas.ts';
import { startServerProcess } from '../support/server-process.ts';

const areaCount = 10_000;
const runs = 7;
const mostTimes = 4;

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
await prepareDatabases();
const { databaseUrl, drop } = await createServerDatabase();
const server = await startServerProcess({ env: { DATABASE_URL: databaseUrl, DEMO: '1' } });
const browser = await launchBrowser();
try {
  const town = await fill();
  const session = await server.signIn('province');
  await measureAnswers(session);
  await measureClick(session);
  for (const [name, camera] of [
    ['province', ''],
    ['town', `at=${town.lng},${town.lat},13`],
  ] as const) {
    const without = await measureFrames(session, camera);
    const withAreas = await measureFrames(session, `${camera}&areas=1`);
    const times = withAreas.slow / without.slow;
    console.log(`${name}, frames without areas: ${without.text}`);
    console.log(`${name}, frames with them:     ${withAreas.text}; ratio of the 95th percentiles ${times.toFixed(1)}`);
    if (times >= mostTimes) fail(`${name}: ${times.toFixed(1)} times as slow with the areas, limit ${mostTimes}`);
  }
} finally {
  await browser.close();
  await server.stop();
  await drop();
}

/** @returns about the middle of the commune that has most areas. */
async function fill(): Promise<{ lng: number; lat: number }> {
  const database = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });
  try {
    const { code } = await database('province').first<{ code: string }>('code');
    const count = await insertDrawnAreas(database, {
      provinceCode: code,
      count: areaCount,
      seed: 20_261_122,
      to: '2026-10-31',
    });
    const { rows } = await database.raw<{ rows: [{ lng: number; lat: number }] }>(
      `with town as (select commune_code from area group by 1 order by count(*) desc, 1 limit 1)
       select avg(ST_X(ST_Centroid(geom))) as lng, avg(ST_Y(ST_Centroid(geom))) as lat
       from area
       join town using (commune_code)`,
    );
    console.log(`${count} areas beside those of the demonstration`);
    return rows[0];
  } finally {
    await database.destroy();
  }
}

async function measureAnswers(session: string): Promise<void> {
  const ask = (path: string, encoding: string) => async () => {
    const answer = await fetch(server.url + path, {
      headers: { cookie: `diemnong_session=${session}`, 'accept-encoding': encoding },
    });
    return { text: await answer.text(), sent: Number(answer.headers.get('content-length')) };
  };
  const board = await measure(ask('/api/areas?limit=10000', 'br'));
  const shapes = await measure(ask('/api/areas/shapes?limit=10000', 'br'));
  const { features, undrawn } = JSON.parse(shapes.result.text) as AreaShapesResponse;
  if (features.length + undrawn !== areaCount) fail(`${features.length + undrawn} areas, expected ${areaCount}`);
  console.log(
    `shapes: ${shapes.text}, ${kilobytes(shapes.result.sent)} sent, ${kilobytes(Buffer.byteLength(shapes.result.text))} of JSON`,
  );
  console.log(
    `peer, the board: ${board.text}, ${kilobytes(board.result.sent)} sent; ratio ${(shapes.median / board.median).toFixed(1)}`,
  );
}

async function measureClick(session: string): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const { page, context } = await openPage(browser, server.url, { session });
    await page.waitForSelector('html[data-map-ready="true"]', { state: 'attached' });
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: /Ô lục giác/ }).click();
    const box = page.getByLabel('Hiện địa bàn trên bản đồ');
    const start = performance.now();
    await box.check();
    await page.waitForSelector('[data-testid="area-legend"]');
    await waitForFrames(page, 3);
    times.push(performance.now() - start);
    await context.close();
  }
  console.log(`from the click to the drawn areas: ${describe(times)}`);
}

async function measureFrames(session: string, search: string): Promise<{ slow: number; text: string }> {
  const { page, context } = await openPage(browser, `${server.url}/?${search}`, { session });
  await page.waitForSelector('html[data-map-ready="true"]', { state: 'attached' });
  if (search.includes('areas')) await page.waitForSelector('[data-testid="area-legend"]');
  await page.waitForLoadState('networkidle');
  await waitForFrames(page, 5);
  await page.evaluate(() => {
    const frames: number[] = [];
    let last: number | undefined;
    const tick = (now: number) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { frames });
  });
  const [x, y] = [800, 450];
  for (const side of [1, -1, 1, -1]) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(x + side * step * 12, y + side * step * 4);
    await page.mouse.up();
    await waitForFrames(page, 5);
  }
  for (const side of [1, -1, 1, -1]) {
    for (let step = 0; step < 5; step++) await page.mouse.wheel(0, -120 * side);
    await waitForFrames(page, 20);
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  await context.close();
  // Between the moves nothing is drawn: the median is of frames that cost nothing.
  return { slow: quantile(frames, 0.95), text: describe(frames) };
}

function waitForFrames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (frames) => {
    for (let i = 0; i < frames; i++) await new Promise((next) => requestAnimationFrame(next));
  }, count);
}

async function measure<Result>(run: () => Promise<Result>) {
  let result = await run(); // warm
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const begun = performance.now();
    result = await run();
    times.push(performance.now() - begun);
  }
  return { result, median: quantile(times, 0.5), text: describe(times) };
}

function describe(times: readonly number[]): string {
  const [median, high] = [quantile(times, 0.5), quantile(times, 0.95)];
  return `median ${median.toFixed(0)} ms, 95th percentile ${high.toFixed(0)} ms, min ${Math.min(...times).toFixed(0)} ms, n ${times.length}`;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
