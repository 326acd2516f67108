-- Accounts, sessions, the log, and row-level security. The server works under the role `diemnong_server`, which owns
-- nothing; each of its transactions says how far it reaches (server/src/access/scope.ts):
--   app.reach     system | all | province | commune | shared; anything else, or nothing, sees no row
--   app.province  app.commune  app.account
-- Settings end with the transaction, as '' and not as NULL: every comparison below is false for both. The policies read them in
-- a SELECT of their own, which runs once a statement and not once a row (docs/decisions/row-security.md).

do $$
begin
  if not exists (select from pg_roles where rolname = 'diemnong_server') then
    create role diemnong_server nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this server made it meanwhile
end
$$;

-- Who works with the platform. Staff, never subjects of data.
create table account (
  id uuid primary key,
  username text collate "C" not null unique,
  display_name text not null,
  role text not null check (role in ('admin', 'province', 'planner', 'commune', 'viewer')),
  province_code text,
  commune_code text collate "C",
  office_code text collate "C",
  -- argon2id, with its parameters; null for accounts that sign in by OpenID Connect only.
  password_hash text,
  must_change_password boolean not null default true,
  -- AES-256-GCM under the data directory's key; null = off. `totp_step` is the last time step taken, so that a code works once.
  totp_secret text,
  totp_step bigint not null default 0,
  -- Subject at the OpenID Connect provider, once linked.
  oidc_subject text unique,
  is_suspended boolean not null default false,
  is_demo boolean not null default false,
  failures integer not null default 0,
  failed_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  constraint account_commune check ((role = 'commune') = (commune_code is not null))
);

create table session (
  id uuid primary key,
  account_id uuid not null references account (id) on delete cascade,
  -- SHA-256 of the cookie's token: a copy of the table opens no session.
  token_hash bytea not null unique,
  address text not null,
  user_agent text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_account on session (account_id);

-- The log: only ever added to. Each entry's hash covers the entry and the hash before it (server/src/features/audit).
create table audit_event (
  sequence bigint primary key,
  at timestamptz not null,
  account_id uuid,
  username text,
  role text,
  address text not null,
  action text not null,
  target text not null,
  -- `json`, not `jsonb`: kept to the letter, as it was hashed.
  before json,
  after json,
  previous_hash text not null,
  hash text not null unique
);
create index audit_event_at on audit_event (at);
-- Its end: locked by each writer, so that entries are numbered without gaps on both engines.
create table audit_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash text not null
);
insert into audit_head (sequence, hash) values (0, repeat('0', 64));

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is only ever added to' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_change();

-- Rises with every change of an account, a session or a setting of access: what processes remember of sessions is keyed by it.
alter table data_version add column access bigint not null default 1;

-- Whose records they are, for the policies: null = of the province as a whole.
alter table office add column commune_code text collate "C";
alter table import_batch add column commune_code text collate "C";
alter table import_batch add column account_id uuid;
alter table import_row_error add column province_code text not null default '';
alter table import_row_error add column commune_code text collate "C";
update import_row_error set province_code = import_batch.province_code from import_batch where import_batch.id = batch_id;
-- Half the time it took to store a rejected row went into looking up its batch, which the same transaction commits.
alter table import_row_error drop constraint import_row_error_batch_id_fkey;

-- Rights: rows by table, nothing on the schema. No update or delete on the log, no truncate anywhere (it passes policies by).
grant usage on schema public to diemnong_server;
grant select, insert, update, delete on
  province, boundary_set, commune, commune_cell, category, office, import_batch, import_row_error, incident,
  incident_replaced, report_month, road, water, camera, lamp, setting, account, session
  to diemnong_server;
grant select, insert on audit_event to diemnong_server;
grant select, update on audit_head, data_version to diemnong_server;

-- Places and words: read by everybody signed in, written by administrators and the server.
do $$
declare name text;
begin
  foreach name in array array['province', 'boundary_set', 'commune', 'commune_cell', 'category', 'road', 'water', 'setting'] loop
    execute format('create policy reference_read on %I for select using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all'', ''province'', ''commune'', ''shared''))', name);
    execute format('create policy reference_write on %I for all using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all''))', name);
  end loop;
end
$$;

-- Records: by province and commune.
do $$
declare name text;
begin
  foreach name in array array['incident', 'incident_replaced', 'report_month', 'office', 'import_batch', 'import_row_error'] loop
    execute format('create policy reach_all on %I using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all''))', name);
    execute format('create policy reach_province on %I using (
      (select current_setting(''app.reach'', true)) = ''province''
      and province_code = (select nullif(current_setting(''app.province'', true), '''')))', name);
    execute format('create policy reach_commune on %I using (
      (select current_setting(''app.reach'', true)) = ''commune''
      and province_code = (select nullif(current_setting(''app.province'', true), ''''))
      and commune_code = (select nullif(current_setting(''app.commune'', true), '''')))', name);
  end loop;
  -- Assets carry no commune: a commune account does not read them from the table.
  foreach name in array array['camera', 'lamp'] loop
    execute format('create policy reach_all on %I using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all''))', name);
    execute format('create policy reach_province on %I using (
      (select current_setting(''app.reach'', true)) = ''province''
      and province_code = (select nullif(current_setting(''app.province'', true), '''')))', name);
  end loop;
end
$$;

-- Accounts and sessions: administrators see all, everybody their own.
create policy reach_all on account using ((select current_setting('app.reach', true)) in ('system', 'all'));
create policy own on account for select using (id::text = (select nullif(current_setting('app.account', true), '')));
create policy reach_all on session using ((select current_setting('app.reach', true)) in ('system', 'all'));
create policy own on session using (account_id::text = (select nullif(current_setting('app.account', true), '')));

-- The log: everybody's work adds to it, administrators read it.
create policy read_log on audit_event for select using ((select current_setting('app.reach', true)) in ('system', 'all'));
create policy add_to_log on audit_event for insert with check (
  (select current_setting('app.reach', true)) in ('system', 'all', 'province', 'commune', 'shared'));
create policy head on audit_head using (
  (select current_setting('app.reach', true)) in ('system', 'all', 'province', 'commune', 'shared'));

-- On and forced, for every table that holds data. `data_version` holds one number.
do $$
declare name text;
begin
  foreach name in array array['province', 'boundary_set', 'commune', 'commune_cell', 'category', 'road', 'water', 'setting',
    'incident', 'incident_replaced', 'report_month', 'office', 'import_batch', 'import_row_error', 'camera', 'lamp',
    'account', 'session', 'audit_event', 'audit_head'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end
$$;

-- ANALYZE by the server's role (PostgreSQL ≥ 17); before that, autovacuum does it.
do $$
begin
  if current_setting('server_version_num')::int >= 170000 then
    execute 'grant maintain on incident, incident_replaced, import_batch, commune, commune_cell to diemnong_server';
  end if;
end
$$;
