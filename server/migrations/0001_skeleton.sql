-- The skeleton: places, categories, incidents and their batches, assets for the basemap, configuration.
-- Rules: timestamptz, half-open ranges, SRID in the type, units in names, unique keys that hold province_code (the
-- tenant, so that the same schema distributes). `incident` holds only live rows: a count is a plain count(*).

create extension if not exists postgis;

create table province (
  code text primary key,
  name_vi text not null,
  name_en text not null,
  is_demo boolean not null default false
);

create table boundary_set (
  id text primary key,
  name text not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  is_default boolean not null default false,
  report jsonb not null default '{}',
  imported_at timestamptz not null default now()
);
create unique index boundary_set_one_default on boundary_set (is_default) where is_default;

-- Codes are re-used across reforms: a commune is (set, code), never a code alone.
create table commune (
  boundary_set_id text not null references boundary_set (id) on delete cascade,
  code text collate "C" not null,
  province_code text not null,
  name text not null,
  full_name text not null,
  kind text not null default '',
  population integer check (population >= 0),
  area_m2 double precision not null,
  label_point geometry(Point, 4326) not null,
  geom geometry(MultiPolygon, 4326) not null,
  primary key (boundary_set_id, code)
);
create index commune_geom_gist on commune using gist (geom);

-- Cells of a commune: owned = the cell's centre lies in it; the others only touch it and are kept for drawing.
create table commune_cell (
  boundary_set_id text not null,
  res smallint not null check (res between 7 and 10),
  cell bigint not null,
  commune_code text collate "C" not null,
  is_owned boolean not null,
  primary key (boundary_set_id, res, cell, commune_code),
  foreign key (boundary_set_id, commune_code) references commune (boundary_set_id, code) on delete cascade
);
create unique index commune_cell_one_owner on commune_cell (boundary_set_id, res, cell) where is_owned;

create table category (
  code text primary key,
  parent text references category (code),
  name_vi text not null,
  name_en text not null,
  article text,
  area_type smallint check (area_type between 1 and 4),
  weight double precision not null default 1 check (weight >= 0),
  position integer not null
);

create table office (
  province_code text not null,
  code text collate "C" not null,
  name text not null,
  -- The mapping of columns and categories this office's files use, replayed at the next import.
  mapping jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (province_code, code)
);

create table import_batch (
  id uuid primary key,
  province_code text not null,
  office text collate "C" not null,
  kind text not null,
  state text not null check (state in ('parsing', 'review', 'committing', 'committed', 'refused', 'undone')),
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 text,
  options jsonb not null default '{}',
  -- Everything the screen shows of a batch besides its rows: counts, warnings, rejections, reading, diff, error.
  summary jsonb not null default '{}',
  -- Positions and rejected rows for the map before commit: too large for lists, so kept apart.
  preview jsonb,
  replaces uuid references import_batch (id),
  -- The live batch that took this one's place; its own rows stand in incident_replaced meanwhile.
  replaced_by uuid references import_batch (id),
  created_at timestamptz not null default now(),
  committed_at timestamptz,
  undone_at timestamptz
);
create index import_batch_created on import_batch (created_at desc);
-- The same file committed twice changes nothing: decided by the database, not by a check before.
create unique index import_batch_same_file on import_batch (province_code, office, kind, file_sha256)
  where state = 'committed' and replaced_by is null;

create table import_row_error (
  batch_id uuid not null references import_batch (id) on delete cascade,
  row_number integer not null,
  -- Of the first wrong cell; `fields` ('' = the row as a whole) and `reasons` (Vietnamese) list all of them.
  code text not null,
  fields text[] not null,
  reasons text[] not null,
  lng double precision,
  lat double precision,
  -- The row's cells as they stand in the file, for the workbook that goes back to the office.
  row_values text[] not null,
  primary key (batch_id, row_number)
);

