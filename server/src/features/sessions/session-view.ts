import { AppError, type getSession, type ResponseOf, type SessionRow, type SessionUser } from '@diemnong/contracts';
import type { z } from 'zod';
import { idleMs } from './session-rules.ts';
import type { LiveSession, OwnSession, SessionAccount } from './sessions-queries.ts';

/** Errors: `unauthenticated` when the session has ended meanwhile. */
export function toSessionAnswer(session: LiveSession | undefined): ResponseOf<typeof getSession> {
  if (session === undefined)
    throw new AppError('unauthenticated', 'Phiên đã kết thúc: hãy đăng nhập lại. (The session has ended.)');
  return {
    user: toSessionUser(session.account),
    expiresAt: session.expiresAt.toISOString(),
    idleMinutes: idleMs / 60_000,
  };
}

function toSessionUser(account: SessionAccount): SessionUser {
  const { id, username, displayName, role, provinceCode, communeCode, communeName, officeCode } = account;
  const { isDemo, mustChangePassword, hasSecondFactor } = account;
  return {
    id,
    username,
    displayName,
    role,
    provinceCode,
    ...(communeCode === null ? {} : { communeCode, communeName: communeName ?? communeCode }),
    ...(officeCode === null ? {} : { officeCode }),
    isDemo,
    mustChangePassword,
    hasSecondFactor,
  };
}

export function toSessionRow(session: OwnSession, currentId: string | null): z.output<typeof SessionRow> {
  const { id, address, userAgent } = session;
  return {
    id,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    address,
    userAgent,
    isCurrent: id === currentId,
  };
}
