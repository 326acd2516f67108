import type { TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { TestApp, TestVisitor } from '../support/test-app.ts';
import { type AttackReport, createTally, inParallel, type Tally } from './attack-report.ts';

const width = 24;
const window = 'from=2022-01-01&to=2024-01-01';
/** Answers that are kept, tagged and shared between requests, and lists that come from the database each time. */
const paths = [
  '/api/meta',
  '/api/communes',
  `/api/communes/counts?${window}`,
  `/api/communes/10001?${window}`,
  `/api/hexes?${window}&res=8`,
  `/api/hexes?${window}&res=7&weight=severity`,
  `/api/trends?${window}&by=month`,
  '/api/imports',
];

/** What each visitor is told on its own, before anybody else asks; and the tag it is told under. */
type Known = { visitor: TestVisitor; answers: Map<string, { status: number; body: string; tag: string | null }> };

/**
 * Two communes, a province, an administrator and a viewer ask the same addresses at once, with tags (their own and each other's),
 * aborts, and data versions that rise meanwhile. A success is an answer that is not the asker's own, a 304 for another's tag, or
 * a query left running. Control: answers kept by address alone.
 */
export async function attackHttpScopes(
  { app, db }: { app: TestApp; db: TestDatabase },
  { tries, seed = 1 }: { tries: number; seed?: number },
): Promise<AttackReport> {
  const known: Known[] = [];
  for (const visitor of [
    await app.as('commune', { commune: '10001', office: 'CAX-OWN' }),
    await app.as('commune', { commune: '10002', office: 'CAX-OTHER' }),
    await app.as('province'),
    await app.as('viewer'),
    app,
  ])
    known.push({ visitor, answers: await askEverything(visitor) });
  const tally = createTally();
  await interleave(known, db, app, tally, tries, seed);
  if (db.databaseUrl !== undefined) await expectNoneRunning(db, tally);
  return {
    name: 'interleaved scopes over HTTP',
    tries,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'scope in the key of kept answers', successes: await tryCarelessCache(known) }],
  };
}

async function askEverything(visitor: TestVisitor): Promise<Known['answers']> {
  const answers: Known['answers'] = new Map();
  for (const path of paths) {
    const answer = await visitor.fetch(path);
    answers.set(path, {
      status: answer.status,
      body: withoutVersion(await answer.text()),
      tag: answer.headers.get('etag'),
    });
  }
  return answers;
}

async function interleave(
  known: Known[],
  db: TestDatabase,
  app: TestApp,
  tally: Tally,
  tries: number,
  seed: number,
): Promise<void> {
  const random = seededRandom(seed);
  await inParallel(tries, width, async (index) => {
    if (index % 250 === 0) await raiseVersion(db, app);
    const own = random.pick(known);
    const path = random.pick(paths);
    const expected = own.answers.get(path)!;
    const tagged = random.chance(0.4) ? random.pick(known).answers.get(path) : undefined;
    const abort = new AbortController();
    if (random.chance(0.05)) setTimeout(() => abort.abort(), random.integer(8));
    try {
      const answer = await own.visitor.fetch(path, {
        signal: abort.signal,
        headers: tagged?.tag == null ? {} : { 'if-none-match': tagged.tag },
      });
      const body = await answer.text();
      if (answer.status === 304) {
        if (tagged?.body !== expected.body) tally.add(`${path}: 304 for the tag of another scope`);
      } else if (answer.status !== expected.status || withoutVersion(body) !== expected.body)
        tally.add(`${path}: ${answer.status} ${body.slice(0, 100)}, expected ${expected.body.slice(0, 100)}`);
    } catch (error) {
      if (!abort.signal.aborted) tally.add(`${path}: ${String(error)}`);
    }
  });
}

/** What is kept for the version before must be worked out anew: the same numbers under another tag. */
async function raiseVersion({ knex }: TestDatabase, { context }: TestApp): Promise<void> {
  await knex('data_version').update({ version: knex.raw('version + 1') });
  context.version.invalidate();
}

function withoutVersion(body: string): string {
  return body.replace(/"dataVersion":\d+/g, '"dataVersion":0');
}

async function expectNoneRunning({ knex }: TestDatabase, tally: Tally): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { rows } = await knex.raw<{ rows: unknown[] }>(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    if (rows.length === 0) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  tally.add('queries are left running after 5 s');
}

/** A cache in front that knows addresses and no scopes: how often would somebody get what was another's? */
async function tryCarelessCache(known: Known[]): Promise<number> {
  let wrong = 0;
  for (const path of paths) {
    const kept = known[0]?.answers.get(path)?.body;
    for (const { answers } of known) if (answers.get(path)?.body !== kept) wrong++;
  }
  return wrong;
}
