-- Hot-spot areas: where they are (every revision kept), what was decided about them step by step, files of decisions, and the
-- tasks and suggestions that statistics put beside them. Nothing here holds a status: it follows from the steps in force.

create table area (
  id uuid primary key,
  province_code text not null,
  -- The commune that holds most of it, in the default set; `commune_codes` are all it touches.
  commune_code text collate "C" not null,
  commune_codes text[] collate "C" not null,
  -- Running number within the province.
  number integer not null check (number > 0),
  name text not null,
  description text not null default '',
  types smallint[] not null check (cardinality(types) between 1 and 4 and types <@ '{1,2,3,4}'::smallint[]),
  level text not null check (level in ('province', 'commune')),
  origin text not null check (origin in ('drawn', 'commune', 'cells', 'candidate', 'list', 'split', 'merge')),
  parents uuid[] not null default '{}',
  -- Null while it is not drawn. Cells: res 10, those whose centre lies in the shape; what records are counted by.
  geom geometry(MultiPolygon, 4326),
  area_m2 double precision,
  cells bigint[] not null default '{}',
  revision integer not null default 1 check (revision > 0),
  created_at timestamptz not null default now(),
  unique (province_code, number),
  constraint area_shape check ((geom is null) = (area_m2 is null) and (geom is not null or cells = '{}'))
);
create index area_commune on area (commune_code);

-- Each state an area has been in, the newest included: editing adds a row, nothing is written over.
create table area_revision (
  area_id uuid not null references area (id) on delete cascade,
  revision integer not null check (revision > 0),
  province_code text not null,
  commune_code text collate "C" not null,
  commune_codes text[] collate "C" not null,
  name text not null,
  description text not null,
  types smallint[] not null,
  level text not null,
  geom geometry(MultiPolygon, 4326),
  area_m2 double precision,
  cells bigint[] not null,
  reason text not null,
  account_id uuid,
  username text not null,
  created_at timestamptz not null default now(),
  primary key (area_id, revision)
);

-- The life cycle, only ever added to: a correction is a new row that names the one it takes the place of.
create table area_event (
  id uuid primary key,
  sequence bigint generated always as identity,
  area_id uuid not null references area (id) on delete cascade,
  province_code text not null,
  commune_code text collate "C" not null,
  type text not null check (type in ('proposed', 'listed', 'transforming', 'measure', 'reviewed', 'assessed_success',
    'assessed_not_yet', 'removed', 'watched', 'relapsed', 'closed', 'rejected', 'carried_over', 'superseded', 'withdrawn')),
  -- The day it takes effect.
  on_date date not null,
  -- The list's year; of listed and carried_over alone.
  year integer check (year between 2000 and 2100),
  decision_number text,
  decision_date date,
  note text,
  reason text,
  -- {kind, from, to, quantity} of a measure; [{id, met, value}] of an assessment.
  measure jsonb,
  conditions jsonb,
  files uuid[] not null default '{}',
  supersedes uuid references area_event (id),
  needs_approval boolean not null,
  -- Null for the operator and the server. The name as it was then.
  account_id uuid,
  username text not null,
  entered_at timestamptz not null default now(),
  constraint area_event_year check ((type in ('listed', 'carried_over')) = (year is not null)),
  constraint area_event_measure check ((type = 'measure') = (measure is not null)),
  constraint area_event_conditions check (conditions is null or type in ('assessed_success', 'assessed_not_yet')),
  constraint area_event_withdrawn check (type <> 'withdrawn' or supersedes is not null)
);
create index area_event_area on area_event (area_id, on_date, sequence);
-- Which step is the last: what is kept in memory of the others depends on it.
create unique index area_event_sequence on area_event (sequence);
create index area_event_year on area_event (year) where year is not null;
create index area_event_supersedes on area_event (supersedes) where supersedes is not null;

-- What the second person said; a step without a row waits.
create table area_approval (
  event_id uuid primary key references area_event (id) on delete cascade,
  province_code text not null,
  commune_code text collate "C" not null,
  decision text not null check (decision in ('approved', 'refused')),
  reason text,
  account_id uuid,
  username text not null,
  decided_at timestamptz not null default now()
);

create table area_file (
  id uuid primary key,
  area_id uuid not null references area (id) on delete cascade,
  province_code text not null,
  commune_code text collate "C" not null,
  name text not null,
  -- Read from the content.
  media_type text not null,
  bytes integer not null check (bytes > 0),
  sha256 text not null,
  content bytea not null,
  account_id uuid,
  username text not null,
  uploaded_at timestamptz not null default now(),
  unique (area_id, sha256)
);

-- What holds for the areas of a province from a year on (contracts/areas.ts, AreaRules).
create table area_rules (
  province_code text not null,
  year integer not null check (year between 2000 and 2100),
  rules jsonb not null,
  account_id uuid,
  username text not null,
  changed_at timestamptz not null default now(),
  primary key (province_code, year)
);

