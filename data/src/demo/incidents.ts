/**
 * Five years of simulated incidents for the demonstration province: an even background with seasons, Tết, weekdays and
 * hours, plus the clusters listed in `province.truth`. Columns, not objects: 150,000 rows in about 10 MB.
 */

import { type Anchors, createAnchors } from './anchors.ts';
import {
  DAY_MS,
  dayCount,
  END_DAY,
  EXPORTED_AT_MS,
  FIRST_DAY,
  HOUR_MS,
  MONTHS,
  nextMonth,
  startOfDay,
  toLocal,
} from './calendar.ts';
import { type LngLat, type Point, toLngLat, toPlane } from './plane.ts';
import type { DemoProvince } from './province.ts';
import { at, createRandom, drawIndex, type Random, runningSumsOf } from './random.ts';
import { communeFactor, dayWeight, hourWeights, type Rhythm, rhythms, type Spot, tetMidnights } from './rhythms.ts';
import type { TruthCluster } from './truth.ts';

export const PRECISIONS = ['point', 'street', 'hamlet', 'commune', 'unknown'] as const;
export const STATES = ['received', 'verifying', 'resolved', 'transferred'] as const;

/** Times in epoch ms. `lng` and `lat` are null exactly when the precision is not point or street. */
export type DemoIncident = {
  office: string;
  reference: string;
  category: string;
  occurredFrom: number;
  /** null when the time is exact. */
  occurredTo: number | null;
  reportedAt: number;
  lng: number | null;
  lat: number | null;
  precision: (typeof PRECISIONS)[number];
  /** In the default boundary set, for old rows too. */
  communeCode: string;
  state: (typeof STATES)[number];
  resolvedAt: number | null;
};

/** Index-aligned columns, ordered by `occurredFrom`. NaN stands for "none" in float columns. */
export type IncidentColumns = {
  count: number;
  offices: { code: string; nameVi: string; communeCode: string | null }[];
  categories: string[];
  communeCodes: string[];
  office: Uint8Array;
  category: Uint8Array;
  commune: Uint8Array;
  precision: Uint8Array;
  state: Uint8Array;
  occurredFrom: Float64Array;
  occurredTo: Float64Array;
  reportedAt: Float64Array;
  resolvedAt: Float64Array;
  lng: Float64Array;
  lat: Float64Array;
  /** Running number within the year of occurrence. */
  serial: Uint32Array;
  /** Index into `province.truth` for added incidents, −1 for all others. */
  truth: Int8Array;
  /** Index into `province.treated` for incidents added there, −1 for all others. */
  treated: Int8Array;
};

/** One month of one office, sent again: the whole batch as it should be, and what differs from the first sending. */
export type Correction = {
  office: string;
  month: string;
  rows: DemoIncident[];
  changed: string[];
  removed: string[];
  added: string[];
};

export type DemoIncidents = {
  columns: IncidentColumns;
  rowAt(i: number): DemoIncident;
  rows(): Generator<DemoIncident>;
  /** Not yet applied to the columns: for showing how a corrected file replaces its batch. */
  corrections: Correction[];
};

const BACKGROUND_ROWS = 143_500;
export const PROVINCE_OFFICE = 'CAT-MAU';
/** Groups in which the provincial police takes up part of the cases itself. */
const PROVINCE_CATEGORIES =
  /^(drug_trafficking|fraud_online|murder|smuggling|corruption|gambling_organised|sand_mining|pollution)$/;
const SCATTER_M: Record<Spot, number> = { street: 22, home: 70, highway: 8, bank: 12 };

type Draft = {
  category: number;
  commune: number;
  occurredFrom: number;
  point: LngLat;
  isOnRoad: boolean;
  truth: number;
  treated: number;
};

/**
 * Generate the incidents of a province. Same province and seed, same rows. Takes about 2 s.
 * @param options.treated false leaves out the records of `province.treated`; all other rows are the same either way.
 */
