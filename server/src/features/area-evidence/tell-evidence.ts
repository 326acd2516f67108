import {
  areaMonths,
  detectableFall,
  EVIDENCE_RULE,
  type Evidence,
  type EvidenceQuestion,
  evidenceSentence,
  type RateRatio,
  readEvidence,
} from '@diemnong/analysis';
import type { AreaEvidence, H3Cell } from '@diemnong/contracts';
import type { Scope } from '../../access/scope.ts';
import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { Selection } from '../../snapshot/selection.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { noSuchArea } from '../areas/area-words.ts';
import { type AreaRow, listAreasById } from '../areas/areas-queries.ts';
import { today } from '../areas/today.ts';
import { countByCommune } from '../communes/communes-queries.ts';
import { findRange } from '../meta/meta-queries.ts';
import { finite } from '../stories/comparison.ts';
import { monthsTouching } from '../stories/reporting.ts';
import { countBySpan } from '../trends/trends-queries.ts';
import { type Period, wholePeriodsOf } from '../trends/trends-rules.ts';
import { type CountedStep, listOwnedAmong, listStepsInForce } from './area-evidence-queries.ts';
import { agrees, categoriesOf, phaseOf, type Round, roundOf, startOf } from './area-evidence-rules.ts';
import { evidenceBasis, type PreparedEvidence, treatedCells } from './evidence-basis.ts';

/** Shown before the beginning; and the last months of an area that nothing began in. */
const MONTHS_BEFORE = 24;
const MONTHS_WITHOUT = 36;
/** The power note counts this many reported months before the listing, of at most twice as many. */
const POWER_MONTHS = 12;
/** From this share on the records without a place are too many to pass over in silence. */
const MANY_COMMUNE_ONLY = 0.25;

/** One area with what its numbers are read by. */
type Asked = {
  area: AreaRow;
  steps: readonly CountedStep[];
  round: Round;
  /** Last day that counts. */
  asOf: string;
  prepared: PreparedEvidence;
  question: Pick<EvidenceQuestion, 'cells' | 'categories' | 'commune'>;
  /** Month after the last complete one. */
  endMonth: number;
};

/** What the records of the scope say of an area. Errors: `not_found`. */
export async function tellEvidence(
  store: SnapshotStore,
  scope: Scope,
  source: CountSource,
  { id, asOf }: { id: string; asOf: string | undefined },
): Promise<AreaEvidence> {
  const { reference } = source;
  const { area, steps } = await source.ask(async (database) => {
    const [area] = await listAreasById(database, [id]);
    if (area === undefined) throw noSuchArea(id);
    return { area, steps: (await listStepsInForce(database, [id])).get(id) ?? [] };
  });
  const prepared = await evidenceBasis(store, scope, source);
  const avoid = await treatedCells(store, scope, source);
  const day = asOf ?? today();
  const asked = askOf(area, steps, prepared, { asOf: day, categories: categoriesOf(area.types, reference) });
  const { round } = asked;
  const hidden = new Set<H3Cell>();
  const evidence = readArea(asked, avoid, hidden);
  const outOfScope = await countHidden(source, area, hidden);
  const stage = evidence?.stage ?? (area.cells.length === 0 ? 'no-place' : 'no-step');
  const power = powerOf(asked);
  const recordsTo = await findRecordsEnd(source, day);
  const months = monthsOf(asked, recordsTo);
  const categories = categoriesOf(area.types, reference);
  return {
    dataVersion: reference.dataVersion,
    areaId: id,
    rule: EVIDENCE_RULE,
    stage,
    startedOn: round.startedOn,
    recordsTo: toDay(recordsTo),
    categories,
    months,
    periods: await periodsOf(source, asked, months),
    marks: steps
      // A review every month decides nothing and would hide those that do.
      .filter(({ on, type }) => on <= day && type !== 'reviewed')
      .map(({ on, type, measureKind, decisionNumber }) => ({ on, type, label: measureKind ?? decisionNumber })),
    before: toWindow(evidence?.before),
    after: toWindow(evidence?.after),
    ratio: toRatio(evidence?.ratio),
    eTestP: evidence?.eTestP ?? null,
    dispersion: evidence?.dispersion ?? null,
    dispersedRatio: toRatio(evidence?.dispersedRatio),
    controls: toControls(evidence, prepared),
    displacement: toDisplacement(evidence, outOfScope.inRing),
    regression: evidence?.regression ?? null,
    power,
    reading: evidence?.reading ?? 'insufficient',
    sentence: evidenceSentence(evidence ?? null, { stage, startedOn: round.startedOn, power }),
    agrees: agrees(round, evidence?.reading ?? 'insufficient'),
    warnings: [
      ...(evidence?.warnings ?? []).filter((warning) => warning !== 'hidden-by-scope' || outOfScope.all > 0),
      ...((await hasManyCommuneOnly(source, asked, evidence, recordsTo)) ? (['many-commune-only'] as const) : []),
    ],
  };
}