-- Live incidents. No place for a person anywhere. Cells are the direct H3 cells of the point at each resolution: the
-- parent of the res-10 cell is another cell for 6.5% of points (docs/decisions/cells.md). No GiST index on geom: map
-- queries go by commune, cell or time (docs/decisions/incident-indexes.md).
create table incident (
  province_code text not null,
  office text collate "C" not null,
  reference text collate "C" not null,
  batch_id uuid not null,
  category text not null,
  occurred_from timestamptz not null,
  -- Half-open interval when the exact time is unknown; null when it is exact.
  occurred_to timestamptz check (occurred_to > occurred_from),
  reported_at timestamptz,
  resolved_at timestamptz,
  state text not null check (state in ('received', 'verifying', 'resolved', 'transferred')),
  precision text not null check (precision in ('point', 'street', 'hamlet', 'commune', 'unknown')),
  commune_code text collate "C" not null,
  cell bigint,
  cell_9 bigint,
  cell_8 bigint,
  cell_7 bigint,
  geom geometry(Point, 4326),
  primary key (province_code, office, reference),
  constraint incident_cell_only_for_places check (
    (cell is not null) = (precision in ('point', 'street') and geom is not null)
    and (cell is null) = (cell_9 is null) and (cell is null) = (cell_8 is null) and (cell is null) = (cell_7 is null))
);
create index incident_time on incident (occurred_from);
create index incident_batch on incident (batch_id);

-- Rows that a correction replaced, kept whole so that the correction can be undone.
create table incident_replaced (
  like incident,
  replaced_by uuid not null references import_batch (id)
);
create index incident_replaced_by on incident_replaced (replaced_by);

-- A commune's month is reported when a row says so; no row = "chưa báo cáo", which is not zero.
create table report_month (
  province_code text not null,
  commune_code text collate "C" not null,
  month date not null check (extract(day from month) = 1),
  batch_id uuid not null references import_batch (id) on delete cascade,
  primary key (province_code, commune_code, month, batch_id)
);

create table road (
  province_code text not null,
  id integer not null,
  name text,
  class text not null check (class in ('lien_thon', 'lien_xa', 'huyen', 'tinh', 'quoc_lo', 'do_thi')),
  lit boolean,
  geom geometry(MultiLineString, 4326) not null,
  primary key (province_code, id)
);
create index road_geom_gist on road using gist (geom);

create table water (
  province_code text not null,
  id integer not null,
  kind text not null check (kind in ('sea', 'river', 'lake')),
  name text,
  geom geometry(MultiPolygon, 4326) not null,
  primary key (province_code, id)
);
create index water_geom_gist on water using gist (geom);

create table camera (
  province_code text not null,
  id integer not null,
  kind text not null check (kind in ('fixed', 'dome', 'ptz')),
  owner text,
  bearing_deg double precision check (bearing_deg >= 0 and bearing_deg < 360),
  hfov_deg double precision check (hfov_deg > 0 and hfov_deg <= 360),
  range_m double precision check (range_m > 0),
  state text not null check (state in ('working', 'broken', 'unknown')),
  geom geometry(Point, 4326) not null,
  primary key (province_code, id)
);

create table lamp (
  province_code text not null,
  id integer not null,
  pole_height_m double precision check (pole_height_m > 0),
  state text not null check (state in ('working', 'broken', 'unknown')),
  geom geometry(Point, 4326) not null,
  primary key (province_code, id)
);

create table setting (
  key text primary key,
  value jsonb not null
);

-- One number that rises with every committed change; caches, ETags and snapshots are keyed by it.
create table data_version (
  only_row boolean primary key default true check (only_row),
  version bigint not null,
  changed_at timestamptz not null
);
insert into data_version (version, changed_at) values (1, now());

-- The parent of an H3 cell at a coarser resolution by bit arithmetic: the resolution stands in bits 52–55, digit r in
-- the three bits above 3·(15 − r), unused digits are 7 (h3geo.org, "Indexing / bit layout"). Null when res is finer than the cell.
create function h3_parent(cell bigint, res integer) returns bigint
  language sql immutable strict parallel safe
  as $$
    select case
      when res between 0 and ((cell >> 52) & 15)
      then ((cell & ~(15::bigint << 52)) | (res::bigint << 52)) | ((1::bigint << (3 * (15 - res))) - 1)
    end
  $$;
