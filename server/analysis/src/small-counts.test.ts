import { beforeAll, describe, expect, it } from 'vitest';
import { publishYear, type Shown, type YearCounts, type YearPublication } from './small-counts.ts';

type Highs = Awaited<ReturnType<typeof import('highs')['default']>>;
let highs: Highs;
beforeAll(async () => {
  const { default: load } = (await import('highs')) as unknown as typeof import('highs');
  highs = await load();
});

/** Seeded generator (mulberry32, public domain). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Shape = { months: number; groups: number; communes: number; parts: number };

/** A year of records drawn one by one; `skew` piles them on the first of each kind, so that others are small. */
function randomYear(random: () => number, records: number, shape: Shape, skew: number): YearCounts {
  const draw = (size: number) => Math.floor(size * random() ** skew);
  const zeros = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const monthGroup = zeros(shape.months, shape.groups);
  const groupCommune = zeros(shape.groups, shape.communes);
  const parts = zeros(shape.communes, shape.parts);
  for (let record = 0; record < records; record++) {
    const group = draw(shape.groups);
    const commune = draw(shape.communes);
    monthGroup[draw(shape.months)][group]++;
    groupCommune[group][commune]++;
    parts[commune][draw(shape.parts)]++;
  }
  return { monthGroup, groupCommune, parts };
}

/** Every number of a year with what is shown of it, as terms of the cells of its three tables. */
type Statement = { value: number; shown: Shown; cells: string[]; isKnownToHoldOne: boolean };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function statementsOf(counts: YearCounts, publication: YearPublication, smallest: number): Statement[] {
  const { monthGroup, groupCommune, parts } = counts;
  const term = (name: string, i: number, j: number) => `${name}_${i}_${j}`;
  const members = (table: readonly (readonly number[])[], shown: readonly Shown[], name: string): Statement[] =>
    table.map((row, i) => ({
      value: sum(row),
      shown: shown[i],
      cells: row.map((_, j) => term(name, i, j)),
      // Empty members are shown, unless nothing is.
      isKnownToHoldOne: shown.some((value) => value !== null),
    }));
  const months = members(monthGroup, publication.months, 'x');
  const groups = members(groupCommune, publication.groups, 'y');
  const communes = members(parts, publication.communes, 'z');
  const total = sum(months.map(({ value }) => value));
  const cells = (
    table: readonly (readonly number[])[],
    shown: readonly (readonly Shown[])[],
    name: string,
    isKnown: (i: number, j: number) => boolean,
  ) =>
    table.flatMap((row, i) =>
      row.map(
        (value, j): Statement => ({
          value,
          shown: shown[i][j],
          cells: [term(name, i, j)],
          isKnownToHoldOne: isKnown(i, j),
        }),
      ),
    );
  /** Lines of a table that stand by themselves and whose total is not thin: their zeros are shown. */
  const isThick = (lines: readonly Statement[], others: readonly Statement[]) => {
    const isPooled = others.some(({ shown }) => shown === null);
    const count = others.filter(({ shown }) => shown !== null && shown > 0).length + (isPooled ? 1 : 0);
    return (line: number) => (lines[line].shown ?? 0) >= smallest * count;
  };
  const both = (rows: readonly Statement[], columns: readonly Statement[]) => {
    const [row, column] = [isThick(rows, columns), isThick(columns, rows)];
    return (i: number, j: number) => row(i) && column(j);
  };
  return [
    { value: total, shown: publication.total, cells: months.flatMap((month) => month.cells), isKnownToHoldOne: false },
    ...months,
    ...groups,
    ...communes,
    ...cells(monthGroup, publication.monthGroup, 'x', both(months, groups)),
    ...cells(groupCommune, publication.groupCommune, 'y', both(groups, communes)),
    ...cells(parts, publication.parts, 'z', () => communes[0].isKnownToHoldOne),
  ];
}

