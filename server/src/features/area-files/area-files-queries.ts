import { randomUUID } from 'node:crypto';
import type { AreaFile } from '@diemnong/contracts';
import type { Knex } from 'knex';

type FileRow = Omit<AreaFile, 'uploadedAt'> & { uploadedAt: Date };

const columns = {
  id: 'id',
  name: 'name',
  mediaType: 'media_type',
  bytes: 'bytes',
  sha256: 'sha256',
  uploadedAt: 'uploaded_at',
  uploadedBy: 'username',
} as const;

export type AreaPlaceRow = { provinceCode: string; communeCode: string; number: number };

/** Whose area it is; undefined when there is none within reach. `lock`: it stays where it is until the end of the transaction. */
export async function findAreaPlace(
  transaction: Knex,
  id: string,
  { lock = false } = {},
): Promise<AreaPlaceRow | undefined> {
  if (lock) await transaction.raw('select id from area where id = :id for share', { id });
  return transaction('area')
    .where({ id })
    .first<AreaPlaceRow | undefined>({ provinceCode: 'province_code', communeCode: 'commune_code', number: 'number' });
}

/**
 * Keep a file with an area. The same content of the same area is one file: the first stays as it is.
 * @returns whether it was added now.
 */
export async function saveFile(
  transaction: Knex.Transaction,
  areaId: string,
  { provinceCode, communeCode }: AreaPlaceRow,
  file: { name: string; mediaType: string; content: Buffer; sha256: string },
  { accountId, username }: { accountId: string | null; username: string },
): Promise<{ file: AreaFile; isNew: boolean }> {
  const added = await transaction('area_file')
    .insert({
      id: randomUUID(),
      area_id: areaId,
      province_code: provinceCode,
      commune_code: communeCode,
      name: file.name,
      media_type: file.mediaType,
      bytes: file.content.length,
      sha256: file.sha256,
      content: file.content,
      account_id: accountId,
      username,
    })
    .onConflict(['area_id', 'sha256'])
    .ignore()
    .returning<{ id: string }[]>('id');
  const kept = await transaction('area_file').where({ area_id: areaId, sha256: file.sha256 }).first<FileRow>(columns);
  return { file: { ...kept, uploadedAt: kept.uploadedAt.toISOString() }, isNew: added.length > 0 };
}

export type StoredFile = { name: string; mediaType: string; sha256: string; content: Buffer };

/** A file of an area with its content; undefined when there is none within reach. */
export async function findFile(transaction: Knex, areaId: string, id: string): Promise<StoredFile | undefined> {
  return transaction('area_file').where({ area_id: areaId, id }).first<StoredFile | undefined>({
    name: 'name',
    mediaType: 'media_type',
    sha256: 'sha256',
    content: 'content',
  });
}
