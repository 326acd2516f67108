import type { Role } from '@diemnong/contracts';
import type { Scope } from './scope.ts';

/** Who makes a request, after sign-in: handlers get it as an argument. */
export type Identity = {
  /** Account id; null for the operator at the server's own machine (a chore with the data directory's key). */
  accountId: string | null;
  username: string;
  displayName: string;
  role: Role;
  scope: Scope;
  /** Office a `commune` account sends files for. */
  officeCode: string | null;
  sessionId: string | null;
  /** The client's address, for the log. */
  address: string;
};

/** The same before it is known where the request comes from. */
export type SignedIn = Omit<Identity, 'address'> & { mustChangePassword: boolean };
