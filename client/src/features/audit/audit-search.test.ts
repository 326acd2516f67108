import { expect, test } from 'vitest';
import { toAuditQuery, validateAuditSearch } from './audit-search.ts';

test('the last day is included on screen and excluded on the wire', () => {
  expect(toAuditQuery({ tu: '2026-10-01', den: '2026-10-31' })).toMatchObject({ from: '2026-10-01', to: '2026-11-01' });
  expect(toAuditQuery({}).to).toBeUndefined();
});

test('a damaged address is no filter', () => {
  expect(
    validateAuditSearch({ tu: 'hôm qua', viec: 'session.nothing', muc: '-1', tim: 'a\u0000b', lang: 'en' }),
  ).toEqual({});
});

test('keeps what fits', () => {
  expect(validateAuditSearch({ tu: '2026-10-01', viec: 'session.refused', ai: 'admin', muc: '57' })).toEqual({
    tu: '2026-10-01',
    viec: 'session.refused',
    ai: 'admin',
    muc: 57,
  });
});
