import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../support/seeded-random.ts';
import { type AttackReport, createTally, inParallel, type Tally } from './attack-report.ts';
import { craftFiles } from './crafted-files.ts';
import { breakFile, csv, type HostileFile, makeSeeds } from './hostile-files.ts';

const slowestMs = 5000;
const timesIntact = 10;
const intact: HostileFile = { what: 'intact', name: 'thang.csv', make: () => Buffer.from(csv), desk: 'incidents' };
const width = 2;
const nobodyWaitsMs = 60_000;

export type UploadTarget = {
  /** As somebody who may import both kinds, as many files as wanted. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Rows of incidents and of boundaries in the database, which no upload here may change. */
  countRows(): Promise<number>;
  /** Memory of the server's process. */
  residentBytes(): number;
};

export type UploadTries = {
  /** Broken files of incidents, beside all the crafted ones. */
  tries: number;
  /** Broken boundary files: each starts GDAL. */
  boundaryTries: number;
  /** Only each n-th of the crafted files. */
  craftedEvery?: number;
  /** Size of what is large in them. */
  largeMegabytes?: number;
  /** More than this above the beginning is a success. */
  mostBytes: number;
  seed?: number;
};

/**
 * Send files that are broken, and files made to break. A success is a server that ends, answers 5xx or `internal`, takes longer
 * than 5 s and ten times what an intact file takes just then, grows beyond the limit, gives no reason, asks an address from inside the
 * file, or stores a row.
 * Control: the same files to a desk that answers `internal` to each.
 */
export async function attackUploads(target: UploadTarget, options: UploadTries): Promise<AttackReport> {
  const { tries, boundaryTries, craftedEvery = 1, largeMegabytes, mostBytes, seed = 1 } = options;
  const tally = createTally();
  const seeds = await makeSeeds();
  const random = seededRandom(seed);
  const canary = await startCanary();
  const made = craftFiles(seeds.workbook, canary.url, largeMegabytes).filter((_, i) => i % craftedEvery === 0);
  const watch = watchMemory(target);
  const rowsBefore = await target.countRows();
  const ends = new Map<string, number>();
  const times: number[] = [];
  const send = async (file: HostileFile) => {
    const { end, ms } = await sendAndJudge(target, file, tally);
    ends.set(end, (ends.get(end) ?? 0) + 1);
    times.push(ms);
  };

  for (const file of made) await send(file);
  await inParallel(tries, width, () => send(breakFile(random, seeds, 'incidents')));
  await inParallel(boundaryTries, 1, () => send(breakFile(random, seeds, 'boundaries')));

  const grownBytes = watch.stop();
  if (grownBytes > mostBytes) tally.add(`the server grew by ${Math.round(grownBytes / 1e6)} MB`);
  if ((await target.countRows()) !== rowsBefore) tally.add('rows were stored');
  for (const path of canary.asked) tally.add(`the server asked ${path}`);
  canary.close();
  return {
    name: 'malformed uploads',
    tries: made.length + tries + boundaryTries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [await tryCarelessDesk(made.slice(-10))],
    note:
      `${[...ends].map(([end, count]) => `${end} ${count}`).join(', ')}; at most ${Math.round(Math.max(...times))} ms each, ` +
      `the server grew by ${Math.round(grownBytes / 1e6)} MB`,
  };
}

/**
 * @returns how it ended. A file that takes too long, or no answer, is tried once more: the machine, or the connection, may be to
 * blame. What an intact file of a few rows takes at that moment tells which: a busy machine is slow with every file.
 */
async function sendAndJudge(target: UploadTarget, file: HostileFile, tally: Tally): Promise<Outcome> {
  const first = await sendFile(target, file);
  const last = first.ms > slowestMs || first.end === noAnswer ? await sendFile(target, file) : first;
  if (last.ms > slowestMs) {
    const { ms } = await sendFile(target, intact);
    if (last.ms > timesIntact * ms)
      tally.add(`${file.what} (${file.name}) took ${Math.round(last.ms)} ms, an intact one then ${Math.round(ms)} ms`);
  }
  if (last.fault !== undefined) tally.add(`${file.what} (${file.name}): ${last.fault}`);
  return last;
}

const noAnswer = 'no answer';
type Outcome = { end: string; fault?: string; ms: number };
type Batch = { state: string; error: { code: string; message: string } | null };

async function sendFile(target: UploadTarget, { name, make, desk }: HostileFile): Promise<Outcome> {
  const path = desk === 'incidents' ? '/api/imports' : '/api/boundary-imports';
  const options =
    desk === 'incidents' ? { office: 'CAX' } : { set: 'hostile', validFrom: '1990-01-01', validTo: '1991-01-01' };
  const bytes = new Uint8Array(make());
  const begun = performance.now();
  const form = new FormData();
  form.append('options', JSON.stringify(options));
  form.append('file', new Blob([bytes]), name);
  try {
    const answer = await target.fetch(path, { method: 'POST', body: form });
    const sent = (await answer.json()) as { id: string; error?: { code: string; message: string } };
    if (answer.status !== 202) return { ...judge('not taken', sent.error ?? null), ms: performance.now() - begun };
    const arrived = performance.now();
    const batch = await untilAtRest(target, `${path}/${sent.id}`);
    const ms = performance.now() - arrived;
    const outcome = judge(batch?.state ?? 'never at rest', batch?.error ?? null);
    if (desk === 'incidents') await target.fetch(`${path}/${sent.id}`, { method: 'DELETE' });
    return { ...outcome, ms };
  } catch (error) {
    return { end: noAnswer, fault: `no answer: ${String(error)}`, ms: performance.now() - begun };
  }
}

async function untilAtRest(target: UploadTarget, path: string): Promise<Batch | undefined> {
  const begun = performance.now();
  while (performance.now() - begun < nobodyWaitsMs) {
    const batch = (await (await target.fetch(path)).json()) as Batch;
    if (['review', 'refused', 'committed'].includes(batch.state)) return batch;
    await new Promise((later) => setTimeout(later, 15));
  }
  return undefined;
}

function judge(end: string, error: Batch['error']): { end: string; fault?: string } {
  // What is only a little broken is read; a boundary file that is well formed after all is committed.
  if (end === 'review' || (end === 'committed' && error === null)) return { end };
  if (end !== 'refused' && end !== 'not taken') return { end, fault: end };
  if (error === null || error.message.trim().length < 10) return { end, fault: 'no reason given' };
  const reason = `${end} (${error.code})`;
  return error.code === 'internal' ? { end: reason, fault: `internal: ${error.message}` } : { end: reason };
}

function watchMemory({ residentBytes }: UploadTarget): { stop(): number } {
  const before = residentBytes();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentBytes());
  }, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}

/** An address that only a reader which follows what stands in a file would ask. */
async function startCanary(): Promise<{ url: string; asked: string[]; close(): void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

async function tryCarelessDesk(files: HostileFile[]): Promise<AttackReport['controls'][number]> {
  const careless: UploadTarget = {
    fetch: (_path, init) =>
      Promise.resolve(
        init?.method === 'POST'
          ? Response.json({ id: 'x' }, { status: 202 })
          : Response.json({ state: 'refused', error: { code: 'internal', message: 'TypeError: x is undefined' } }),
      ),
    countRows: () => Promise.resolve(0),
    residentBytes: () => 0,
  };
  const leaks = createTally();
  for (const file of files) await sendAndJudge(careless, file, leaks);
  return { without: 'refusals', successes: leaks.successes };
}
