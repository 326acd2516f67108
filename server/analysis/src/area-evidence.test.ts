import { gridDisk } from 'h3-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { areaMonths, readEvidence } from './area-evidence.ts';
import type { Evidence, EvidenceQuestion } from './evidence-answer.ts';
import { type CellMonths, type EvidenceBasis, prepareEvidence } from './evidence-basis.ts';
import { cellOf } from './geo.ts';
import { rateRatio } from './rate-ratio.ts';
import { seededRandom } from './test-data.ts';

const FIRST = 12 * 2022;
const START = 12 * 2025;
const END = START + 10;
const cells = gridDisk(cellOf(106.2, 20.9, 10), 28);
/** Two communes, west and east of each other by halves of the list. */
const communeOf = cells.map((_, at) => at % 2);
const middle = gridDisk(cells[400], 2);
const other = gridDisk(cells[1500], 1);
const categories = new Set([0, 1]);
const question: EvidenceQuestion = {
  cells: middle,
  categories,
  commune: 0,
  startMonth: START,
  startsOnFirst: true,
  avoid: new Set([...other, ...middle]),
};

/**
 * Even records everywhere: two a month and cell of categories 0–2; from the start on `inside` of the area's are kept, `all` of every place's.
 */
function drawn(inside: number, all = 1): CellMonths {
  const random = seededRandom(7);
  const own = new Set(middle);
  const rows = { cell: [] as number[], month: [] as number[], category: [] as number[], count: [] as number[] };
  cells.forEach((cell, at) => {
    for (let month = FIRST; month < END + 1; month++) {
      const kept = month < START ? 1 : all * (own.has(cell) ? inside : 1);
      for (let n = 0; n < 2; n++)
        if (random() < 0.4 * kept) {
          rows.cell.push(at);
          rows.month.push(month);
          rows.category.push(Math.floor(random() * 3));
          rows.count.push(1);
        }
    }
  });
  return {
    cells,
    communes: communeOf,
    cell: Int32Array.from(rows.cell),
    month: Int32Array.from(rows.month),
    category: Int32Array.from(rows.category),
    count: Int32Array.from(rows.count),
    endMonth: END,
  };
}

function basisOf(records: CellMonths, reported: (commune: number, month: number) => boolean = () => true) {
  return prepareEvidence(records, {
    reported,
    densityOf: () => 800,
    categoryGroup: Int32Array.from([0, 1, 2]),
  });
}

/** Counted one row at a time, without any of the sums of the basis. */
function counted(records: CellMonths, where: ReadonlySet<string>, months: ReadonlySet<number>): number {
  let sum = 0;
  records.cell.forEach((cell, row) => {
    const isCounted = where.has(records.cells[cell]) && months.has(records.month[row]);
    if (isCounted && categories.has(records.category[row])) sum += records.count[row];
  });
  return sum;
}

const records = drawn(0.4);
let basis: EvidenceBasis;
let evidence: Evidence;
beforeAll(() => {
  basis = basisOf(records);
  evidence = readEvidence(basis, question);
});
const before = new Set(Array.from({ length: 10 }, (_, i) => START - 12 + i));
const after = new Set(Array.from({ length: 10 }, (_, i) => START + i));

describe('an area in which records fell by more than half', () => {
  test('is counted as its rows say, the running month left out', () => {
    expect(evidence.before).toMatchObject({ from: '2024-01-01', to: '2024-11-01', days: 305 });
    expect(evidence.after).toMatchObject({ from: '2025-01-01', to: '2025-11-01', days: 304 });
    expect(evidence.before?.count).toBe(counted(records, new Set(middle), before));
    expect(evidence.after?.count).toBe(counted(records, new Set(middle), after));
  });

  test('has the exact ratio over reported days', () => {
    expect(evidence.ratio).toEqual(
      rateRatio({
        before: evidence.before?.count ?? 0,
        after: evidence.after?.count ?? 0,
        exposureBefore: 305,
        exposureAfter: 304,
      }),
    );
    expect(evidence.dispersion).toBeGreaterThanOrEqual(1);
    expect(evidence.dispersedRatio?.ratio).toBe(evidence.ratio?.ratio);
  });

  test('reads strong, against controls that are counted as their rows say', () => {
    expect(evidence.reading).toBe('strong');
    const { controls } = evidence;
    expect(controls).toMatchObject({ isUsable: true, reason: null });
    expect(controls?.areas.length).toBeGreaterThanOrEqual(5);
    for (const control of controls?.areas ?? []) {
      expect(control.cells).toHaveLength(middle.length);
      expect(control.before).toBe(counted(records, new Set(control.cells), before));
      expect(control.after).toBe(counted(records, new Set(control.cells), after));
    }
    expect(controls?.before).toBe(controls?.areas.reduce((sum, area) => sum + area.before, 0));
  });

  test('has controls apart from each other, from its ring and from other areas', () => {
    const all = evidence.controls?.areas.flatMap((area) => area.cells) ?? [];
    expect(new Set(all).size).toBe(all.length);
    const near = new Set([...middle, ...(evidence.displacement?.ring ?? []), ...gridDisk(cells[1500], 3)]);
    expect(all.filter((cell) => near.has(cell))).toEqual([]);
  });

  test('has a ring of two steps without the area and without other areas', () => {
    const own = new Set(middle);
    const expected = gridDisk(cells[400], 4).filter((cell) => !own.has(cell));
    expect(new Set(evidence.displacement?.ring)).toEqual(new Set(expected));
    expect(evidence.displacement?.before).toBe(counted(records, new Set(expected), before));
    expect(evidence.displacement?.wdd.wdd).toBeLessThan(0);
    const beside = readEvidence(basis, { ...question, avoid: new Set(expected.slice(0, 10)) });
    expect(beside.displacement?.ring).toHaveLength(expected.length - 10);
    expect(beside.warnings).toContain('other-areas-near');
  });
});