export function generateDemoIncidents(
  province: DemoProvince,
  { seed, treated = true }: { seed: number; treated?: boolean },
): DemoIncidents {
  const planted = draftClusters(province, province.truth, createRandom(seed, 'clusters')).map(
    ({ cluster, ...draft }): Draft => ({ ...draft, truth: cluster, treated: -1 }),
  );
  const added = draftClusters(province, treated ? province.treated : [], createRandom(seed, 'treated clusters')).map(
    ({ cluster, ...draft }): Draft => ({ ...draft, truth: -1, treated: cluster }),
  );
  const serials = new Map<number, number>();
  // Two streams and running numbers after the others', so that what was added last changes no other row.
  const rows = [
    ...describeDrafts([...draftBackground(province, seed), ...planted], serials, createRandom(seed, 'details')),
    ...describeDrafts(added, serials, createRandom(seed, 'treated details')),
  ].sort((a, b) => compareDrafts(a.draft, b.draft));
  const columns = fillColumns(province, rows);
  const rowAt = (i: number): DemoIncident => readRow(columns, i);
  return {
    columns,
    rowAt,
    *rows() {
      for (let i = 0; i < columns.count; i++) yield rowAt(i);
    },
    corrections: [correctOneMonth(columns, province, seed)],
  };
}

function unreportedKeys({ unreportedMonths, groundwork }: DemoProvince): Set<number> {
  const index = new Map(groundwork.communes.map(({ code }, i) => [code, i]));
  return new Set(
    unreportedMonths.map(({ communeCode, month }) => (index.get(communeCode) ?? -1) * 100 + MONTHS.indexOf(month)),
  );
}

/** Which month (0–59) each day of the demonstration lies in. */
function monthOfDays(): Uint8Array {
  const first = startOfDay(FIRST_DAY);
  return Uint8Array.from({ length: dayCount() }, (_, day) => MONTHS.indexOf(toLocal(first + day * DAY_MS).isoMonth));
}

function draftBackground(province: DemoProvince, seed: number): Draft[] {
  const random = createRandom(seed, 'incidents');
  const { groundwork } = province;
  const silent = unreportedKeys(province);
  const monthOfDay = monthOfDays();
  const anchors = createAnchors(groundwork, seed);
  const firstMidnight = startOfDay(FIRST_DAY);
  const tets = tetMidnights();
  const categorySums = runningSumsOf(rhythms.map((rhythm) => rhythm.share));
  // Communes differ beyond what their character explains.
  const temper = groundwork.communes.map(() => Math.exp(random.normal() * 0.25));
  const plans = rhythms.map((rhythm) => ({
    rhythm,
    days: runningSumsOf(
      Array.from({ length: dayCount() }, (_, day) => dayWeight(rhythm, firstMidnight + day * DAY_MS, tets)),
    ),
    hours: runningSumsOf(hourWeights(rhythm)),
    communes: runningSumsOf(
      groundwork.communes.map(
        (commune, i) => commune.population * communeFactor(rhythm, commune.character) * at(temper, i),
      ),
    ),
  }));
  const drafts: Draft[] = [];
  for (let n = 0; n < BACKGROUND_ROWS; n++) {
    const category = drawIndex(categorySums, random.next());
    const plan = at(plans, category);
    const day = drawIndex(plan.days, random.next());
    const commune = drawIndex(plan.communes, random.next());
    const occurredFrom =
      firstMidnight + day * DAY_MS + drawIndex(plan.hours, random.next()) * HOUR_MS + drawMinute(random) * 60_000;
    if (silent.has(commune * 100 + at(monthOfDay, day))) continue;
    const { spot } = plan.rhythm;
    const isOnRoad = random.next() < 0.12;
    const point = drawPoint(province, at(anchors, commune)[spot], commune, isOnRoad ? 0 : SCATTER_M[spot], random);
    drafts.push({ category, commune, occurredFrom, point, isOnRoad, truth: -1, treated: -1 });
  }
  return drafts;
}

