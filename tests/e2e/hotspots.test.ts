import type { HotspotStory, HotspotsResponse } from '@diemnong/contracts';
import { cellToLatLng } from 'h3-js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

const year = 'from=2025-11-01&to=2026-11-01';
const halfYear = 'from=2026-05-01&to=2026-11-01';
/** One coordinate with more records than chance brings to it, inside Phường Việt Trung. */
const pileUp = { lng: 106.460268, lat: 20.168053, records: 150 };

/** Hot spots and their trends on the map of the demonstration province, in a real browser against the server's own numbers. */
describe('the hot-spot layers', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    await importPileUp();
    browser = await launchBrowser();
    session = await server.signIn('province');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('shows in the legend how many cells each level has, and how many there would be without correction', async () => {
    const hotspots = await get<HotspotsResponse>(`/api/hotspots?res=9&${year}`);
    const { page, context, faults } = await open(`/?layer=hotspot&${year}`);
    for (const side of ['hot', 'cold'] as const)
      for (const [place, percent] of ([90, 95, 99] as const).entries()) {
        const shown = await number(page, `legend-${side}-${percent}`);
        expect(shown).toBe(hotspots.significant[side][`p${percent}`]);
        // Counted a second way: from the cells themselves.
        const significance = (side === 'hot' ? 1 : -1) * (place + 1);
        expect(hotspots.significance.filter((one) => one === significance)).toHaveLength(shown);
      }
    expect(hotspots.significant.hot.p99).toBeGreaterThan(0);
    const { hot, cold } = hotspots.significant.withoutFdr;
    const uncorrected = hotspots.p.filter((p, i) => p !== null && p <= 0.05 && (hotspots.z[i] ?? 0) > 0);
    expect(uncorrected).toHaveLength(hot);
    const told = await page.getByTestId('legend-without-fdr').innerText();
    expect(numbersIn(told)).toEqual([95, hot, cold]);
    expect(await number(page, 'status-counted')).toBe(hotspots.counted);
    expect(await number(page, 'status-inCells')).toBe(hotspots.inCells);
    expect(hotspots.counts.reduce((sum, count) => sum + count, 0)).toBe(hotspots.counted);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('keeps the size of the cells while the map is zoomed, and changes it by hand', async () => {
    const { page, context } = await open(`/?layer=hotspot&${year}&at=106.46,20.17,13.5`);
    const chip = page.getByRole('button', { name: /^Điểm nóng · cỡ/ });
    expect(await chip.innerText()).toContain('cỡ 9');
    await chip.click();
    await page.getByRole('radiogroup', { name: 'Cỡ ô' }).getByText('8', { exact: true }).click();
    const { significant } = await get<HotspotsResponse>(`/api/hotspots?res=8&only=significant&${year}`);
    await becomes(page, 'legend-hot-99', significant.hot.p99);
    expect(new URL(page.url()).searchParams.get('res')).toBe('8');
    await context.close();
  });

  it('explains the hottest cell under a click with the numbers of its story', async () => {
    const hotspots = await get<HotspotsResponse>(`/api/hotspots?res=9&only=significant&${year}`);
    const highest = hotspots.z.reduce<number>((best, z, i) => ((z ?? 0) > (hotspots.z[best] ?? 0) ? i : best), 0);
    const cell = hotspots.cells[highest] ?? '';
    expect(hotspots.significance[highest]).toBe(3);
    const page = await clickOn(cell, `layer=hotspot&${year}`);
    const story = await get<HotspotStory>(`/api/hotspots/${cell}?${year}`);
    const ring = story.neighbours.reduce((sum, { count }) => sum + count, 0);
    expect(story.neighbours).toHaveLength(6);
    const around = await page.page.getByTestId('why-around').innerText();
    expect(numbersIn(around).slice(0, 4)).toEqual([story.count, 6, ring, story.count + ring]);
    // The same counts, added up from the list of cells.
    expect(hotspots.counts[highest]).toBe(story.count);
    expect(await page.page.getByTestId('why-verdict').innerText()).toBe('Điểm nóng, mức 99%');
    expect(await page.page.getByTestId('why-chance').innerText()).toContain('không quá 1% là gọi nhầm');
    expect(await page.page.getByTestId('why-label').innerText()).toContain('Điểm nóng dai dẳng (nhóm kéo dài)');
    expect(page.faults).toEqual([]);
    await page.context.close();
  });

  it('selects a cell that is like any other under a click, and says that it is', async () => {
    const { cells, significance, p } = await get<HotspotsResponse>(`/api/hotspots?res=9&${year}`);
    const ordinary = cells[significance.findIndex((one, i) => one === 0 && (p[i] ?? 0) > 0.4)] ?? '';
    const page = await clickOn(ordinary, `layer=hotspot&${year}`);
    expect(await page.page.getByTestId('why-verdict').innerText()).toBe('Không khác mức chung rõ rệt');
    expect(page.faults).toEqual([]);
    await page.context.close();
  });

  it('offers the way to the hot spots from a hexagon of another layer', async () => {
    const { cells } = await get<HotspotsResponse>(`/api/hotspots?res=8&only=significant&${year}`);
    const { page, context } = await open(`/?${year}&selected=hex:${cells[0]}`);
    await page.getByRole('button', { name: 'Bật lớp điểm nóng' }).click();
    await page.getByTestId('why-hotspot').waitFor();
    const search = new URL(page.url()).searchParams;
    expect([search.get('layer'), search.get('res')]).toEqual(['hotspot', '8']);
    await context.close();
  });

  it('draws the five groups with their numbers, cold ones only when asked for', async () => {
    const { groups } = await get<HotspotsResponse>(`/api/hotspots?res=8&only=significant&${year}`);
    if (groups === null) throw new Error('twelve months have labels');
    const { page, context, faults } = await open(`/?layer=emerging&res=8&${year}`);
    for (const [group, { hot }] of Object.entries(groups)) expect(await number(page, `legend-${group}-hot`)).toBe(hot);
    expect(groups.lasting.hot).toBeGreaterThan(0);
    expect(await page.getByTestId('legend-lasting-cold').count()).toBe(0);
    await page.getByLabel('Vẽ cả nhóm lạnh').check();
    for (const [group, { cold }] of Object.entries(groups))
      expect(await number(page, `legend-${group}-cold`)).toBe(cold);
    expect(new URL(page.url()).searchParams.get('cold')).toBe('1');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('gives no trend a name under 12 months, says so on the map, and looks at 24 on request', async () => {
    const { page, context, faults } = await open(`/?layer=emerging&${halfYear}`);
    const notice = page.getByTestId('few-steps');
    expect(await notice.innerText()).toMatch(/Chưa đủ kỳ[\s\S]*12 tháng trọn[\s\S]*có 6/);
    expect(await page.getByTestId('legend-groups').count()).toBe(0);
    await notice.getByRole('button', { name: 'Xem 24 tháng' }).click();
    await page.getByTestId('legend-groups').waitFor();
    const search = new URL(page.url()).searchParams;
    expect([search.get('from'), search.get('to')]).toEqual(['2024-11-01', '2026-11-01']);
    expect(await notice.count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('warns on the map itself with the numbers, folds a warning to its name but never away', async () => {
    const { warnings } = await get<HotspotsResponse>(`/api/hotspots?res=9&only=significant&${year}`);
    const { page, context } = await open(`/?layer=hotspot&${year}`);
    const stack = page.getByTestId('hotspot-warnings');
    const unreported = warnings.find((warning) => warning.kind === 'unreported');
    expect(unreported?.communeMonths).toBeGreaterThan(0);
    expect(numbersIn(await said(page, 'unreported'))[0]).toBe(unreported?.communeMonths);
    expect(await number(page, 'status-leftOut')).toBe(unreported?.communeMonths);
    const piled = warnings.find((warning) => warning.kind === 'pile-ups');
    expect(piled?.records).toBeGreaterThanOrEqual(pileUp.records);
    expect(await said(page, 'pile-ups')).toContain(`${piled?.records} vụ dồn vào ${piled?.places.length} toạ độ`);

    await stack.getByRole('button', { name: 'Thu gọn: chưa báo cáo' }).click();
    const pill = stack.getByRole('button', { name: 'chưa báo cáo', exact: true });
    await pill.click();
    expect(await said(page, 'unreported')).toContain('chưa báo cáo');

    await stack.getByRole('button', { name: /Đến nơi nhiều nhất/ }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('at') !== null);
    const [lng = 0, lat = 0] = (new URL(page.url()).searchParams.get('at') ?? '').split(',').map(Number);
    expect(Math.hypot(lng - pileUp.lng, lat - pileUp.lat)).toBeLessThan(0.001);

    await stack.getByRole('button', { name: 'Xem mỗi vạn dân' }).click();
    await page.waitForFunction(() => new URL(location.href).searchParams.get('score') === 'per10k');
    const per10k = await get<HotspotsResponse>(`/api/hotspots?res=9&only=significant&measure=per10k&${year}`);
    await becomes(page, 'legend-hot-99', per10k.significant.hot.p99);
    expect(await page.locator('[data-warning="raw-counts"]').count()).toBe(0);
    await context.close();
  });

  it('says when there are too few incidents to say much', async () => {
    const murder = `/api/hotspots?res=9&only=significant&categories=murder&${year}`;
    const { counted, warnings } = await get<HotspotsResponse>(murder);
    const few = warnings.find(({ kind }) => kind === 'few-incidents');
    expect(few).toBeDefined();
    const { page, context } = await open(`/?layer=hotspot&categories=murder&${year}`);
    expect(numbersIn(await said(page, 'few-incidents'))[0]).toBe(counted);
    await context.close();
  });

  it('is not shown to an account for shared views, which is told why', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/?layer=hotspot`, {
      session: await server.signIn('viewer'),
    });
    await mapReady(page);
    expect(await said(page, 'refused')).toContain('không có lớp điểm nóng');
    await page.getByRole('button', { name: /^Ô lục giác/ }).click();
    await page.getByText('Điểm nóng và xu thế không có trong tài khoản xem chung').waitFor();
    expect(await page.getByRole('radio', { name: 'Mặt nhiệt' }).count()).toBe(1);
    expect(await page.getByRole('radio', { name: 'Điểm nóng' }).count()).toBe(0);
    // It asked for nothing that it is refused.
    expect(faults).toEqual([]);
    await context.close();
  });

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', language: 'vi', layer: 'hotspot' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', language: 'en', layer: 'emerging' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', language: 'vi', layer: 'hotspot' },
  ] as const;

  for (const { name, width, height, theme, language, layer } of views)
    it(`is readable at the ${name} (${theme}, ${language}): warnings, legend and filters beside each other`, async () => {
      const search = `layer=${layer}&cold=1&hours=18,19&${year}${language === 'en' ? '&lang=en' : ''}`;
      const { page, context, faults } = await openPage(browser, `${server.url}/?${search}`, { session, width, height });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      await page.reload();
      await mapReady(page);
      const boxes = await Promise.all(['hotspot-warnings', 'legend'].map((id) => page.getByTestId(id).boundingBox()));
      const [warnings, legend] = boxes;
      // The last of the chips, so also the lowest where they take two rows.
      const chips = await page.getByRole('button', { name: /^(lọc|filter)$/ }).boundingBox();
      if (!warnings || !legend || !chips) throw new Error('a part is missing');
      expect(chips.y + chips.height).toBeLessThan(warnings.y);
      expect(warnings.y + warnings.height).toBeLessThan(legend.y);
      expect(await seriousAxeFaults(page)).toEqual([]);
      expect(await clippedControls(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    });

  async function open(path: string): Promise<WatchedPage> {
    const watched = await openPage(browser, server.url + path, { session });
    await mapReady(watched.page);
    return watched;
  }

  /** Opens the map with a cell in its middle and clicks there; waits for the explanation. */
  async function clickOn(cell: string, search: string): Promise<WatchedPage> {
    const [lat, lng] = cellToLatLng(cell);
    const watched = await open(`/?${search}&at=${lng.toFixed(5)},${lat.toFixed(5)},13`);
    const box = await watched.page.locator('canvas').first().boundingBox();
    if (box === null) throw new Error('no map canvas');
    await watched.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await watched.page.getByTestId('why-verdict').waitFor();
    expect(new URL(watched.page.url()).searchParams.get('selected')).toBe(`hex:${cell}`);
    return watched;
  }

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await server.fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  async function importPileUp(): Promise<void> {
    const heading = 'Số hồ sơ,Loại vụ việc,Thời điểm xảy ra,Xã/phường,Độ chính xác vị trí,Kinh độ,Vĩ độ,Trạng thái';
    const rows = Array.from({ length: pileUp.records }, (_, i) => {
      const day = String(1 + (i % 28)).padStart(2, '0');
      return `DON-${i},Móc túi,${day}/10/2026 10:00,Phường Việt Trung,Toạ độ,${pileUp.lng},${pileUp.lat},Đã tiếp nhận`;
    });
    const form = new FormData();
    form.set('options', JSON.stringify({ office: 'CAX-90034', commit: true }));
    form.set('file', new Blob([[heading, ...rows].join('\n')], { type: 'text/csv' }), 'don-toa-do.csv');
    const { id } = (await (await server.fetch('/api/imports', { method: 'POST', body: form })).json()) as {
      id: string;
    };
    for (;;) {
      const { state } = await get<{ state: string }>(`/api/imports/${id}`);
      if (state === 'committed') return;
      if (state !== 'parsing' && state !== 'committing') throw new Error(`the file came to ${state}`);
      await new Promise((next) => setTimeout(next, 200));
    }
  }
});

async function mapReady(page: Page): Promise<void> {
  await page.waitForSelector('html[data-map-ready="true"]', { timeout: 60_000 });
  await page.waitForLoadState('networkidle');
}

/** The sentence of a warning that is open. */
async function said(page: Page, kind: string): Promise<string> {
  const warning = page.locator(`li[data-warning="${kind}"]`);
  await warning.waitFor();
  return warning.innerText();
}

async function number(page: Page, testId: string): Promise<number> {
  const element = page.getByTestId(testId);
  await element.waitFor();
  return Number((await element.innerText()).replaceAll('.', ''));
}

/** Whole numbers of a Vietnamese sentence, in order. */
function numbersIn(text: string): number[] {
  return (text.match(/\d[\d.]*(?![\d,]*,\d)/g) ?? []).map((part) => Number(part.replaceAll('.', '')));
}

async function becomes(page: Page, testId: string, expected: number): Promise<void> {
  await page.waitForFunction(
    ([id, text]) => document.querySelector(`[data-testid="${id}"]`)?.textContent?.replaceAll('.', '') === text,
    [testId, String(expected)],
  );
}
