import type { SignInFault } from '@diemnong/contracts';
import { z } from 'zod';

/** What the address of the sign-in page holds: where to go on to, and why coming back from the identity server failed. */
const SignInSearch = z.object({
  next: z.string().max(4000).optional().catch(undefined),
  fault: z
    .enum(['no_account', 'expired', 'provider'] as const satisfies SignInFault[])
    .optional()
    .catch(undefined),
});

export function validateSignInSearch(search: Record<string, unknown>): z.output<typeof SignInSearch> {
  const found = SignInSearch.parse(search);
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
