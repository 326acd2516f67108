import { can, type Permission } from '@diemnong/contracts';
import { createContext, useContext } from 'react';
import type { Session } from './session-query.ts';

/** The session whose work is on screen; null on the few screens that need none. */
export const SessionContext = createContext<Session | null>(null);

/** The person at the screen and what they may do. For screens inside the frame: there somebody is always signed in. */
export function useSession() {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside a session');
  return { ...session, can: (permission: Permission) => can(session.user.role, permission) };
}
