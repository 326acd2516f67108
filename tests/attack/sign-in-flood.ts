import { type AttackReport, createTally, type Tally } from './attack-report.ts';

/** A server that believes one proxy in front of it, so that every try can come from another address. */
export type FloodTarget = {
  url: string;
  /** An account with its password, which has never been tried wrongly. */
  owner: { username: string; password: string };
  /** Cookie of somebody who is signed in and works. */
  cookie: string;
};

export type FloodTries = {
  seconds: number;
  /** Wrong passwords on the owner's account. */
  guesses: number;
  /** How many of them may reach the hash (NIST SP 800-63B: 100 in a row at most). */
  mostAccepted: number;
};

const perSecond = 200;
/** What somebody who works may notice of the flood: in the middle, and at the worst of a hundred. */
const bounds = { median: { times: 10, plusMs: 100 }, p99: { times: 5, plusMs: 1500 } };
const ownerWaitsMs = 5000;

/**
 * Wrong passwords on one account; then 200 sign-ins a second from ever other addresses, on that name and on names that do not
 * exist, while somebody works and the owner of the account signs in from a known device. A success is somebody who works
 * and waits beyond the bounds in two floods running (of one, the machine may be to blame), an owner who is kept out, or more
 * guesses looked at than allowed.
 * Control: as many guesses on as many names.
 */
export async function attackSignIn(
  target: FloodTarget,
  { seconds, guesses, mostAccepted }: FloodTries,
): Promise<AttackReport> {
  const tally = createTally();
  const device = await signInAsOwner(target, '');
  if (device === undefined) throw new Error('the owner cannot sign in before the flood begins');
  const accepted = await guess(target, guesses, () => target.owner.username);
  if (accepted > mostAccepted) tally.add(`${accepted} of ${guesses} wrong passwords were looked at`);
  if ((await signInAsOwner(target, device)) === undefined) tally.add('the owner is kept out after the guesses');
  const first = await workThroughFlood(target, device, seconds, tally);
  const { quiet, flooded, slow, sent, statuses } =
    first.slow.length > 0 ? await workThroughFlood(target, device, seconds, tally) : first;
  for (const key of slow)
    tally.add(`${key} of people who work: ${Math.round(flooded[key])} ms, quiet ${Math.round(quiet[key])} ms`);

  const names = mostAccepted + 10;
  const onManyNames = await guess(target, names, (at) => `nobody-${at}`);
  return {
    name: 'sign-in flood',
    tries: sent + guesses,
    successes: tally.successes,
    examples: tally.examples,
    controls: [{ without: 'a count per account', successes: Math.max(0, onManyNames - mostAccepted) }],
    note:
      `median ${quiet.median.toFixed(1)} → ${flooded.median.toFixed(1)} ms, p99 ${quiet.p99.toFixed(0)} → ${flooded.p99.toFixed(0)} ms ` +
      `at ${Math.round(sent / seconds)} tries/s (${statuses}); ${accepted} of ${guesses} guesses looked at`,
  };
}

/** @returns what people who work wait, before and during a flood, and which of both is beyond its bound. */
async function workThroughFlood(target: FloodTarget, device: string, seconds: number, tally: Tally) {
  const quiet = await work(target, 1000 * Math.min(seconds, 5));
  const flood = startFlood(target);
  const flooded = await work(target, 1000 * seconds);
  const begun = performance.now();
  if ((await signInAsOwner(target, device)) === undefined) tally.add('the owner is kept out during the flood');
  else if (performance.now() - begun > ownerWaitsMs) tally.add('the owner waits too long for signing in');
  const sending = await flood.stop();
  if (flooded.failed > 0) tally.add(`${flooded.failed} requests of people who work failed`);
  const slow = (['median', 'p99'] as const).filter(
    (key) => flooded[key] > quiet[key] * bounds[key].times + bounds[key].plusMs,
  );
  return { quiet, flooded, slow, ...sending };
}

let address = 0;
/** Addresses of a network of their own, never the same twice. */
function nextAddress(): string {
  address++;
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`;
}

async function trySignIn(
  { url }: FloodTarget,
  body: { username: string; password: string },
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': nextAddress(), ...headers },
    body: JSON.stringify(body),
  });
}

/** @returns the cookie of the device; undefined when it was refused. */
async function signInAsOwner(target: FloodTarget, device: string): Promise<string | undefined> {
  const answer = await trySignIn(target, target.owner, device === '' ? {} : { cookie: device });
  await answer.arrayBuffer();
  if (answer.status !== 200) return undefined;
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .find((cookie) => cookie.startsWith('diemnong_device='));
}

/** Somebody who works: four requests at a time, as a map does. */
async function work(
  { url, cookie }: FloodTarget,
  forMs: number,
): Promise<{ median: number; p99: number; failed: number }> {
  const times: number[] = [];
  let failed = 0;
  const end = performance.now() + forMs;
  const worker = async (at: number) => {
    for (let i = 0; performance.now() < end; i++) {
      const begun = performance.now();
      const day = String(1 + ((at * 7 + i) % 28)).padStart(2, '0');
      const answer = await fetch(`${url}/api/hexes?from=2022-01-${day}&to=2023-01-01&res=8`, { headers: { cookie } });
      await answer.arrayBuffer();
      if (answer.status !== 200) failed++;
      times.push(performance.now() - begun);
      await new Promise((later) => setTimeout(later, 20));
    }
  };
  await Promise.all([0, 1, 2, 3].map(worker));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { median: at(0.5), p99: at(0.99), failed };
}

function startFlood(target: FloodTarget): { stop(): Promise<{ sent: number; statuses: string }> } {
  const running = new Set<Promise<void>>();
  const counts = new Map<number, number>();
  let sent = 0;
  const timer = setInterval(() => {
    for (let i = 0; i < perSecond / 20; i++) {
      sent++;
      const username = sent % 3 === 0 ? target.owner.username : `stranger-${sent}`;
      const one = trySignIn(target, { username, password: `sai-${sent}` })
        .then(async (answer) => {
          await answer.arrayBuffer();
          counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
        })
        .catch(() => {}) // a connection that was refused is no success
        .finally(() => running.delete(one));
      running.add(one);
    }
  }, 50);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      return { sent, statuses: [...counts].map(([status, count]) => `${status}×${count}`).join(' ') };
    },
  };
}

/** @returns how many were looked at: answered "wrong", not "wait". */
async function guess(target: FloodTarget, tries: number, nameOf: (at: number) => string): Promise<number> {
  let accepted = 0;
  for (let at = 0; at < tries; at++) {
    const answer = await trySignIn(target, { username: nameOf(at), password: `đoán-${at}` });
    await answer.arrayBuffer();
    if (answer.status === 401) accepted++;
  }
  return accepted;
}
