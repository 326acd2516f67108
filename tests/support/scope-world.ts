import type { Knex } from 'knex';
import type { Reach, Scope } from '../../server/src/access/scope.ts';

/** Ids that stand for themselves: `id(7)` is an account, a batch, … number 7. */
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const scope = (reach: string, province: string | null, commune: string | null, account: string | null): Scope => ({
  reach: reach as Reach,
  province,
  commune,
  account,
});

const accounts = { admin: id(1), province: id(2), commune: id(3), other: id(4) };

/** Every kind of scope, with those that say nothing, too little, or a word nobody knows. */
export const probedScopes: Record<string, Scope> = {
  system: scope('system', null, null, null),
  all: scope('all', null, null, accounts.admin),
  'province 33': scope('province', '33', null, accounts.province),
  'province 79': scope('province', '79', null, accounts.other),
  'commune 33/10001': scope('commune', '33', '10001', accounts.commune),
  'commune 33/10002': scope('commune', '33', '10002', accounts.commune),
  'commune 79/10001': scope('commune', '79', '10001', accounts.other),
  viewer: scope('shared', '33', null, accounts.commune),
  none: scope('', null, null, null),
  'none but an account': scope('', null, null, accounts.province),
  'a word nobody knows': scope('everything', '33', '10001', null),
  'province not said': scope('province', '', null, null),
  'commune not said': scope('commune', '33', '', null),
  'commune without province': scope('commune', '', '10001', null),
};

type Row = Record<string, unknown>;
type Rule = (scope: Scope, row: Row) => boolean;

export type ScopedTable = {
  name: string;
  /** Columns that name a row. */
  key: string[];
  rows: Row[];
  sees: Rule;
  /** 'denied': the server's role has no such right at all. */
  inserts: Rule | 'denied';
  updates: Rule | 'denied';
  deletes: Rule | 'denied';
  /** Has a province of its own, which a row may not be moved out of. */
  isRecord?: true;
};

const everybody = ['system', 'all', 'province', 'commune', 'shared'];
const isAdministrator: Rule = ({ reach }) => reach === 'system' || reach === 'all';
const isSomebody: Rule = ({ reach }) => everybody.includes(reach);

/** Places and words: for everybody who is somebody; written by administrators. */
const reference = (name: string, key: string[], rows: Row[]): ScopedTable => ({
  name,
  key,
  rows,
  sees: isSomebody,
  inserts: isAdministrator,
  updates: isAdministrator,
  deletes: isAdministrator,
});

function records(name: string, key: string[], rows: Row[], isInScope: Rule): ScopedTable {
  const rule: Rule = (scope, row) => isAdministrator(scope, row) || isInScope(scope, row);
  return { name, key, rows, sees: rule, inserts: rule, updates: rule, deletes: rule, isRecord: true };
}

const isOfProvince: Rule = ({ reach, province }, row) =>
  reach === 'province' && province !== '' && row.province_code === province;
const isOfPlace: Rule = (scope, row) =>
  isOfProvince(scope, row) ||
  (scope.reach === 'commune' &&
    scope.province !== '' &&
    scope.commune !== '' &&
    row.province_code === scope.province &&
    row.commune_code === scope.commune);

/** Read within the place, written for a province: a commune's accounts only read. */
function provinceRecords(name: string, key: string[], rows: Row[]): ScopedTable {
  const written: Rule = (scope, row) => isAdministrator(scope, row) || isOfProvince(scope, row);
  return { ...records(name, key, rows, isOfPlace), inserts: written, updates: written, deletes: written };
}

/** The same for what is only ever added to, and goes with its province by the server's own work. */
function provinceHistory(name: string, key: string[], rows: Row[]): ScopedTable {
  const { isRecord: _, ...table } = provinceRecords(name, key, rows);
  return { ...table, updates: 'denied', deletes: ({ reach }) => reach === 'system' };
}

/** Own rows of whoever has an account: only SELECT for the account itself, everything for its sessions. */
const isOwn =
  (column: string): Rule =>
  (scope, row) =>
    isAdministrator(scope, row) || (scope.account !== null && row[column] === scope.account);

/** A row for each kind of place, the same commune code in two provinces, and '' which is no commune. */
const places = [
  { province_code: '33', commune_code: '10001' },
  { province_code: '33', commune_code: '10002' },
  { province_code: '79', commune_code: '10001' },
  { province_code: '', commune_code: '' },
];
const placesOrProvinces = [
  ...places,
  { province_code: '33', commune_code: null },
  { province_code: '79', commune_code: null },
];

