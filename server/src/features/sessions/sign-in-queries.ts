import type { Role } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { forgottenAfterS, freeTries, longestWaitS } from './session-rules.ts';

/** An account as sign-in looks at it. */
export type SignInAccount = {
  id: string;
  username: string;
  role: Role;
  passwordHash: string | null;
  totpSecret: string | null;
  oidcSubject: string | null;
  isSuspended: boolean;
  isDemo: boolean;
  mustChangePassword: boolean;
  failures: number;
  /** Seconds since the last wrong password of a stranger, by the database's clock; null when there is none. */
  failedAgoS: number | null;
};

const columns = `id, username, role, password_hash as "passwordHash", totp_secret as "totpSecret",
  oidc_subject as "oidcSubject", is_suspended as "isSuspended", is_demo as "isDemo",
  must_change_password as "mustChangePassword", failures,
  extract(epoch from clock_timestamp() - failed_at)::float8 as "failedAgoS"`;

/** undefined when there is none of this name, id or subject. With `lock` it stays as it is until the transaction ends. */
export async function findSignInAccount(
  transaction: Knex.Transaction,
  by: { username: string } | { id: string } | { oidcSubject: string },
  { lock = false } = {},
): Promise<SignInAccount | undefined> {
  const [column, value] =
    'username' in by ? ['username', by.username] : 'id' in by ? ['id', by.id] : ['oidc_subject', by.oidcSubject];
  const { rows } = await transaction.raw<{ rows: SignInAccount[] }>(
    `select ${columns} from account where :column: = :value ${lock ? 'for update' : ''}`,
    { column, value },
  );
  return rows[0];
}

/**
 * Count a stranger's try before it is looked at, so that a thousand at once are no more than one after the other. What is not
 * due yet is not counted. The commit does not wait for the disk: the wait would tell names that exist from names that do not,
 * and a count lost with the machine's power does no harm.
 * @returns the tries counted so far; undefined when the account has to wait (`waitSeconds`).
 */
export async function reserveTry(transaction: Knex.Transaction, id: string): Promise<number | undefined> {
  await transaction.raw('set local synchronous_commit = off');
  const { rows } = await transaction.raw<{ rows: { failures: number }[] }>(
    `update account
     set failures = case when failed_at > clock_timestamp() - :forgottenAfterS * interval '1 second' then failures + 1 else 1 end,
         failed_at = clock_timestamp()
     where id = :id
       and (failures < :freeTries
            or failed_at <= clock_timestamp() - least(:longestWaitS, 2 ^ least(failures - :freeTries, 30)) * interval '1 second')
     returning failures`,
    { id, freeTries, longestWaitS, forgottenAfterS },
  );
  return rows[0]?.failures;
}

/** The try was no guess: the password fitted, the code was not asked for yet. */
export async function giveTryBack(transaction: Knex.Transaction, id: string): Promise<void> {
  await transaction('account')
    .where({ id })
    .where('failures', '>', 0)
    .update({ failures: transaction.raw('failures - 1') });
}

export async function noteSignIn(
  transaction: Knex.Transaction,
  id: string,
  { clearFailures, passwordHash }: { clearFailures: boolean; passwordHash?: string | undefined },
): Promise<void> {
  await transaction('account')
    .where({ id })
    .update({
      last_sign_in_at: transaction.fn.now(),
      ...(clearFailures ? { failures: 0, failed_at: null } : {}),
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
    });
}

/** Put the new hash in the place of the one that was checked. @returns false when that one has changed meanwhile. */
export async function replacePassword(
  transaction: Knex.Transaction,
  id: string,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const changed = await transaction('account')
    .where({ id, password_hash: from })
    .update({ password_hash: to, must_change_password: false, failures: 0, failed_at: null });
  return changed > 0;
}

/** Turn the second factor on (`secret` sealed, `step` the time step it was confirmed with) or off (null). */
export async function setSecondFactor(
  transaction: Knex.Transaction,
  id: string,
  factor: { secret: string; step: number } | null,
): Promise<void> {
  await transaction('account')
    .where({ id })
    .update({ totp_secret: factor?.secret ?? null, totp_step: factor?.step ?? 0 });
}

/** Take a time step: each, and each before it, is taken once. @returns false when it is used up. */
export async function takeTotpStep(transaction: Knex.Transaction, id: string, step: number): Promise<boolean> {
  return (await transaction('account').where({ id }).where('totp_step', '<', step).update({ totp_step: step })) > 0;
}

/**
 * Tie an account to a person at the OpenID Connect provider. An initial password nobody has used dies with it: the person never
 * saw it, whoever made the account did.
 */
export async function linkSubject(transaction: Knex.Transaction, id: string, oidcSubject: string): Promise<void> {
  await transaction('account')
    .where({ id })
    .update({
      oidc_subject: oidcSubject,
      password_hash: transaction.raw('case when must_change_password then null else password_hash end'),
      must_change_password: false,
    });
}