/** Office clocks: many full hours, many fives, some exact minutes. */
function drawMinute(random: Random): number {
  const draw = random.next();
  if (draw < 0.15) return 0;
  return draw < 0.65 ? random.int(12) * 5 : random.int(60);
}

/** A point near an anchor of the commune, on land and inside the commune; the anchor itself when luck runs out. */
function drawPoint(
  { groundwork }: DemoProvince,
  { places, sums }: Anchors,
  commune: number,
  scatterM: number,
  random: Random,
): LngLat {
  const anchor = at(places, drawIndex(sums, random.next()));
  const attempts = scatterM > 0 ? 8 : 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const p: Point = [anchor[0] + random.normal() * scatterM, anchor[1] + random.normal() * scatterM];
    const lngLat = toLngLat(p);
    if (groundwork.findCommune(lngLat[0], lngLat[1]) === commune && !groundwork.isWet(p, 2)) return lngLat;
  }
  return toLngLat(anchor);
}

/** What drawing the records of a planted place needs. */
type PlantedPlace = Pick<TruthCluster, 'centres' | 'radiusM' | 'categories' | 'monthly'>;

/** Records of planted places; `cluster` = index into `places`. */
function draftClusters(province: DemoProvince, places: readonly PlantedPlace[], random: Random) {
  const silent = unreportedKeys(province);
  return places.flatMap((cluster, index) =>
    cluster.monthly.flatMap(({ month, extra }) =>
      Array.from({ length: extra }, () => {
        const wanted = random.pick(cluster.categories);
        const category = rhythms.findIndex((rhythm) => rhythm.category === wanted);
        const hours = runningSumsOf(hourWeights(at(rhythms, category)));
        const monthStart = startOfDay(`${month}-01`);
        const days = Math.round((startOfDay(`${nextMonth(month)}-01`) - monthStart) / DAY_MS);
        const occurredFrom =
          monthStart +
          random.int(days) * DAY_MS +
          drawIndex(hours, random.next()) * HOUR_MS +
          drawMinute(random) * 60_000;
        const { point, commune } = drawClusterPoint(province, cluster, month, silent, random);
        return { category, commune, occurredFrom, point, isOnRoad: false, cluster: index };
      }),
    ),
  );
}

/** Bell-shaped around the centre of that month, cut at the radius, on dry land of a commune that reported. */
function drawClusterPoint(
  { groundwork }: DemoProvince,
  cluster: PlantedPlace,
  month: string,
  silent: ReadonlySet<number>,
  random: Random,
) {
  const centre = cluster.centres.findLast(({ fromMonth }) => fromMonth <= month) ?? at(cluster.centres, 0);
  const [x, y] = toPlane(centre.lngLat);
  for (;;) {
    const [dx, dy] = drawOffset(cluster.radiusM, random);
    const point = toLngLat([x + dx, y + dy]);
    const commune = groundwork.findCommune(point[0], point[1]);
    if (commune < 0 || groundwork.isWet([x + dx, y + dy], 2) || silent.has(commune * 100 + MONTHS.indexOf(month)))
      continue;
    return { point, commune };
  }
}

/** Metres east and north of a planted place's centre. */
export function drawOffset(radiusM: number, random: Random): Point {
  for (;;) {
    const dx = random.normal() * radiusM * 0.45;
    const dy = random.normal() * radiusM * 0.45;
    if (Math.hypot(dx, dy) <= radiusM * 0.98) return [dx, dy];
  }
}

function compareDrafts(a: Draft, b: Draft): number {
  return a.occurredFrom - b.occurredFrom || a.point[0] - b.point[0] || a.point[1] - b.point[1];
}

/** A draft with all that is drawn for it. */
type DescribedDraft = {
  draft: Draft;
  precision: number;
  occurredTo: number;
  reportedAt: number;
  state: number;
  resolvedAt: number;
  isProvincial: boolean;
  serial: number;
};

