import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@diemnong/contracts';
import { openRowSource } from '../../server/src/features/imports/reading/row-source.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type AttackReport, createTally } from './attack-report.ts';
import { craftFiles } from './crafted-files.ts';
import { breakFile, type HostileFile, makeSeeds } from './hostile-files.ts';

const slowestMs = 5000;

/**
 * The files of attackUploads for the reader alone, without a server around it: many more of them in the same time. A success is an
 * error that is no refusal, a file that takes longer than 5 s, or memory beyond the limit.
 * Control: JSON.parse and a split at the separators for a reader.
 */
export async function attackReading(options: {
  tries: number;
  mostBytes: number;
  largeMegabytes?: number;
  seed?: number;
}): Promise<AttackReport> {
  const { tries, mostBytes, largeMegabytes, seed = 2 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'diemnong-hostile-'));
  const seeds = await makeSeeds();
  const random = seededRandom(seed);
  const crafted = craftFiles(seeds.workbook, 'http://127.0.0.1:9', largeMegabytes).filter(
    ({ desk }) => desk === 'incidents',
  );
  const tally = createTally();
  const control = createTally();
  const before = process.memoryUsage().rss;
  let most = before;
  let read = 0;
  for (let i = 0; i < crafted.length + tries; i++) {
    const file = crafted[i] ?? breakFile(random, seeds, 'incidents');
    const bytes = file.make();
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    const begun = performance.now();
    const fault = await readWhole(path, file);
    const ms = performance.now() - begun;
    if (fault === undefined) read++;
    else if (fault !== 'refused') tally.add(`${file.what} (${file.name}): ${fault}`);
    if (ms > slowestMs) tally.add(`${file.what} (${file.name}) took ${Math.round(ms)} ms`);
    most = Math.max(most, process.memoryUsage().rss);
    if (i >= crafted.length && !isReadCarelessly(bytes)) control.add(file.what);
  }
  rmSync(folder, { recursive: true });
  if (most - before > mostBytes) tally.add(`memory grew by ${Math.round((most - before) / 1e6)} MB`);
  return {
    name: 'malformed files, the reader alone',
    tries: crafted.length + tries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'a reader that refuses', successes: control.successes }],
    note: `${read} read, the others refused; memory grew by ${Math.round((most - before) / 1e6)} MB`,
  };
}

/** @returns undefined when it was read to its end, 'refused' when it was refused in words, else what was thrown. */
async function readWhole(path: string, { name }: HostileFile): Promise<string | undefined> {
  try {
    const source = await openRowSource(path, { fileName: name });
    let rows = 0;
    for await (const chunk of source.rows()) rows += chunk.length;
    await source.close();
    return Number.isNaN(rows) ? 'no rows' : undefined;
  } catch (error) {
    return error instanceof AppError ? 'refused' : String(error);
  }
}

function isReadCarelessly(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  if (!text.startsWith('{')) return text.split('\n').every((line) => line.split(';').length === 6 || line === '');
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
