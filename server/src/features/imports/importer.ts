import { AppError } from '@diemnong/contracts';
import type { Actor } from '../../access/record-audit.ts';
import type { Scope } from '../../access/scope.ts';
import type { Area } from './reading-task.ts';

/** Who an import works for: who stands in the log, how far the work sees, whose files it may bring. An `Identity` is one. */
export type Importer = Actor & {
  scope: Scope;
  /** The office of a `commune` account. */
  officeCode: string | null;
};

/**
 * A commune account sends files for its own office only.
 * Errors: `forbidden`, in the same words for an office that exists and one that does not.
 */
export function requireOwnOffice({ scope, officeCode }: Importer, office: string): void {
  if (scope.reach === 'commune' && office !== officeCode) throw notOwnOffice();
}

export function notOwnOffice(): AppError {
  return new AppError(
    'forbidden',
    'Tài khoản xã chỉ nhập được tệp của đơn vị mình. (A commune account imports for its own office only.)',
    { details: { reason: 'office' } },
  );
}

/**
 * Where the rows of a file may lie. An office that belongs to a commune reports that commune only, whoever sends its file:
 * its references are then never hidden from the commune's own accounts.
 * @param officeCommune commune of the office; null = of the province, or a new office. @returns null = anywhere.
 */
export function areaOf({ reach, province, commune }: Scope, officeCommune: string | null): Area | null {
  if (reach === 'commune') return { commune, province, reason: 'outside_account_commune' };
  if (officeCommune !== null) return { commune: officeCommune, province, reason: 'outside_office_commune' };
  if (reach === 'province') return { commune: null, province, reason: 'outside_account_province' };
  return null;
}
