-- Months a commune has confirmed as quiet, and notes about months above their seasonal threshold.

-- "No incident this month", said by a person. A batch that brings records of the month is stronger; the row may stay beside it.
create table report_confirmation (
  province_code text not null,
  commune_code text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  -- Who said it: null for the operator at the server's own machine. The name as it was then.
  account_id uuid,
  username text not null,
  confirmed_at timestamptz not null default now(),
  primary key (province_code, commune_code, month)
);

-- A commune's month above its threshold: a note that a person decides about. One for each series and month, whoever looks and
-- however often; numbers as they stood when it was opened.
create table alert (
  id uuid primary key,
  province_code text not null,
  commune_code text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  -- Code of a group of categories; '' = all of them.
  category text not null default '',
  count integer not null check (count >= 0),
  expected double precision not null,
  upper double precision not null,
  p double precision not null,
  rule text not null,
  -- Data version that opened it.
  data_version bigint not null,
  opened_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed', 'withdrawn')),
  decided_at timestamptz,
  -- The account that decided, with its name as it was then; null for the server, which withdraws.
  account_id uuid,
  decided_by text,
  reason text,
  unique (province_code, commune_code, month, category),
  constraint alert_decision check ((state = 'open') = (decided_at is null) and (state = 'open') = (reason is null))
);

-- What the last look at each commune was: not done again for the same data, rule and calendar month.
create table alert_run (
  province_code text not null,
  commune_code text collate "C" not null,
  data_version bigint not null,
  rule text not null,
  -- First day of the calendar month in which it was looked.
  as_of date not null,
  -- First days of the months looked at.
  months date[] not null,
  series integer not null,
  too_short integer not null,
  primary key (province_code, commune_code)
);

grant select, insert, update, delete on report_confirmation, alert, alert_run to diemnong_server;

-- By province and commune, as the records they speak of (0002_access.sql).
do $$
declare name text;
begin
  foreach name in array array['report_confirmation', 'alert', 'alert_run'] loop
    execute format('create policy reach_all on %I using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all''))', name);
    execute format('create policy reach_province on %I using (
      (select current_setting(''app.reach'', true)) = ''province''
      and province_code = (select nullif(current_setting(''app.province'', true), '''')))', name);
    execute format('create policy reach_commune on %I using (
      (select current_setting(''app.reach'', true)) = ''commune''
      and province_code = (select nullif(current_setting(''app.province'', true), ''''))
      and commune_code = (select nullif(current_setting(''app.commune'', true), '''')))', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end
$$;
