import { RequestError } from '../../api/request.ts';

/** Why signing in did not work, as the page tells it. */
export type SignInFault =
  | { kind: 'wrong' }
  | { kind: 'codeNeeded' }
  | { kind: 'codeWrong' }
  | { kind: 'tooMany'; seconds: number }
  | { kind: 'noServer' }
  | { kind: 'other'; message: string };

/** Seconds to wait when the server refused without naming them. */
const usualWait = 30;

export function signInFault(error: Error | null): SignInFault | undefined {
  if (error === null) return undefined;
  if (!(error instanceof RequestError)) return { kind: 'other', message: error.message };
  if (error.code === 'offline' || error.code === 'unavailable') return { kind: 'noServer' };
  if (error.code === 'too_many_requests')
    return { kind: 'tooMany', seconds: Math.max(1, Math.ceil(error.retryAfterSeconds ?? usualWait)) };
  if (error.code !== 'unauthenticated') return { kind: 'other', message: error.message };
  if (error.reason === 'code_needed') return { kind: 'codeNeeded' };
  if (error.reason === 'code_wrong') return { kind: 'codeWrong' };
  return { kind: 'wrong' };
}
