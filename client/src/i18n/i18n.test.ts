import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = new URL('./', import.meta.url);
const filesOf = (language: string) => readdirSync(new URL(`${language}/`, folder)).sort();

/** Paths of all texts; plural endings aside, since English has two forms and Vietnamese one. */
function keysOf(language: string, file: string): string[] {
  const walk = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}.${name}`))
      : [path.replace(/_(one|other)$/, '')];
  const texts: unknown = JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8'));
  return [...new Set(walk(texts, ''))].sort();
}

test('both languages have the same files', () => {
  expect(filesOf('en')).toEqual(filesOf('vi'));
});

describe.each(filesOf('vi'))('%s', (file) => {
  test('has the same keys in both languages', () => {
    expect(keysOf('en', file)).toEqual(keysOf('vi', file));
  });

  test('names the same values in both languages', () => {
    const valuesIn = (language: string) =>
      [...new Set(readFileSync(new URL(`${language}/${file}`, folder), 'utf8').match(/\{\{\w+\}\}/g) ?? [])].sort();
    expect(valuesIn('en')).toEqual(valuesIn('vi'));
  });
});