/** What is needed to read an area, from what is known of it. */
export function askOf(
  area: AreaRow,
  steps: readonly CountedStep[],
  prepared: PreparedEvidence,
  { asOf, categories }: { asOf: string; categories: readonly string[] },
): Asked {
  const known = categories.flatMap((code) => prepared.categories.get(code) ?? []);
  return {
    area,
    steps,
    round: roundOf(steps, asOf),
    asOf,
    prepared,
    question: {
      cells: area.cells,
      categories: new Set(known),
      commune: prepared.communes.get(area.communeCode) ?? -1,
    },
    endMonth: Math.min(prepared.endMonth, monthOf(toDayNumber(asOf) + 1)),
  };
}

/** The comparison; undefined for an area without a place, or that nothing began in. `hidden`: cells that were asked for out of scope. */
export function readArea(
  { area, round, prepared, question, endMonth }: Asked,
  avoid: ReadonlySet<H3Cell>,
  hidden: Set<H3Cell>,
): Evidence | undefined {
  if (area.cells.length === 0 || round.startedOn === null) return undefined;
  const { isHidden } = prepared;
  return readEvidence(prepared.basis, {
    ...question,
    ...startOf(round.startedOn),
    endMonth,
    avoid,
    ...(isHidden === undefined
      ? {}
      : {
          isHidden: (cell: H3Cell) => {
            const isOut = isHidden(cell);
            if (isOut) hidden.add(cell);
            return isOut;
          },
        }),
  });
}

/** Cells that lie in communes beyond the scope, of the ring and of all; those of the sea, or of no commune, hide nothing. */
async function countHidden(
  { reference: { defaultSet }, ask }: CountSource,
  area: AreaRow,
  hidden: ReadonlySet<H3Cell>,
): Promise<{ inRing: number; all: number }> {
  if (defaultSet === undefined || hidden.size === 0) return { inRing: 0, all: 0 };
  const owned = await ask((database) => listOwnedAmong(database, { set: defaultSet, res: 10, cells: [...hidden] }));
  const own = new Set(area.cells);
  return { inRing: owned.filter((cell) => !own.has(cell)).length, all: owned.length };
}

/** Day after the last record within reach that counts. */
async function findRecordsEnd(source: CountSource, asOf: string): Promise<number> {
  const { lastDay } = await findRange(source);
  const end = toDayNumber(asOf) + 1;
  return lastDay === null ? end : Math.min(lastDay + 1, end);
}

function monthsOf({ area, round, prepared, question, endMonth }: Asked, recordsTo: number): AreaEvidence['months'] {
  if (area.cells.length === 0) return [];
  const end = Math.min(endMonth, monthOf(recordsTo - 1) + 1);
  const first =
    round.startedOn === null
      ? end - MONTHS_WITHOUT
      : Math.min(startOf(round.startedOn).startMonth, end) - MONTHS_BEFORE;
  return areaMonths(prepared.basis, question, first, end).map(({ month, count }) => {
    const span = { from: firstDayOfMonth(month), to: firstDayOfMonth(month + 1) };
    return { from: toDay(span.from), to: toDay(span.to), count, phase: phaseOf(span, round) };
  });
}

/** The same records by reporting period: whole ones within the months shown, null where one of its months was not reported. */
async function periodsOf(
  source: CountSource,
  { area, round }: Asked,
  months: AreaEvidence['months'],
): Promise<AreaEvidence['periods']> {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { cutoffDay } = source.reference;
  const periods = wholePeriodsOf('reporting', toDayNumber(first.from), toDayNumber(last.to), cutoffDay);
  if (periods.length === 0) return [];
  const silent = new Set(months.flatMap(({ from, count }) => (count === null ? [monthOf(toDayNumber(from))] : [])));
  const counts = await countPeriods(source, area, periods);
  return periods.map((period, i) => ({
    from: toDay(period.from),
    to: toDay(period.to),
    count: monthsTouching(period.from, period.to).some((month) => silent.has(month)) ? null : counts[i],
    phase: phaseOf(period, round),
  }));
}

