import type { Knex } from 'knex';

/** A commune of the default set. */
export type ReportingCommune = { code: string; provinceCode: string; name: string };

export async function findDefaultCommune(transaction: Knex, code: string): Promise<ReportingCommune | undefined> {
  const { rows } = await transaction.raw<{ rows: ReportingCommune[] }>(
    `select commune.code, province_code as "provinceCode", full_name as name
     from commune
     join boundary_set on boundary_set.id = boundary_set_id and is_default
     where commune.code = :code`,
    { code },
  );
  return rows[0];
}

/**
 * Records of a commune in one calendar month (first day, Asia/Ho_Chi_Minh), and whether a batch reports it.
 * Index: incident_time.
 */
export async function describeMonth(
  transaction: Knex,
  { code, provinceCode }: ReportingCommune,
  month: string,
): Promise<{ count: number; isReported: boolean }> {
  const { rows } = await transaction.raw<{ rows: [{ count: number; isReported: boolean }] }>(
    `select (select count(*)::int
             from incident
             where province_code = :provinceCode and commune_code = :code
               and occurred_from >= cast(:month as timestamp) at time zone interval '7 hours'
               and occurred_from < (cast(:month as timestamp) + interval '1 month') at time zone interval '7 hours') as count,
            exists (select from report_month
                    where province_code = :provinceCode and commune_code = :code and month = cast(:month as date)) as "isReported"`,
    { code, provinceCode, month },
  );
  return rows[0];
}

/** @returns false when it had been said before. */
export async function saveConfirmation(
  transaction: Knex.Transaction,
  { code, provinceCode }: ReportingCommune,
  month: string,
  by: { accountId: string | null; username: string },
): Promise<boolean> {
  const rows = await transaction('report_confirmation')
    .insert({
      province_code: provinceCode,
      commune_code: code,
      month,
      account_id: by.accountId,
      username: by.username,
    })
    .onConflict()
    .ignore()
    .returning('month');
  return rows.length > 0;
}

/** @returns who had said it, and when; undefined when nobody had. */
export async function deleteConfirmation(
  transaction: Knex.Transaction,
  { code, provinceCode }: ReportingCommune,
  month: string,
): Promise<{ username: string; confirmedAt: Date } | undefined> {
  const rows = await transaction('report_confirmation')
    .where({ province_code: provinceCode, commune_code: code, month })
    .delete()
    .returning<{ username: string; confirmed_at: Date }[]>(['username', 'confirmed_at']);
  return rows[0] && { username: rows[0].username, confirmedAt: rows[0].confirmed_at };
}
