import { expect, test } from 'vitest';
import { inLanguage, nextAddress } from './next-address.ts';

const origin = 'https://diemnong.local:8443';

test('keeps path, query and hash of an address inside the platform', () => {
  expect(nextAddress('/?from=2026-01-01&selected=commune:26740', origin)).toBe(
    '/?from=2026-01-01&selected=commune:26740',
  );
  expect(nextAddress('/quan-tri/nhat-ky?viec=session.refused#x', origin)).toBe(
    '/quan-tri/nhat-ky?viec=session.refused#x',
  );
});

test.each([
  'https://elsewhere.example/',
  '//elsewhere.example/',
  '/\\elsewhere.example/',
  '/\t/elsewhere.example',
  '/.//elsewhere.example',
  '/x/..//elsewhere.example',
  'javascript:alert(1)',
  '/api/audit.xlsx',
  '/x/../api/audit.xlsx',
  '/dang-nhap?next=/dang-nhap',
  '',
])('leads to the map instead of %j', (wanted) => {
  expect(nextAddress(wanted, origin)).toBe('/');
});

test('leads to the map when no address was asked for', () => {
  expect(nextAddress(undefined, origin)).toBe('/');
});

test('goes on in the language that is on screen', () => {
  expect(inLanguage('/?hours=18,19', 'en', origin)).toBe('/?hours=18,19&lang=en');
  expect(inLanguage('/?hours=18,19&lang=en', 'vi', origin)).toBe('/?hours=18,19');
});