-- Relapse watch: an area whose records came back. One for each area and window, whoever looks and however often.
create table area_task (
  id uuid primary key,
  area_id uuid not null references area (id) on delete cascade,
  province_code text not null,
  commune_code text collate "C" not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed', 'withdrawn')),
  rule text not null,
  data_version bigint not null,
  opened_at timestamptz not null default now(),
  -- Half-open days, records, reported days.
  window_from date not null,
  window_to date not null check (window_to > window_from),
  window_count integer not null,
  window_days double precision not null,
  baseline_from date not null,
  baseline_to date not null check (baseline_to > baseline_from),
  baseline_count integer not null,
  baseline_days double precision not null,
  decided_at timestamptz,
  account_id uuid,
  decided_by text,
  reason text,
  event_id uuid references area_event (id),
  unique (area_id, window_from),
  constraint area_task_decision check ((state = 'open') = (decided_at is null) and (state = 'open') = (reason is null))
);

-- What the last look at each commune's areas was: not done again for the same data, steps, rules and calendar month.
create table area_watch_run (
  province_code text not null,
  commune_code text collate "C" not null,
  -- Data version, last step and last change of rules that it was made from, and the calendar month.
  basis text not null,
  areas integer not null,
  not_comparable integer not null,
  primary key (province_code, commune_code)
);

-- What a planner said about a suggestion. `cells`: of the resolution it was made at.
create table area_candidate_decision (
  id uuid primary key,
  province_code text not null,
  commune_code text collate "C" not null,
  key text not null,
  type smallint not null check (type between 1 and 4),
  from_date date not null,
  to_date date not null,
  res smallint not null,
  cells bigint[] not null,
  count integer not null,
  confidence smallint not null,
  rule text not null,
  decision text not null check (decision in ('accepted', 'changed', 'refused')),
  reason text,
  area_id uuid references area (id) on delete cascade,
  account_id uuid,
  username text not null,
  decided_at timestamptz not null default now(),
  constraint area_candidate_outcome check ((decision = 'refused') = (area_id is null) and (decision = 'refused') = (reason is not null))
);

-- Steps that count: approved where that is needed, and neither corrected nor struck by one that counts. A withdrawal that counts is
-- no step itself.
create view area_step with (security_invoker = true) as
select event.*,
       -- Order within a day: that of entry; of a correction, that of the step it takes the place of.
       case
         when event.supersedes is null then event.sequence
         else (
           with recursive earlier as (
             select event.supersedes as id
             union all
             select (select corrected.supersedes from area_event as corrected where corrected.id = earlier.id)
             from earlier
             where earlier.id is not null)
           select min(first.sequence)
           from earlier
           join area_event as first on first.id = earlier.id)
       end as place
from area_event as event
where event.type <> 'withdrawn'
  and (not event.needs_approval
    or exists (select from area_approval as approval where approval.event_id = event.id and approval.decision = 'approved'))
  -- Not `not exists`: under row security that is planned as a loop over all steps, three times as long for 100,000.
  and event.id not in (
    select later.supersedes from area_event as later
    where later.supersedes is not null
      and (not later.needs_approval
        or exists (select from area_approval as agreed where agreed.event_id = later.id and agreed.decision = 'approved')));

-- What was done in areas, as steps in force say.
create view measure with (security_invoker = true) as
select id as event_id, area_id, province_code, commune_code,
       measure ->> 'kind' as kind,
       (measure ->> 'from')::date as from_date,
       (measure ->> 'to')::date as to_date,
       (measure ->> 'quantity')::int as quantity,
       note
from area_step
where type = 'measure';

grant select, insert, update, delete on area, area_rules, area_task, area_watch_run to diemnong_server;
-- Only ever added to; deleted only with their province (policy below).
grant select, insert, delete on area_revision, area_event, area_approval, area_file, area_candidate_decision to diemnong_server;
-- Whose they are to read changes with the place of their area; nothing else of them does.
grant update (commune_code) on area_event, area_approval, area_file to diemnong_server;
grant select on area_step, measure to diemnong_server;

-- By province and commune, as the records they speak of (0002_access.sql); a commune reads what lies mostly in it.
do $$
declare name text;
begin
  foreach name in array array['area', 'area_revision', 'area_event', 'area_approval', 'area_file', 'area_task',
                              'area_watch_run', 'area_candidate_decision'] loop
    execute format('create policy reach_all on %I using (
      (select current_setting(''app.reach'', true)) in (''system'', ''all''))', name);
    execute format('create policy reach_province on %I using (
      (select current_setting(''app.reach'', true)) = ''province''
      and province_code = (select nullif(current_setting(''app.province'', true), '''')))', name);
    execute format('create policy reach_commune on %I for select using (
      (select current_setting(''app.reach'', true)) = ''commune''
      and province_code = (select nullif(current_setting(''app.province'', true), ''''))
      and commune_code = (select nullif(current_setting(''app.commune'', true), '''')))', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  -- The history goes only with its province, by the server's own work.
  foreach name in array array['area_revision', 'area_event', 'area_approval', 'area_file', 'area_candidate_decision'] loop
    execute format('create policy never_deleted on %I as restrictive for delete using (
      (select current_setting(''app.reach'', true)) = ''system'')', name);
  end loop;
end
$$;

-- Rules of a province are read by whoever sees something of it.
create policy reach_all on area_rules using ((select current_setting('app.reach', true)) in ('system', 'all'));
create policy reach_province on area_rules using (
  (select current_setting('app.reach', true)) = 'province'
  and province_code = (select nullif(current_setting('app.province', true), '')));
create policy read_commune on area_rules for select using (
  (select current_setting('app.reach', true)) = 'commune'
  and province_code = (select nullif(current_setting('app.province', true), '')));
alter table area_rules enable row level security;
alter table area_rules force row level security;
