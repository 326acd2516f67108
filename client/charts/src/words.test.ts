import { expect, test } from 'vitest';
import { chartWords, fill } from './chart-words.ts';

/** Every text with its path. */
function textsOf(value: unknown, path = ''): [string, string][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`))
    : [[path, String(value)]];
}

test('both languages have the same texts with the same values', () => {
  const shape = (language: 'vi' | 'en') =>
    textsOf(chartWords(language))
      .map(([path, text]) => `${path} ${[...new Set(text.match(/\{\{\w+\}\}/g))].sort().join('')}`)
      .sort();
  expect(shape('en')).toEqual(shape('vi'));
  expect(shape('vi').length).toBeGreaterThan(100);
});

test('a name without a value stays visible instead of vanishing', () => {
  expect(fill('{{count}} xã, {{months}} tháng', { count: 3 })).toBe('3 xã, {{months}} tháng');
});
