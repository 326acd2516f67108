import { expect, test } from 'vitest';
import { noAnswer, RequestError } from '../../api/request.ts';
import { signInFault } from './sign-in-fault.ts';

const refusal = (reason?: string) =>
  new RequestError('unauthenticated', 'Sai', { status: 401, ...(reason ? { details: { reason } } : {}) });

test('a wrong name and a wrong password are told alike', () => {
  expect(signInFault(refusal())).toEqual({ kind: 'wrong' });
});

test('the second factor is asked for only when the server says so', () => {
  expect(signInFault(refusal('code_needed'))).toEqual({ kind: 'codeNeeded' });
  expect(signInFault(refusal('code_wrong'))).toEqual({ kind: 'codeWrong' });
});

test('names the seconds to wait, or a usual wait when the server named none', () => {
  const limited = (retryAfterSeconds?: number) =>
    new RequestError('too_many_requests', '', retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  expect(signInFault(limited(12.2))).toEqual({ kind: 'tooMany', seconds: 13 });
  expect(signInFault(limited())).toEqual({ kind: 'tooMany', seconds: 30 });
});

test('no answer is the fault of nobody at the screen', () => {
  expect(signInFault(noAnswer())).toEqual({ kind: 'noServer' });
  expect(signInFault(new RequestError('unavailable', ''))).toEqual({ kind: 'noServer' });
});

test('nothing failed, nothing is told', () => {
  expect(signInFault(null)).toBeUndefined();
});
