import type { Role } from '@diemnong/contracts';

/**
 * How far a transaction sees. The policies of the database (migrations/0002_access.sql) know these words and no others;
 * a transaction that says none sees nothing.
 * - `system`: the server's own work (snapshot, recovery, sign-in, chores); never on behalf of a request's parameters.
 * - `all`: an administrator. - `province`, `commune`: records of one province, one commune.
 * - `shared`: places and categories, no record: a viewer's counts are published ones (features/small-counts).
 */
export type Reach = 'system' | 'all' | 'province' | 'commune' | 'shared';

/** What a request, job or chore may see: made once at sign-in and carried through every query, cache and job. */
export type Scope = {
  readonly reach: Reach;
  /** Province code; null for `system` and `all`. */
  readonly province: string | null;
  /** Commune code of the default set; for `commune` only. */
  readonly commune: string | null;
  /** Id of the account that acts; null for `system`. */
  readonly account: string | null;
};

export const systemScope: Scope = { reach: 'system', province: null, commune: null, account: null };

/** The scope of an account. A `commune` account without its commune sees nothing of any. */
export function scopeOf(account: {
  id: string | null;
  role: Role;
  provinceCode: string | null;
  communeCode: string | null;
}): Scope {
  const { id, role, provinceCode, communeCode } = account;
  switch (role) {
    case 'admin':
      return { reach: 'all', province: null, commune: null, account: id };
    case 'province':
    case 'planner':
      return { reach: 'province', province: provinceCode ?? '', commune: null, account: id };
    case 'commune':
      return { reach: 'commune', province: provinceCode ?? '', commune: communeCode ?? '', account: id };
    case 'viewer':
      return { reach: 'shared', province: provinceCode ?? '', commune: null, account: id };
  }
}

/** The part of a scope that decides what is seen: accounts with the same key see the same, so caches are keyed by it. */
export function scopeKey({ reach, province, commune }: Scope): string {
  return `${reach}/${province ?? ''}/${commune ?? ''}`;
}

/** Does a record of this province and commune (null = of the province as a whole) lie in the scope? The policies' rule, for what is held in memory. */
export function reaches(scope: Scope, record: { provinceCode: string; communeCode: string | null }): boolean {
  switch (scope.reach) {
    case 'system':
    case 'all':
      return true;
    case 'province':
      return isSaid(scope.province) && record.provinceCode === scope.province;
    case 'commune':
      return (
        isSaid(scope.province) &&
        isSaid(scope.commune) &&
        record.provinceCode === scope.province &&
        record.communeCode === scope.commune
      );
    case 'shared':
      return false;
  }
}

/** A place that is not known yet ('') is nobody's, as in the policies. */
function isSaid(code: string | null): boolean {
  return code !== null && code !== '';
}