/** In order of time. `serials`: the last running number of each year, carried on. */
function describeDrafts(drafts: Draft[], serials: Map<number, number>, random: Random): DescribedDraft[] {
  const end = startOfDay(END_DAY);
  return drafts.sort(compareDrafts).map((draft) => {
    const rhythm = at(rhythms, draft.category);
    const year = toLocal(draft.occurredFrom).year;
    const serial = (serials.get(year) ?? 0) + 1;
    serials.set(year, serial);
    const precision = drawPrecision(draft, rhythm, random);
    const occurredTo = drawIntervalEnd(draft, rhythm, end, random);
    const reportedAt = Math.min(
      EXPORTED_AT_MS,
      (Number.isNaN(occurredTo) ? draft.occurredFrom : occurredTo) + drawDelay(rhythm, random),
    );
    const [state, resolvedAt] = drawState(reportedAt, random);
    const isProvincial = PROVINCE_CATEGORIES.test(rhythm.category) && random.next() < 0.3;
    return { draft, precision, occurredTo, reportedAt, state, resolvedAt, isProvincial, serial };
  });
}

function fillColumns({ groundwork, boundarySets }: DemoProvince, rows: readonly DescribedDraft[]): IncidentColumns {
  const count = rows.length;
  const communeFeatures = at(boundarySets, 0).communes.features;
  const columns: IncidentColumns = {
    count,
    offices: [
      ...communeFeatures.map(({ properties }) => ({
        code: `CAX-${properties.code}`,
        nameVi: `Công an ${properties.fullName.replace(/^./u, (c) => c.toLowerCase())}`,
        communeCode: properties.code,
      })),
      { code: PROVINCE_OFFICE, nameVi: 'Công an Tỉnh Mẫu', communeCode: null },
    ],
    categories: rhythms.map((rhythm) => rhythm.category),
    communeCodes: groundwork.communes.map(({ code }) => code),
    office: new Uint8Array(count),
    category: new Uint8Array(count),
    commune: new Uint8Array(count),
    precision: new Uint8Array(count),
    state: new Uint8Array(count),
    occurredFrom: new Float64Array(count),
    occurredTo: new Float64Array(count),
    reportedAt: new Float64Array(count),
    resolvedAt: new Float64Array(count),
    lng: new Float64Array(count),
    lat: new Float64Array(count),
    serial: new Uint32Array(count),
    truth: new Int8Array(count),
    treated: new Int8Array(count),
  };
  rows.forEach((row, i) => {
    const { draft, precision } = row;
    const hasPoint = precision <= 1;
    columns.office[i] = row.isProvincial ? groundwork.communes.length : draft.commune;
    columns.category[i] = draft.category;
    columns.commune[i] = draft.commune;
    columns.precision[i] = precision;
    columns.state[i] = row.state;
    columns.occurredFrom[i] = draft.occurredFrom;
    columns.occurredTo[i] = row.occurredTo;
    columns.reportedAt[i] = row.reportedAt;
    columns.resolvedAt[i] = row.resolvedAt;
    columns.lng[i] = hasPoint ? draft.point[0] : Number.NaN;
    columns.lat[i] = hasPoint ? draft.point[1] : Number.NaN;
    columns.serial[i] = row.serial;
    columns.truth[i] = draft.truth;
    columns.treated[i] = draft.treated;
  });
  return columns;
}

/** Index into PRECISIONS. */
function drawPrecision(draft: Draft, rhythm: Rhythm, random: Random): number {
  if (random.next() < rhythm.withoutPoint) {
    const draw = random.next();
    return draw < 0.45 ? 2 : draw < 0.96 ? 3 : 4;
  }
  return draft.isOnRoad ? 1 : 0;
}

/** Found out hours later: the theft happened some time between leaving and coming back. */
function drawIntervalEnd(draft: Draft, rhythm: Rhythm, end: number, random: Random): number {
  if (random.next() >= rhythm.intervals) return Number.NaN;
  const hours = random.next() < 0.06 ? random.between(24, 96) : random.between(1, 11);
  const occurredTo = draft.occurredFrom + Math.round((hours * 60) / 5) * 300_000;
  return occurredTo < end ? occurredTo : Number.NaN;
}

