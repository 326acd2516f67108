import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/**
 * Real data stand beside the project, never in it.
 * @returns the path of one file; undefined when it is absent, after saying so. Throws when it is absent with CI=true.
 */
export function findSharedData(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  if (existsSync(path)) return path;
  const message = `${name} is absent: real data are expected at ../shared/data beside the project`;
  if (process.env.CI === 'true') throw new Error(`${message}; tests on them may not be left out with CI=true`);
  console.warn(`left out: ${message}`);
  return undefined;
}

/** Parse a GeoJSON file, gzipped or plain. */
export function readGeoJson<T>(path: string): T {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T;
}

/** One of the reference files in tests/fixtures/golden. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/golden/${name}`, import.meta.url), 'utf8')) as T;
}
