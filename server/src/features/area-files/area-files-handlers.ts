import { createHash } from 'node:crypto';
import { AppError, AREA_FILE_MAX_BYTES, type AreaFile } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { AppContext } from '../../app-context.ts';
import { parse, type SignedInContext } from '../../http/serve.ts';
import { noSuchArea } from '../areas/area-words.ts';
import { findPersonNumber } from '../imports/rows/person-data.ts';
import { findAreaPlace, findFile, saveFile } from './area-files-queries.ts';
import { findFileType, requireFileType, shownFileName } from './file-content.ts';
import { receiveFile } from './receive-file.ts';

/**
 * POST /api/areas/:id/files: the same file again for a content that the area has already.
 * Errors: `not_found`; those of `receiveFile`; `unprocessable` for a file that is none of the types, or whose name says
 * another; `person_data` when its name holds a number of a person.
 */
export async function receiveAreaFile(
  { db }: Pick<AppContext, 'db'>,
  areaId: string,
  { request, identity }: SignedInContext,
): Promise<AreaFile> {
  // Asked before 20 MB are taken in for an area that is none of theirs.
  const isThere =
    (await db.transaction(identity.scope, (transaction) => findAreaPlace(transaction, areaId))) !== undefined;
  const received = await receiveFile(request, AREA_FILE_MAX_BYTES);
  if (!isThere) throw noSuchArea(areaId);
  const { content } = received;
  const name = shownFileName(received.name);
  const person = findPersonNumber(name.replace(documentNumber, ' '));
  if (person !== null)
    throw new AppError(
      'person_data',
      `Tên tệp có ${person.vi}. Nền tảng không nhận dữ liệu cá nhân: hãy đổi tên tệp. Chưa có gì được lưu. (The name holds ${person.en}; nothing was stored.)`,
    );
  const mediaType = requireFileType(await findFileType(content), name);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return db.transaction(identity.scope, async (transaction) => {
    // Again, and held: whose file it is to read follows the area, which may have been moved while 20 MB came in.
    const place = await findAreaPlace(transaction, areaId, { lock: true });
    if (place === undefined) throw noSuchArea(areaId);
    const { file, isNew } = await saveFile(transaction, areaId, place, { name, mediaType, content, sha256 }, identity);
    if (isNew)
      await recordAudit(transaction, identity, {
        action: 'area.file_added',
        target: `area/${areaId}`,
        after: { file: file.id, name, mediaType, bytes: file.bytes, sha256 },
      });
    return file;
  });
}

/** "15-QĐ 2025" is a decision of a year, not the plate of a car. */
const documentNumber = /\d+[\s.-]*(?:QĐ|QD|NQ|KH|TB|CV|TT|TTr|BC|CT|CĐ|CD|HD|CTr)(?=[\s.-])/giu;

const Params = z.object({ id: z.uuid(), file: z.uuid() });

/**
 * GET /api/areas/:id/files/:file: always a download, never a page; what is sent has been checked against its hash.
 * Errors: `not_found`; `internal` when the content is not what was stored.
 */
export async function sendAreaFile(
  { db, log }: Pick<AppContext, 'db' | 'log'>,
  { scope }: Identity,
  request: Request,
  response: Response,
): Promise<void> {
  const { id, file } = parse(Params, request.params, 'params') as z.output<typeof Params>;
  const stored = await db.transaction(scope, (transaction) => findFile(transaction, id, file));
  if (stored === undefined)
    throw new AppError('not_found', `Không có tệp ${file} ở địa bàn này. (The area has no such file.)`);
  const { name, mediaType, sha256, content } = stored;
  if (createHash('sha256').update(content).digest('hex') !== sha256) {
    log.error({ area: id, file, sha256 }, 'a stored file is not what it was');
    throw new AppError('internal', 'Tệp lưu trữ không còn nguyên vẹn. (The stored file is damaged.)');
  }
  response.writeHead(200, {
    'Content-Type': mediaType,
    'Content-Disposition': attachment(name),
    'Content-Length': content.length,
    'X-Content-Type-Options': 'nosniff',
    // Should a browser show it after all, it runs nothing and belongs to no site.
    'Content-Security-Policy': [response.getHeader('Content-Security-Policy'), 'sandbox'].join(';'),
    'Cache-Control': 'private, no-store',
  });
  response.end(content);
}

/** RFC 6266 with the name twice: plain for old programs, and as it is (RFC 5987). */
function attachment(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/[^\w.() -]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
