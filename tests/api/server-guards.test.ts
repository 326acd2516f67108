import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { openDatabase } from '../../server/src/database/open-database.ts';
import { requireGuards } from '../../server/src/database/server-guards.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';

/** A guard taken away by the database's owner, how it comes back, and what the server says at its start. */
type Fault = { name: string; make: string; undo: string; says: string };

/** `{role}` is the role the server works under. */
const faults: Fault[] = [
  {
    name: 'row security switched off on a table',
    make: 'alter table incident disable row level security',
    undo: 'alter table incident enable row level security',
    says: 'table incident: row security is off',
  },
  {
    name: 'row security not forced on the owner',
    make: 'alter table account no force row level security',
    undo: 'alter table account force row level security',
    says: 'table account: row security is not forced',
  },
  {
    name: 'a table that a migration forgot',
    make: 'create table note (text text)',
    undo: 'drop table note',
    says: 'table note: row security is off',
  },
  {
    name: 'a table without a policy',
    make: 'create table note (text text); alter table note enable row level security; alter table note force row level security',
    undo: 'drop table note',
    says: 'table note has no policy',
  },
  {
    name: 'a policy that lets everybody see everything',
    make: 'create policy open on import_batch using (true)',
    undo: 'drop policy open on import_batch',
    says: 'policy open of table import_batch does not ask for the scope',
  },
  {
    name: 'a policy that lets everybody write everything',
    make: 'create policy open on lamp for insert with check (true)',
    undo: 'drop policy open on lamp',
    says: 'policy open of table lamp does not ask for the scope',
  },
  {
    name: 'a superuser',
    make: 'alter role {role} superuser',
    undo: 'alter role {role} nosuperuser',
    says: 'role {role} is superuser',
  },
  {
    name: 'a role that passes policies by',
    make: 'alter role {role} bypassrls',
    undo: 'alter role {role} nobypassrls',
    says: 'role {role} is BYPASSRLS',
  },
  {
    name: 'a member of a role that passes policies by',
    make: 'create role {role}_dba nologin bypassrls; grant {role}_dba to {role}',
    undo: 'drop role {role}_dba',
    says: 'role {role}_dba is BYPASSRLS',
  },
  {
    name: 'an owner of a table',
    make: 'alter table camera owner to {role}',
    undo: 'alter table camera owner to {owner}',
    says: 'owns camera',
  },
  {
    name: 'a view that reads with its owner’s rights',
    make: 'create view every_incident as select * from incident; grant select on every_incident to {role}',
    undo: 'drop view every_incident',
    says: 'view every_incident reads with its owner',
  },
  {
    name: 'a materialized view',
    make: 'create materialized view kept as select * from incident; grant select on kept to {role}',
    undo: 'drop materialized view kept',
    says: 'materialized view kept is readable',
  },
  {
    name: 'a view in a schema of its own',
    make: 'create schema report; grant usage on schema report to {role}; create view report.log as select * from audit_event; grant select on report.log to {role}',
    undo: 'drop schema report cascade',
    says: 'view report.log reads with its owner',
  },
  {
    name: 'a function that runs with its owner’s rights',
    make: `create function count_all() returns bigint language sql security definer as 'select count(*) from incident'`,
    undo: 'drop function count_all()',
    says: 'function count_all() runs with its owner',
  },
  {
    name: 'a log that can be changed',
    make: 'grant update on audit_event to {role}',
    undo: 'revoke update on audit_event from {role}',
    says: 'may change or empty audit_event',
  },
  {
    name: 'a log with one column that can be changed',
    make: 'grant update (hash) on audit_event to {role}',
    undo: 'revoke update (hash) on audit_event from {role}',
    says: 'may change or empty audit_event',
  },
  {
    name: 'a log that entries can be removed from',
    make: 'grant delete on audit_event to {role}',
    undo: 'revoke delete on audit_event from {role}',
    says: 'may change or empty audit_event',
  },
  {
    name: 'a log whose trigger is off',
    make: 'alter table audit_event disable trigger audit_event_append_only',
    undo: 'alter table audit_event enable trigger audit_event_append_only',
    says: 'trigger audit_event_append_only is missing or switched off',
  },
  {
    name: 'a table that can be emptied past its policies',
    make: 'grant truncate on incident to {role}',
    undo: 'revoke truncate on incident from {role}',
    says: 'may truncate incident',
  },
];

describeOnBothDatabases('the check at the start', (open, engine) => {
  let db: TestDatabase;
  let role: string;
  let owner: string;
  beforeAll(async () => {
    db = await open();
    const nameOf = (rows: { name: string }[]) => rows[0]?.name ?? '';
    role = await db.transaction(systemScope, async (transaction) =>
      nameOf((await transaction.raw<{ rows: { name: string }[] }>('select current_user as name')).rows),
    );
    owner = nameOf((await db.knex.raw<{ rows: { name: string }[] }>('select current_user as name')).rows);
  });
  afterAll(() => db?.close());
  const fill = (text: string) => text.replaceAll('{role}', role).replaceAll('{owner}', owner);

  it('passes a database as the migrations make it, and a view with its reader’s rights', async () => {
    await requireGuards(db.transaction);
    await db.knex.raw(
      fill('create view mine with (security_invoker = true) as select * from incident; grant select on mine to {role}'),
    );
    await requireGuards(db.transaction);
    await db.knex.raw('drop view mine');
  });

  it.each(faults)('refuses $name', async ({ make, undo, says }) => {
    await db.knex.raw(fill(make));
    try {
      await expect(requireGuards(db.transaction)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining(fill(says)) as string,
      });
    } finally {
      await db.knex.raw(fill(undo));
    }
    await requireGuards(db.transaction);
  });

  it('names every missing guard at once', async () => {
    const made = faults.filter(({ says }) => /off|truncate incident/.test(says));
    for (const { make } of made) await db.knex.raw(fill(make));
    const refusal = await requireGuards(db.transaction).catch(
      (error: unknown) => error as { details: { faults: string[] } },
    );
    for (const { undo } of made) await db.knex.raw(fill(undo));
    const found = (refusal as { details: { faults: string[] } }).details.faults;
    for (const { says } of made) expect(found.join('\n')).toContain(fill(says));
  });

  it.runIf(engine === 'server')('the server does not start without one', async () => {
    await db.knex.raw('alter table incident no force row level security');
    try {
      await expect(openDatabase({ databaseUrl: db.databaseUrl, dataDir: db.dataDir })).rejects.toThrow(
        'table incident: row security is not forced',
      );
    } finally {
      await db.knex.raw('alter table incident force row level security');
    }
    await (await openDatabase({ databaseUrl: db.databaseUrl, dataDir: db.dataDir })).close();
  });
});
