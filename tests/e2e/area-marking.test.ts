import type { AreaAnswer, AreaCandidatesResponse, AreaShapesResponse, AreasResponse } from '@diemnong/contracts';
import { getResolution, latLngToCell } from 'h3-js';
import type { Knex } from 'knex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { sendAs } from '../support/send-as.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

/** Inside Phường Việt Trung of the simulated province; the map is opened there, 13.5 deep. */
const at = { lng: 106.46, lat: 20.17, zoom: 13.5 };
const camera = `at=${at.lng},${at.lat},${at.zoom}`;

/** Areas marked, changed and suggested in a real browser, counted again through the API and in plain SQL. */
describe('marking areas', () => {
  let server: ServerProcess;
  let browser: Browser;
  let session: string;
  let sql: Knex;

  beforeAll(async () => {
    const dataDir = copyEmbeddedTemplate(temporaryDirectory());
    server = await startServerProcess({ dataDir, env: { DEMO: '1' } });
    sql = connectEmbeddedOwner(dataDir);
    browser = await launchBrowser();
    session = await server.signIn('planner');
  });
  afterAll(async () => {
    await browser?.close();
    await sql?.destroy();
    await server?.stop();
  });

  it('tells in the legend how many areas of each status and type are drawn', async () => {
    const { page, context, faults } = await open('/?areas=1');
    await page.getByTestId('area-legend').waitFor();
    const { features } = await get<AreaShapesResponse>('/api/areas/shapes');
    const { rows } = await sql.raw<{ rows: { id: string; types: number[] }[] }>(
      'select id, types from area where geom is not null',
    );
    const drawnTypes = new Map(rows.map(({ id, types }) => [id, types]));
    const open_ = features.filter(
      ({ properties }) => !['closed', 'rejected', 'superseded', 'draft'].includes(properties.status),
    );
    expect(open_.length).toBeGreaterThan(10);
    for (const status of new Set(open_.map(({ properties }) => properties.status)))
      expect(await number(page, `area-legend-${status}`)).toBe(
        open_.filter(({ properties }) => properties.status === status).length,
      );
    for (const type of [1, 2, 3, 4])
      expect(await number(page, `area-legend-type-${type}`)).toBe(
        open_.filter(({ properties }) => drawnTypes.get(properties.id)?.includes(type)).length,
      );
    expect(faults).toEqual([]);
    await context.close();
  });

  it('flies to the area of a link and leads to its page', async () => {
    const { features } = await get<AreaShapesResponse>('/api/areas/shapes');
    const area = features.find(({ properties }) => properties.status === 'watched') ?? features[0];
    if (area === undefined) throw new Error('the demonstration has areas');
    const { page, context, faults } = await open(`/?area=${area.properties.id}`);
    await page.getByTestId('area-card').getByText(area.properties.name).waitFor();
    await page.waitForFunction(() => new URL(location.href).searchParams.has('at'));
    const [lng = 0, lat = 0] = (new URL(page.url()).searchParams.get('at') ?? '').split(',').map(Number);
    const corners = area.geometry.coordinates.flat(2);
    const [lngs, lats] = [corners.map(([x = 0]) => x), corners.map(([, y = 0]) => y)];
    expect(lng).toBeGreaterThan(Math.min(...lngs) - 0.01);
    expect(lng).toBeLessThan(Math.max(...lngs) + 0.01);
    expect(lat).toBeGreaterThan(Math.min(...lats) - 0.01);
    expect(lat).toBeLessThan(Math.max(...lats) + 0.01);
    await page.getByRole('link', { name: 'Mở trang địa bàn' }).click();
    await page.waitForURL(`**/dia-ban/${area.properties.id}*`);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('draws a polygon by mouse, drags one of its corners, and finds it by API and in SQL', async () => {
    const { page, context, faults } = await openMarking(`/dia-ban/moi?${camera}`);
    const corners = [
      [-120, -90],
      [120, -90],
      [120, 90],
      [-120, 90],
    ] as const;
    await clickCorners(page, corners);
    await page.getByTestId('drawn-parts').getByText('1 vùng').waitFor();
    const before = await text(page, 'place-km2');
    // The upper right corner, dragged 60 pixels to the right: a quarter of the width on that side.
    const middle = await middleOf(page);
    await page.mouse.move(middle.x + 120, middle.y - 90);
    await page.mouse.down();
    await page.mouse.move(middle.x + 150, middle.y - 90, { steps: 4 });
    await page.mouse.move(middle.x + 180, middle.y - 90, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(
      (old) => document.querySelector('[data-testid="place-km2"]')?.textContent !== old,
      before,
    );
    await fillFields(page, { name: 'Khu chợ vẽ tay', type: 'Ma túy' });
    const cells = await number(page, 'place-cells');
    const area = await save(page);
    expect(area).toMatchObject({
      name: 'Khu chợ vẽ tay',
      status: 'proposed',
      types: [4],
      origin: 'drawn',
      revision: 1,
    });
    expect(area.cells).toHaveLength(cells);
    const { rows } = await sql.raw<{ rows: { km2: number; cells: number; corners: number }[] }>(
      `select st_area(geom::geography) / 1e6 as km2, cardinality(cells) as cells, st_npoints(geom) as corners
       from area where id = :id`,
      { id: area.id },
    );
    expect(rows[0]).toMatchObject({ cells, corners: 5 });
    expect(rows[0]?.km2).toBeCloseTo(area.areaKm2 ?? 0, 6);
    // A trapezium of 240 (300 above) × 180 pixels.
    const kmPerPixel = (40_075.017 * Math.cos((at.lat * Math.PI) / 180)) / (512 * 2 ** at.zoom);
    expect(((rows[0]?.km2 ?? 0) / (270 * 180 * kmPerPixel ** 2)).toFixed(1)).toBe('1.0');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('lays a corner drawn near the border of a commune on that border', async () => {
    const zoom = 15;
    // A place on the border, and the way across it there, clockwise from north.
    const { rows: borders } = await sql.raw<{ rows: { lng: number; lat: number; across: number }[] }>(
      `with part as (
         select (st_dump(commune.geom)).geom
         from commune join boundary_set on boundary_set.id = boundary_set_id and is_default
         where full_name = 'Phường Việt Trung'
       ), ring as (
         select st_exteriorring(geom) as line from part order by st_area(geom) desc limit 1
       ), ends as (
         select st_lineinterpolatepoint(line, 0.3) as point, st_lineinterpolatepoint(line, 0.3001) as further from ring
       )
       select st_x(point) as lng, st_y(point) as lat, st_azimuth(point::geography, further::geography) + pi() / 2 as across
       from ends`,
    );
    const [{ lng, lat, across }] = borders as [{ lng: number; lat: number; across: number }];
    const { page, context, faults } = await openMarking(`/dia-ban/moi?at=${lng},${lat},${zoom}`);
    await page.getByLabel(/^Bám ranh giới xã, phường/).check();
    // The first corner lies 12 pixels (27 m) beside the border, the others far from it.
    const aside = (pixels: number, turn: number) =>
      [Math.round(pixels * Math.sin(across + turn)), Math.round(-pixels * Math.cos(across + turn))] as const;
    await clickCorners(page, [aside(12, 0), aside(220, -0.5), aside(220, 0.5)]);
    await page.getByTestId('drawn-parts').getByText('1 vùng').waitFor();
    await fillFields(page, { name: 'Khu sát ranh giới', type: 'Kinh tế' });
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/areas'));
    const area = await save(page);
    const { place } = (await sent).postDataJSON() as { place: { polygon: object; snapM: number } };
    expect(place.snapM).toBe(60);
    const { rows } = await sql.raw<{ rows: { drawn: number; stored: number }[] }>(
      `with border as (
         select st_boundary(commune.geom) as line
         from commune join boundary_set on boundary_set.id = boundary_set_id and is_default
         where full_name = 'Phường Việt Trung'
       ), nearest as (
         select place, min(st_distance(corner.geom::geography, line::geography)) as metres
         from border, (
           select 'drawn' as place, (st_dumppoints(st_geomfromgeojson(:drawn))).geom
           union all
           select 'stored', (st_dumppoints(geom)).geom from area where id = :id
         ) as corner
         group by place
       )
       select max(metres) filter (where place = 'drawn') as drawn, max(metres) filter (where place = 'stored') as stored
       from nearest`,
      { id: area.id, drawn: JSON.stringify(place.polygon) },
    );
    expect(rows[0]?.drawn).toBeGreaterThan(10);
    expect(rows[0]?.drawn).toBeLessThan(60);
    expect(rows[0]?.stored).toBeLessThan(0.5);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('takes a whole commune by name, without a mouse', async () => {
    const { page, context, faults } = await openMarking(`/dia-ban/moi?${camera}`);
    await choose(page, 'Cách khoanh', 'Cả xã');
    await page.getByRole('combobox', { name: 'Xã, phường', exact: true }).fill('viet trung');
    await page.keyboard.press('Enter');
    expect(await text(page, 'place-communes')).toBe('Việt Trung');
    await fillFields(page, { name: 'Cả phường Việt Trung', type: 'Kinh tế' });
    const area = await save(page);
    const { rows } = await sql.raw<{ rows: { same: boolean }[] }>(
      `select st_area(st_symdifference(area.geom, commune.geom)::geography) < 100 as same
       from area join commune on commune.code = area.commune_code
       join boundary_set on boundary_set.id = commune.boundary_set_id and boundary_set.is_default
       where area.id = :id`,
      { id: area.id },
    );
    expect(rows).toEqual([{ same: true }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('gathers hexagons by dragging, gives them back by dragging, and keeps the rest', async () => {
    const { page, context, faults } = await openMarking(`/dia-ban/moi?${camera}`);
    await choose(page, 'Cách khoanh', 'Gom ô');
    const middle = await middleOf(page);
    await drag(page, { x: middle.x - 150, y: middle.y }, { x: middle.x + 150, y: middle.y });
    const taken = await number(page, 'gathered');
    expect(taken).toBeGreaterThan(4);
    await drag(page, { x: middle.x + 150, y: middle.y }, { x: middle.x + 90, y: middle.y });
    const left = await number(page, 'gathered');
    expect(left).toBeLessThan(taken);
    await fillFields(page, { name: 'Dãy ô qua chợ', type: 'Trật tự xã hội' });
    const area = await save(page);
    expect(area.origin).toBe('cells');
    // 0.105 km² a cell on average (h3geo.org, table of cell statistics); here somewhat less.
    expect((area.areaKm2 ?? 0) / left).toBeGreaterThan(0.07);
    expect((area.areaKm2 ?? 0) / left).toBeLessThan(0.13);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('tells at its field what the server refuses, and keeps the draft over a reload', async () => {
    const cell = latLngToCell(at.lat, at.lng, 9);
    const { page, context } = await openMarking(`/dia-ban/moi?${camera}&cells=${cell}`);
    await page.getByRole('button', { name: 'Lưu đề xuất' }).click();
    await page.getByText('Tên cần ít nhất 2 ký tự.').waitFor();
    await fillFields(page, { name: 'Nhà ông 0912345678', type: 'Ma túy' });
    await page.getByRole('button', { name: 'Lưu đề xuất' }).click();
    await page.locator('[data-fault]').getByText('Nền tảng không nhận dữ liệu cá nhân').waitFor();
    await page.goto(`${server.url}/dia-ban/moi`);
    await page.getByText('Đã mở lại bản đang làm dở').waitFor();
    expect(await page.getByLabel('Tên địa bàn').inputValue()).toBe('Nhà ông 0912345678');
    const { rows } = await sql.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from area where name like '%0912345678%'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
    await context.close();
  });

  it('edits with a reason and a history, and writes nothing over what somebody else changed meanwhile', async () => {
    const area = await create('Khu sửa', [latLngToCell(20.1, 106.5, 8)]);
    const { page, context } = await openMarking(`/dia-ban/${area.id}/sua`);
    await page.getByLabel('Tên địa bàn').fill('Khu sửa lần hai');
    await page.getByLabel('Lý do').fill('đổi tên theo quyết định');
    const other = await sendAs(server, session, `/api/areas/${area.id}`, {
      method: 'PATCH',
      body: { revision: 1, reason: 'người khác', level: 'commune' },
    });
    expect(other.status).toBe(200);
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.getByText('Người khác vừa sửa địa bàn này').waitFor();
    expect((await get<AreaAnswer>(`/api/areas/${area.id}`)).area).toMatchObject({ name: 'Khu sửa', revision: 2 });
    await page.getByRole('button', { name: 'Sửa tiếp trên bản 2' }).click();
    await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.waitForURL(`**/dia-ban/${area.id}?**`);
    const { revisions } = (await get<AreaAnswer>(`/api/areas/${area.id}`)).area;
    expect(revisions.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    await context.close();
  });

  it('divides an area by a cutting line, and the parts add up to it', async () => {
    const polygon = square(at.lng, at.lat, 0.006);
    const area = await create('Khu chia', { polygon, snapM: 0 });
    const { page, context, faults } = await openMarking(`/dia-ban/${area.id}/sua?cach=chia&${camera}`);
    await page.getByRole('button', { name: 'Vẽ đường cắt' }).and(page.locator(':enabled')).waitFor();
    await page.waitForTimeout(2500); // the map flies to the area
    const middle = await middleOf(page);
    const box = await page.getByTestId('marking-map').boundingBox();
    const half = (box?.height ?? 0) / 2 - 70;
    // The last point once more ends the line.
    for (const [dx, dy] of [
      [0, -half],
      [10, half],
      [10, half],
    ] as const) {
      await page.mouse.move(middle.x + dx, middle.y + dy, { steps: 4 });
      await page.mouse.click(middle.x + dx, middle.y + dy);
    }
    await page.getByTestId('split-parts').getByText('2 phần').waitFor();
    await page.getByLabel('Lý do').fill('hai tổ dân phố');
    await page.getByRole('button', { name: 'Chia thành 2 phần' }).click();
    await page.waitForURL(`**/dia-ban/${area.id}?**`);
    const parent = (await get<AreaAnswer>(`/api/areas/${area.id}`)).area;
    expect(parent.status).toBe('superseded');
    expect(parent.successors).toHaveLength(2);
    const { rows } = await sql.raw<{ rows: { whole: number; parts: number }[] }>(
      `select (select area_m2 from area where id = :id) as whole,
        (select sum(area_m2) from area where :id = any(parents)) as parts`,
      { id: area.id },
    );
    expect((rows[0]?.parts ?? 0) / (rows[0]?.whole ?? 1)).toBeCloseTo(1, 4);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('makes one area of two of the same status', async () => {
    const one = await create('Khu gộp một', [latLngToCell(20.2, 106.45, 9)]);
    const two = await create('Khu gộp hai', [latLngToCell(20.21, 106.45, 9)]);
    const { page, context, faults } = await openMarking(`/dia-ban/${one.id}/sua?cach=gop`);
    await page.getByRole('checkbox', { name: /^Khu gộp hai/ }).check();
    await page.getByLabel('Tên địa bàn mới').fill('Khu gộp chung');
    await page.getByLabel('Lý do').fill('liền nhau');
    await page.getByRole('button', { name: 'Gộp 2 địa bàn thành một' }).click();
    await page.getByRole('heading', { name: 'Khu gộp chung' }).first().waitFor();
    const { areas } = await get<AreasResponse>(`/api/areas?text=${encodeURIComponent('Khu gộp')}`);
    expect(Object.fromEntries(areas.map(({ name, status }) => [name, status]))).toEqual({
      'Khu gộp một': 'superseded',
      'Khu gộp hai': 'superseded',
      'Khu gộp chung': 'proposed',
    });
    const { rows } = await sql.raw<{ rows: { same: boolean }[] }>(
      `select (select array_agg(cell order by cell) from area, unnest(cells) as cell where id in (:one, :two))
        = (select array_agg(cell order by cell) from area, unnest(cells) as cell where name = 'Khu gộp chung') as same`,
      { one: one.id, two: two.id },
    );
    expect(rows).toEqual([{ same: true }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('refuses a suggestion with a reason, and makes an area of another', async () => {
    const { candidates } = await get<AreaCandidatesResponse>('/api/area-candidates?type=4');
    const usable = candidates.filter(({ cells }) => cells.length <= 60);
    const [refused, accepted] = usable;
    if (refused === undefined || accepted === undefined) throw new Error('two suggestions are needed');
    const { page, context, faults } = await openMarking('/dia-ban/de-xuat');
    expect(await text(page, 'candidates-note')).toContain('Không phải dự báo');
    await choose(page, 'Loại', 'Ma túy');
    const item = page.getByTestId(`candidate-${refused.key}`);
    expect(await item.innerText()).toContain(`${refused.count.toLocaleString('vi-VN')} vụ`);
    await item.getByRole('button', { name: 'Từ chối' }).click();
    await page.getByLabel('Lý do').fill('đã có chốt trực');
    await page.getByRole('dialog').getByRole('button', { name: 'Từ chối' }).click();
    await item.waitFor({ state: 'detached' });
    await page.getByTestId(`candidate-${accepted.key}`).getByRole('link', { name: 'Nhận hoặc sửa' }).click();
    await page.waitForURL('**/dia-ban/moi?**');
    expect(await number(page, 'gathered')).toBe(accepted.cells.length);
    await page.getByLabel('Tên địa bàn').fill('Từ đề xuất');
    const area = await save(page);
    expect(area).toMatchObject({ name: 'Từ đề xuất', types: [4] });
    const after = await get<AreaCandidatesResponse>('/api/area-candidates?type=4&decided=1');
    const decisionOf = (key: string) => after.candidates.find((one) => one.key === key)?.decision;
    expect(decisionOf(refused.key)).toMatchObject({ decision: 'refused', reason: 'đã có chốt trực' });
    expect(decisionOf(accepted.key)).toMatchObject({ decision: 'accepted', areaId: area.id });
    expect(accepted.cells.every((cell) => getResolution(cell) === 9)).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('reads a list, shows its bad rows, writes nothing before it is told to, then leads to the approvals', async () => {
    const file = [
      'Tên địa bàn,Xã/phường,Loại,Số quyết định,Ngày quyết định',
      'Khu danh sách một,Phường Việt Trung,1,12/QĐ-UBND,05/01/2026',
      'Khu danh sách hai,Xã Không Có Thật,4,12/QĐ-UBND,05/01/2026',
    ].join('\n');
    const count = async () =>
      (await sql.raw<{ rows: { n: number }[] }>(`select count(*)::int as n from area where name like 'Khu danh sách%'`))
        .rows[0]?.n;
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/nhap`, { session });
    await page.getByLabel('Năm của danh sách').fill('2026');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'ds.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    expect(await number(page, 'list-new')).toBe(1);
    expect(await number(page, 'list-rejected')).toBe(1);
    expect(await text(page, 'list-rejected-rows')).toContain('Xã Không Có Thật');
    expect(await count()).toBe(0);
    await page.getByRole('button', { name: 'Ghi 1 địa bàn vào danh sách' }).click();
    await page.getByText('Đã ghi danh sách năm 2026').waitFor();
    expect(await count()).toBe(1);
    await page.getByRole('link', { name: 'Xem 1 bước chờ duyệt' }).click();
    await page.waitForURL('**/dia-ban/cho-duyet*');
    expect(faults).toEqual([]);
    await context.close();
  });

  const views = [
    { name: 'desk', width: 1440, height: 900, theme: 'light', language: 'vi' },
    { name: 'small laptop', width: 1024, height: 768, theme: 'dark', language: 'en' },
    { name: 'projector', width: 1920, height: 1080, theme: 'projector', language: 'vi' },
  ] as const;
  for (const { name, width, height, theme, language } of views)
    it(`draws its screens without a fault at the ${name} (${theme}, ${language})`, async () => {
      const lang = language === 'en' ? 'lang=en' : '';
      const { page, context, faults } = await openPage(browser, `${server.url}/?areas=1&${lang}`, {
        session,
        width,
        height,
      });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      for (const path of ['/?areas=1', '/dia-ban/moi?', '/dia-ban/de-xuat?', '/dia-ban/nhap?']) {
        await page.goto(`${server.url}${path}&${lang}`);
        await page.waitForLoadState('networkidle');
        expect(await seriousAxeFaults(page), path).toEqual([]);
        expect(await clippedControls(page), path).toEqual([]);
        expect(await cutOff(page), path).toEqual([]);
      }
      expect(faults).toEqual([]);
      await context.close();
    });

  async function open(path: string): Promise<WatchedPage> {
    const watched = await openPage(browser, server.url + path, { session });
    await watched.page.waitForSelector('html[data-map-ready="true"]', { timeout: 60_000 });
    await watched.page.waitForLoadState('networkidle');
    return watched;
  }

  /** A screen with the map beside a form: ready when nothing is on its way and the map has drawn. */
  async function openMarking(path: string): Promise<WatchedPage> {
    const watched = await openPage(browser, server.url + path, { session });
    await watched.page.locator('canvas.maplibregl-canvas').waitFor();
    await watched.page.waitForLoadState('networkidle');
    return watched;
  }

  async function clickCorners(page: Page, corners: readonly (readonly [number, number])[]): Promise<void> {
    await page.getByRole('radio', { name: 'Vẽ vùng' }).and(page.locator(':enabled')).waitFor({ state: 'attached' });
    const { x, y } = await middleOf(page);
    for (const [dx, dy] of corners) {
      await page.mouse.move(x + dx, y + dy);
      await page.mouse.click(x + dx, y + dy);
    }
    // The last corner once more closes it.
    const [dx, dy] = corners.at(-1) ?? [0, 0];
    await page.mouse.click(x + dx, y + dy);
  }

  async function fillFields(page: Page, { name, type }: { name: string; type: string }): Promise<void> {
    await page.getByLabel('Tên địa bàn').fill(name);
    await page.getByRole('checkbox', { name: type }).check();
  }

  async function save(page: Page): Promise<AreaAnswer['area']> {
    await page.getByRole('button', { name: 'Lưu đề xuất' }).click();
    await page.waitForURL(/\/dia-ban\/[0-9a-f-]{36}/);
    const id = /dia-ban\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    return (await get<AreaAnswer>(`/api/areas/${id}`)).area;
  }

  async function create(name: string, place: string[] | object): Promise<AreaAnswer['area']> {
    const answer = await sendAs(server, session, '/api/areas', {
      method: 'POST',
      body: { name, types: [1], place: Array.isArray(place) ? { cells: place } : place },
    });
    const body = (await answer.json()) as AreaAnswer;
    if (!answer.ok) throw new Error(JSON.stringify(body));
    return body.area;
  }

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await server.fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
});

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('marking-map').boundingBox();
  if (box === null) throw new Error('no map');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A choice of a few side by side: its word is what is clicked, the button itself is out of sight. */
async function choose(page: Page, group: string, option: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group, exact: true }).getByText(option, { exact: true }).click();
}

type Spot = { x: number; y: number };

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 24 });
  await page.mouse.up();
}

function square(lng: number, lat: number, half: number) {
  const ring = [
    [lng - half, lat - half],
    [lng + half, lat - half],
    [lng + half, lat + half],
    [lng - half, lat + half],
    [lng - half, lat - half],
  ];
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}

async function text(page: Page, testId: string): Promise<string> {
  const element = page.getByTestId(testId);
  await element.waitFor();
  return element.innerText();
}

/** The first number of a text, as Vietnamese readers write it. */
async function number(page: Page, testId: string): Promise<number> {
  return Number((/[\d.]+/.exec(await text(page, testId))?.[0] ?? '').replaceAll('.', ''));
}
