import { createHash } from 'node:crypto';
import { type AreaAnswer, type AreaEvidence, type AreasResponse, areaStatuses } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

/** A paper of a decision: the least that reads as a PDF. */
const decisionPdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** Hot-spot areas in a real browser: the board, an area's life with two people, what waits, what is reviewed, what is printed. */
describe('hot-spot areas on screen', () => {
  let server: ServerProcess;
  let browser: Browser;
  let planner: string;
  let province: string;
  let database: Knex;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
    planner = await server.signIn('planner');
    province = await server.signIn('province');
    database = connectEmbeddedOwner(server.dataDir);
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
      const shown = await areaWith('assessed_success');
      const waiting = await areaWith('transforming', ({ pending }) => pending > 0);
      const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban${search}`, {
        session: province,
        width,
        height,
      });
      await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
      const pages = [
        ['bang', '[data-testid="column-transforming"] article'],
        ['danh-sach', '[data-testid="area-table"] tr[data-row]'],
        ['cho-duyet', '[data-testid="pending-mine"] tbody tr'],
        ['xem-xet', '[data-testid="section-tasks"] p'],
        [shown, '[data-chart="area-series"] svg[role="img"]'],
        [waiting, '[data-chart="area-series"] svg[role="img"]'],
        [`${shown}/phieu`, '[data-testid="sheet"] svg[role="img"]'],
      ] as const;
      for (const [path, sign] of pages) {
        await page.goto(`${server.url}/dia-ban/${path}${search}`);
        await page.locator(sign).first().waitFor();
        await page.evaluate(() => document.fonts.ready);
        expect(await seriousAxeFaults(page), path).toEqual([]);
        expect(await clippedControls(page), path).toEqual([]);
        expect(await cutOff(page), path).toEqual([]);
      }
      expect(faults).toEqual([]);
      await context.close();
    });

  it('counts each column of the board as plain SQL does, today and as of another day', async () => {
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/bang`, { session: province });
    const check = async (day: string) => {
      await page.getByText(`tính đến hết ngày ${day.split('-').toReversed().join('/')}`).waitFor();
      const counted = await countByStatus(day);
      for (const status of areaStatuses.filter((one) => one !== 'draft'))
        expect(await page.getByTestId(`count-${status}`).innerText(), `${status} on ${day}`).toBe(
          vietnamese(counted.get(status) ?? 0),
        );
      return counted;
    };
    const now = await check((await get<AreasResponse>('/api/areas?limit=1')).asOf);
    expect([...now.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(20);
    await page.getByLabel('Tính đến hết ngày').fill('2025-06-30');
    const before = await check('2025-06-30');
    expect(before).not.toEqual(now);
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2025-06-30');
    await context.close();
  });

  it('narrows by year, type and words, and says which filter leaves nothing', async () => {
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/bang`, { session: province });
    await page.getByLabel('Danh sách năm').selectOption('2026');
    await page.getByLabel('Ma túy').check();
    const { rows } = await database.raw<{ rows: { n: number }[] }>(
      `select count(distinct area.id)::int as n
       from area
       join area_step as step on step.area_id = area.id
       where step.year = 2026 and 4 = any(types)`,
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
    await page.getByTestId('areas-count').getByText(`${rows[0]?.n} địa bàn,`).waitFor();
    await page.getByLabel('Tên địa bàn').fill('không nơi nào mang tên này');
    await page.getByText('Không có địa bàn nào khớp').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Xóa bộ lọc' }).click();
    await page.getByTestId('column-transforming').locator('article').first().waitFor();
    expect(new URL(page.url()).search).toBe('');
    await context.close();
  });

  it('scrolls ten thousand areas with under a hundred lines drawn, and shows some of a long column', async () => {
    const answer = await get<AreasResponse>('/api/areas?limit=1');
    const areas = Array.from({ length: 10_000 }, (_, place) => ({
      ...answer.areas[0],
      id: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
      number: place + 1,
      status: 'transforming',
    }));
    const { page, context } = await openPage(browser, `${server.url}/quyen`, { session: province });
    await page.route('**/api/areas?*', (route) =>
      route.fulfill({
        json: { ...answer, total: 10_000, statuses: [{ status: 'transforming', count: 10_000 }], areas },
      }),
    );
    await page.goto(`${server.url}/dia-ban/danh-sach`);
    await page.getByText('ĐB-001', { exact: true }).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(100);
    await page.getByRole('region', { name: 'Địa bàn' }).evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await page.getByText('ĐB-10000', { exact: true }).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(100);
    await page.getByRole('button', { name: 'Số', exact: true }).click();
    await page.goto(`${server.url}/dia-ban/bang`);
    const column = page.getByTestId('column-transforming');
    await column.locator('article').first().waitFor();
    expect(await column.locator('article').count()).toBe(30);
    await column.getByRole('button', { name: 'Xem thêm 30 (còn 9.970)' }).click();
    expect(await column.locator('article').count()).toBe(60);
    await context.close();
  });

  it('leads an area from its proposal off the list, each decision agreed to by a second person', async () => {
    const enterer = await openPage(browser, `${server.url}/dia-ban/bang`, { session: planner });
    const { page } = enterer;
    const id = await propose(page, 'Khu chợ tạm thử nghiệm');
    await page.goto(`${server.url}/dia-ban/${id}`);
    await statusIs(page, 'Đề xuất');

    await openForm(page, 'listed');
    await page.getByLabel('Ngày có hiệu lực').fill('2026-02-10');
    await page.getByLabel('Danh sách năm').fill('2026');
    await page.getByLabel('Số quyết định').fill('15/QĐ-UBND');
    await page.getByLabel('Ngày quyết định').fill('2026-02-09');
    await submit(page);
    await page.getByText('Bạn đã ghi bước này nên không thể tự duyệt').waitFor();
    expect(await page.getByRole('button', { name: 'Đồng ý', exact: true }).count()).toBe(0);
    await statusIs(page, 'Đề xuất');

    // The second person finds it among what waits.
    const second = await openPage(browser, `${server.url}/dia-ban/cho-duyet`, { session: province });
    await second.page.getByRole('checkbox', { name: /^Chọn Đưa vào diện năm 2026, .*Khu chợ tạm thử nghiệm$/ }).check();
    await second.page.getByRole('button', { name: 'Đồng ý 1 bước đã chọn' }).click();
    await second.page.getByText('Đã duyệt 1 bước').waitFor();
    await page.reload();
    await statusIs(page, 'Trong diện');
    expect(await page.getByTestId('steps').innerText()).toContain('province duyệt');

    await openForm(page, 'transforming');
    await page.getByLabel('Ngày có hiệu lực').fill('2026-03-01');
    await submit(page);
    await statusIs(page, 'Đang chuyển hóa');

    await openForm(page, 'measure');
    await page.getByLabel('Ngày có hiệu lực').fill('2026-03-15');
    await form(page).getByLabel('Biện pháp', { exact: true }).selectOption('camera');
    await page.getByLabel('Từ ngày').fill('2026-03-15');
    await page.getByLabel('Số lượng').fill('12');
    await form(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'bien-ban-lap-dat.pdf', mimeType: 'application/pdf', buffer: decisionPdf });
    await form(page).getByText('Đã nhận bien-ban-lap-dat.pdf.').waitFor();
    await submit(page);
    const measure = page.getByTestId('measures').locator('tbody tr');
    await measure.waitFor();
    expect(await measure.innerText()).toMatch(/Lắp camera\s+15\/03\/2026\s+còn tiếp tục\s+12/);
    const hash = createHash('sha256').update(decisionPdf).digest('hex');
    expect(await page.getByTestId('files').innerText()).toContain(`SHA-256 ${hash.slice(0, 12)}…`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByTestId('files')
        .getByRole('link', { name: /bien-ban-lap-dat\.pdf/ })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe('bien-ban-lap-dat.pdf');

    await openForm(page, 'assessed_success');
    await page.getByLabel('Ngày có hiệu lực').fill('2026-09-30');
    await page.getByLabel('Số quyết định').fill('88/QĐ-UBND');
    const list = page.getByTestId('conditions');
    // What is no share is marked, and the keyboard is led to it.
    await list.getByRole('textbox').nth(1).fill('gần hết');
    await submit(page);
    await list.getByText('Tỷ lệ là một số từ 0 đến 100.').waitFor();
    await expect
      .poll(() => list.locator('[aria-invalid]').evaluateAll((all) => all.map((one) => one === document.activeElement)))
      .toEqual([true]);
    await list.getByRole('textbox').nth(0).fill('79,5');
    await list.getByText('chưa đạt').waitFor();
    await list.getByRole('textbox').nth(0).fill('85');
    await list.getByRole('textbox').nth(1).fill('96');
    await list.getByRole('textbox').nth(2).fill('100');
    await form(page).getByText('2 điều kiện chưa đạt hoặc chưa trả lời.').waitFor();
    for (const answer of await list.getByText('Có', { exact: true }).all()) await answer.click();
    await submit(page);
    await page.getByText('Bạn đã ghi bước này nên không thể tự duyệt').waitFor();
    await statusIs(page, 'Đang chuyển hóa');

    await second.page.goto(`${server.url}/dia-ban/${id}`);
    await second.page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    await statusIs(second.page, 'Chuyển hóa thành công');
    expect(await second.page.getByTestId('official').innerText()).toContain('88/QĐ-UBND');
    await second.page.getByText('Điều kiện: đạt 5/5').waitFor();

    // Taken off the list: refused once, with the reason for all to read, then agreed to.
    await page.reload();
    for (const verdict of ['refused', 'approved'] as const) {
      await openForm(page, 'removed');
      await page.getByLabel('Ngày có hiệu lực').fill('2026-10-20');
      await submit(page);
      await page.getByText('Bạn đã ghi bước này nên không thể tự duyệt').waitFor();
      await second.page.reload();
      if (verdict === 'approved') {
        await second.page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
      } else {
        await second.page.getByRole('button', { name: 'Không đồng ý' }).click();
        await second.page.getByRole('button', { name: 'Không đồng ý' }).click();
        await second.page.getByText('Cần ít nhất 3 ký tự.').waitFor();
        await second.page.getByLabel('Lý do không đồng ý').fill('Chưa có quyết định kèm theo');
        await second.page.getByRole('button', { name: 'Không đồng ý' }).click();
        await second.page.getByText('Chưa có quyết định kèm theo').waitFor();
        await second.page.getByText('không được duyệt', { exact: true }).waitFor();
      }
      await page.reload();
      await statusIs(page, verdict === 'approved' ? 'Đã ra khỏi diện' : 'Chuyển hóa thành công');
    }

    const { rows } = await database.raw<{ rows: { type: string; username: string; decision: string | null }[] }>(
      `select type, area_event.username, decision
       from area_event
       left join area_approval on event_id = area_event.id
       where area_event.area_id = :id
       order by sequence`,
      { id },
    );
    expect(rows.map(({ type, decision }) => `${type} ${decision ?? ''}`.trim())).toEqual([
      'proposed',
      'listed approved',
      'transforming',
      'measure',
      'assessed_success approved',
      'removed refused',
      'removed approved',
    ]);
    expect(rows.every(({ username }) => username === 'planner')).toBe(true);
    expect(enterer.faults).toEqual([]);
    expect(second.faults).toEqual([]);
    await enterer.context.close();
    await second.context.close();
  });

  it('keeps a draft over a reload, and says in words why a step is no longer legal', async () => {
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/bang`, { session: planner });
    const id = await propose(page, 'Bãi đất trống thử nghiệm');
    await page.goto(`${server.url}/dia-ban/${id}`);
    await openForm(page, 'rejected');
    await submit(page);
    await form(page).getByText('Cần ít nhất 3 ký tự.').waitFor();
    await page.getByLabel('Lý do (bắt buộc)').fill('Không đủ căn cứ đưa vào diện');
    await page.reload();
    await page.getByRole('button', { name: 'Ghi bước tiếp theo' }).click();
    await page.getByText('Bản nháp của lần trước trên máy này.').waitFor();
    expect(await page.getByLabel('Lý do (bắt buộc)').inputValue()).toBe('Không đủ căn cứ đưa vào diện');

    // Somebody else closes the matter while the form stands open.
    const status = await post(page, `/api/areas/${id}/events`, {
      type: 'rejected',
      on: '2026-11-01',
      reason: 'Đã có địa bàn khác',
    });
    expect(status).toBe(201);
    await submit(page);
    const fault = form(page).getByRole('alert');
    await fault.getByText('Tải lại để xem trạng thái mới').waitFor();
    expect(await fault.innerText()).not.toMatch(/\([^)]*[.]\)/);
    await fault.getByRole('button', { name: 'Tải lại địa bàn' }).click();
    await statusIs(page, 'Không đưa vào diện');
    await context.close();
  });

  it('folds reviews that follow one another into a line, opened and closed by the keyboard, whole on one screen with the evidence', async () => {
    const area = await reviewedArea();
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/${area.id}`, { session: planner });
    const steps = page.getByTestId('steps');
    const fold = steps.getByRole('button', { name: /lần rà soát/ });
    const lines = () => steps.locator('li[class]').count();
    await page.getByTestId('sentence').waitFor();
    expect(await fold.innerText()).toBe(`${area.reviews.length} lần rà soát, ${area.span}`);
    expect(await steps.getByTestId('folded-reviews').innerText()).toContain(`Lần gần nhất ${area.newest}`);
    expect(await lines()).toBe(area.others + 1);
    // From the title of the steps to the end of the sentence on one desk screen, below the frame.
    const room = await page.getByTestId('area-page').evaluate((part) => part.clientHeight);
    const [top, bottom] = await Promise.all([
      steps.evaluate((part) => part.getBoundingClientRect().top),
      page.getByTestId('sentence').evaluate((part) => part.getBoundingClientRect().bottom),
    ]);
    expect(bottom - top).toBeLessThanOrEqual(room);

    await fold.focus();
    for (const isOpen of [true, false, true]) {
      await page.keyboard.press('Enter');
      expect(await fold.getAttribute('aria-expanded')).toBe(String(isOpen));
      expect(await fold.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(await lines()).toBe(area.others + 1 + (isOpen ? area.reviews.length : 0));
    }
    for (const [i, id] of area.reviews.entries())
      expect(await steps.locator('[data-testid="folded-reviews"] ~ li').nth(i).getAttribute('data-testid')).toBe(
        `event-${id}`,
      );
    expect(await seriousAxeFaults(page)).toEqual([]);

    // The second of them corrected: it and its correction come out of the line, what was open stays so.
    const second = steps.getByTestId(`event-${area.reviews[1]}`);
    await second.getByRole('button', { name: 'Sửa bước này' }).click();
    await page.getByLabel('Ghi chú').fill('Rà soát lại: đã sửa đèn');
    await page.getByLabel('Lý do sửa').fill('Ghi thiếu');
    await page.getByRole('button', { name: 'Ghi bản sửa' }).click();
    await page.getByTestId('correct-form').waitFor({ state: 'detached' });
    await second.getByText('đã được sửa').waitFor();
    expect(await steps.evaluate((part) => part.contains(document.activeElement))).toBe(true);
    await steps.getByText('Rà soát lại: đã sửa đèn').waitFor();
    expect(await fold.innerText()).toMatch(new RegExp(`^${area.reviews.length - 2} lần rà soát`));
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    await fold.click();
    for (const said of ['đã được sửa', 'Rà soát lại: đã sửa đèn']) expect(await steps.innerText()).toContain(said);
    // Nothing of it is left behind as a draft.
    await steps
      .locator('li', { hasText: 'Rà soát lại: đã sửa đèn' })
      .getByRole('button', { name: 'Sửa bước này' })
      .click();
    await page.getByTestId('correct-form').waitFor();
    expect(await page.getByText('Bản nháp của lần trước').count()).toBe(0);

    // Paper has no button: one line for all that count, the newest in words.
    await page.goto(`${server.url}/dia-ban/${area.id}/phieu`);
    const line = page.getByTestId('sheet').locator('tr', { hasText: 'lần rà soát' });
    expect(await line.innerText()).toContain(`${area.reviews.length} lần rà soát, ${area.span}`);
    expect(await line.innerText()).toContain(area.newest.slice(area.newest.indexOf(': ') + 2));
    expect(faults).toEqual([]);
    await context.close();
  });

  it('strikes a step with a reason and leaves it readable', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/bang`, { session: planner });
    const id = await propose(page, 'Khu trọ thử nghiệm');
    await post(page, `/api/areas/${id}/events`, { type: 'rejected', on: '2026-03-01', reason: 'Ghi nhầm địa bàn' });
    await page.goto(`${server.url}/dia-ban/${id}`);
    await statusIs(page, 'Không đưa vào diện');
    const step = page.getByTestId('steps').locator('li', { hasText: 'Ghi nhầm địa bàn' });
    await step.getByRole('button', { name: 'Xóa bỏ bước ghi nhầm' }).click();
    await step.getByLabel('Lý do (bắt buộc)').fill('Nhập nhầm sang địa bàn này');
    await step.getByRole('button', { name: 'Xóa bỏ bước này' }).click();
    await statusIs(page, 'Đề xuất');
    expect(await step.getAttribute('data-state')).toBe('corrected');
    await page.getByText('Nhập nhầm sang địa bàn này').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows official result and reading side by side with counts that plain SQL gives', async () => {
    const id = await areaWith('assessed_success');
    const evidence = await get<AreaEvidence>(`/api/areas/${id}/evidence`);
    const { before, after } = evidence;
    if (before === null || after === null) throw new Error(`${id} has nothing to compare: ${evidence.stage}`);
    const apart = 12 * (Number(after.from.slice(0, 4)) - Number(before.from.slice(0, 4)));
    /** Records of the months that the area's commune reported, both then and in the month they are compared with. */
    const count = async ({ from, to }: { from: string; to: string }, monthsToOther: number) => {
      const { rows } = await database.raw<{ rows: { n: number }[] }>(
        `with dated as (
           select incident.*, (occurred_from at time zone 'Asia/Ho_Chi_Minh')::date as day
           from incident
         )
         select count(*)::int as n
         from dated
         join category on category.code = dated.category
         join area on area.id = :id and dated.cell = any(area.cells)
         join report_month as reported
           on reported.commune_code = area.commune_code and reported.month = date_trunc('month', day)::date
         join report_month as other
           on other.commune_code = area.commune_code
          and other.month = (reported.month + make_interval(months => :months))::date
         where category.area_type = any(area.types) and day >= cast(:from as date) and day < cast(:to as date)`,
        { id, from, to, months: monthsToOther },
      );
      return rows[0]?.n ?? -1;
    };
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/${id}`, { session: province });
    const section = page.getByTestId('evidence');
    await section.getByTestId('comparison').waitFor();
    expect(await section.getByTestId('official').innerText()).toContain('Chuyển hóa thành công');
    expect(await section.getByTestId('reading').locator('[data-reading]').getAttribute('data-reading')).toBe(
      evidence.reading,
    );
    expect(await section.getByTestId('sentence').innerText()).toBe(evidence.sentence.vi);
    expect(await section.getByTestId('count-before').innerText()).toBe(vietnamese(await count(before, apart)));
    expect(await section.getByTestId('count-after').innerText()).toBe(vietnamese(await count(after, -apart)));
    // Statistics change nothing: the status is what the steps say.
    await statusIs(page, 'Chuyển hóa thành công');
    await context.close();
  });

  it('confirms a review task as a relapse that waits for somebody else', async () => {
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/xem-xet`, { session: planner });
    const row = page.locator('[data-testid^="task-"]').first();
    await row.waitFor();
    await row.getByRole('button').click();
    const story = page.getByTestId('task-story');
    await story.locator('svg[role="img"]').waitFor();
    expect(await seriousAxeFaults(page)).toEqual([]);
    const id = new URL(page.url()).searchParams.get('task') ?? '';
    await page.getByRole('button', { name: 'Xác nhận tái phức tạp' }).click();
    await story.getByText('Cần ít nhất 3 ký tự.').waitFor();
    await story.getByLabel('Nhận định').fill('Số vụ trở lại mức cũ ba tháng liền.');
    await page.getByRole('button', { name: 'Xác nhận tái phức tạp' }).click();
    await story.getByTestId('task-decided').getByText('Số vụ trở lại mức cũ ba tháng liền.').waitFor();
    const { rows } = await database.raw<{ rows: { area_id: string; type: string; decided: boolean }[] }>(
      `select event.area_id, event.type, exists (select from area_approval where event_id = event.id) as decided
       from area_task
       join area_event as event on event.id = area_task.event_id
       where area_task.id = :id and state = 'confirmed'`,
      { id },
    );
    expect(rows).toEqual([{ area_id: rows[0]?.area_id, type: 'relapsed', decided: false }]);
    await page.goto(`${server.url}/dia-ban/cho-duyet`);
    await page.getByTestId('pending-others').getByText('Tái phức tạp').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('lets a commune read its own areas without a control that writes, and a viewer none', async () => {
    const commune = await openPage(browser, `${server.url}/dia-ban/bang`, { session: await server.signIn('commune') });
    await commune.page
      .getByTestId('areas-count')
      .getByText(/^\d+ địa bàn/)
      .waitFor();
    expect(await commune.page.getByText('Đánh dấu địa bàn mới').count()).toBe(0);
    const own = commune.page.locator('article a').first();
    await own.click();
    await commune.page.getByTestId('steps').locator('li').first().waitFor();
    for (const name of ['Ghi bước tiếp theo', 'Sửa bước này', 'Xóa bỏ bước ghi nhầm', 'Chọn tệp'])
      expect(await commune.page.getByText(name).count(), name).toBe(0);
    expect(commune.faults).toEqual([]);
    await commune.context.close();

    const viewer = await openPage(browser, `${server.url}/dia-ban/bang`, { session: await server.signIn('viewer') });
    await viewer.page.getByTestId('forbidden').waitFor();
    await viewer.context.close();
  });

  it('prints a sheet without the frame, marked as simulated and as no forecast', async () => {
    const id = await areaWith('assessed_success');
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/${id}/phieu`, { session: province });
    const sheet = page.getByTestId('sheet');
    await sheet.locator('svg[role="img"]').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Các phần' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'In', exact: true }).isVisible()).toBe(false);
    const said = await sheet.innerText();
    expect(said).toContain('DỮ LIỆU MÔ PHỎNG');
    expect(said).toContain('không dự báo');
    expect(said).toMatch(/phiên dữ liệu \d/);
    const pages =
      (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(4);
    await context.close();
  });

  /** The first area in a status. */
  async function areaWith(
    status: string,
    isWanted: (area: AreasResponse['areas'][number]) => boolean = () => true,
  ): Promise<string> {
    const { areas } = await get<AreasResponse>(`/api/areas?status=${status}`);
    const found = areas.find(isWanted);
    if (found === undefined) throw new Error(`the demonstration has no such area in ${status}`);
    return found.id;
  }

  /** The first area in its first round whose last steps are reviews, four or more; by SQL alone. */
  async function reviewedArea() {
    const { rows } = await database.raw<{
      rows: { id: string; reviews: string[]; others: number; span: string; newest: string }[];
    }>(
      `with reviews as (
         select area_id, array_agg(id order by on_date) as ids, min(on_date) as first, max(on_date) as last,
                (array_agg(note order by on_date desc))[1] as note
         from area_event
         where type = 'reviewed'
         group by area_id
         having count(*) >= 4
       ),
       others as (
         select area_id, count(*)::int as n, array_agg(on_date) as days, bool_or(supersedes is not null) as is_corrected
         from area_event
         where type <> 'reviewed'
         group by area_id
       )
       select area.id, ids as reviews, n as others,
              to_char(first, 'MM/YYYY') || ' – ' || to_char(last, 'MM/YYYY') as span,
              to_char(last, 'DD/MM/YYYY') || ': ' || note as newest
       from reviews
       join others using (area_id)
       join area on area.id = area_id
       where n <= 5 and not is_corrected and not exists (select from unnest(days) as day where day >= first)
       order by area.number
       limit 1`,
    );
    const [found] = rows;
    if (found === undefined) throw new Error('the demonstration has no area with reviews alone for months');
    return found;
  }

  /** Areas by the last step in force up to a day (a correction stands where the corrected one stood), in SQL of its own. */
  async function countByStatus(day: string): Promise<Map<string, number>> {
    const { rows } = await database.raw<{ rows: { status: string; n: number }[] }>(
      `with recursive place as (
         select id, sequence
         from area_event
         where supersedes is null
         union all
         select later.id, place.sequence
         from area_event as later
         join place on later.supersedes = place.id
       ),
       counted as (
         select event.area_id, event.type, event.on_date, place.sequence
         from area_event as event
         join place on place.id = event.id
         left join area_approval as approval on approval.event_id = event.id
         where (not event.needs_approval or approval.decision = 'approved')
           and event.type not in ('measure', 'reviewed', 'withdrawn')
           and event.on_date <= cast(:day as date)
           and not exists (
             select from area_event as later
             left join area_approval as agreed on agreed.event_id = later.id
             where later.supersedes = event.id and (not later.needs_approval or agreed.decision = 'approved'))
       ),
       latest as (
         select distinct on (area_id) area_id, type
         from counted
         order by area_id, on_date desc, sequence desc
       )
       select case when type = 'carried_over' then 'listed' else type end as status, count(*)::int as n
       from latest
       group by 1`,
      { day },
    );
    return new Map(rows.map(({ status, n }) => [status, n]));
  }

  /** Mark a whole commune as an area, as the planner of the page. */
  async function propose(page: Page, name: string): Promise<string> {
    const { rows } = await database.raw<{ rows: { code: string }[] }>(
      `select code
       from commune
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       order by code
       limit 1`,
    );
    const body = { name, types: [1], place: { communeCode: rows[0]?.code }, proposedOn: '2026-02-01' };
    return page.evaluate(async (sent) => {
      const answer = await fetch('/api/areas', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      });
      if (answer.status !== 201) throw new Error(await answer.text());
      return ((await answer.json()) as AreaAnswer).area.id;
    }, body);
  }

  function post(page: Page, path: string, body: object): Promise<number> {
    return page.evaluate(
      async ([to, text]) =>
        (await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })).status,
      [path, JSON.stringify(body)] as const,
    );
  }

  async function get<T>(path: string): Promise<T> {
    const answer = await server.fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
});

const form = (page: Page) => page.getByTestId('step-form');

async function openForm(page: Page, type: string): Promise<void> {
  await page.getByRole('button', { name: 'Ghi bước tiếp theo' }).click();
  await page.getByLabel('Bước', { exact: true }).selectOption(type);
}

async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ghi bước này' }).click();
}

async function statusIs(page: Page, status: string): Promise<void> {
  await page.locator('h1 + [data-status]', { hasText: status }).waitFor();
}

function vietnamese(value: number): string {
  return new Intl.NumberFormat('vi-VN').format(value);
}
