/**
 * The long form of one attack, as scripts/attack.ts starts it, with TEST_DATABASE_URL. Prints one line, and what succeeded.
 * Usage: node tests/attack/run-attack.ts NAME [DIVISOR]     DIVISOR: so many times fewer tries, to try it out.
 */
import { readFileSync } from 'node:fs';
import { openAccessStage } from '../support/access-stage.ts';
import { createServerDatabase, openTestServer, type TestDatabase } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { startServerProcess } from '../support/server-process.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { type AttackReport, isHeld, reportLine } from './attack-report.ts';
import { attackExports } from './exports.ts';
import { attackHiddenIds } from './hidden-ids.ts';
import { attackReading } from './hostile-reading.ts';
import { attackUploads } from './hostile-uploads.ts';
import { attackHttpScopes } from './http-interleaving.ts';
import { attackInterleaving } from './interleaving.ts';
import { attackParameters } from './parameter-fuzzing.ts';
import { attackRevocation } from './revocation.ts';
import { attackSignIn } from './sign-in-flood.ts';
import { attackSmallCounts } from './small-counts.ts';

const [name = '', divisor = '1'] = process.argv.slice(2);
const times = (tries: number) => Math.max(1, Math.round(tries / Number(divisor)));

const attacks: Record<string, () => Promise<AttackReport>> = {
  interleaving: () => onDatabase((db) => attackInterleaving(db, { tries: times(1_000_000) })),
  'http-scopes': () => onStage((stage) => attackHttpScopes(stage, { tries: times(100_000) })),
  revocation: () => onStage((stage) => attackRevocation(stage, { tries: times(100) })),
  'hidden-ids': () => onStage((stage) => attackHiddenIds(stage, { pairs: times(50_000) })),
  'small-counts': () =>
    onDatabase(async (db) => {
      await fillSmallProvince(db);
      const app = await startTestApp(createTestContext(db));
      const report = await attackSmallCounts({ app, db }, { tries: times(10_000) });
      await app.close();
      return report;
    }),
  exports: () => onStage(({ app }) => attackExports({ visitor: app }, { tries: times(1000) })),
  'sign-in': onFloodedServer,
  parameters: onFuzzedServer,
  reading: () => attackReading({ tries: times(8000), mostBytes: 1.5e9 }),
  uploads: onUploadServer,
};

const attack = attacks[name];
if (attack === undefined) throw new Error(`usage: run-attack.ts ${Object.keys(attacks).join('|')} [DIVISOR]`);
if (process.env.TEST_DATABASE_URL === undefined) throw new Error('TEST_DATABASE_URL is not set');
await prepareDatabases();
const report = await attack();
console.log(reportLine(report));
for (const example of report.examples) console.log(`  ! ${example}`);
process.exit(isHeld(report) ? 0 : 1);

async function onDatabase<Result>(work: (db: TestDatabase) => Promise<Result>): Promise<Result> {
  const db = await openTestServer();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function onStage<Result>(
  work: (stage: Awaited<ReturnType<typeof openAccessStage>>) => Promise<Result>,
): Promise<Result> {
  const stage = await openAccessStage(openTestServer);
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

type Started = { server: Awaited<ReturnType<typeof startServerProcess>>; cookieOf(username: string): Promise<string> };

/** The real server in a process of its own, with the demonstration in a database of its own. */
async function onServerProcess<Result>(
  env: Record<string, string>,
  work: (started: Started) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, drop } = await createServerDatabase();
  const server = await startServerProcess({
    env: { DATABASE_URL: databaseUrl, DEMO: '1', LOG_LEVEL: 'error', ...env },
  });
  try {
    return await work({ server, cookieOf: async (username) => `diemnong_session=${await server.signIn(username)}` });
  } finally {
    await server.stop();
    await drop();
  }
}

function onFloodedServer(): Promise<AttackReport> {
  return onServerProcess({ TRUST_PROXY: '1' }, async ({ server, cookieOf }) => {
    const password = /^ +province +(\S+)/m.exec(server.output())?.[1] ?? '';
    return attackSignIn(
      { url: server.url, owner: { username: 'province', password }, cookie: await cookieOf('admin') },
      { seconds: times(20), guesses: times(10_000), mostAccepted: 100 },
    );
  });
}

function onFuzzedServer(): Promise<AttackReport> {
  return onServerProcess({}, async ({ server, cookieOf }) => {
    const cookies = ['', ...(await Promise.all(['admin', 'admin', 'province', 'commune', 'viewer'].map(cookieOf)))];
    const { accounts } = (await (await server.fetch('/api/accounts')).json()) as {
      accounts: { id: string; role: string }[];
    };
    const ids = ['00000000-0000-4000-8000-00000000dead', accounts.find(({ role }) => role === 'planner')?.id ?? ''];
    return attackParameters({ url: server.url, cookies, ids }, { tries: times(100_000) });
  });
}

/** On the small province, where the rows of the broken files lie. */
function onUploadServer(): Promise<AttackReport> {
  return onDatabase(async (db) => {
    await fillSmallProvince(db);
    const server = await startServerProcess({
      env: { DATABASE_URL: db.databaseUrl ?? '', DEMO: '0', LOG_LEVEL: 'error' },
    });
    try {
      return await attackUploads(
        {
          fetch: (path, init) => server.fetch(path, init),
          countRows: async () => Number((await db.knex('incident').count({ rows: '*' }).first())?.rows),
          residentBytes: () => residentBytes(server.process.pid),
        },
        { tries: times(1700), boundaryTries: times(250), mostBytes: 1e9 },
      );
    } finally {
      await server.stop();
    }
  });
}

/** Memory of another process, from Linux's /proc. */
function residentBytes(pid: number | undefined): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}