/** Bounds of a sum of cells, given all that is shown and that the three tables are of the same records. Its vertices are whole. */
function boundsOf(
  cells: readonly string[],
  counts: YearCounts,
  statements: readonly Statement[],
  floors: boolean,
): [number, number] {
  const line = (terms: readonly string[]) => terms.map((term) => `+ ${term}`).join(' ');
  const minus = (terms: readonly string[]) => terms.map((term) => `- ${term}`).join(' ');
  const { monthGroup, groupCommune, parts } = counts;
  const constraints = [
    ...groupCommune.map(
      (row, g) => `${line(monthGroup.map((_, m) => `x_${m}_${g}`))} ${minus(row.map((_, c) => `y_${g}_${c}`))} = 0`,
    ),
    ...parts.map(
      (row, c) => `${line(groupCommune.map((_, g) => `y_${g}_${c}`))} ${minus(row.map((_, p) => `z_${c}_${p}`))} = 0`,
    ),
    ...statements.flatMap(({ shown, cells: terms, value, isKnownToHoldOne }) => {
      if (terms.length === 0) return [];
      if (shown !== null) return [`${line(terms)} = ${shown}`];
      return floors && isKnownToHoldOne && value > 0 ? [`${line(terms)} >= 1`] : [];
    }),
  ];
  const solve = (sense: 'Maximize' | 'Minimize') => {
    const { Status, ObjectiveValue } = highs.solve(
      `${sense}\n${line(cells)}\nSubject To\n${constraints.join('\n')}\nEnd`,
      {
        output_flag: false,
      },
    );
    if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return Number.POSITIVE_INFINITY;
    expect(Status).toBe('Optimal');
    return Math.round(ObjectiveValue);
  };
  return [solve('Minimize'), solve('Maximize')];
}

/** Hidden numbers that are not zero and yet pinned down, by linear programs over the whole publication. */
function violations(counts: YearCounts, publication: YearPublication, smallest: number, floors: boolean): string[] {
  const statements = statementsOf(counts, publication, smallest);
  return statements
    .filter(({ shown, value }) => shown === null && value > 0)
    .flatMap(({ cells, value }) => {
      const [low, high] = boundsOf(cells, counts, statements, floors);
      const isPinned = high - low < smallest || (low >= 1 && high < smallest);
      return isPinned ? [`${cells.join('+')} = ${value} in ${low}…${high}`] : [];
    });
}

/** Hide what is small and nothing else. */
function thresholdOnly({ monthGroup, groupCommune, parts }: YearCounts, smallest: number): YearPublication {
  const show = (value: number) => (value > 0 && value < smallest ? null : value);
  const showAll = (table: readonly (readonly number[])[]) => table.map((row) => row.map(show));
  const totals = (table: readonly (readonly number[])[]) => table.map((row) => show(sum(row)));
  return {
    total: show(sum(parts.flat())),
    months: totals(monthGroup),
    groups: totals(groupCommune),
    communes: totals(parts),
    monthGroup: showAll(monthGroup),
    groupCommune: showAll(groupCommune),
    parts: showAll(parts),
  };
}

const random = Array.from({ length: 24 }, (_, i) => {
  const next = generator(1000 + i);
  const shape = { months: 2 + (i % 3), groups: 2 + (i % 2), communes: 2 + (i % 4), parts: 3 };
  const records = 1 + Math.floor(next() ** 2 * 140);
  return { smallest: [3, 5, 2][i % 3], counts: randomYear(next, records, shape, 1 + (i % 4)) };
});

