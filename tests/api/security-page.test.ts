import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);

/** Files and folders of the project that a page names. */
function namedPaths(page: string): string[] {
  const text = readFileSync(new URL(page, root), 'utf8');
  return [...text.matchAll(/`((?:server|client|scripts|tests|docs|tiles|data)\/[\w./-]+)`/g)].map(([, path]) => path);
}

describe('SECURITY.md', () => {
  it('names guards and tests that exist', () => {
    const paths = namedPaths('SECURITY.md');
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
