/** A session ends after two hours without a request, and twelve hours after sign-in whatever is done: one shift. */
export const idleMs = 2 * 60 * 60_000;
export const absoluteMs = 12 * 60 * 60_000;
/** How often a session in use is noted in the database. */
export const touchEveryMs = 60_000;
/** An account's oldest sessions give way to new ones. */
export const sessionsPerAccount = 20;
export const longestUserAgent = 200;

/**
 * Wrong passwords of strangers, per account: five are free, each further one waits twice as long as the one before, and none
 * longer than 15 minutes. So a flood guesses some 100 times a day and keeps nobody out for long; people on a device the
 * account has signed in from are not delayed at all (known-device.ts).
 */
export const freeTries = 5;
export const longestWaitS = 15 * 60;
/** After a day without a wrong password the count begins anew. */
export const forgottenAfterS = 24 * 60 * 60;

/** How long after its `failures`th wrong password an account takes no further try from strangers. The same stands in `reserveTry`, in SQL. */
export function waitSeconds(failures: number): number {
  return failures < freeTries ? 0 : Math.min(longestWaitS, 2 ** (failures - freeTries));
}
