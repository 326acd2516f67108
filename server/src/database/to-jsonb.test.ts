import { expect, it } from 'vitest';
import { toJsonb } from './to-jsonb.ts';

it('replaces what jsonb refuses, in keys as in values, and nothing else', () => {
  const value = { 'a\0': ['\0', '\ud800x', 'x\udc00', '👮', '\\u0000', '\\\0', '"\n'] };
  expect(JSON.parse(toJsonb(value))).toEqual({
    'a\ufffd': ['\ufffd', '\ufffdx', 'x\ufffd', '👮', '\\u0000', '\\\ufffd', '"\n'],
  });
});