test('the series is the one that is compared', () => {
  const months = areaMonths(basis, question, START - 12, END);
  const sum = (among: ReadonlySet<number>) =>
    months.reduce((total, { month, count }) => total + (among.has(month) ? (count ?? 0) : 0), 0);
  expect([sum(before), sum(after)]).toEqual([evidence.before?.count, evidence.after?.count]);
});

test('where nothing was done the reading is not enough, where records rose it is against', () => {
  expect(readEvidence(basisOf(drawn(1)), question).reading).toBe('insufficient');
  expect(readEvidence(basisOf(drawn(2)), question).reading).toBe('against');
});

test('what the whole province did is no evidence of one area, with controls and without', () => {
  const few = gridDisk(cells[400], 7);
  const alone = new Set(cells.filter((cell) => !few.includes(cell)));
  for (const avoid of [question.avoid, alone]) {
    const fallen = readEvidence(basisOf(drawn(1, 0.6)), { ...question, avoid });
    expect(fallen.dispersedRatio?.high).toBeLessThan(0.95);
    expect(fallen.reading).toBe('insufficient');
    const risen = readEvidence(basisOf(drawn(1, 1.8)), { ...question, avoid });
    expect(risen.dispersedRatio?.low).toBeGreaterThan(1.05);
    expect(risen.reading).toBe('insufficient');
    expect(risen.controls?.isUsable).toBe(avoid === question.avoid);
  }
});

test('a month that was not reported leaves with its counterpart, and is said', () => {
  const silent = basisOf(records, (commune, month) => !(commune === 1 && month === START + 3));
  const read = readEvidence(silent, question);
  expect(read.after?.months).not.toContain(START + 3);
  expect(read.before?.months).not.toContain(START - 9);
  expect(read.warnings).toContain('unreported');
  expect(areaMonths(silent, question, START + 3, START + 4)).toEqual([{ month: START + 3, count: null }]);
});

