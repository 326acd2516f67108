import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { connectEmbeddedOwner, copyEmbeddedTemplate } from '../support/database.ts';
import { clippedControls, cutOff, seriousAxeFaults } from '../support/page-checks.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';
import { totpCode } from '../support/totp-code.ts';

const ownPassword = 'mưa rào tháng bảy về khuya';

/** Signing in, what a role opens, accounts, the log and settings, as people meet them in a browser. */
describe('access on screen', () => {
  let server: ServerProcess;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '1' } });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('leads whoever is not signed in to the door, and from there to the address that was asked for', async () => {
    const { page, context } = await openPage(browser, `${server.url}/quan-tri/nhat-ky?viec=session.refused`);
    await page.waitForURL('**/dang-nhap?**');
    await signIn(page, 'admin', 'không phải mật khẩu này');
    await page.getByRole('alert').getByText('Tên đăng nhập hoặc mật khẩu không đúng').waitFor();
    await signIn(page, 'admin', passwordOf('admin'));
    await page.getByRole('heading', { name: 'Quản trị' }).waitFor();
    expect(pathOf(page)).toBe('/quan-tri/nhat-ky?viec=session.refused');
    // The refusal of a moment ago stands in the log that was asked for.
    await page.getByRole('link', { name: 'Đăng nhập bị từ chối' }).first().waitFor();
    await context.close();
  });

  it('goes nowhere else after signing in, whatever the address says', async () => {
    for (const next of ['//elsewhere.example/', '/.//elsewhere.example/', 'https://elsewhere.example/']) {
      const { page, context } = await openPage(
        browser,
        `${server.url}/dang-nhap?${new URLSearchParams({ next }).toString()}`,
      );
      await signIn(page, 'viewer', passwordOf('viewer'));
      await page.getByTestId('status').waitFor();
      expect(page.url().startsWith(`${server.url}/`)).toBe(true);
      expect(new URL(page.url()).pathname).toBe('/');
      await context.close();
    }
  });

  it('says how long to wait after too many tries, and that the server is not there', async () => {
    const { page, context } = await openPage(browser, `${server.url}/dang-nhap`);
    const refusal = { error: { code: 'too_many_requests', message: 'Thử lại sau. (Try again later.)' } };
    await page.route('**/api/session', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json: refusal })
        : route.continue(),
    );
    await signIn(page, 'admin', 'bất kỳ');
    await page.getByText('Thử quá nhiều lần').waitFor();
    const button = page.getByRole('button', { name: 'Đăng nhập', exact: true });
    expect(await button.isDisabled()).toBe(true);
    await page.getByText('Thử quá nhiều lần').waitFor({ state: 'hidden' });
    expect(await button.isEnabled()).toBe(true);
    await page.unroute('**/api/session');
    await page.route('**/api/session', (route) => route.abort());
    await button.click();
    await page.getByText('Máy chủ không trả lời').waitFor();
    await context.close();
  });

  it('makes a commune account that first chooses its own password and then sees what is its own', async () => {
    const admin = await signedIn('admin', '/quan-tri/tai-khoan');
    const initial = await createCommuneAccount(admin.page, { username: 'xa.thu', commune: 'dong khe' });
    expect(initial).toMatch(/^\w{5}(-\w{5}){3}$/);
    await admin.context.close();

    const { page, context } = await openPage(browser, `${server.url}/nhap-lieu`);
    await signIn(page, 'xa.thu', initial);
    await page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor();
    await page.getByLabel('Mật khẩu vừa dùng để đăng nhập').fill(initial);
    const button = page.getByRole('button', { name: 'Đổi mật khẩu' });
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('ngắn quá');
    expect(await brokenRules(page)).toEqual(['Ít nhất 12 ký tự (đang có 8)']);
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('123456789012');
    await button.click();
    await page.waitForFunction(() => document.querySelector('li[data-state="broken"]') !== null);
    expect(await brokenRules(page)).toEqual(['Không phải mật khẩu phổ biến (máy chủ đối chiếu khi lưu)']);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(ownPassword);
    await button.click();

    await page.getByRole('heading', { name: 'Nhập liệu' }).waitFor();
    expect(pathOf(page)).toBe('/nhap-lieu');
    expect(await panels(page)).toEqual(['Bản đồ', 'Địa bàn', 'Xu hướng', 'Chỉ tiêu', 'Nhập liệu']);
    expect(await page.getByLabel('Đơn vị gửi').inputValue()).toBe('CAX-THU');
    expect(await page.getByLabel('Đơn vị gửi').getAttribute('readonly')).not.toBeNull();
    await page.goto(`${server.url}/quan-tri/nhat-ky`);
    const notice = page.getByTestId('forbidden');
    await notice.getByText('Phần này cần quyền “Nhật ký”.').waitFor();
    expect(await notice.innerText()).toContain('Phường Đông Khê');
    await context.close();
  });

  it('asks to sign in again when an account is suspended, and keeps the work on screen', async () => {
    const worker = await signedIn('xa.thu', '/nhap-lieu', ownPassword);
    await worker.page.getByLabel('Quan hệ với lô đã ghi').selectOption('none');
    const admin = await signedIn('admin', '/quan-tri/tai-khoan');
    await step(admin.page, 'xa.thu', 'Đình chỉ');
    await admin.page.getByText('xa.thu không đăng nhập được nữa.').waitFor();
    await admin.page.getByRole('button', { name: 'Đình chỉ tài khoản' }).click();
    await admin.page.getByTestId('account-xa.thu').getByText('Đình chỉ').waitFor();

    // Nothing tells the worker's page: the refusal of its next request does.
    await worker.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    const dialog = worker.page.getByRole('dialog');
    await dialog.getByText('Phiên làm việc đã kết thúc').waitFor();
    await dialog.getByLabel('Mật khẩu', { exact: true }).fill(ownPassword);
    await dialog.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await dialog.getByText('Tên đăng nhập hoặc mật khẩu không đúng').waitFor();

    await step(admin.page, 'xa.thu', 'Khôi phục');
    await admin.page.getByRole('button', { name: 'Khôi phục tài khoản' }).click();
    await admin.page.getByTestId('account-xa.thu').getByText('Hoạt động').waitFor();
    await dialog.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await worker.page.getByLabel('Quan hệ với lô đã ghi').inputValue()).toBe('none');
    await worker.context.close();
    await admin.context.close();
  });

  it('shows why the last administrator stays one', async () => {
    const { page, context } = await signedIn('admin', '/quan-tri/tai-khoan');
    await step(page, 'admin', 'Sửa');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Vai trò').selectOption('viewer');
    await dialog.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await dialog.getByRole('alert').getByText('quản trị viên cuối cùng').waitFor();
    await context.close();
  });

  it('opens for a viewer the map alone, and tells what it hides', async () => {
    const { page, context } = await signedIn('viewer', '/');
    await page.getByTestId('status').waitFor();
    expect(await panels(page)).toEqual(['Bản đồ', 'Xu hướng']);
    await page.goto(`${server.url}/nhap-lieu`);
    await page.getByTestId('forbidden').getByText('Vai trò Người xem không mở được phần này').waitFor();
    await page.getByRole('link', { name: 'Ai được làm gì' }).click();
    await page.getByRole('heading', { name: 'Ai được làm gì' }).waitFor();
    expect(await page.locator('li[data-own] h2').innerText()).toContain('Người xem');
    await context.close();
  });

  it('forgets everything of one account before the next', async () => {
    const { page, context } = await signedIn('admin', '/');
    const ofAdmin = await page.getByTestId('status-inCells').innerText();
    await page.getByRole('button', { name: /^Tài khoản:/ }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.waitForURL('**/dang-nhap');
    await signIn(page, 'commune', passwordOf('commune'));
    const ofCommune = page.getByTestId('status-inCells');
    await ofCommune.waitFor();
    expect(await ofCommune.innerText()).not.toBe(ofAdmin);
    const hexes = await page.evaluate(async () => {
      const { range } = (await (await fetch('/api/meta')).json()) as { range: { to: string } };
      const from = `${Number(range.to.slice(0, 4)) - 1}${range.to.slice(4)}`;
      return (await (await fetch(`/api/hexes?res=8&from=${from}&to=${range.to}`)).json()) as { inCells: number };
    });
    expect(Number((await ofCommune.innerText()).replaceAll('.', ''))).toBe(hexes.inCells);
    await context.close();
  });

  it('turns the second factor on with a code, asks for it at the door, and turns it off', async () => {
    const first = await signedIn('planner', '/tai-khoan');
    const { page } = first;
    await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
    const section = page.getByRole('region', { name: 'Xác thực hai bước' });
    await section.getByLabel('Mật khẩu hiện tại').fill(passwordOf('planner'));
    await section.getByRole('button', { name: 'Tiếp tục' }).click();
    await section.getByRole('img', { name: 'Mã QR' }).waitFor();
    const secret = (await page.getByTestId('totp-secret').innerText()).replaceAll(/\s/g, '');
    await section.getByLabel('2. Mã đang hiện').fill('000000');
    await section.getByRole('button', { name: 'Xác nhận và bật' }).click();
    await section.getByText('Mã không đúng').waitFor();
    await section.getByLabel('2. Mã đang hiện').fill(totpCode(secret));
    await section.getByRole('button', { name: 'Xác nhận và bật' }).click();
    await section.getByText('Đang bật').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Đăng xuất' }).click();
    await page.waitForURL('**/dang-nhap');

    await signIn(page, 'planner', passwordOf('planner'));
    await page.getByText('Cần thêm mã xác thực').waitFor();
    const submit = page.getByRole('button', { name: 'Đăng nhập', exact: true });
    await page.getByLabel('Mã xác thực').fill('000000');
    await submit.click();
    await page.getByText('Mã xác thực không đúng').waitFor();
    // A code works once: the one that confirmed is used up, the next one is already taken (clocks may differ by a step).
    await page.getByLabel('Mã xác thực').fill(totpCode(secret, { stepsAhead: 1 }));
    await submit.click();
    await page.getByTestId('status').waitFor();
    await page.goto(`${server.url}/tai-khoan`);
    await page.getByRole('button', { name: 'Tắt xác thực hai bước' }).click();
    await section.getByLabel('Mật khẩu hiện tại').fill(passwordOf('planner'));
    await section.getByRole('button', { name: 'Tắt xác thực hai bước' }).click();
    await section.getByText('Chưa bật').waitFor();
    await first.context.close();
  });

  it('ends another session of one’s own, which then asks to sign in', async () => {
    const away = await signedIn('province', '/nhap-lieu');
    const here = await signedIn('province', '/tai-khoan');
    await here.page.getByText('Phiên này', { exact: true }).waitFor();
    await here.page
      .getByRole('button', { name: /^Kết thúc phiên/ })
      .first()
      .click();
    await here.page.getByRole('button', { name: /^Kết thúc phiên/ }).waitFor({ state: 'detached' });
    await away.page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    await away.page.getByRole('dialog').getByText('Phiên làm việc đã kết thúc').waitFor();
    await away.context.close();
    await here.context.close();
  });

  it('tells what a new setting changes, saves it, and writes it into the log before and after', async () => {
    const { page, context } = await signedIn('admin', '/quan-tri/cau-hinh');
    const smallest = page.getByLabel('Số nhỏ nhất được hiện');
    const before = Number(await smallest.inputValue());
    await smallest.fill('50');
    await page.getByText('Cần một số nguyên từ 2 đến 20.').waitFor();
    await smallest.fill(String(before + 2));
    await page.getByText(`Thêm các số từ ${before} đến ${before + 1} bị ẩn`).waitFor();
    await page.getByRole('button', { name: 'Lưu cấu hình' }).click();
    await page.getByText('Đã lưu.').waitFor();

    await page.getByRole('link', { name: 'Nhật ký' }).click();
    await page.getByLabel('Việc').selectOption('setting.changed');
    await page.getByRole('link', { name: 'Đổi cấu hình' }).first().click();
    const detail = page.getByTestId('audit-detail');
    await detail.getByText('Mức ẩn số nhỏ').waitFor();
    expect(await detail.locator('del').innerText()).toContain(String(before));
    expect(await detail.locator('ins').innerText()).toContain(String(before + 2));
    await context.close();
  });

  it('sets the rules for areas of a year, from that year on', async () => {
    const { page, context } = await signedIn('admin', '/quan-tri/dia-ban');
    const year = new Date().getFullYear();
    await page.getByText('đang dùng quy định mặc định').waitFor();
    const target = page.getByLabel('Chuyển hóa trong năm, ít nhất %');
    await target.fill('120');
    await page.getByText('Cần một số từ 0 đến 100.').waitFor();
    expect(await page.getByRole('button', { name: `Lưu quy định năm ${year}` }).isDisabled()).toBe(true);
    await target.fill('65');
    await page.getByRole('button', { name: 'Thêm điều kiện' }).click();
    await page.getByLabel('Nội dung (tiếng Việt)').last().fill('Có nghị quyết của cấp ủy');
    await page.getByLabel('Nội dung (tiếng Anh)').last().fill('A resolution of the Party committee');
    await page.getByRole('button', { name: `Lưu quy định năm ${year}` }).click();
    await page.getByText('Đã lưu.').waitFor();
    await page.getByText(`Đang dùng quy định đặt từ năm ${year}.`).waitFor();
    const ask = async (of: number) =>
      (await (await server.fetch(`/api/areas/rules?year=${of}`)).json()) as {
        setFor: number | null;
        rules: { transformationTarget: number; conditions: { nameVi: string }[] };
      };
    const next = await ask(year + 1);
    expect(next.setFor).toBe(year);
    expect(next.rules.transformationTarget).toBe(0.65);
    expect(next.rules.conditions.map(({ nameVi }) => nameVi)).toContain('Có nghị quyết của cấp ủy');
    expect((await ask(year - 1)).setFor).toBeNull();
    await context.close();
  });

  it('finds entries of the log, verifies the chain and exports what is found', async () => {
    const { page, context } = await signedIn('admin', '/quan-tri/nhat-ky');
    const total = await auditCount(page);
    await page.getByLabel('Ai').fill('xa.thu');
    await page.waitForURL('**ai=xa.thu');
    await page.waitForFunction(
      (all) => !document.querySelector('[data-testid="audit-count"]')?.textContent?.startsWith(all),
      `${total} `,
    );
    expect(await auditCount(page)).toBeLessThan(total);
    await page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
    await page.getByTestId('audit-verdict').getByText('Nhật ký nguyên vẹn').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Xuất Excel' }).click(),
    ]);
    expect(download.url()).toContain('username=xa.thu');
    expect(await download.failure()).toBeNull();
    await context.close();
  });

  it('takes the days of a boundary set day first in an American browser, and leads to one that the calendar does not have', async () => {
    const session = await server.signIn();
    const { page, context } = await openPage(browser, `${server.url}/bat-dau`, { session, locale: 'en-US' });
    await page.getByRole('button', { name: 'Thêm bộ ranh giới khác' }).click();
    const set = page.getByRole('form', { name: 'Tệp ranh giới' });
    await set.getByLabel('Tên bộ ranh giới').fill('Xã, phường trước 2025');
    await set.getByLabel('Mã bộ ranh giới').fill('2024-01');
    await set.locator('input[type=file]').setInputFiles({
      name: 'xa.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from('{"type":"FeatureCollection","features":[]}'),
    });
    const from = set.getByLabel('Có hiệu lực từ ngày', { exact: true });
    const to = set.getByLabel('Hết hiệu lực từ ngày');
    const more = set.locator('summary');
    await from.fill('10/02/2024');
    await more.click();
    await to.fill('31/06/2025');
    await more.click();
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/boundary-imports')) sent++;
    });
    const send = set.getByRole('button', { name: 'Nhập ranh giới' });
    await send.click();
    await set.getByText('Cần một ngày dạng ngày/tháng/năm, sau ngày bắt đầu.').waitFor();
    expect(await to.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(sent).toBe(0);
    await to.fill('1/7/2025');
    await to.blur();
    expect([await from.inputValue(), await to.inputValue()]).toEqual(['10/02/2024', '01/07/2025']);
    await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/boundary-imports')),
      send.click(),
    ]);
    await context.close();
  });

  it('narrows the log by days, kind and account to the rows that plain SQL finds, and widens it again at one press', async () => {
    const { page, context } = await signedIn('admin', '/quan-tri/nhat-ky');
    for (let i = 0; i < 8; i++) await server.signIn(i % 2 === 0 ? 'planner' : 'province');
    const sql = connectEmbeddedOwner(server.dataDir);
    // Five hours apart, so that both borders of local and of UTC days are met; the newest at ten in the morning of the 20th.
    await sql.transaction(async (transaction) => {
      await transaction.raw('alter table audit_event disable trigger audit_event_append_only');
      await transaction.raw(
        `update audit_event
         set at = timestamptz '2026-11-20T10:00:00+07:00' - (newest.sequence - audit_event.sequence) * interval '5 hours'
         from (select max(sequence) as sequence from audit_event) as newest`,
      );
      await transaction.raw('alter table audit_event enable trigger audit_event_append_only');
    });
    const planted = (await sql('audit_event').max('sequence as last').first<{ last: number }>()).last;
    /**
     * The table holds what the condition finds, newest first, and says how many they are. The server may write on meanwhile:
     * entries after the planted ones count from the newest that is shown.
     */
    const agrees = async (condition: string): Promise<number> => {
      let found: number[] = [];
      await expect
        .poll(
          async () => {
            const shown = (await page.locator('tbody tr td:first-child').allInnerTexts()).map(Number);
            const { rows } = await sql.raw<{ rows: { sequence: number }[] }>(
              `select cast(sequence as integer) as sequence
               from audit_event
               where ${condition} and sequence <= greatest(cast(:planted as bigint), cast(:newest as bigint))
               order by audit_event.sequence desc`,
              { planted, newest: shown[0] ?? 0 },
            );
            found = rows.map(({ sequence }) => sequence);
            const said = await page.getByTestId('audit-count').innerText();
            return (
              shown.join(' ') === found.slice(0, 100).join(' ') &&
              said === `${found.length} mục · đang hiện ${shown.length}`
            );
          },
          { timeout: 15_000, message: condition },
        )
        .toBe(true);
      return found.length;
    };
    const addressIs = async (expected: Record<string, string>) => {
      await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toEqual(expected);
    };

    await page.reload();
    const all = await agrees('true');
    const since = `(at at time zone 'Asia/Ho_Chi_Minh')::date >= '2026-11-18'`;
    const first = page.getByLabel('Từ ngày');
    await first.pressSequentially('18/11/20');
    await addressIs({});
    await first.pressSequentially('26');
    await addressIs({ tu: '2026-11-18' });
    const sinceThen = await agrees(since);
    expect(sinceThen).toBeLessThan(all);
    await page.getByLabel('Đến hết ngày').fill('19/11/2026');
    const days = `${since} and (at at time zone 'Asia/Ho_Chi_Minh')::date <= '2026-11-19'`;
    const within = await agrees(days);
    expect(within).toBeLessThan(sinceThen);
    await page.getByLabel('Việc').selectOption('session.signed_in');
    await agrees(`${days} and action = 'session.signed_in'`);
    await page.getByLabel('Ai').fill('planner');
    const narrowed = `${days} and action = 'session.signed_in' and username = 'planner'`;
    const one = await agrees(narrowed);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(within);
    const kept = { tu: '2026-11-18', den: '2026-11-19', viec: 'session.signed_in', ai: 'planner' };
    await addressIs(kept);

    // The address alone brings it all back, days written day first.
    await page.reload();
    await agrees(narrowed);
    expect(await first.inputValue()).toBe('18/11/2026');
    expect(await page.getByLabel('Đến hết ngày').inputValue()).toBe('19/11/2026');
    await addressIs(kept);
    await page.getByRole('button', { name: 'Bỏ bộ lọc' }).click();
    await addressIs({});
    await agrees('true');
    for (const label of ['Từ ngày', 'Đến hết ngày', 'Việc', 'Ai'])
      expect(await page.getByLabel(label).inputValue(), label).toBe('');

    // A single day, and days in the wrong order: nothing found, and the way back is offered there.
    await first.fill('19/11/2026');
    await page.getByLabel('Đến hết ngày').fill('19/11/2026');
    await agrees(`(at at time zone 'Asia/Ho_Chi_Minh')::date = '2026-11-19'`);
    await page.getByLabel('Đến hết ngày').fill('01/11/2026');
    await page.getByText('Bộ lọc đang bỏ hết các mục.').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Bỏ bộ lọc' }).click();
    await agrees('true');
    await sql.destroy();
    await context.close();
  });

  const views = [
    { language: 'vi', theme: 'light', width: 1440, height: 900 },
    { language: 'en', theme: 'dark', width: 1024, height: 768 },
    { language: 'vi', theme: 'projector', width: 1920, height: 1080 },
  ] as const;
  for (const { language, theme, width, height } of views)
    it(`draws every page without a fault (${language}, ${theme}, ${width}×${height})`, async () => {
      const search = language === 'en' ? '?lang=en' : '';
      const pages = [
        '/quyen',
        '/tai-khoan',
        '/quan-tri/tai-khoan',
        '/quan-tri/nhat-ky',
        '/quan-tri/cau-hinh',
        '/quan-tri/dia-ban',
      ];
      const signedOut = await openPage(browser, `${server.url}/quyen${search}`, { width, height });
      const session = await server.signIn();
      const signedIn = await openPage(browser, `${server.url}/quyen${search}`, { width, height, session });
      for (const [{ page }, paths] of [
        [signedOut, ['/quyen', '/dang-nhap']],
        [signedIn, pages],
      ] as const) {
        await page.evaluate((value) => localStorage.setItem('diemnong.theme', value), theme);
        for (const path of paths) {
          await page.goto(`${server.url}${path}${search}`);
          await page.getByRole('heading').first().waitFor();
          await page.waitForLoadState('networkidle');
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          expect({ path, faults: await seriousAxeFaults(page) }).toEqual({ path, faults: [] });
          expect({ path, clipped: await clippedControls(page) }).toEqual({ path, clipped: [] });
          expect({ path, out: await cutOff(page) }).toEqual({ path, out: [] });
        }
      }
      expect(signedIn.faults).toEqual([]);
      // The checks see what they are for: a heading pushed out of its frame, a picture without words.
      await signedIn.page.evaluate(() => {
        document.querySelector<HTMLElement>('h1')?.style.setProperty('margin-left', '-40rem');
        document.querySelector('main')?.append(new Image());
      });
      expect(await cutOff(signedIn.page)).not.toEqual([]);
      expect(await seriousAxeFaults(signedIn.page)).not.toEqual([]);
      expect(signedOut.faults.filter((fault) => !fault.includes('401'))).toEqual([]);
      await signedOut.context.close();
      await signedIn.context.close();
    });

  /** The password of a demonstration account, as the server printed it. */
  function passwordOf(username: string): string {
    const printed = new RegExp(`^ +${username} +(\\S+)`, 'm').exec(server.output())?.[1];
    if (printed === undefined) throw new Error(`no password of ${username} in:\n${server.output()}`);
    return printed;
  }

  async function signedIn(
    username: string,
    path: string,
    password = passwordOf(username),
  ): Promise<{ page: Page; context: BrowserContext }> {
    const { page, context } = await openPage(browser, `${server.url}${path}`);
    await signIn(page, username, password);
    await page.getByRole('button', { name: /^Tài khoản:/ }).waitFor();
    return { page, context };
  }
});

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

