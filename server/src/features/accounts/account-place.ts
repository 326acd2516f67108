import { AppError, type Role } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { claimOffice } from '../imports/offices-queries.ts';
import { type AccountFields, findCommune, hasProvince } from './accounts-queries.ts';

/**
 * Where an account works, made whole by its role: administrators everywhere, provincial police and planners in a province,
 * commune police in a commune of the default set with an office of its own, which is made when it is new.
 * Errors: `unprocessable` (details.reason) for a place that is missing, unknown or does not fit the role; `conflict` for an office
 * of another commune.
 */
export async function settlePlace(transaction: Knex.Transaction, fields: AccountFields): Promise<AccountFields> {
  if (fields.role === 'commune') return settleCommune(transaction, fields);
  if (fields.communeCode !== null || fields.officeCode !== null)
    throw misfit('commune_not_wanted', fields.role, 'không gắn với xã hay đơn vị');
  if (fields.role === 'admin') return { ...fields, provinceCode: null };
  if (fields.provinceCode === null) {
    if (fields.role === 'viewer') return fields;
    throw misfit('province_needed', fields.role, 'cần mã tỉnh (provinceCode)');
  }
  if (!(await hasProvince(transaction, fields.provinceCode)))
    throw misfit('province_unknown', fields.role, `không có tỉnh mã ${fields.provinceCode}`);
  return fields;
}

async function settleCommune(transaction: Knex.Transaction, fields: AccountFields): Promise<AccountFields> {
  const { role, provinceCode, communeCode, officeCode } = fields;
  if (communeCode === null || officeCode === null || officeCode === '')
    throw misfit('commune_needed', role, 'cần mã xã (communeCode) và mã đơn vị (officeCode)');
  const commune = await findCommune(transaction, communeCode);
  if (commune === undefined || (provinceCode !== null && provinceCode !== commune.provinceCode))
    throw misfit('commune_unknown', role, `không có xã mã ${communeCode} trong bộ ranh giới mặc định của tỉnh`);
  const office = {
    provinceCode: commune.provinceCode,
    code: officeCode,
    communeCode,
    name: `Công an ${commune.fullName.replace(/^./u, (letter) => letter.toLowerCase())}`,
  };
  if (!(await claimOffice(transaction, office)))
    throw new AppError(
      'conflict',
      `Đơn vị ${officeCode} đã có và không thuộc xã ${communeCode}: hãy dùng mã khác. (The office is not this commune's.)`,
      { details: { reason: 'office_of_another' } },
    );
  return { ...fields, provinceCode: commune.provinceCode };
}

function misfit(reason: string, role: Role, text: string): AppError {
  return new AppError('unprocessable', `Tài khoản "${role}" ${text}. (The place does not fit the role: ${reason}.)`, {
    details: { reason },
  });
}
