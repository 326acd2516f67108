import { AppError } from '@diemnong/contracts';
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';
import PQueue from 'p-queue';

/**
 * argon2id (the library's own choice) with the least OWASP's Password Storage Cheat Sheet takes: 19 MiB, two passes, one lane;
 * 27 ms on a development machine. Raise them here: passwords are hashed anew at their next sign-in.
 */
const parameters: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Hashing shares libuv's four threads with files and names: two stay free, and a flood of sign-ins waits in line or is sent away. */
const line = new PQueue({ concurrency: 2 });

/** Whose turn comes first: `first` for people the server knows, `last` for strangers. */
export type Turn = 'first' | 'last';

const turns: Record<Turn, { priority: number; longestLine: number }> = {
  first: { priority: 1, longestLine: 40 },
  last: { priority: 0, longestLine: 16 },
};

/** @returns the hash with its parameters and salt, as it is kept. Errors: `too_many_requests` when too many wait. */
export function hashPassword(password: string, turn: Turn = 'first'): Promise<string> {
  return inTurn(turn, () => hash(toBytes(password), parameters));
}

/**
 * Does the password fit the hash? Without one (no such account, or one without a password) the work is done all the same, so
 * that the time tells nothing. Errors: `too_many_requests` when too many wait.
 */
export async function verifyPassword(kept: string | null, password: string, turn: Turn): Promise<boolean> {
  const fits = await inTurn(turn, async () => verify(kept ?? (await nobodysHash), toBytes(password)));
  return fits && kept !== null;
}

/** Was it hashed with other parameters than those of today? */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(kept);
  const its = { memoryCost, timeCost, parallelism, outputLen };
  return !kept.startsWith('$argon2id$') || JSON.stringify(its) !== JSON.stringify(parameters);
}

const nobodysHash = hash('nobody', parameters);

/** Vietnamese keyboards write the same letter in one character or in several. */
function toBytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

async function inTurn<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result> {
  const { priority, longestLine } = turns[turn];
  if (line.sizeBy({ priority }) >= longestLine)
    throw new AppError(
      'too_many_requests',
      'Quá nhiều người đăng nhập cùng lúc; hãy thử lại sau vài giây. (Too many sign-ins at once.)',
    );
  return await line.add(work, { priority });
}
