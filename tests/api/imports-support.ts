import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ImportBatch, ImportOptions } from '@diemnong/contracts';
import { serverActor } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import type { Database } from '../../server/src/database/open-database.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { settle, startImport } from '../../server/src/features/imports/import-jobs.ts';
import type { ImportContext } from '../../server/src/features/imports/job-board.ts';
import { createLog } from '../../server/src/log.ts';

export function createImportContext(db: Database): ImportContext {
  return { db, log: createLog('fatal'), version: createVersionWatch(db) };
}

/** The server itself, as at a chore: sees all and may do all. */
const system = { ...serverActor, scope: systemScope, officeCode: null };

/** Three communes of one province: An Hoà beside Hồng Châu, and Tân Tiến north of both. */
const communes = [
  { code: '90001', name: 'An Hoà', fullName: 'Xã An Hoà', kind: 'xã', box: [106, 20.6, 106.1, 20.7] },
  { code: '90002', name: 'Hồng Châu', fullName: 'Phường Hồng Châu', kind: 'phường', box: [106.1, 20.6, 106.2, 20.7] },
  { code: '90003', name: 'Tân Tiến', fullName: 'Xã Tân Tiến', kind: 'xã', box: [106, 20.7, 106.2, 20.8] },
] as const;

export async function fillThreeCommunes(db: Database): Promise<void> {
  await db.transaction(systemScope, async (transaction) => {
    await transaction('province').insert({ code: '33', name_vi: 'Hưng Yên', name_en: 'Hung Yen' });
    const set = { id: '2025-07', name: 'Mới', valid_from: '2025-07-01', is_default: true };
    await transaction('boundary_set').insert(set);
    for (const { code, name, fullName, kind, box } of communes) {
      await transaction.raw(
        `insert into commune (boundary_set_id, code, province_code, name, full_name, kind, area_m2, label_point, geom)
         select '2025-07', :code, '33', :name, :fullName, :kind, st_area(cast(shape as geography)), st_centroid(shape), st_multi(shape)
         from st_makeenvelope(:west, :south, :east, :north, 4326) as shape`,
        { code, name, fullName, kind, west: box[0], south: box[1], east: box[2], north: box[3] },
      );
    }
  });
}

/** A file as an office writes it; `rows` without the heading. */
export function officeFile(
  rows: string[],
  heading = 'Số hồ sơ;Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ;Xã, phường',
): string {
  return `\ufeff${[heading, ...rows].join('\r\n')}\r\n`;
}

type Answer<Body> = { status: number; body: Body };

/** The import endpoints of a running server, as the screen calls them. @param visitor who is signed in. */
export function importDesk(visitor: { fetch(path: string, init?: RequestInit): Promise<Response> }) {
  async function ask<Body>(path: string, request: RequestInit = {}): Promise<Answer<Body>> {
    const response = await visitor.fetch(`/api/imports${path}`, request);
    return { status: response.status, body: (await response.json()) as Body };
  }
  async function describe(id: string): Promise<ImportBatch> {
    const { body } = await ask<ImportBatch>(`/${id}`);
    return ImportBatch.parse(body);
  }
  async function rest(id: string): Promise<ImportBatch> {
    for (;;) {
      const batch = await describe(id);
      if (batch.state !== 'parsing' && batch.state !== 'committing') return batch;
      await new Promise((next) => setTimeout(next, 30));
    }
  }
  async function send(
    content: string | Uint8Array<ArrayBuffer>,
    options: object = {},
    fileName = 'thang10.csv',
  ): Promise<Answer<{ id: string }>> {
    const form = new FormData();
    form.append('options', JSON.stringify({ office: 'CAX01', ...options }));
    form.append('file', new Blob([content]), fileName);
    return ask<{ id: string }>('', { method: 'POST', body: form });
  }
  return {
    ask,
    describe,
    rest,
    send,
    /** Send a file and wait until it rests. */
    async import(
      content: string | Uint8Array<ArrayBuffer>,
      options: object = {},
      fileName?: string,
    ): Promise<ImportBatch> {
      const { status, body } = await send(content, options, fileName);
      if (status !== 202) throw new Error(`the upload was answered ${status}: ${JSON.stringify(body)}`);
      return rest(body.id);
    },
    post: <Body = ImportBatch>(id: string, action: 'commit' | 'undo' | 'remap', body: object = {}) =>
      ask<Body>(`/${id}/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

/** Import a file of this machine without HTTP, as the command line does. */
export async function importPath(context: ImportContext, path: string, options: object) {
  const bytes = readFileSync(path);
  const file = {
    path,
    fileName: basename(path),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  return settle(context, systemScope, startImport(context, system, file, ImportOptions.parse(options)));
}
