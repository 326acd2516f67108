import { createHash } from 'node:crypto';
import type { Identity, SignedIn } from '../../access/identity.ts';
import { scopeOf, systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { getVersions } from '../../database/data-version.ts';
import { idleMs, touchEveryMs } from './session-rules.ts';
import { hasDemoAccounts, type LiveSession, listLiveSessions, touchSession } from './sessions-queries.ts';
import { createSignInThrottle, type SignInThrottle } from './sign-in-throttle.ts';

/**
 * The living sessions as this process knows them: all of them, read at once when the access version has moved. So a request
 * with a session costs no query, a flood of made-up cookies costs none either, and people go on working while one long
 * transaction holds the embedded database.
 */
export type SessionStore = {
  /** Whose token this is; undefined when it opens no living session. Using it keeps the session from idling out; what a page asks by itself is no use. */
  identify(token: string, options?: { isUse?: boolean }): Promise<SignedIn | undefined>;
  /** May work that began with this identity (a stream, a long job) go on? */
  isLive(identity: Pick<Identity, 'sessionId'>): Promise<boolean>;
  /** A living session with its account, as of the last change. */
  find(sessionId: string): Promise<LiveSession | undefined>;
  /** Has the demonstration accounts of its own? */
  offersDemo(): Promise<boolean>;
  /** Call after a commit of this process that changes accounts or sessions, before it is answered. */
  reload(): Promise<void>;
  throttle: SignInThrottle;
};

/** Moments are of the process's steady clock: a clock that is set back lengthens no session. */
type Entry = { session: LiveSession; signedIn: SignedIn; endsAt: number; lastSeenAt: number; touchedAt: number };
type Directory = { version: number; offersDemo: boolean; byToken: Map<string, Entry>; bySession: Map<string, Entry> };

export function createSessionStore({ db, version, log }: Pick<AppContext, 'db' | 'version' | 'log'>): SessionStore {
  let directory: Directory | undefined;
  let reading: Promise<Directory> | undefined;

  const read = () => {
    reading ??= db
      .transaction(
        systemScope,
        async (transaction) => ({
          version: (await getVersions(transaction)).access,
          sessions: await listLiveSessions(transaction, idleMs),
          offersDemo: await hasDemoAccounts(transaction),
        }),
        { snapshot: true },
      )
      .then((found) => {
        if (directory === undefined || found.version >= directory.version) directory = toDirectory(found, directory);
        return directory;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  /** A reading that began before the call may have missed what the caller has just committed. */
  const reload = async () => {
    version.invalidate();
    await reading?.catch(() => {});
    await read();
  };
  const current = async () => {
    const wanted = await version.access();
    return directory !== undefined && directory.version >= wanted ? directory : read();
  };
  const findEntry = async (pick: (known: Directory) => Entry | undefined): Promise<Entry | undefined> => {
    let entry = pick(await current());
    // Idle for this process, but perhaps not for another one on the same database.
    if (entry !== undefined && isIdle(entry)) {
      await read();
      entry = pick(await current());
    }
    return entry === undefined || isIdle(entry) || performance.now() >= entry.endsAt ? undefined : entry;
  };
  /** Not in the request's way; a failure is tried again with the next request. */
  const touch = (entry: Entry) => {
    const now = performance.now();
    entry.lastSeenAt = now;
    if (now - entry.touchedAt < touchEveryMs) return;
    entry.touchedAt = now;
    db.transaction(systemScope, (transaction) => touchSession(transaction, entry.session.id)).catch(
      (error: unknown) => {
        entry.touchedAt = Number.NEGATIVE_INFINITY;
        log.warn({ err: error }, 'session not touched');
      },
    );
  };

  return {
    async identify(token, { isUse = true } = {}) {
      const key = tokenKey(token);
      const entry = await findEntry((known) => known.byToken.get(key));
      if (entry !== undefined && isUse) touch(entry);
      return entry?.signedIn;
    },
    async isLive({ sessionId }) {
      if (sessionId === null) return true; // a chore on the server's own machine
      return (await findEntry((known) => known.bySession.get(sessionId))) !== undefined;
    },
    async find(sessionId) {
      return (await findEntry((known) => known.bySession.get(sessionId)))?.session;
    },
    async offersDemo() {
      return (await current()).offersDemo;
    },
    reload,
    throttle: createSignInThrottle(),
  };
}

function isIdle(entry: Entry): boolean {
  return performance.now() - entry.lastSeenAt >= idleMs;
}

/** As the database keeps a token: a copy of the table opens no session. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function tokenKey(token: string): string {
  return hashToken(token).toString('base64');
}

function toDirectory(
  { version, sessions, offersDemo }: { version: number; sessions: LiveSession[]; offersDemo: boolean },
  before: Directory | undefined,
): Directory {
  const now = performance.now();
  const next: Directory = { version, offersDemo, byToken: new Map(), bySession: new Map() };
  for (const session of sessions) {
    const known = before?.bySession.get(session.id);
    const entry: Entry = {
      session,
      signedIn: toSignedIn(session),
      endsAt: Math.min(now + session.leftMs, known?.endsAt ?? Number.POSITIVE_INFINITY),
      lastSeenAt: Math.max(now - session.idleMs, known?.lastSeenAt ?? Number.NEGATIVE_INFINITY),
      touchedAt: known?.touchedAt ?? now - session.idleMs,
    };
    next.byToken.set(session.tokenHash.toString('base64'), entry);
    next.bySession.set(session.id, entry);
  }
  return next;
}

function toSignedIn({ id, account }: LiveSession): SignedIn {
  const { username, displayName, role, officeCode, mustChangePassword } = account;
  return {
    accountId: account.id,
    username,
    displayName,
    role,
    scope: scopeOf(account),
    officeCode,
    sessionId: id,
    mustChangePassword,
  };
}
