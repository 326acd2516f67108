import { randomUUID } from 'node:crypto';
import type { Alert, NoteDecision, NoteState } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { ALL_CATEGORIES } from './alerts-rules.ts';

type AlertRow = Omit<Alert, 'commune' | 'category' | 'openedAt' | 'decidedAt'> & {
  communeCode: string;
  communeName: string;
  category: string;
  openedAt: Date;
  decidedAt: Date | null;
};

/**
 * Notes about communes of the default set, newest month first, then by exceedance: how many times the distance from the
 * expected count to the threshold the month lies above (Farrington et al. 1996).
 */
export async function listAlertRows(transaction: Knex, filter: { state?: NoteState; id?: string }): Promise<Alert[]> {
  const { rows } = await transaction.raw<{ rows: AlertRow[] }>(
    `select alert.id, commune.code as "communeCode", commune.full_name as "communeName", month::text as month, category,
            count, expected, upper, p, rule, data_version as "dataVersion", opened_at as "openedAt", state,
            decided_at as "decidedAt", decided_by as "decidedBy", reason
     from alert
     join commune on commune.code = alert.commune_code and commune.province_code = alert.province_code
     join boundary_set on boundary_set.id = commune.boundary_set_id and is_default
     where (cast(:state as text) is null or state = :state)
       and (cast(:id as uuid) is null or alert.id = cast(:id as uuid))
     order by month desc, (count - expected) / nullif(upper - expected, 0) desc nulls first, commune.code, category`,
    { state: filter.state ?? null, id: filter.id ?? null },
  );
  return rows.map(({ communeCode, communeName, category, openedAt, decidedAt, ...alert }) => ({
    ...alert,
    commune: { code: communeCode, name: communeName },
    category: category === ALL_CATEGORIES ? null : category,
    openedAt: openedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }));
}

/** @returns false when it was not open any more. */
export async function saveDecision(
  transaction: Knex.Transaction,
  id: string,
  decision: { state: NoteDecision; reason: string; accountId: string | null; username: string },
): Promise<boolean> {
  const changed = await transaction('alert').where({ id, state: 'open' }).update({
    state: decision.state,
    reason: decision.reason,
    account_id: decision.accountId,
    decided_by: decision.username,
    decided_at: transaction.fn.now(),
  });
  return changed > 0;
}

/** What a look at the communes was made from. */
export type Basis = {
  dataVersion: number;
  rule: string;
  /** First day of the calendar month in which it was looked. */
  asOf: string;
};

export type Checked = { dataVersion: number | null; months: string[]; series: number; tooShort: number };

/** The last look at the communes within reach, summed; `dataVersion` null before the first. */
export async function sumRuns(transaction: Knex): Promise<Checked> {
  const { rows } = await transaction.raw<{ rows: [Checked] }>(
    `select max(data_version) as "dataVersion",
            coalesce(sum(series), 0)::int as series,
            coalesce(sum(too_short), 0)::int as "tooShort",
            array(select distinct unnest(months)::text from alert_run order by 1) as months
     from alert_run`,
  );
  return rows[0];
}

/** The last look; of several, the oldest; undefined before the first. */
export async function findLastRun(transaction: Knex): Promise<Basis | undefined> {
  const { rows } = await transaction.raw<{ rows: Basis[] }>(
    `select data_version as "dataVersion", rule, as_of::text as "asOf" from alert_run order by data_version, as_of limit 1`,
  );
  return rows[0];
}

/** Until the end of the transaction no other process writes what it saw. */
export async function lockRuns(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table alert_run in share row exclusive mode');
}

export type CommuneRun = {
  provinceCode: string;
  communeCode: string;
  series: number;
  tooShort: number;
};

/** In place of the last look, whatever communes it was of. */
export async function saveRuns(
  transaction: Knex.Transaction,
  { dataVersion, rule, asOf }: Basis,
  months: string[],
  runs: CommuneRun[],
): Promise<void> {
  await transaction('alert_run').delete();
  await transaction.raw(
    `insert into alert_run (province_code, commune_code, data_version, rule, as_of, months, series, too_short)
     select "provinceCode", "communeCode", :dataVersion, :rule, cast(:asOf as date), cast(:months as date[]), series, "tooShort"
     from jsonb_to_recordset(cast(:runs as jsonb))
            as run ("provinceCode" text, "communeCode" text, series int, "tooShort" int)`,
    { dataVersion, rule, asOf, months, runs: JSON.stringify(runs) },
  );
}

export type OpenAlert = { id: string; provinceCode: string; communeCode: string; month: string; category: string };

export async function listOpenAlerts(transaction: Knex): Promise<OpenAlert[]> {
  const { rows } = await transaction.raw<{ rows: OpenAlert[] }>(
    `select id, province_code as "provinceCode", commune_code as "communeCode", month::text as month, category
     from alert
     where state = 'open'
     order by month, commune_code, category`,
  );
  return rows;
}

/** A month above its threshold. */
export type Finding = Omit<OpenAlert, 'id'> & {
  count: number;
  expected: number;
  upper: number;
  p: number;
  rule: string;
};

/**
 * Open a note for each finding that has none. One that the server withdrew opens again with the numbers of now; what a person
 * decided stays. @returns those that were opened.
 */
export async function openAlerts(
  transaction: Knex.Transaction,
  findings: Finding[],
  dataVersion: number,
): Promise<OpenAlert[]> {
  const { rows } = await transaction.raw<{ rows: OpenAlert[] }>(
    `insert into alert (id, province_code, commune_code, month, category, count, expected, upper, p, rule, data_version)
     select id, "provinceCode", "communeCode", month, category, count, expected, upper, p, rule, :dataVersion
     from jsonb_to_recordset(cast(:findings as jsonb))
            as finding (id uuid, "provinceCode" text, "communeCode" text, month date, category text, count int,
                        expected float8, upper float8, p float8, rule text)
     on conflict (province_code, commune_code, month, category) do update
       set state = 'open', count = excluded.count, expected = excluded.expected, upper = excluded.upper, p = excluded.p,
           rule = excluded.rule, data_version = excluded.data_version, opened_at = now(), decided_at = null, reason = null
       where alert.state = 'withdrawn'
     returning id, province_code as "provinceCode", commune_code as "communeCode", month::text as month, category`,
    { dataVersion, findings: JSON.stringify(findings.map((finding) => ({ id: randomUUID(), ...finding }))) },
  );
  return rows;
}

/** @returns those that were open until now. */
export async function withdrawAlerts(
  transaction: Knex.Transaction,
  alerts: { id: string; reason: string }[],
): Promise<OpenAlert[]> {
  const { rows } = await transaction.raw<{ rows: OpenAlert[] }>(
    `update alert
     set state = 'withdrawn', decided_at = now(), reason = gone.reason
     from jsonb_to_recordset(cast(:alerts as jsonb)) as gone (id uuid, reason text)
     where alert.id = gone.id and state = 'open'
     returning alert.id, province_code as "provinceCode", commune_code as "communeCode", month::text as month, category`,
    { alerts: JSON.stringify(alerts) },
  );
  return rows;
}
