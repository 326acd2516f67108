import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.ts';
import type { TestApp, TestVisitor } from '../support/test-app.ts';
import { type AttackReport, createTally, inParallel } from './attack-report.ts';

const width = 10;
/** An open stream ends within this time, and says nothing of what came later. */
const streamEndsMs = 2000;
/** What another process on the same database does holds after this time at the latest. */
const otherProcessMs = 1000;

type Change = {
  name: string;
  /** Its status is 200 when it was made. */
  make(stage: Stage, victim: TestVisitor): Promise<{ status: number }>;
  waitMs?: number;
};
type Stage = { app: TestApp; db: TestDatabase };

const patch = (changes: object) => (stage: Stage, victim: TestVisitor) =>
  stage.app.send('PATCH', `/api/accounts/${victim.accountId}`, changes);

/** Every way an account loses what it had. */
const changes: Change[] = [
  { name: 'another role', make: patch({ role: 'viewer', communeCode: null, officeCode: null }) },
  { name: 'another commune', make: patch({ communeCode: '10002', officeCode: 'CAX-OTHER' }) },
  { name: 'suspended', make: patch({ isSuspended: true }) },
  {
    name: 'sessions ended',
    make: ({ app }, { accountId }) => app.send('DELETE', `/api/accounts/${accountId}/sessions`),
  },
  { name: 'password reset', make: ({ app }, { accountId }) => app.send('POST', `/api/accounts/${accountId}/password`) },
  { name: 'signed out', make: (_, victim) => victim.send('DELETE', '/api/session') },
  { name: 'one session revoked', make: (_, victim) => victim.send('DELETE', `/api/sessions/${victim.sessionId}`) },
  {
    name: 'suspended by another process',
    waitMs: otherProcessMs,
    make: ({ db }, { accountId }) =>
      db.knex.transaction(async (transaction) => {
        await transaction('account').where({ id: accountId }).update({ is_suspended: true });
        await transaction('data_version').update({ access: transaction.raw('access + 1') });
        return { status: 200 };
      }),
  },
];

/** A change of nothing that matters: the session goes on. */
const harmless: Change = { name: 'another display name', make: patch({ displayName: 'Tên khác' }) };

/**
 * Take away what an account had while its requests run and its event stream is open. A success is an answer to the first request
 * after the change was answered, or a stream that is open 2 s later. Control: a change that takes nothing away.
 */
export async function attackRevocation(stage: Stage, { tries }: { tries: number }): Promise<AttackReport> {
  const batch = await insertRunningBatch(stage.db);
  const tally = createTally();
  let slowestMs = 0;
  await inParallel(tries, width, async (index) => {
    const change = changes[index % changes.length];
    const held = await revokeWhileRunning(stage, change, batch);
    slowestMs = Math.max(slowestMs, held.streamMs);
    for (const success of held.successes) tally.add(`${change.name}: ${success}`);
  });
  const control = createTally();
  await inParallel(3, width, async () => {
    for (const success of (await revokeWhileRunning(stage, harmless, batch)).successes) control.add(success);
  });
  return {
    name: 'revocation',
    tries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'revocation', successes: control.successes }],
    note: `the slowest stream ended after ${Math.round(slowestMs)} ms`,
  };
}

async function revokeWhileRunning(
  stage: Stage,
  change: Change,
  batch: string,
): Promise<{ successes: string[]; streamMs: number }> {
  const victim = await stage.app.as('commune', { commune: '10001', office: 'CAX-OWN' });
  const abort = new AbortController();
  const stream = await victim.fetch(`/api/imports/${batch}/events`, { signal: abort.signal });
  if (stream.status !== 200) throw new Error(`the stream was answered ${stream.status}`);
  const ended = readToItsEnd(stream);
  const over = new AbortController();
  const running = Array.from({ length: 3 }, async () => {
    while (!over.signal.aborted) await (await victim.fetch('/api/meta')).arrayBuffer();
  });
  await new Promise((later) => setTimeout(later, 30));

  const { status } = await change.make(stage, victim);
  if (status !== 200) throw new Error(`"${change.name}" was answered ${status}`);
  const madeAt = performance.now();
  if (change.waitMs !== undefined) await new Promise((later) => setTimeout(later, change.waitMs));
  const successes: string[] = [];
  for (const path of ['/api/meta', `/api/imports/${batch}`, '/api/session']) {
    const { status } = await victim.fetch(path);
    if (status !== 401) successes.push(`${path} answers ${status}`);
  }
  const patience = new Promise<false>((later) => setTimeout(later, streamEndsMs - (performance.now() - madeAt), false));
  const hasEnded = await Promise.race([ended.then(() => true), patience]);
  const streamMs = performance.now() - madeAt;
  if (!hasEnded) successes.push('the stream is still open');
  over.abort();
  abort.abort();
  await Promise.all(running);
  return { successes, streamMs: hasEnded ? streamMs : 0 };
}

async function readToItsEnd(stream: Response): Promise<void> {
  try {
    await stream.text();
  } catch {
    // cut off by us
  }
}

/** A batch that another process seems to work on: its stream stays open. */
async function insertRunningBatch({ knex }: TestDatabase): Promise<string> {
  const id = randomUUID();
  await knex('import_batch').insert({
    id,
    province_code: '33',
    commune_code: '10001',
    office: 'CAX-OWN',
    kind: 'incidents',
    state: 'parsing',
    file_name: 'xa.csv',
    file_bytes: 1,
  });
  return id;
}