/** Years in which something small is given away by something else, unless somebody thought of it. */
const adversarial: Record<string, YearCounts> = {
  'every hexagon holds one record': {
    monthGroup: [
      [4, 4],
      [4, 4],
    ],
    groupCommune: [
      [4, 4],
      [4, 4],
    ],
    parts: [new Array<number>(8).fill(1), new Array<number>(8).fill(1)],
  },
  'as many records as months, each in its own': {
    monthGroup: Array.from({ length: 12 }, () => [1, 30]),
    groupCommune: [
      [6, 6],
      [180, 180],
    ],
    parts: [
      [100, 86],
      [100, 86],
    ],
  },
  'two blocks that one record joins': {
    monthGroup: [
      [10, 1],
      [0, 20],
    ],
    groupCommune: [
      [10, 0],
      [1, 20],
    ],
    parts: [[11], [20]],
  },
  'one large number and ones beside it': {
    monthGroup: [
      [500, 1],
      [1, 1],
    ],
    groupCommune: [
      [500, 1],
      [1, 1],
    ],
    parts: [
      [500, 1],
      [1, 1],
    ],
  },
  'everything just under the minimum': {
    monthGroup: [
      [2, 2],
      [2, 2],
    ],
    groupCommune: [
      [2, 2],
      [2, 2],
    ],
    parts: [
      [2, 2],
      [2, 2],
    ],
  },
  'one small commune among large ones': {
    monthGroup: [
      [40, 41],
      [40, 41],
    ],
    groupCommune: [
      [40, 1, 39],
      [40, 0, 42],
    ],
    parts: [[40, 40], [1], [41, 40]],
  },
  'a single commune': {
    monthGroup: [
      [3, 2],
      [4, 1],
    ],
    groupCommune: [[7], [3]],
    parts: [[5, 2, 2, 1]],
  },
  'exactly the minimum': { monthGroup: [[1], [2]], groupCommune: [[3, 0]], parts: [[1, 2], [0]] },
  'no record': { monthGroup: [[0, 0]], groupCommune: [[0], [0]], parts: [[0]] },
};
const cases = [...random, ...Object.values(adversarial).map((counts) => ({ smallest: 3, counts }))];

describe('publishYear', () => {
  it('leaves every hidden number an interval at least k wide, given everything that is shown (linear programs)', () => {
    for (const { counts, smallest } of cases)
      expect(violations(counts, publishYear(counts, smallest), smallest, false)).toEqual([]);
  });

  it('and so it does for a reader who knows where zeros would be shown', () => {
    for (const { counts, smallest } of cases)
      expect(violations(counts, publishYear(counts, smallest), smallest, true)).toEqual([]);
  });

  it('as hiding small numbers alone does not', () => {
    const pinned = cases.flatMap(({ counts, smallest }) =>
      violations(counts, thresholdOnly(counts, smallest), smallest, false),
    );
    expect(pinned.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(adversarial))('keeps the totals of the same records equal: %s', (_, counts) => {
    const totals = [counts.monthGroup, counts.groupCommune, counts.parts].map((table) => sum(table.flat()));
    expect(new Set(totals).size).toBe(1);
  });

  it('shows nothing of a year with fewer records than the minimum, and the zeros of one without any', () => {
    const few = publishYear({ monthGroup: [[1], [1]], groupCommune: [[2]], parts: [[2]] }, 3);
    expect([few.total, ...few.months, ...few.groups, ...few.communes, ...few.parts.flat()]).toEqual(
      new Array(6).fill(null),
    );
    expect(publishYear(adversarial['no record'], 3)).toMatchObject({
      total: 0,
      months: [0],
      groups: [0, 0],
      communes: [0],
    });
  });

  it('hides what costs least beside what it must', () => {
    const counts = { monthGroup: [[38]], groupCommune: [[38]], parts: [[1, 10, 12, 15]] };
    expect(publishYear(counts, 3).parts).toEqual([[null, null, 12, 15]]);
    expect(publishYear({ ...counts, partCosts: [[1, 90, 80, 3]] }, 3).parts).toEqual([[null, 10, 12, null]]);
  });

  it('shows most of a year that is not small', () => {
    const counts = randomYear(generator(5), 30_000, { months: 12, groups: 14, communes: 60, parts: 25 }, 2);
    const publication = publishYear(counts, 3);
    const shareOf = (table: readonly (readonly number[])[], shown: readonly (readonly Shown[])[]) =>
      sum(shown.flat().map((value) => value ?? 0)) / sum(table.flat());
    expect(shareOf(counts.monthGroup, publication.monthGroup)).toBe(1);
    expect(shareOf(counts.groupCommune, publication.groupCommune)).toBeGreaterThan(0.95);
    expect(shareOf(counts.parts, publication.parts)).toBeGreaterThan(0.9);
  });

  it('shows a number as it is, or not at all', () => {
    let shown = 0;
    for (const { counts, smallest } of cases)
      for (const statement of statementsOf(counts, publishYear(counts, smallest), smallest)) {
        if (statement.shown === null) continue;
        expect(statement.shown).toBe(statement.value);
        expect(statement.value === 0 || statement.value >= smallest).toBe(true);
        if (statement.value > 0) shown++;
      }
    expect(shown).toBeGreaterThan(100);
  });
});
