import { permissions, roles } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import en from '../../i18n/en/access.json' with { type: 'json' };
import vi from '../../i18n/vi/access.json' with { type: 'json' };

test.each([
  ['vi', vi],
  ['en', en],
])('every role and every right is told in words (%s)', (_language, texts) => {
  expect(Object.keys(texts.permissions).sort()).toEqual(Object.keys(permissions).sort());
  expect(Object.keys(texts.roles).sort()).toEqual([...roles].sort());
});
