import {
  type AreaAnswer,
  type AreaRulesResponse,
  type AreasResponse,
  type AreaTasksResponse,
  defaultAreaRules,
  type NewAreaEvent,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { sendAs } from '../support/send-as.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

const [firstCondition] = defaultAreaRules.conditions;

/** Steps of an area where work does not go straight: corrected, refused, too late, out of order, cut short by the end of a session. */
describe('steps of an area when something comes between', () => {
  let server: ServerProcess;
  let browser: Browser;
  let planner: string;
  let province: string;
  let admin: string;
  let sql: Knex;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
    planner = await server.signIn('planner');
    province = await server.signIn('province');
    admin = await server.signIn('admin');
    sql = connectEmbeddedOwner(server.dataDir);
  });
  afterAll(async () => {
    await browser?.close();
    await sql?.destroy();
    await server?.stop();
  });

  it('corrects a decision by the keyboard alone; the old step stands until a second person agrees', async () => {
    const { id } = await listedArea('Khu sửa quyết định');
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/${id}`, { session: planner });
    const second = await openPage(browser, `${server.url}/dia-ban/cho-duyet`, { session: province });
    const listed = page.getByTestId('steps').locator('li', { hasText: '15/QĐ-UBND' });
    for (const verdict of ['refused', 'approved'] as const) {
      await listed.getByRole('button', { name: 'Sửa bước này' }).focus();
      await page.keyboard.press('Enter');
      // The form begins at its first field, which holds what was entered, the day before the month.
      expect(await valueOfFocus(page)).toBe('10/02/2026');
      await tabTo(page, page.getByLabel('Số quyết định'));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('16/QĐ-UBND');
      await tabTo(page, page.getByLabel('Ngày quyết định'));
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('31/02/2026');
      await page.keyboard.press('Enter');
      await page.getByTestId('correct-form').getByText('Cần một ngày dạng ngày/tháng/năm').waitFor();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('3/2/2026');
      await tabTo(page, page.getByLabel('Lý do sửa'));
      await page.keyboard.type('Ghi nhầm số quyết định');
      await page.keyboard.press('Enter');
      await page.getByTestId('correct-form').waitFor({ state: 'detached' });
      await page.getByText('Bạn đã ghi bước này nên không thể tự duyệt').waitFor();
      // The keyboard is at the step, not at the top of the page.
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-state'))).toBe('inForce');
      expect(await listingInForce(id)).toEqual({ number: '15/QĐ-UBND', day: '2026-02-09' });
      expect(await seriousAxeFaults(page)).toEqual([]);
      expect(await cutOff(page)).toEqual([]);

      await second.page.goto(`${server.url}/dia-ban/${id}`);
      const waiting = second.page.getByTestId('steps').locator('li[data-state="pending"]');
      await waiting.getByText('Quyết định 16/QĐ-UBND ngày 03/02/2026').waitFor();
      if (verdict === 'approved') {
        await waiting.getByRole('button', { name: 'Đồng ý', exact: true }).click();
      } else {
        await waiting.getByRole('button', { name: 'Không đồng ý' }).click();
        await second.page.keyboard.type('Chưa có quyết định 16 kèm theo');
        await second.page.keyboard.press('Enter');
      }
      await waiting.waitFor({ state: 'detached' });
      expect(await second.page.evaluate(() => document.activeElement?.tagName)).toBe('LI');
      await page.reload();
      const outcome = page.getByTestId('steps').locator('li', { hasText: '16/QĐ-UBND' }).first();
      await outcome.waitFor();
      expect(await outcome.getAttribute('data-state')).toBe(verdict === 'approved' ? 'inForce' : 'refused');
      expect(await listed.getAttribute('data-state')).toBe(verdict === 'approved' ? 'corrected' : 'inForce');
      await statusIs(page, 'Trong diện');
    }
    await page.getByText('Lý do: Chưa có quyết định 16 kèm theo').waitFor();
    expect(await listed.innerText()).toContain('đã được sửa');
    expect(await listingInForce(id)).toEqual({ number: '16/QĐ-UBND', day: '2026-02-03' });

    // Struck, that is asked for; then taken back before anybody agreed.
    const standing = page.getByTestId('steps').locator('li[data-state="inForce"]', { hasText: '16/QĐ-UBND' });
    await standing.getByRole('button', { name: 'Xóa bỏ bước ghi nhầm' }).click();
    await page.getByLabel('Lý do (bắt buộc)').fill('Nhầm địa bàn');
    await page.getByRole('button', { name: 'Xóa bỏ bước này' }).click();
    const strike = page.getByTestId('steps').locator('li[data-state="pending"]');
    await strike.getByText('Xóa bỏ bước “Đưa vào diện” ngày 10/02/2026.').waitFor();
    await statusIs(page, 'Trong diện');
    await strike.getByRole('button', { name: 'Rút lại bước này' }).click();
    await strike.getByLabel('Lý do (bắt buộc)').fill('Không nhầm');
    await strike.getByRole('button', { name: 'Rút lại bước này' }).click();
    await strike.waitFor({ state: 'detached' });
    expect(await listingInForce(id)).toEqual({ number: '16/QĐ-UBND', day: '2026-02-03' });
    expect(faults).toEqual([]);
    expect(second.faults).toEqual([]);
    await context.close();
    await second.context.close();
  });

  it('tells the second of two who decide at once that it is decided, by the name of the area', async () => {
    const one = await proposedArea('Khu hai người một');
    const two = await proposedArea('Khu hai người hai');
    const waiting = await enter(one, { type: 'listed', on: '2026-02-10', year: 2026 });
    const other = await enter(two, { type: 'listed', on: '2026-02-10', year: 2026 });
    const list = await openPage(browser, `${server.url}/dia-ban/cho-duyet`, { session: province });
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/${two}`, { session: province });
    await list.page.getByRole('checkbox', { name: /Khu hai người một$/ }).check();
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).waitFor();
    await approve(one, waiting);
    await approve(two, other);

    await list.page.getByRole('button', { name: 'Đồng ý 1 bước đã chọn' }).click();
    await list.page.getByText('Chưa duyệt được bước nào').waitFor();
    await list.page.getByText(/^ĐB-\d+ Khu hai người một: Bước này đã được admin quyết định\.$/).waitFor();
    await list.context.close();

    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    const said = page.getByTestId('steps').getByRole('alert');
    await said.getByText('Bước này đã được admin quyết định.').waitFor();
    await said.getByRole('button', { name: 'Tải lại địa bàn' }).click();
    await statusIs(page, 'Trong diện');
    expect(await page.getByRole('button', { name: 'Đồng ý', exact: true }).count()).toBe(0);
    const { rows } = await sql.raw<{ rows: { n: number; by: string }[] }>(
      'select count(*)::int as n, min(username) as by from area_approval where event_id = any(:events)',
      { events: [waiting, other] },
    );
    expect(rows).toEqual([{ n: 2, by: 'admin' }]);
    await context.close();
  });

  it('refuses a step out of order and a file of another kind in words, and loses nothing when the session ends', async () => {
    const { id } = await listedArea('Khu hết phiên');
    const session = await server.signIn('planner');
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/${id}`, {
      session,
      width: 1024,
      height: 768,
    });
    await page.getByRole('button', { name: 'Ghi bước tiếp theo' }).click();
    const form = page.getByTestId('step-form');
    await page.getByLabel('Bước', { exact: true }).selectOption('carried_over');
    expect(await page.getByLabel('Danh sách năm').inputValue()).toBe('2027');
    await page.getByLabel('Bước', { exact: true }).selectOption('transforming');
    for (const [name, content, said] of [
      ['danh-sach.exe', 'MZ', 'không phải PDF, PNG, JPEG hay DOCX nguyên vẹn'],
      ['anh.png', '%PDF-1.4\n%%EOF\n', 'có nội dung là PDF, khác với đuôi tên'],
    ] as const) {
      await form
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
      await form.getByRole('alert').getByText(said).waitFor();
    }
    expect((await areaOf(id)).files).toEqual([]);

    await page.getByLabel('Ngày có hiệu lực').fill('05/01/2026');
    await form.getByRole('button', { name: 'Ghi bước này' }).click();
    await form.getByText('Bước tiếp theo được phép: "đề xuất".').waitFor();
    await form.getByText('Không thể "bắt đầu chuyển hóa" ngày 05/01/2026').waitFor();

    await page.getByLabel('Ngày có hiệu lực').fill('5/3/2026');
    await page.getByLabel('Ghi chú').fill('Đã họp tổ dân phố, thống nhất lắp camera');
    const ended = await sendAs(server, session, '/api/session', { method: 'DELETE' });
    expect(ended.status).toBe(200);
    await form.getByRole('button', { name: 'Ghi bước này' }).click();
    const again = page.getByRole('dialog', { name: 'Phiên làm việc đã kết thúc' });
    await again.getByLabel('Mật khẩu', { exact: true }).fill(passwordOf('planner'));
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Ghi chú').inputValue()).toBe('Đã họp tổ dân phố, thống nhất lắp camera');
    expect(await page.getByLabel('Ngày có hiệu lực').inputValue()).toBe('05/03/2026');
    expect(await form.innerText()).not.toContain('Chưa đăng nhập');
    await form.getByRole('button', { name: 'Ghi bước này' }).click();
    await statusIs(page, 'Đang chuyển hóa');
    const { rows } = await sql.raw<{ rows: { on: string; note: string }[] }>(
      `select on_date::text as on, note from area_event where area_id = :id and type = 'transforming'`,
      { id },
    );
    expect(rows).toEqual([{ on: '2026-03-05', note: 'Đã họp tổ dân phố, thống nhất lắp camera' }]);
    await context.close();
  });

  it('refuses in English with the names of steps in words, none as the code writes them', async () => {
    const { id } = await listedArea('Khu hỏi bằng tiếng Anh');
    const { page, context } = await openPage(browser, `${server.url}/dia-ban/${id}?lang=en`, { session: planner });
    await page.getByRole('button', { name: 'Enter the next step' }).click();
    const form = page.getByTestId('step-form');
    await page.getByLabel('Step', { exact: true }).selectOption('carried_over');
    await page.getByLabel('In effect from').fill('11/02/2026');
    await page.getByLabel('List of').fill('2026');
    await form.getByRole('button', { name: 'Enter this step' }).click();
    const said = await form.getByRole('alert').locator('p').first().innerText();
    expect(said).toBe(
      'The step "carried over to the next year" cannot be taken on 11/02/2026: the area is then "listed" and listed for 2026; ' +
        'expected a year after that, got 2026. Steps that may be next: "transformation begins", "carried over to the next year", ' +
        '"measure", "reviewed".',
    );
    await context.close();
  });

  it('asks at an assessment what the rules of the own province ask, whichever province stands first', async () => {
    const { id } = await listedArea('Khu hai tỉnh');
    await enter(id, { type: 'transforming', on: '2026-03-01' });
    const foreign = { ...defaultAreaRules, conditions: [{ ...firstCondition, nameVi: 'Điều kiện của tỉnh khác' }] };
    // Before all others by its code: the one that is taken where none is named, by an account that sees all.
    await sql('province').insert({ code: '!', name_vi: 'Tỉnh khác', name_en: 'Elsewhere' });
    await sql('area_rules').insert({ province_code: '!', year: 2020, rules: JSON.stringify(foreign), username: 'x' });
    try {
      const unnamed = await get<AreaRulesResponse>('/api/areas/rules?year=2026');
      expect(unnamed.rules.conditions.map(({ nameVi }) => nameVi)).toEqual(['Điều kiện của tỉnh khác']);
      const { page, context } = await openPage(browser, `${server.url}/dia-ban/${id}`, { session: admin });
      await page.getByRole('button', { name: 'Ghi bước tiếp theo' }).click();
      await page.getByLabel('Bước', { exact: true }).selectOption('assessed_success');
      await page.getByLabel('Ngày có hiệu lực').fill('30/09/2026');
      const list = page.getByTestId('conditions');
      await list.getByText(firstCondition.nameVi).waitFor();
      expect(await list.getByText('Điều kiện của tỉnh khác').count()).toBe(0);
      await page.getByRole('button', { name: 'Ghi bước này' }).click();
      const waiting = page.getByTestId('steps').locator('li[data-state="pending"]');
      await waiting.getByText(`Điều kiện: đạt 0/${defaultAreaRules.conditions.length}`).click();
      await waiting.getByText(firstCondition.nameVi).waitFor();
      await context.close();
    } finally {
      await sql('area_rules').where({ province_code: '!' }).delete();
      await sql('province').where({ code: '!' }).delete();
    }
  });

  it('dismisses a review task with a reason, and the area stays as it is', async () => {
    const { tasks } = await get<AreaTasksResponse>('/api/area-tasks?state=open');
    const [task] = tasks;
    if (task === undefined) throw new Error('the demonstration has no open review task');
    const { status } = await areaOf(task.area.id);
    const { page, context, faults } = await openPage(browser, `${server.url}/dia-ban/xem-xet?task=${task.id}`, {
      session: planner,
      width: 1280,
      height: 720,
    });
    const story = page.getByTestId('task-story');
    await story.getByLabel('Nhận định').fill('Vụ việc tăng do lễ hội, đã hết');
    await story.getByRole('button', { name: 'Bỏ qua' }).click();
    await story.getByTestId('task-decided').getByText('Vụ việc tăng do lễ hội, đã hết').waitFor();
    expect(await story.innerText()).toContain('Đã bỏ qua lúc');
    expect(await story.getByRole('button', { name: 'Bỏ qua' }).count()).toBe(0);
    expect(await story.evaluate((part) => part.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByTestId(`task-${task.id}`).getByText('Đã bỏ qua').waitFor();
    expect((await areaOf(task.area.id)).status).toBe(status);
    const { rows } = await sql.raw<{ rows: { state: string; reason: string; event_id: string | null }[] }>(
      'select state, reason, event_id from area_task where id = :id',
      { id: task.id },
    );
    expect(rows).toEqual([{ state: 'dismissed', reason: 'Vụ việc tăng do lễ hội, đã hết', event_id: null }]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('shows a commune no area of another, and a viewer none at all', async () => {
    const commune = await server.signIn('commune');
    const viewer = await server.signIn('viewer');
    const reach = (await (await sendAs(server, commune, '/api/areas')).json()) as AreasResponse;
    const all = await get<AreasResponse>('/api/areas');
    const own = reach.areas[0];
    const foreign = all.areas.find(({ id }) => reach.areas.every((area) => area.id !== id));
    if (own === undefined || foreign === undefined) throw new Error('an area within reach and one beyond are needed');
    const reader = await openPage(browser, `${server.url}/dia-ban/${own.id}`, { session: commune });
    await reader.page.getByRole('heading', { name: own.name }).waitFor();
    await reader.page.goto(`${server.url}/dia-ban/${foreign.id}`);
    await reader.page.getByText('Chưa tải được địa bàn này').waitFor();
    expect(await reader.page.getByText(foreign.name).count()).toBe(0);
    await reader.page.getByRole('link', { name: 'Đến danh sách địa bàn' }).click();
    await reader.page.getByTestId('area-table').waitFor();
    await reader.context.close();
    const stranger = await openPage(browser, `${server.url}/dia-ban/${own.id}`, { session: viewer });
    await stranger.page.getByTestId('forbidden').waitFor();
    expect(await stranger.page.getByText(own.name).count()).toBe(0);
    await stranger.context.close();
  });

  /** The listing that counts, by its own reading of the steps: not refused, not waiting, not superseded by one that counts. */
  async function listingInForce(id: string): Promise<{ number: string | null; day: string | null }> {
    const { rows } = await sql.raw<{ rows: { number: string | null; day: string | null }[] }>(
      `with agreed as (
         select event.*
         from area_event as event
         left join area_approval as approval on approval.event_id = event.id
         where event.area_id = :id and (not event.needs_approval or approval.decision = 'approved')
       )
       select decision_number as number, decision_date::text as day
       from agreed
       where type = 'listed' and id not in (select supersedes from agreed where supersedes is not null)`,
      { id },
    );
    expect(rows).toHaveLength(1);
    return rows[0] ?? { number: null, day: null };
  }

  async function proposedArea(name: string): Promise<string> {
    const { rows } = await sql.raw<{ rows: { code: string }[] }>(
      `select code
       from commune
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       order by code
       limit 1`,
    );
    const body = { name, types: [1], place: { communeCode: rows[0]?.code }, proposedOn: '2026-02-01' };
    const answer = await sendAs(server, planner, '/api/areas', { method: 'POST', body });
    if (answer.status !== 201) throw new Error(await answer.text());
    return ((await answer.json()) as AreaAnswer).area.id;
  }

  /** An area on the list of 2026, entered by the planner and agreed to by the administrator. */
  async function listedArea(name: string): Promise<{ id: string; event: string }> {
    const id = await proposedArea(name);
    const event = await enter(id, {
      type: 'listed',
      on: '2026-02-10',
      year: 2026,
      decisionNumber: '15/QĐ-UBND',
      decisionDate: '2026-02-09',
    });
    await approve(id, event);
    return { id, event };
  }

  async function enter(id: string, body: NewAreaEvent): Promise<string> {
    const answer = await sendAs(server, planner, `/api/areas/${id}/events`, { method: 'POST', body });
    if (answer.status !== 201) throw new Error(await answer.text());
    const { area } = (await answer.json()) as AreaAnswer;
    return area.events.find(({ type }) => type === body.type)?.id ?? '';
  }

  async function approve(id: string, event: string): Promise<void> {
    const answer = await sendAs(server, admin, `/api/areas/${id}/events/${event}/approve`, {
      method: 'POST',
      body: { decision: 'approved' },
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async function areaOf(id: string): Promise<AreaAnswer['area']> {
    return (await get<AreaAnswer>(`/api/areas/${id}`)).area;
  }

  async function get<Answer>(path: string): Promise<Answer> {
    const answer = await server.fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  /** The password of a demonstration account, as the server printed it. */
  function passwordOf(username: string): string {
    return new RegExp(`^ +${username} +(\\S+)`, 'm').exec(server.output())?.[1] ?? '';
  }
});

async function statusIs(page: Page, status: string): Promise<void> {
  await page.locator('h1 + [data-status]', { hasText: status }).waitFor();
}

function valueOfFocus(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.value : ''));
}

/** Press Tab until the focus is there; a form is no longer than this. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let i = 0; i < 12; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab did not lead there');
}
