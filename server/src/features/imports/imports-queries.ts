import type { ImportMapping, importStates } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { type Scope, scopeOf } from '../../access/scope.ts';
import { createLike } from '../../database/bulk-load.ts';
import type { Database } from '../../database/open-database.ts';
import { toJsonb } from '../../database/to-jsonb.ts';
import type { ImportCommune } from './placement.ts';
import type { Area, ImportPreview, ReadImport, Refusal } from './reading-task.ts';
import type { CategoryName } from './rows/categories.ts';
import { incidentColumns, type RowError } from './staged-rows.ts';

export type BatchState = (typeof importStates)[number];

/** What the database keeps of a batch besides its own columns. Everything a person sees of it before its rows. */
export type BatchSummary = Partial<Omit<ReadImport, 'preview' | 'months' | 'onlyCommune' | 'outsideArea'>> & {
  diff?: BatchDiff | null;
  error?: Refusal | null;
  /** Where rows were allowed to lie when the file was read. */
  area?: Area | null;
  /** Months that the file reports, and for which commune (null = all of the default set): replayed when it is restored. */
  reported?: { months: string[]; commune: string | null };
};

export type BatchDiff = {
  replaces: string;
  replacedFileName: string;
  added: number;
  removed: number;
  changed: number;
  same: number;
};

/** The options a batch was read with; a new reading of the same file starts from them. */
export type BatchOptions = {
  crs: string;
  sheet: string | null;
  mapping: ImportMapping;
  replaces: string;
  commit: boolean;
  /** Commune of the account that sent the file: it sees the batch whatever stands in it, having seen the file. */
  sentByCommune: string | null;
};

export type BatchRow = {
  id: string;
  provinceCode: string;
  /** The commune whose accounts see the batch; null = the province only. */
  communeCode: string | null;
  accountId: string | null;
  office: string;
  kind: string;
  state: BatchState;
  fileName: string;
  fileBytes: number;
  fileSha256: string | null;
  options: BatchOptions;
  summary: BatchSummary;
  replaces: string | null;
  replacedBy: string | null;
  createdAt: Date;
  committedAt: Date | null;
};

const batchColumns = {
  id: 'id',
  provinceCode: 'province_code',
  communeCode: 'commune_code',
  accountId: 'account_id',
  office: 'office',
  kind: 'kind',
  state: 'state',
  fileName: 'file_name',
  fileBytes: 'file_bytes',
  fileSha256: 'file_sha256',
  options: 'options',
  summary: 'summary',
  replaces: 'replaces',
  replacedBy: 'replaced_by',
  createdAt: 'created_at',
  committedAt: 'committed_at',
};

/** @returns undefined when there is no such batch. `lock` holds the row until the transaction ends. */
export async function findBatch(db: Knex, id: string, { lock = false } = {}): Promise<BatchRow | undefined> {
  const query = db('import_batch').where({ id }).first<BatchRow | undefined>(batchColumns);
  return lock ? query.forUpdate() : query;
}

/** Newest first, 100 at most. Index: import_batch_created. */
export async function listNewestBatches(db: Knex): Promise<BatchRow[]> {
  return db('import_batch').select<BatchRow[]>(batchColumns).orderBy('created_at', 'desc').orderBy('id').limit(100);
}

export async function findPreview(db: Knex, id: string): Promise<{ preview: ImportPreview | null } | undefined> {
  return db('import_batch').where({ id }).first<{ preview: ImportPreview | null }>('preview');
}

/** Note that a file is being read; a batch that is read again starts anew. */
export async function saveParsing(db: Knex, batch: BatchRow): Promise<void> {
  await db('import_batch')
    .insert({
      id: batch.id,
      province_code: batch.provinceCode,
      commune_code: batch.communeCode,
      account_id: batch.accountId,
      office: batch.office,
      kind: batch.kind,
      state: 'parsing',
      file_name: batch.fileName,
      file_bytes: batch.fileBytes,
      file_sha256: batch.fileSha256,
      options: toJsonb(batch.options),
    })
    .onConflict('id')
    .merge({
      state: 'parsing',
      commune_code: batch.communeCode,
      options: toJsonb(batch.options),
      summary: '{}',
      preview: null,
      replaces: null,
    });
}