/** Records in the area of its categories, in periods that follow one another. */
async function countPeriods(source: CountSource, area: AreaRow, periods: readonly Period[]): Promise<number[]> {
  const cuts = [periods[0].from, ...periods.map(({ to }) => to)];
  const { groups } = await countBySpan(source, recordsOf(area, source, cuts[0], cuts[cuts.length - 1]), cuts);
  return periods.map((_, i) => groups.reduce((sum, group) => sum + sumAt(group, i), 0));
}

function sumAt(communes: ReadonlyMap<string, Int32Array>, i: number): number {
  let sum = 0;
  for (const counts of communes.values()) sum += counts[i];
  return sum;
}

/** The records that an area is counted by. */
export function recordsOf(
  area: Pick<AreaRow, 'types' | 'cells'>,
  { reference }: Pick<CountSource, 'reference'>,
  fromDay: number,
  toDay: number,
): Selection {
  return {
    fromDay,
    toDay,
    categories: categoriesOf(area.types, reference),
    communes: undefined,
    hours: undefined,
    weekdays: undefined,
    cells: area.cells,
  };
}

/** Records of the last reported months before the listing, and the least fall that so few could show. */
function powerOf({ area, round, prepared, question, endMonth }: Asked): AreaEvidence['power'] {
  if (area.cells.length === 0 || round.listedOn === null) return null;
  const end = Math.min(startOf(round.listedOn).startMonth, endMonth);
  const counts = areaMonths(prepared.basis, question, end - 2 * POWER_MONTHS, end)
    .flatMap(({ count }) => count ?? [])
    .slice(-POWER_MONTHS);
  if (counts.length < POWER_MONTHS) return null;
  const count = counts.reduce((sum, own) => sum + own, 0);
  return { count, detectableFall: detectableFall(count) };
}

/** Of the records of its commune and categories, in the months compared (or shown): how many have no place? */
async function hasManyCommuneOnly(
  source: CountSource,
  asked: Asked,
  evidence: Evidence | undefined,
  recordsTo: number,
): Promise<boolean> {
  const { area } = asked;
  const from = evidence?.before ? toDayNumber(evidence.before.from) : recordsTo - 365;
  const to = evidence?.after ? toDayNumber(evidence.after.to) : recordsTo;
  if (from >= to || area.cells.length === 0) return false;
  const selection = { ...recordsOf(area, source, from, to), cells: undefined, communes: [area.communeCode] };
  const { inCells, communeOnly } = await countByCommune(source, selection, source.reference.defaultSet);
  return communeOnly > 0 && communeOnly / (inCells + communeOnly) >= MANY_COMMUNE_ONLY;
}

function toWindow(window: Evidence['before'] | undefined): AreaEvidence['before'] {
  if (!window) return null;
  const { from, to, count, days } = window;
  return { from, to, count, days };
}

function toRatio(ratio: RateRatio | null | undefined): AreaEvidence['ratio'] {
  if (!ratio) return null;
  return { ratio: finite(ratio.ratio), low: finite(ratio.low), high: finite(ratio.high), p: ratio.p };
}

function toControls(evidence: Evidence | undefined, { communeCodes }: PreparedEvidence): AreaEvidence['controls'] {
  const controls = evidence?.controls;
  if (!controls) return null;
  const { isUsable, reason, candidates, areas, before, after, balance, ratio } = controls;
  return {
    isUsable,
    reason,
    candidates,
    areas: areas.map(({ commune, cells, ...area }) => ({ ...area, cells: [...cells], commune: communeCodes[commune] })),
    before,
    after,
    balance,
    ratio: toRatio(ratio)!,
  };
}

function toDisplacement(evidence: Evidence | undefined, ringHidden: number): AreaEvidence['displacement'] {
  const displacement = evidence?.displacement;
  if (!displacement) return null;
  const { ring, before, after, controlBefore, controlAfter, wdd, wdq } = displacement;
  return {
    ring: [...ring],
    ringHidden,
    before,
    after,
    controlBefore,
    controlAfter,
    wdd: { wdd: wdd.wdd, se: wdd.se, z: wdd.z, p: wdd.p, low: wdd.low, high: wdd.high },
    wdq: wdq && { wdq: wdq.wdq, buffer: wdq.buffer, success: wdq.success, reading: wdq.reading },
  };
}
