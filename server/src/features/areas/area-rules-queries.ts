import { AreaRules, defaultAreaRules } from '@diemnong/contracts';
import type { Knex } from 'knex';

export type RulesOfYear = { setFor: number | null; rules: AreaRules };

type RulesRow = { year: number; rules: unknown };

/** The rules of the newest year not after `year` that were set in the province, else the defaults. */
export async function findAreaRules(database: Knex, provinceCode: string, year: number): Promise<RulesOfYear> {
  const rows = await database('area_rules')
    .where({ province_code: provinceCode })
    .where('year', '<=', year)
    .orderBy('year', 'desc')
    .select<RulesRow[]>('year', 'rules');
  return newestOf(rows);
}

/** Newest first. A row that is no rules (written by hand) counts as none. */
function newestOf(rows: readonly RulesRow[]): RulesOfYear {
  for (const { year: setFor, rules } of rows) {
    const read = AreaRules.safeParse(rules);
    if (read.success) return { setFor, rules: read.data };
  }
  return { setFor: null, rules: defaultAreaRules };
}

/** The rules of every province within reach for any year, read at once. */
export async function readRulesOfYears(database: Knex): Promise<(provinceCode: string, year: number) => AreaRules> {
  const rows = await database('area_rules')
    .orderBy('year', 'desc')
    .select<(RulesRow & { provinceCode: string })[]>({ provinceCode: 'province_code', year: 'year', rules: 'rules' });
  const byProvince = Map.groupBy(rows, ({ provinceCode }) => provinceCode);
  const known = new Map<string, Map<number, AreaRules>>();
  return (provinceCode, year) => {
    const ofProvince = known.get(provinceCode) ?? new Map<number, AreaRules>();
    known.set(provinceCode, ofProvince);
    const rules =
      ofProvince.get(year) ?? newestOf((byProvince.get(provinceCode) ?? []).filter((row) => row.year <= year)).rules;
    ofProvince.set(year, rules);
    return rules;
  };
}

/** The rules alone. */
export async function readAreaRules(database: Knex, provinceCode: string, year: number): Promise<AreaRules> {
  return (await findAreaRules(database, provinceCode, year)).rules;
}

export async function saveAreaRules(
  transaction: Knex.Transaction,
  row: { provinceCode: string; year: number; rules: AreaRules; accountId: string | null; username: string },
): Promise<void> {
  await transaction('area_rules')
    .insert({
      province_code: row.provinceCode,
      year: row.year,
      rules: JSON.stringify(row.rules),
      account_id: row.accountId,
      username: row.username,
      changed_at: transaction.fn.now(),
    })
    .onConflict(['province_code', 'year'])
    .merge();
}
