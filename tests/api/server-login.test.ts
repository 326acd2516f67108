import { randomBytes } from 'node:crypto';
import knex from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { openDatabase } from '../../server/src/database/open-database.ts';
import { createServerDatabase, hasTestServer } from '../support/database.ts';
import { temporaryDirectory } from '../support/server-process.ts';

describe.skipIf(!hasTestServer())("the server's own login", () => {
  let databaseUrl: string;
  let drop: () => Promise<void>;
  const login = () => `diemnong_server_${new URL(databaseUrl).pathname.slice(1)}`;

  beforeAll(async () => {
    ({ databaseUrl, drop } = await createServerDatabase());
  });
  afterAll(() => drop?.());

  /** The same database under another address of its owner, as after a change of the owner's password. */
  const address = (password: string) => {
    const url = new URL(databaseUrl);
    url.password = password;
    return url.href;
  };

  it('owns nothing, passes no policy by, and is not the owner', async () => {
    const db = await openDatabase({ databaseUrl, dataDir: temporaryDirectory() });
    const { rows } = await db.transaction(systemScope, (transaction) =>
      transaction.raw(
        `select session_user::text as login, rolsuper as super, rolbypassrls as bypass, rolcreaterole as makes_roles,
                (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
         from pg_roles where rolname = session_user`,
      ),
    );
    await db.close();
    expect(rows).toEqual([{ login: login(), super: false, bypass: false, makes_roles: false, owned: 0 }]);
  });

  it('lets several processes in that are given the same address, and a new one after the address changed', async () => {
    const open = (password: string) => openDatabase({ databaseUrl: address(password), dataDir: temporaryDirectory() });
    const [first, second] = await Promise.all([open('một'), open('một')]);
    const third = await open('hai');
    for (const db of [first, second, third])
      expect(
        await db.transaction(systemScope, async (transaction) => (await transaction('category')).length),
      ).toBeGreaterThan(0);
    await Promise.all([first.close(), second.close(), third.close()]);
  });

  it('is refused with the statement to run when the owner may not make roles', async () => {
    const owner = `chu_${randomBytes(4).toString('hex')}`;
    const admin = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } });
    try {
      await admin.raw(`create role ${owner} login`);
      await admin.raw(`grant select, insert, update, delete on all tables in schema public to ${owner}`);
      await admin.raw(`drop role if exists "${login()}"`).catch(() => {});
      const url = new URL(databaseUrl);
      url.username = owner;
      const opening = openDatabase({ databaseUrl: url.href, dataDir: temporaryDirectory() });
      await expect(opening).rejects.toThrow(`CREATE ROLE "${login()}" LOGIN IN ROLE diemnong_server`);
    } finally {
      await admin.raw(`drop owned by ${owner}`);
      await admin.raw(`drop role ${owner}`);
      await admin.destroy();
    }
  });
});