export type BatchChange = {
  state: BatchState;
  summary?: BatchSummary;
  preview?: ImportPreview | null;
  replaces?: string | null;
  communeCode?: string | null;
};

/** Note where a batch came to rest, or what it does. */
export async function saveState(
  db: Knex,
  id: string,
  { state, summary, preview, replaces, communeCode }: BatchChange,
): Promise<void> {
  await db('import_batch')
    .where({ id })
    .update({
      state,
      ...(summary === undefined ? {} : { summary: toJsonb(summary) }),
      ...(preview === undefined ? {} : { preview: preview === null ? null : toJsonb(preview) }),
      ...(replaces === undefined ? {} : { replaces }),
      ...(communeCode === undefined ? {} : { commune_code: communeCode }),
    });
}

/** Take a batch in review for commit. @returns false when it is in another state: somebody else took it. */
export async function claimForCommit(db: Knex, id: string): Promise<boolean> {
  return (await db('import_batch').where({ id, state: 'review' }).update({ state: 'committing' })) === 1;
}

/** The state a batch dies in is the last one written: only these may be changed by a recovery. */
export async function refuseInterrupted(db: Knex, id: string, error: Refusal): Promise<boolean> {
  const updated = await db('import_batch')
    .where({ id })
    .whereIn('state', ['parsing', 'committing'])
    .update({ state: 'refused', summary: db.raw('summary || ?::jsonb', [toJsonb({ error })]), preview: null });
  return updated === 1;
}

export async function listUnfinished(db: Knex): Promise<{ id: string; createdAt: Date }[]> {
  return db('import_batch').whereIn('state', ['parsing', 'committing']).select({ id: 'id', createdAt: 'created_at' });
}

/** @returns false when the batch is committed or being committed, and stays. Until then none of its rows is in the database. */
export async function deleteUncommitted(db: Knex, id: string): Promise<boolean> {
  return (await db('import_batch').where({ id }).whereIn('state', ['parsing', 'review', 'refused']).delete()) === 1;
}

/** Bytes of an account's files that are kept for it without being committed; refused ones are kept for a week. */
export async function sumKeptBytes(db: Knex, accountId: string): Promise<number> {
  const row = await db('import_batch')
    .where({ account_id: accountId })
    .whereIn('state', ['parsing', 'review', 'refused'])
    .whereRaw(`(state <> 'refused' or created_at > now() - interval '7 days')`)
    .first<{ bytes: number | null } | undefined>(db.raw('sum(file_bytes)::bigint as bytes'));
  return row?.bytes ?? 0;
}

/** The live batch that holds this very file, if any. Index: import_batch_same_file. */
export async function findSameFile(
  db: Knex,
  { provinceCode, office, kind, fileSha256 }: Pick<BatchRow, 'provinceCode' | 'office' | 'kind' | 'fileSha256'>,
): Promise<{ id: string; fileName: string; committedAt: Date } | undefined> {
  return db('import_batch')
    .where({ province_code: provinceCode, office, kind, file_sha256: fileSha256, state: 'committed' })
    .whereNull('replaced_by')
    .first<{ id: string; fileName: string; committedAt: Date }>({
      id: 'id',
      fileName: 'file_name',
      committedAt: 'committed_at',
    });
}

/** Communes of the default boundary set with their geometry to the last bit; [] when there is none yet. */
export async function loadImportCommunes(db: Knex): Promise<ImportCommune[]> {
  const { rows } = await db.raw<{
    rows: (Omit<ImportCommune, 'labelPoint' | 'centroid'> & Record<'lx' | 'ly' | 'cx' | 'cy', number>)[];
  }>(`
    select c.code, c.province_code as "provinceCode", c.name, c.full_name as "fullName", c.kind,
           st_x(c.label_point) as lx, st_y(c.label_point) as ly,
           st_x(st_centroid(c.geom)) as cx, st_y(st_centroid(c.geom)) as cy,
           st_asbinary(c.geom, 'NDR') as wkb
    from commune c
    join boundary_set s on s.id = c.boundary_set_id
    where s.is_default
    order by c.code`);
  return rows.map(({ lx, ly, cx, cy, ...commune }) => ({ ...commune, labelPoint: [lx, ly], centroid: [cx, cy] }));
}

