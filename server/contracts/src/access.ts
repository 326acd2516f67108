import { z } from 'zod';

/** Who signs in: administrators, provincial police, planners, commune police, and readers of shared views. */
export const roles = ['admin', 'province', 'planner', 'commune', 'viewer'] as const;
export const Role = z.enum(roles);
export type Role = z.output<typeof Role>;

/**
 * What each role may do: the one table, used by the server's routes, by the screens and by docs/access.md. How far a role
 * sees is its scope (server/src/access/scope.ts), enforced by the database.
 */
export const permissions = {
  /** Maps, counts, trends, stories and tiles, each within its scope; for `viewer` with small counts hidden. */
  map: roles,
  /** Hot spots, trends with their statistics, areas and targets with their evidence, reporting completeness, alerts: numbers that cannot be published with small counts hidden. */
  analysis: ['admin', 'province', 'planner', 'commune'],
  /** Confirm that a commune had no incident in a month. */
  reporting: ['admin', 'province', 'commune'],
  /** Decide about an alert. */
  alerts: ['admin', 'province', 'planner'],
  /** Mark areas, enter their steps, agree as the second person, decide about candidates and review tasks. */
  planning: ['admin', 'province', 'planner'],
  /** One's own session, password, second factor and devices. */
  session: roles,
  /** Send in incidents, look at batches, commit, undo. */
  imports: ['admin', 'province', 'commune'],
  /** Import boundary sets. */
  boundaries: ['admin'],
  /** Create, suspend and re-scope accounts. */
  accounts: ['admin'],
  /** Read, search and export the log. */
  audit: ['admin'],
  /** Change settings. */
  settings: ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

export function can(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}