/** Most cases are reported within the day, some after days, fraud later than the rest. */
function drawDelay(rhythm: Rhythm, random: Random): number {
  const isSlow = random.next() < (rhythm.category.startsWith('fraud') ? 0.45 : 0.07);
  const meanHours = isSlow ? 24 * 8 : 5;
  return Math.round(10 - Math.log(1 - random.next()) * meanHours * 60) * 60_000;
}

/** State (index into STATES) and time of resolution as of the day of export. */
function drawState(reportedAt: number, random: Random): [state: number, resolvedAt: number] {
  if (random.next() < 0.05) return [3, Number.NaN];
  const days = Math.exp(random.normal() * 0.9 + Math.log(16));
  const resolvedAt = reportedAt + Math.round(days * 24 * 60) * 60_000;
  const isEverResolved = random.next() < 0.94;
  if (isEverResolved && resolvedAt <= EXPORTED_AT_MS) return [2, resolvedAt];
  return [EXPORTED_AT_MS - reportedAt < 4 * DAY_MS ? 0 : 1, Number.NaN];
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function readRow(columns: IncidentColumns, i: number): DemoIncident {
  const occurredFrom = at(columns.occurredFrom, i);
  return {
    office: at(columns.offices, at(columns.office, i)).code,
    reference: toReference(toLocal(occurredFrom).year, at(columns.serial, i)),
    category: at(columns.categories, at(columns.category, i)),
    occurredFrom,
    occurredTo: orNull(at(columns.occurredTo, i)),
    reportedAt: at(columns.reportedAt, i),
    lng: orNull(at(columns.lng, i)),
    lat: orNull(at(columns.lat, i)),
    precision: at(PRECISIONS, at(columns.precision, i)),
    communeCode: at(columns.communeCodes, at(columns.commune, i)),
    state: at(STATES, at(columns.state, i)),
    resolvedAt: orNull(at(columns.resolvedAt, i)),
  };
}

/** 'MAU-2026-000123'. */
function toReference(year: number, serial: number): string {
  return `MAU-${year}-${String(serial).padStart(6, '0')}`;
}

/** The busiest commune office sends September 2026 again: some categories and places put right, two withdrawn, three added. */
function correctOneMonth(columns: IncidentColumns, { groundwork }: DemoProvince, seed: number): Correction {
  const random = createRandom(seed, 'correction');
  const month = '2026-09';
  const from = startOfDay(`${month}-01`);
  const to = startOfDay(`${nextMonth(month)}-01`);
  const perOffice = groundwork.communes.map((): number[] => []);
  for (let i = 0; i < columns.count; i++) {
    const when = at(columns.occurredFrom, i);
    if (when >= from && when < to) perOffice[at(columns.office, i)]?.push(i);
  }
  const busiest = perOffice.reduce((a, b) => (b.length > a.length ? b : a));
  const original = busiest.map((i) => readRow(columns, i));
  const shuffled = random.shuffled(original);
  const removed = shuffled.slice(0, 2).map((row) => row.reference);
  const toChange = new Set(shuffled.slice(2, 10).map((row) => row.reference));
  const rows = original
    .filter((row) => !removed.includes(row.reference))
    .map((row): DemoIncident => {
      if (!toChange.has(row.reference)) return row;
      if (row.category !== 'theft_other') return { ...row, category: 'theft_other' };
      return { ...row, occurredFrom: row.occurredFrom - HOUR_MS };
    });
  const models = shuffled.slice(10, 13);
  const lastSerial = columns.serial.reduce((max, serial) => Math.max(max, serial), 0);
  const added = models.map(
    (row, k): DemoIncident => ({
      ...row,
      reference: toReference(2026, lastSerial + 1000 + k),
      state: 'verifying',
      resolvedAt: null,
    }),
  );
  return {
    office: at(original, 0).office,
    month,
    rows: [...rows, ...added],
    changed: [...toChange].sort(),
    removed: removed.sort(),
    added: added.map((row) => row.reference),
  };
}
