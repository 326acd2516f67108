import { oidcCallbackPath, type SignInFault } from '@diemnong/contracts';
import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import { recordAudit } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import { clearSealedCookie, readSealedCookie, type SealedCookie, setSealedCookie } from '../../access/sealed-cookie.ts';
import type { AppContext } from '../../app-context.ts';
import { beginAtProvider, finishAtProvider, type OidcPerson, type OidcRequest } from './oidc-client.ts';
import { handOver, openSession } from './open-session.ts';
import { mayUse } from './sign-in.ts';
import { findSignInAccount, linkSubject, type SignInAccount } from './sign-in-queries.ts';

const requestCookie: SealedCookie = {
  name: 'diemnong_oidc',
  path: oidcCallbackPath,
  purpose: 'oidc',
  lastsMs: 10 * 60_000,
};

/** Send the browser to the provider. `?next=/…`: where it is to go after signing in. */
export async function beginOidc(context: AppContext, request: Request, response: Response): Promise<void> {
  const { next } = request.query;
  const returnTo = typeof next === 'string' && isOwnPath(next) ? next : '/';
  const { url, request: begun } = await beginAtProvider(context.configuration, returnTo);
  setSealedCookie(context, response, requestCookie, begun);
  response.setHeader('Cache-Control', 'no-store');
  response.redirect(url.href);
}

/**
 * The browser comes back. Accounts are made by administrators beforehand: at the first time one is found by the provider's
 * `preferred_username`, from then on by the subject alone, which nobody there can take over by being renamed.
 * A refusal leads to the sign-in page with its reason.
 */
export async function finishOidc(context: AppContext, request: Request, response: Response): Promise<void> {
  const { db, sessions, log, configuration } = context;
  const begun = readSealedCookie<OidcRequest>(context, request, requestCookie);
  clearSealedCookie(response, requestCookie);
  response.setHeader('Cache-Control', 'no-store');
  if (begun === undefined) return refuse(response, 'expired');
  const address = request.ip ?? '';
  const attempt = await sessions.throttle.begin({ address }, response);
  let person: OidcPerson;
  try {
    person = await finishAtProvider(configuration, begun, request.originalUrl);
  } catch (error) {
    // NOTE: the error's own message, not the error: it may carry what the provider answered.
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'OpenID Connect sign-in failed');
    return refuse(response, 'provider');
  }
  const result = await db.transaction(systemScope, async (transaction) => {
    const found = await findPerson(transaction, person);
    if (found === undefined || !mayUse(context, found.account)) {
      const username = found?.account.username ?? person.username ?? null;
      await recordAudit(
        transaction,
        { accountId: null, username, role: null, address },
        {
          action: 'session.refused',
          target: `account/${username ?? '?'}`,
          after: { reason: 'OpenID Connect: no account' },
        },
      );
      return undefined;
    }
    const { account, isNew } = found;
    if (isNew) {
      await linkSubject(transaction, account.id, person.subject);
      await recordAudit(
        transaction,
        { accountId: account.id, username: account.username, role: account.role, address },
        { action: 'account.changed', target: `account/${account.username}`, after: { openIdConnect: person.subject } },
      );
    }
    const opened = await openSession(transaction, { request, configuration: context.configuration }, account, {
      means: 'OpenID Connect',
      clearFailures: false,
    });
    return { opened, username: account.username };
  });
  if (result === undefined) return refuse(response, 'no_account');
  await attempt.succeeded();
  await handOver(context, request, response, result.opened, result.username);
  response.redirect(begun.returnTo);
}

/** undefined when nobody here is that person; an account that is tied to another subject is not. */
async function findPerson(
  transaction: Knex.Transaction,
  { subject, username }: OidcPerson,
): Promise<{ account: SignInAccount; isNew: boolean } | undefined> {
  const known = await findSignInAccount(transaction, { oidcSubject: subject }, { lock: true });
  if (known !== undefined) return { account: known, isNew: false };
  const named = username === undefined ? undefined : await findSignInAccount(transaction, { username }, { lock: true });
  return named === undefined || named.oidcSubject !== null ? undefined : { account: named, isNew: true };
}

function refuse(response: Response, fault: SignInFault): void {
  response.redirect(`/dang-nhap?fault=${fault}`);
}

/** A page of ours: a path, and not the beginning of another server's address. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\\\s]*$/.test(path) && path.length <= 2000;
}
