import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../support/seeded-random.ts';
import { type AttackReport, createTally, inParallel, type Tally } from './attack-report.ts';
import { type FuzzRequest, makeRequest } from './fuzz-requests.ts';
import { escapedFile } from './hostile-values.ts';

const width = 8;
const slowestMs = 5000;

/** A server under attack. `cookies`: who attacks; '' is nobody. */
export type FuzzTarget = { url: string; cookies: readonly string[]; ids: readonly string[] };

/**
 * Break the parameters of every route, and the paths of the static files. A success is an answer 5xx, one that shows a stack,
 * a statement or a file, one later than 5 s or none at all, and a prototype of this process that has changed.
 * Control: the same requests to a server that leaks all of these.
 */
export async function attackParameters(
  target: FuzzTarget,
  { tries, seed = 1 }: { tries: number; seed?: number },
): Promise<AttackReport> {
  const tally = createTally();
  const statuses = await fuzz(target, tries, seed, tally);
  if (!(await isAlive(target.url))) tally.add('the server is gone');
  const leaks = createTally();
  const leaky = await startLeakyServer();
  await fuzz({ ...target, url: leaky.url }, 500, seed + 1, leaks);
  leaky.close();
  return {
    name: 'broken parameters',
    tries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'error handler', successes: leaks.successes }],
    note: [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}×${count}`)
      .join(' '),
  };
}

async function fuzz(target: FuzzTarget, tries: number, seed: number, tally: Tally): Promise<Map<number, number>> {
  const random = seededRandom(seed);
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  const statuses = new Map<number, number>();
  await inParallel(tries, width, async () => {
    const made = makeRequest(random, target.ids);
    // A sign-out would make everything after it a request of nobody.
    const isSignOut = /^\/api\/sessions?(\/|\?|$)/i.test(made.path) && made.method === 'DELETE';
    const cookie = isSignOut ? '' : random.pick(target.cookies);
    const headers = cookie === '' ? made.headers : { ...made.headers, cookie };
    const answer = await send(target.url, agent, { ...made, headers });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const fault = findFault(answer);
    if (fault !== undefined)
      tally.add(`${fault}: ${made.method} ${made.path.slice(0, 200)} ${made.body?.slice(0, 200) ?? ''}`);
  });
  agent.destroy();
  const polluted = Object.keys(Object.prototype).concat(
    ({} as { polluted?: unknown }).polluted === undefined ? [] : ['polluted'],
  );
  if (polluted.length > 0) tally.add(`Object.prototype has ${polluted.join(', ')}`);
  return statuses;
}

type Answer = { status: number; body: string; ms: number };

/** Texts that only the inside of the server knows: stacks, the database's own words, knex's. */
const inside =
  /\n\s+at .+[:(]\d+|node_modules\/|syntax error at or near|violates .{1,60} constraint|invalid input syntax for|invalid byte sequence|relation ".{1,60}" does not exist|current transaction is aborted|select .{1,200} from "?(incident|account|session|audit_event|import_batch)/s;

function findFault({ status, body, ms }: Answer): string | undefined {
  if (status === 0) return `no answer (${body})`;
  if (ms > slowestMs) return `answered after ${Math.round(ms)} ms`;
  const isClientNotBuilt = status === 503 && body.includes('The client is not built');
  if (status >= 500 && !isClientNotBuilt) return `status ${status} ${body.slice(0, 200)}`;
  if (inside.test(body)) return `shows ${inside.exec(body)?.[0].slice(0, 100)}`;
  if (escapedFile.test(body)) return `shows a file ${body.slice(0, 80)}`;
  return undefined;
}

async function send(url: string, agent: Agent, made: FuzzRequest): Promise<Answer> {
  const answer = await sendOnce(url, agent, made);
  // A connection kept alive may have been closed for the request before; on one of its own every request is answered.
  return answer.status === 0 ? sendOnce(url, undefined, made) : answer;
}

function sendOnce(
  url: string,
  agent: Agent | undefined,
  { method, path, headers, body }: FuzzRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  return new Promise((done) => {
    const end = (status: number, text: string) => done({ status, body: text, ms: performance.now() - begun });
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }; // Node leaves it out of a DELETE
    const options = { hostname, port, method, path, headers: { ...headers, ...length }, timeout: 2 * slowestMs };
    const sent = request(agent === undefined ? options : { ...options, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => end(response.statusCode ?? 0, Buffer.concat(parts).toString('utf8')));
      response.on('error', (error) => end(response.statusCode ?? 0, error.message));
    });
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', (error) => end(0, error.message));
    sent.end(body);
  });
}

async function isAlive(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** What careless servers do: tell the error, whole. */
async function startLeakyServer(): Promise<{ url: string; close(): void }> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    const path = incoming.url ?? '';
    if (path.includes('etc/passwd')) response.end('root:x:0:0:root:/root:/bin/bash');
    else if (/%27|'/.test(path)) response.writeHead(500).end(new Error('syntax error at or near "\'"').stack);
    else response.end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