const incidents = places.map((place, i) => ({
  ...place,
  office: 'A',
  reference: `R${i}`,
  batch_id: id(50 + i),
  category: 'theft',
  occurred_from: '2025-01-01T00:00:00Z',
  state: 'received',
  precision: 'commune',
}));
const point = 'SRID=4326;POINT(106 20.6)';
const square = 'SRID=4326;MULTIPOLYGON(((106 20,107 20,107 21,106 21,106 20)))';
const provinceCodes = [{ province_code: '33' }, { province_code: '79' }];

/** Every table that holds data, with rows of several places and who may do what with them, in plain words. */
export const scopedTables: ScopedTable[] = [
  reference(
    'province',
    ['code'],
    [
      { code: '33', name_vi: 'Hưng Yên', name_en: 'Hung Yen' },
      { code: '79', name_vi: 'TP. Hồ Chí Minh', name_en: 'Ho Chi Minh City' },
    ],
  ),
  reference('boundary_set', ['id'], [{ id: 's', name: 's', valid_from: '2025-07-01' }]),
  reference(
    'commune',
    ['code'],
    [
      { code: '10001', province_code: '33' },
      { code: '79001', province_code: '79' },
    ].map((row) => ({
      ...row,
      boundary_set_id: 's',
      name: 'x',
      full_name: 'x',
      area_m2: 1,
      label_point: point,
      geom: square,
    })),
  ),
  reference(
    'commune_cell',
    ['cell'],
    [{ boundary_set_id: 's', res: 8, cell: 1, commune_code: '10001', is_owned: true }],
  ),
  reference('category', ['code'], [{ code: 'x', name_vi: 'x', name_en: 'x', position: 999 }]),
  reference('setting', ['key'], [{ key: 'x', value: '1' }]),
  reference(
    'road',
    ['province_code'],
    provinceCodes.map((row) => ({ ...row, id: 1, class: 'tinh', geom: 'SRID=4326;MULTILINESTRING((106 20,107 20))' })),
  ),
  reference(
    'water',
    ['province_code'],
    provinceCodes.map((row) => ({ ...row, id: 1, kind: 'lake', geom: square })),
  ),
  records(
    'camera',
    ['province_code'],
    provinceCodes.map((row) => ({ ...row, id: 1, kind: 'ptz', state: 'working', geom: point })),
    isOfProvince,
  ),
  records(
    'lamp',
    ['province_code'],
    provinceCodes.map((row) => ({ ...row, id: 1, state: 'working', geom: point })),
    isOfProvince,
  ),
  records(
    'office',
    ['code'],
    placesOrProvinces.map((place, i) => ({ ...place, code: `O${i}`, name: 'x' })),
    isOfPlace,
  ),
  records(
    'import_batch',
    ['id'],
    placesOrProvinces.map((place, i) => ({
      ...place,
      id: id(50 + i),
      office: 'A',
      kind: 'incidents',
      state: 'review',
      file_name: 'x',
      file_bytes: 1,
    })),
    isOfPlace,
  ),
  records(
    'import_row_error',
    ['batch_id'],
    placesOrProvinces.map((place, i) => ({
      ...place,
      batch_id: id(50 + i),
      row_number: 2,
      code: 'x',
      fields: ['x'],
      reasons: ['x'],
      row_values: ['x'],
    })),
    isOfPlace,
  ),
  records('incident', ['reference'], incidents, isOfPlace),
  records(
    'incident_replaced',
    ['reference'],
    incidents.map((row) => ({ ...row, replaced_by: id(50) })),
    isOfPlace,
  ),
  records(
    'report_month',
    ['batch_id'],
    places.map((place, i) => ({ ...place, month: '2025-01-01', batch_id: id(50 + i) })),
    isOfPlace,
  ),
  records(
    'report_confirmation',
    ['province_code', 'commune_code'],
    places.map((place) => ({ ...place, month: '2025-01-01', username: 'x' })),
    isOfPlace,
  ),
  records(
    'alert',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(90 + i),
      month: '2025-01-01',
      count: 9,
      expected: 1,
      upper: 4,
      p: 0.001,
      rule: 'x',
      data_version: 1,
    })),
    isOfPlace,
  ),
  records(
    'alert_run',
    ['province_code', 'commune_code'],
    places.map((place) => ({
      ...place,
      data_version: 1,
      rule: 'x',
      as_of: '2025-02-01',
      months: ['2025-01-01'],
      series: 1,
      too_short: 0,
    })),
    isOfPlace,
  ),
  provinceRecords(
    'area',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(110 + i),
      commune_codes: [place.commune_code],
      number: i + 1,
      name: 'x',
      types: [1],
      level: 'province',
      origin: 'drawn',
    })),
  ),
  provinceHistory(
    'area_revision',
    ['area_id'],
    places.map((place, i) => ({
      ...place,
      area_id: id(110 + i),
      revision: 1,
      commune_codes: [place.commune_code],
      name: 'x',
      description: '',
      types: [1],
      level: 'province',
      cells: [],
      reason: '',
      username: 'x',
    })),
  ),
  provinceHistory(
    'area_event',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(120 + i),
      area_id: id(110 + i),
      type: 'proposed',
      on_date: '2025-01-01',
      needs_approval: false,
      username: 'x',
    })),
  ),
  provinceHistory(
    'area_approval',
    ['event_id'],
    places.map((place, i) => ({ ...place, event_id: id(120 + i), decision: 'approved', username: 'x' })),
  ),
  provinceHistory(
    'area_file',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(130 + i),
      area_id: id(110 + i),
      name: 'x',
      media_type: 'application/pdf',
      bytes: 1,
      sha256: 'x',
      content: Buffer.from([i]),
      username: 'x',
    })),
  ),
  {
    ...provinceRecords(
      'area_rules',
      ['province_code'],
      provinceCodes.map((row) => ({ ...row, year: 2025, rules: '{}', username: 'x' })),
    ),
    sees: (scope, row) =>
      isAdministrator(scope, row) ||
      isOfProvince(scope, row) ||
      (scope.reach === 'commune' && scope.province !== '' && row.province_code === scope.province),
  },
  provinceRecords(
    'area_task',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(140 + i),
      area_id: id(110 + i),
      rule: 'x',
      data_version: 1,
      window_from: '2025-01-01',
      window_to: '2025-04-01',
      window_count: 1,
      window_days: 90,
      baseline_from: '2024-01-01',
      baseline_to: '2024-04-01',
      baseline_count: 1,
      baseline_days: 90,
    })),
  ),
  provinceRecords(
    'area_watch_run',
    ['province_code', 'commune_code'],
    places.map((place) => ({ ...place, basis: 'x', areas: 1, not_comparable: 0 })),
  ),
  provinceHistory(
    'area_candidate_decision',
    ['id'],
    places.map((place, i) => ({
      ...place,
      id: id(150 + i),
      key: 'x',
      type: 1,
      from_date: '2025-01-01',
      to_date: '2026-01-01',
      res: 9,
      cells: [],
      count: 1,
      confidence: 95,
      rule: 'x',
      decision: 'refused',
      reason: 'x',
      username: 'x',
    })),
  ),
  {
    ...reference(
      'account',
      ['id'],
      Object.entries(accounts).map(([username, own]) => ({ id: own, username, display_name: 'x', role: 'planner' })),
    ),
    sees: isOwn('id'),
  },
  {
    name: 'session',
    key: ['id'],
    rows: Object.values(accounts).map((account_id, i) => ({
      id: id(70 + i),
      account_id,
      token_hash: Buffer.from([i]),
      address: 'x',
      user_agent: 'x',
      expires_at: '2099-01-01T00:00:00Z',
    })),
    sees: isOwn('account_id'),
    inserts: isOwn('account_id'),
    updates: isOwn('account_id'),
    deletes: isOwn('account_id'),
  },
  {
    name: 'audit_event',
    key: ['hash'],
    rows: [1, 2].map((sequence) => ({
      sequence,
      at: '2025-01-01T00:00:00Z',
      address: 'x',
      action: 'export.made',
      target: 'x',
      previous_hash: 'x',
      hash: `h${sequence}`,
    })),
    sees: isAdministrator,
    inserts: isSomebody,
    updates: 'denied',
    deletes: 'denied',
  },
  {
    name: 'audit_head',
    key: ['only_row'],
    rows: [{ only_row: true, sequence: 2, hash: 'h2' }],
    sees: isSomebody,
    inserts: 'denied',
    updates: isSomebody,
    deletes: 'denied',
  },
];

/** Empty every table and put the world's rows in, past all rules: by the owner, whose foreign keys and triggers rest meanwhile. */
export async function fillScopeWorld(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw(`set local session_replication_role = 'replica'`);
  for (const { name } of scopedTables) await transaction(name).delete();
  for (const { name, rows } of scopedTables) await transaction(name).insert(rows);
}
