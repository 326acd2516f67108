import { AppError, type AreaRules, type AreaRulesResponse } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { recordAudit } from '../../access/record-audit.ts';
import type { Scope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { findAreaRules, saveAreaRules } from './area-rules-queries.ts';
import { badInput, refusePersonData } from './area-words.ts';

type Db = Pick<AppContext, 'db'>;

/** GET /api/areas/rules. Errors: those of `findProvince`. */
export function describeRules(
  { db }: Db,
  { year, province: wanted }: { year: number; province?: string | undefined },
  { scope }: Identity,
): Promise<AreaRulesResponse> {
  return db.transaction(scope, async (transaction) => {
    const province = await findProvince(transaction, scope, wanted);
    return { province, year, ...(await findAreaRules(transaction, province, year)) };
  });
}

/**
 * POST /api/areas/rules: in force from this year on, until a later year sets its own. Steps that were entered before stay.
 * Errors: those of `findProvince`; `invalid_input`, `person_data` for what rules cannot be.
 */
export function changeRules(
  { db }: Db,
  { year, province: wanted, rules }: { year: number; province?: string | undefined; rules: AreaRules },
  identity: Identity,
): Promise<AreaRulesResponse> {
  checkRules(rules);
  return db.transaction(identity.scope, async (transaction) => {
    const provinceCode = await findProvince(transaction, identity.scope, wanted);
    const before = await findAreaRules(transaction, provinceCode, year);
    const { accountId, username } = identity;
    await saveAreaRules(transaction, { provinceCode, year, rules, accountId, username });
    await recordAudit(transaction, identity, {
      action: 'area.rules_changed',
      target: `area-rules/${provinceCode}/${year}`,
      before,
      after: { setFor: year, rules },
    });
    return { province: provinceCode, year, setFor: year, rules };
  });
}

/**
 * The province whose rules are meant. Nothing wanted: one's own; of those who see all the only province there is, the first one where
 * there are several. Errors: `not_found` for one out of reach as for none; `conflict` as long as there is no province.
 */
async function findProvince(
  transaction: Knex,
  { reach, province }: Scope,
  wanted: string | undefined,
): Promise<string> {
  if (reach !== 'all' && reach !== 'system') {
    if (wanted !== undefined && wanted !== province) throw noSuchProvince(wanted);
    return province ?? '';
  }
  const only = await transaction('province')
    .where(wanted === undefined ? {} : { code: wanted })
    .orderBy('code')
    .first<{ code: string } | undefined>('code');
  if (only === undefined && wanted !== undefined) throw noSuchProvince(wanted);
  if (only === undefined)
    throw new AppError(
      'conflict',
      'Chưa có tỉnh nào: hãy nhập ranh giới trước. (Import boundaries first: there is no province.)',
      {
        details: { reason: 'no_province' },
      },
    );
  return only.code;
}

function noSuchProvince(code: string): AppError {
  return new AppError('not_found', `Không có tỉnh mã "${code}". (There is no province ${code} within reach.)`);
}

function checkRules({ conditions, lateAfter }: AreaRules): void {
  refusePersonData(
    Object.fromEntries(
      conditions.flatMap(({ id, nameVi, nameEn }) => [
        [`${id}.nameVi`, nameVi],
        [`${id}.nameEn`, nameEn],
      ]),
    ),
  );
  const twice = conditions.find(({ id }, i) => conditions.findIndex((other) => other.id === id) < i);
  if (twice !== undefined)
    throw badInput('rules.conditions', `Điều kiện "${twice.id}" ghi hai lần.`, `"${twice.id}" is given twice`);
  // 29 February is a day of leap years alone; the year before 2001 is one.
  const day = new Date(`2000-${lateAfter}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(5, 10) !== lateAfter)
    throw badInput(
      'rules.lateAfter',
      `"${lateAfter}" không phải ngày trong năm (tháng-ngày).`,
      'expected a day of the year, MM-DD',
    );
}