/** Fills the form as a person does, choosing the commune by name; gives back the password that is shown once. */
async function createCommuneAccount(page: Page, account: { username: string; commune: string }): Promise<string> {
  await page.getByRole('button', { name: 'Thêm tài khoản' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tên hiển thị').fill('Công an thử nghiệm');
  await dialog.getByLabel('Tên đăng nhập').fill(account.username);
  await dialog.getByRole('button', { name: 'Tạo tài khoản' }).click();
  await dialog.getByText('Chọn xã, phường trong danh sách.').waitFor();
  await dialog.getByRole('combobox', { name: 'Xã, phường' }).fill(account.commune);
  await dialog.getByRole('listbox', { name: 'Xã, phường' }).getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Mã đơn vị gửi tệp').fill('CAX-THU');
  await dialog.getByRole('button', { name: 'Tạo tài khoản' }).click();
  const password = await dialog.getByTestId('initial-password').innerText();
  await dialog.getByRole('button', { name: 'Đã giao xong' }).click();
  await page.getByTestId(`account-${account.username}`).getByText('Chờ đổi mật khẩu').waitFor();
  return password;
}

async function step(page: Page, username: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Thao tác với ${username}` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

function panels(page: Page): Promise<string[]> {
  return page.getByRole('navigation', { name: 'Các phần' }).getByRole('link').allInnerTexts();
}

async function brokenRules(page: Page): Promise<string[]> {
  const lines = await page.locator('li[data-state="broken"] > span').allInnerTexts();
  return lines.map((line) => line.replace(/\.\s*Chưa đạt$/, '').trim());
}

async function auditCount(page: Page): Promise<number> {
  const count = page.getByTestId('audit-count');
  await count.getByText('mục').waitFor();
  return Number.parseInt((await count.innerText()).replaceAll('.', ''), 10);
}

function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}