describe('months that were not reported in the year before the window', () => {
  const silentIn = (commune: number, ...months: number[]) =>
    basisOf(records, (of, month) => !(of === commune && months.includes(month)));
  const aYearBefore = Array.from({ length: 10 }, (_, i) => START - 24 + i);

  test('leave the comparison with that year alone: up to half of them do not forbid strong', () => {
    for (const gaps of [1, 5]) {
      const read = readEvidence(silentIn(0, ...aYearBefore.slice(0, gaps)), question);
      expect(read).toMatchObject({ reading: 'strong', before: evidence.before, after: evidence.after });
      expect(read.warnings).not.toContain('short-before');
      expect(read.controls?.isUsable).toBe(true);
    }
    const read = readEvidence(silentIn(0, ...aYearBefore.slice(0, 6)), question);
    expect(read.reading).toBe('weak');
    expect(read.warnings).toContain('short-before');
  });

  describe('by a commune of the controls', () => {
    // The outermost rings of cells; the area and its ring lie within.
    const outer = cells.map((_, at) => at >= 1261);
    const communes = outer.map((isOuter) => (isOuter ? 2 : 0));
    const readWithout = (months: readonly number[], ofArea: readonly number[] = []) =>
      readEvidence(
        basisOf({ ...records, communes }, (commune, month) => !(commune === 2 ? months : ofArea).includes(month)),
        question,
      );
    const [within, beyond] = [false, true].map((side) => new Set(cells.filter((_, at) => outer[at] === side)));

    test('leave with their counterpart of every cell of that commune', () => {
      const gaps = new Set([START - 24, START - 21, START - 17]);
      const paired = new Set(aYearBefore.filter((month) => !gaps.has(month)));
      const aYearOn = (months: Iterable<number>) => new Set([...months].map((month) => month + 12));
      const pastOf = (place: readonly string[], known: ReadonlySet<number>) => {
        const part = (side: ReadonlySet<string>) => new Set(place.filter((cell) => side.has(cell)));
        const sum = (of: (months: Iterable<number>) => ReadonlySet<number>) =>
          counted(records, part(within), of(aYearBefore)) + counted(records, part(beyond), of(known));
        return { recent: sum(aYearOn), earlier: sum((months) => new Set(months)) };
      };
      const change = ({ recent, earlier }: { recent: number; earlier: number }) =>
        Math.log((recent + 0.5) / (earlier + 0.5));
      const area = pastOf(middle, paired);
      const unit = Math.sqrt(1 / (area.recent + 0.5) + 1 / (area.earlier + 0.5) + 0.25 ** 2);
      const { controls } = readWithout([...gaps]);
      const trendBy = (known: ReadonlySet<number>) => {
        const changes = (controls?.areas ?? []).map(({ cells }) => change(pastOf(cells, known)));
        return (change(area) - changes.reduce((sum, one) => sum + one, 0) / changes.length) / unit;
      };
      expect(controls?.isUsable).toBe(true);
      expect(controls?.balance.trend).toBeCloseTo(trendBy(paired), 10);
      // Some of the controls lie there, so that the months do make a difference.
      expect(Math.abs(trendBy(new Set(aYearBefore)) - trendBy(paired))).toBeGreaterThan(0.01);
    });

    test('leave that commune out when they are more than half', () => {
      const isBeyond = ({ controls }: Evidence) =>
        controls?.areas.some((place) => place.cells.some((cell) => beyond.has(cell)));
      expect(isBeyond(readWithout(aYearBefore.slice(0, 5)))).toBe(true);
      expect(isBeyond(readWithout(aYearBefore.slice(0, 6)))).toBe(false);
      // Only the area's own pairs of months count: here four of ten are left of both.
      expect(isBeyond(readWithout(aYearBefore.slice(0, 3), aYearBefore.slice(7)))).toBe(false);
      expect(isBeyond(readWithout(aYearBefore.slice(0, 3), aYearBefore.slice(0, 3)))).toBe(true);
    });
  });
});

test('under three months there is nothing to read yet', () => {
  const early = readEvidence(basis, { ...question, endMonth: START + 2 });
  expect(early).toMatchObject({
    stage: 'too-early',
    reading: 'insufficient',
    ratio: null,
    controls: null,
    warnings: [],
  });
  expect(early.after?.count).toBe(counted(records, new Set(middle), new Set([START, START + 1])));
});

test('hidden cells are neither counted nor part of the ring, and are told', () => {
  const hidden = new Set(gridDisk(cells[400], 3).filter((cell) => !middle.includes(cell)));
  const read = readEvidence(basis, { ...question, isHidden: (cell) => hidden.has(cell) });
  expect(read.displacement?.ringHidden).toBe(hidden.size);
  expect(read.displacement?.ring.filter((cell) => hidden.has(cell))).toEqual([]);
  expect(read.warnings).toContain('hidden-by-scope');
});

test('a small scope has too few controls, and then never reads strong', () => {
  const few = gridDisk(cells[400], 7);
  const read = readEvidence(basis, { ...question, avoid: new Set(cells.filter((cell) => !few.includes(cell))) });
  expect(read.controls).toMatchObject({ isUsable: false, reason: 'too-few' });
  expect(read.controls?.ratio.ratio).toBeNull();
  expect(read.displacement).toMatchObject({ controlBefore: 0, controlAfter: 0 });
  expect(read.reading).toBe('weak');
});

test('late reports of others are no fall of the province that would explain the area away', () => {
  const isOther = (commune: number) => commune === 1;
  const communes = cells.map((_, at) => (at >= 900 ? 1 : 0));
  const whole = { ...drawn(0.55), communes };
  const isLate = (row: number) => isOther(communes[whole.cell[row]]) && whole.month[row] >= START;
  const late: CellMonths = { ...whole, count: whole.count.map((count, row) => (isLate(row) ? 0 : count)) };
  // Nothing to compare with: the course of the province stands in for controls.
  const alone = { ...question, avoid: new Set(cells) };
  const read = (records: CellMonths, reported?: (commune: number, month: number) => boolean) =>
    readEvidence(basisOf(records, reported), alone);
  expect(read(late).reading).toBe('insufficient'); // positive control: had they reported nothing happened, the province fell
  expect(read(late, (commune, month) => !(isOther(commune) && month >= START))).toMatchObject({
    controls: { isUsable: false },
    reading: 'weak',
  });
});

test('an area without a record anywhere reads not enough', () => {
  const nothing = readEvidence(basis, { ...question, categories: new Set([9]) });
  expect(nothing).toMatchObject({ reading: 'insufficient', ratio: { ratio: null } });
});