export async function listCategoryNames(db: Knex): Promise<CategoryName[]> {
  return db('category')
    .select<CategoryName[]>({ code: 'code', nameVi: 'name_vi', nameEn: 'name_en', article: 'article' })
    .orderBy('position');
}

/** What an account may do now: rights can be taken back while a long file is read. undefined when there is no such account. */
export async function findStanding(
  transaction: Knex,
  accountId: string,
): Promise<{ scope: Scope; isSuspended: boolean } | undefined> {
  const row = await transaction('account')
    .where({ id: accountId })
    .first<(Parameters<typeof scopeOf>[0] & { isSuspended: boolean }) | undefined>({
      id: 'id',
      role: 'role',
      provinceCode: 'province_code',
      communeCode: 'commune_code',
      isSuspended: 'is_suspended',
    });
  return row === undefined ? undefined : { scope: scopeOf(row), isSuspended: row.isSuspended };
}

/** Live rows of an office per month: '2026-10' → rows. Index: incident_pkey. */
export async function countOfficeMonths(
  db: Knex,
  provinceCode: string,
  office: string,
  except: string | null,
): Promise<Record<string, number>> {
  const { rows } = await db.raw<{ rows: { month: string; rows: number }[] }>(
    `select to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as month, count(*)::int as rows
     from incident
     where province_code = :province and office = :office and batch_id is distinct from cast(:except as uuid)
     group by 1`,
    { province: provinceCode, office, except },
  );
  return Object.fromEntries(rows.map(({ month, rows }) => [month, rows]));
}

export async function hasLiveRows(db: Knex, provinceCode: string, office: string): Promise<boolean> {
  return (await db('incident').where({ province_code: provinceCode, office }).first('office')) !== undefined;
}

/** A table of the staged rows that lives as long as the transaction: to compare them with the live ones. */
export async function createStagedTable(transaction: Knex.Transaction): Promise<void> {
  await createLike(transaction, { temporary: 'staged_incident', table: 'incident', columns: incidentColumns });
}

/**
 * Live batches that hold references of the staged rows, the one with most of them first. `fileName` is null where the batch
 * itself is hidden or not the office's.
 */
export async function listOverlaps(transaction: Knex, provinceCode: string, office: string): Promise<Overlap[]> {
  const { rows } = await transaction.raw<{ rows: Overlap[] }>(
    `with overlap as (
       select i.batch_id, count(*)::int as shared
       from staged_incident s
       join incident i using (province_code, office, reference)
       group by i.batch_id
     )
     select o.batch_id as id, b.file_name as "fileName", o.shared,
            (select count(*)::int from incident i where i.batch_id = b.id) as own
     from overlap o
     left join import_batch b on b.id = o.batch_id and b.province_code = :province and b.office = :office
     order by o.shared desc, b.created_at desc`,
    { province: provinceCode, office },
  );
  return rows;
}

export type Overlap = { id: string; fileName: string | null; shared: number; own: number };

/** References of the staged rows that a live batch other than `except` holds → name of its file, '' when that is hidden. */
export async function listTakenReferences(transaction: Knex, except: string | null): Promise<Map<string, string>> {
  const { rows } = await transaction.raw<{ rows: { reference: string; fileName: string }[] }>(
    `select i.reference, coalesce(b.file_name, '') as "fileName"
     from staged_incident s
     join incident i using (province_code, office, reference)
     left join import_batch b on b.id = i.batch_id
     where i.batch_id is distinct from cast(:except as uuid)`,
    { except },
  );
  return new Map(rows.map(({ reference, fileName }) => [reference, fileName]));
}

