import { createHash, randomUUID } from 'node:crypto';
import { AREA_FILE_MAX_BYTES, type AreaFile, type ErrorResponse, postAreaFile } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { zipArchive } from '../support/zip-archive.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = (text = '') => Buffer.from(`%PDF-1.7\n1 0 obj\n<< ${text} >>\nendobj\nstartxref\n0\n%%EOF\n`, 'latin1');
const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.from('ffda0008010100003f00', 'hex'),
  Buffer.from('d2cf20ffd9', 'hex'),
]);
const docx = (parts: string[] = []) =>
  zipArchive(
    ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', ...parts].map((name) => ({
      name,
      data: Buffer.from('<x/>'),
    })),
  );
const html = Buffer.from('<!doctype html><script>alert(1)</script>');

describeOnBothDatabases('files of an area', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let planner: TestVisitor;
  const area = randomUUID();
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    await db.knex('area').insert({
      id: area,
      province_code: '33',
      commune_code: '10001',
      commune_codes: ['10001'],
      number: 1,
      name: 'Chợ Gạo',
      types: [1],
      level: 'province',
      origin: 'list',
    });
    app = await startTestApp(createTestContext(db));
    planner = await app.as('planner');
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  async function send(
    content: Buffer,
    name: string,
    { visitor = planner, to = area, type = 'application/octet-stream' } = {},
  ): Promise<{ status: number; body: AreaFile & ErrorResponse }> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)], { type }), name);
    const answer = await visitor.fetch(`/api/areas/${to}/files`, { method: 'POST', body: form });
    const body = (await answer.json()) as AreaFile & ErrorResponse;
    if (answer.ok) postAreaFile.response.parse(body);
    return { status: answer.status, body };
  }
  const stored = async () => Number((await db.knex('area_file').count('* as n'))[0].n);

  it.each([
    ['PDF', 'Quyết định số 15-QĐ-2025.pdf', pdf(), 'application/pdf'],
    ['PNG', 'sơ đồ.PNG', PNG, 'image/png'],
    ['JPEG', 'ảnh.jpeg', JPEG, 'image/jpeg'],
    ['DOCX', 'Kế hoạch.docx', docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ])('keeps a %s with its hash, and gives it back as a download', async (_, name, content, mediaType) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    // What the browser says of the type is not believed.
    const { status, body } = await send(content, name, { type: 'text/html' });
    expect([status, body.name, body.mediaType, body.bytes, body.sha256]).toEqual([
      201,
      name,
      mediaType,
      content.length,
      sha256,
    ]);
    const reader = await app.as('commune', { commune: '10001' });
    const answer = await reader.fetch(`/api/areas/${area}/files/${body.id}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': mediaType,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-length': String(content.length),
    });
    const disposition = answer.headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[\w.() -]+"; filename\*=UTF-8''[\w%.~!-]+$/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1])).toBe(name);
    expect(answer.headers.get('content-security-policy')?.split(';')).toEqual(
      expect.arrayContaining(["default-src 'self'", 'sandbox']),
    );
    const entry = await db.knex('audit_event').where({ action: 'area.file_added' }).orderBy('sequence', 'desc').first();
    expect([entry.target, entry.after.sha256]).toEqual([`area/${area}`, sha256]);
  });

  it('takes the same content twice for one file, also under another name', async () => {
    const first = await send(pdf('twice'), 'a.pdf');
    const before = await stored();
    const second = await send(pdf('twice'), 'b.pdf');
    expect([second.body.id, second.body.name, await stored()]).toEqual([first.body.id, 'a.pdf', before]);
  });

  it.each([
    ['a page named .pdf', 'a.pdf', html],
    ['a page that begins like a PDF', 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), html])],
    ['a PDF after a page', 'a.pdf', Buffer.concat([html, pdf()])],
    ['a PDF that is an archive at its end', 'a.pdf', Buffer.concat([pdf(), docx()])],
    ['a picture with a page behind it', 'a.png', Buffer.concat([PNG, html])],
    ['a picture that is an archive at its end', 'a.jpg', Buffer.concat([JPEG, docx()])],
    ['a PNG cut off', 'a.png', PNG.subarray(0, -6)],
    ['three bytes of a JPEG', 'a.jpg', JPEG.subarray(0, 12)],
    ['an archive that is no document', 'a.docx', zipArchive([{ name: 'a.txt', data: html }])],
    ['a damaged archive', 'a.docx', docx().subarray(0, -10)],
    ['a document with macros', 'a.docx', docx(['word/vbaProject.bin'])],
    ['a document with a program in it', 'a.docx', docx(['word/embeddings/setup.exe'])],
    ['a picture named .pdf', 'a.pdf', PNG],
    ['a PDF without an ending', 'a', pdf()],
    ['a program', 'a.pdf', Buffer.from('MZ\u0090\u0000', 'latin1')],
    ['an SVG', 'a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
  ])('refuses %s and keeps nothing', async (_, name, content) => {
    const before = await stored();
    const { status, body } = await send(content, name);
    expect([status, body.error?.code]).toEqual([422, 'unprocessable']);
    expect(await stored()).toBe(before);
  });

  it('takes 20 MB, and refuses a byte more', async () => {
    const tail = pdf('tail');
    const large = (bytes: number) =>
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes - 9 - tail.length, 32), tail]);
    const { status, body } = await send(large(AREA_FILE_MAX_BYTES), 'lớn.pdf');
    expect([status, body.bytes]).toEqual([201, AREA_FILE_MAX_BYTES]);
    const refused = await send(large(AREA_FILE_MAX_BYTES + 1), 'quá lớn.pdf');
    expect([refused.status, refused.body.error?.code]).toEqual([413, 'too_large']);
    const back = await planner.fetch(`/api/areas/${area}/files/${body.id}`);
    expect((await back.arrayBuffer()).byteLength).toBe(AREA_FILE_MAX_BYTES);
  }, 60_000);

  it('belongs to the commune that the area lies in when the file has come in, not when it set out', async () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(pdf('slow'))]), 'chậm.pdf');
    const request = new Request('http://x', { method: 'POST', body: form });
    const bytes = new Uint8Array(await request.arrayBuffer());
    let finish = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(stream) {
        stream.enqueue(bytes.subarray(0, 40));
        finish = () => {
          stream.enqueue(bytes.subarray(40));
          stream.close();
        };
      },
    });
    const asked = vi.spyOn(app.context.db, 'transaction');
    const sent = planner.fetch(`/api/areas/${area}/files`, {
      method: 'POST',
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      body,
      duplex: 'half',
    } as RequestInit);
    // The session, then the area.
    await vi.waitFor(() =>
      expect(asked.mock.settledResults.filter(({ type }) => type === 'fulfilled').length).toBeGreaterThan(1),
    );
    asked.mockRestore();
    await db.knex('area').where({ id: area }).update({ commune_code: '10002' });
    finish();
    expect((await sent).status).toBe(201);
    expect(await db.knex('area_file').where({ name: 'chậm.pdf' }).first('commune_code')).toEqual({
      commune_code: '10002',
    });
    await db.knex('area').where({ id: area }).update({ commune_code: '10001' });
  });

  it('cleans the name, and refuses one with a number of a person', async () => {
    const { body } = await send(pdf('name'), '../../etc/a\u202efdp|.pdf');
    expect(body.name).toBe('afdp.pdf');
    expect((await send(pdf('long'), `${'đ'.repeat(300)}.pdf`)).body.name).toMatch(/^đ+\.pdf$/);
    const { status, body: refused } = await send(pdf('person'), 'CCCD 033095001234.pdf');
    expect([status, refused.error?.code]).toEqual([422, 'person_data']);
  });

  it('is found by nobody whose area it is not, and changed by no reader', async () => {
    const { body } = await send(pdf('hidden'), 'a.pdf');
    const path = `/api/areas/${area}/files/${body.id}`;
    const other = await app.as('commune', { commune: '10002' });
    expect((await other.fetch(path)).status).toBe(404);
    expect((await app.as('planner', { province: '99' }).then((visitor) => visitor.fetch(path))).status).toBe(404);
    expect((await app.nobody.fetch(path)).status).toBe(401);
    expect((await app.as('viewer').then((visitor) => visitor.fetch(path))).status).toBe(403);
    expect((await planner.fetch(`/api/areas/${randomUUID()}/files/${body.id}`)).status).toBe(404);
    const stranger = await app.as('planner', { province: '99' });
    expect((await send(pdf('stranger'), 'a.pdf', { visitor: stranger })).status).toBe(404);
    const commune = await app.as('commune', { commune: '10001' });
    expect((await send(pdf('commune'), 'a.pdf', { visitor: commune })).status).toBe(403);
  });

  it('refuses to hand out a content that is not what was stored', async () => {
    const { body } = await send(pdf('damaged'), 'a.pdf');
    await db
      .knex('area_file')
      .where({ id: body.id })
      .update({ content: pdf('changed') });
    const { status, body: refused } = await planner.get<ErrorResponse>(`/api/areas/${area}/files/${body.id}`);
    expect([status, refused.error.code]).toEqual([500, 'internal']);
  });

  it('refuses a request that is no upload', async () => {
    const { status } = await planner.send('POST', `/api/areas/${area}/files`, { file: 'x' });
    expect(status).toBe(400);
    const form = new FormData();
    form.append('other', new Blob([new Uint8Array(PNG)]), 'a.png');
    expect((await planner.fetch(`/api/areas/${area}/files`, { method: 'POST', body: form })).status).toBe(400);
  });
});
