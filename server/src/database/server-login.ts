import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { AppError } from '@diemnong/contracts';
import type { Knex } from 'knex';

/** Holds the rights; nobody logs in as it. */
export const serverRole = 'diemnong_server';

/**
 * Connect as this database's own login, a member of `diemnong_server` that owns nothing. It is made at the first start by the
 * database's owner (who needs CREATEROLE); its password follows from the owner's address, so that every server process that is
 * given the same DATABASE_URL works it out alike and none is stored.
 * Errors: `unavailable` when the owner may not create it, or the server does not let it in.
 */
export async function loginAsServer(
  owner: Knex,
  databaseUrl: string,
  connect: (connectionString: string) => Promise<Knex>,
): Promise<Knex> {
  const { rows } = await owner.raw<{ rows: { name: string }[] }>('select current_database() as name');
  const login = `${serverRole}_${rows[0]?.name}`.slice(0, 63);
  const password = createHmac('sha256', databaseUrl).update(login).digest('base64url');
  const url = new URL(databaseUrl);
  url.username = encodeURIComponent(login);
  url.password = password;
  try {
    await owner.transaction(async (transaction) => {
      await transaction.raw('select pg_advisory_xact_lock(hashtext(:login))', { login });
      const found = await transaction('pg_roles')
        .where({ rolname: login })
        .first<{ rolcanlogin: boolean } | undefined>();
      if (found === undefined)
        await transaction.raw(`create role :login: login nosuperuser nobypassrls in role ${serverRole}`, { login });
    });
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `Chủ cơ sở dữ liệu không được phép tạo vai trò "${login}": hãy cấp quyền CREATEROLE cho chủ, hoặc để quản trị viên chạy ` +
        `CREATE ROLE "${login}" LOGIN IN ROLE ${serverRole}. (The owner in DATABASE_URL may not create the server's role: ${(cause as Error).message})`,
      { cause },
    );
  }
  try {
    return await connect(url.href);
  } catch {
    // New, or the owner's address has changed: set the password and try once more.
    await owner.raw(`alter role :login: password '${scramVerifier(password)}'`, { login });
    return connect(url.href);
  }
}

/** What PostgreSQL keeps of a password (RFC 5803), worked out here so that the password itself reaches no statement log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${keyOf('Server Key').toString('base64')}`;
}