/** The staged rows against those of the batch they replace, by reference; a row is the same when every value is. */
export async function countDifference(
  transaction: Knex,
  replaced: string,
): Promise<Pick<BatchDiff, 'added' | 'removed' | 'changed' | 'same'>> {
  const values = incidentColumns.filter((name) => name !== 'batch_id' && name !== 'geom');
  const list = (table: string) =>
    `(${values.map((name) => `${table}.${name}`).join(', ')}, st_asbinary(${table}.geom))`;
  const { rows } = await transaction.raw<{ rows: Pick<BatchDiff, 'added' | 'removed' | 'changed' | 'same'>[] }>(
    `with replaced as (select * from incident where batch_id = :replaced)
     select count(*) filter (where r.reference is null)::int as added,
            count(*) filter (where s.reference is null)::int as removed,
            count(*) filter (where s.reference is not null and r.reference is not null
                             and ${list('s')} is distinct from ${list('r')})::int as changed,
            count(*) filter (where ${list('s')} is not distinct from ${list('r')})::int as same
     from staged_incident s
     full join replaced r
       on r.province_code = s.province_code and r.office = s.office and r.reference = s.reference`,
    { replaced },
  );
  return rows[0] ?? { added: 0, removed: 0, changed: 0, same: 0 };
}

/** Mark a batch as committed: two batches of the same file meet here, at the unique index, and one loses. */
export async function markCommitted(transaction: Knex, id: string): Promise<void> {
  await transaction('import_batch').where({ id }).update({ state: 'committed', committed_at: transaction.fn.now() });
}

/** Put the rows of a live batch aside in favour of another. @returns how many there were within reach. */
export async function replaceBatch(transaction: Knex, replaced: string, by: string): Promise<number> {
  const columns = incidentColumns.join(', ');
  await transaction.raw(
    `insert into incident_replaced (${columns}, replaced_by)
     select ${columns}, cast(:by as uuid) from incident where batch_id = :replaced`,
    { replaced, by },
  );
  await transaction('import_batch').where({ id: replaced }).update({ replaced_by: by });
  return deleteBatchRows(transaction, replaced);
}

/** The other way: the rows that `by` replaced live again. @returns how many there were within reach. */
export async function restoreReplaced(transaction: Knex, replaced: string, by: string): Promise<number> {
  const columns = incidentColumns.join(', ');
  await transaction('import_batch').where({ id: replaced }).update({ replaced_by: null });
  await transaction.raw(
    `insert into incident (${columns}) select ${columns} from incident_replaced where replaced_by = :by`,
    { by },
  );
  return transaction('incident_replaced').where({ replaced_by: by }).delete();
}

export async function markUndone(transaction: Knex, id: string): Promise<void> {
  await transaction('import_batch').where({ id }).update({ state: 'undone', undone_at: transaction.fn.now() });
}

/** Live rows of a batch and the months it reports. Index: incident_batch. @returns how many rows were within reach. */
export async function deleteBatchRows(transaction: Knex, id: string): Promise<number> {
  await transaction('report_month').where({ batch_id: id }).delete();
  return transaction('incident').where({ batch_id: id }).delete();
}

/** The months a batch reports, for one commune or for every commune of the default set, as far as `scope` reaches. */
export async function saveReportMonths(
  transaction: Knex,
  id: string,
  { months, commune }: { months: string[]; commune: string | null },
  scope: Scope,
): Promise<void> {
  if (months.length === 0) return;
  await transaction.raw(
    `insert into report_month (province_code, commune_code, month, batch_id)
     select c.province_code, c.code, to_date(m.month, 'YYYY-MM'), :id
     from commune c
     join boundary_set s on s.id = c.boundary_set_id and s.is_default
     cross join unnest(cast(:months as text[])) as m(month)
     where (cast(:commune as text) is null or c.code = :commune)
       and (cast(:scopeCommune as text) is null or c.code = :scopeCommune)
       and (cast(:scopeProvince as text) is null or c.province_code = :scopeProvince)
     on conflict do nothing`,
    { id, months, commune, scopeCommune: scope.commune, scopeProvince: scope.province },
  );
}

/** Rejected rows of a committed batch in the file's order, some thousands at a time. Index: import_row_error_pkey. */
export async function* listRowErrors(db: Database, scope: Scope, id: string): AsyncGenerator<RowError> {
  const page = 2000;
  let after = -1;
  for (;;) {
    const rows = await db.transaction(scope, (transaction) =>
      transaction('import_row_error')
        .where({ batch_id: id })
        .where('row_number', '>', after)
        .select<RowError[]>({ rowNumber: 'row_number', fields: 'fields', reasons: 'reasons', values: 'row_values' })
        .orderBy('row_number')
        .limit(page),
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.rowNumber;
  }
}
