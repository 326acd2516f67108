import { type AreaType, defaultAreaRules } from '@diemnong/contracts';
import { describe, expect, it } from 'vitest';
import type { MovingType } from '../areas/areas-rules.ts';
import { countTargets } from './count-targets.ts';
import {
  curveOf,
  fractionOf,
  historyDays,
  indexByYear,
  listedBy,
  noRelapseOf,
  statusOn,
  succeededBy,
  type TargetSubject,
  transformationOf,
  watchedBy,
  withBirths,
} from './targets-rules.ts';

/** `listed 2025-02-01 2025`: type, day, list's year. */
function area(id: string, steps: string[], more: Partial<TargetSubject> = {}): Omit<TargetSubject, 'bornOn'> {
  return {
    id,
    provinceCode: '33',
    types: [1],
    communeKind: 'xã',
    parents: [],
    steps: steps.map((text, sequence) => {
      const [type, on, year] = text.split(' ');
      return { type: type as MovingType, on, sequence, year: year === undefined ? null : Number(year) };
    }),
    ...more,
  };
}

const rulesOf = () => defaultAreaRules;
const list = (areas: ReturnType<typeof area>[], year: number, asOf: string) =>
  listedBy(indexByYear(withBirths(areas), rulesOf).listings.get(year) ?? [], year, asOf);
const succeededIn = (areas: TargetSubject[], year: number, asOf: string) =>
  succeededBy(indexByYear(areas, rulesOf).successions.get(year) ?? [], asOf);
const idsOf = (rows: { area: { id: string } }[]) => rows.map(({ area: { id } }) => id);
const succeeded = (rows: ReturnType<typeof list>) => idsOf(rows.filter(({ success }) => success !== null));

const SUCCESS_2025 = [
  'proposed 2025-01-05',
  'listed 2025-02-01 2025',
  'transforming 2025-03-01',
  'assessed_success 2025-11-20',
];
const WATCHED = [...SUCCESS_2025, 'removed 2025-12-01', 'watched 2025-12-01'];

describe('the list of a year', () => {
  it('holds areas listed for it and areas carried over into it, and tells them apart', () => {
    const rows = list(
      [
        area('new', ['proposed 2025-01-05', 'listed 2025-02-01 2025']),
        area('carried', ['proposed 2024-01-05', 'listed 2024-02-01 2024', 'carried_over 2025-01-02 2025']),
        area('old', ['proposed 2024-01-05', 'listed 2024-02-01 2024']),
        area('only proposed', ['proposed 2025-01-05']),
      ],
      2025,
      '2025-12-31',
    );
    expect(idsOf(rows)).toEqual(['new', 'carried']);
    expect(rows.map(({ carried }) => carried)).toEqual([false, true]);
  });

  it('counts an area listed late like any other, and marks it', () => {
    const rows = list(
      [
        area('on the day', ['proposed 2025-01-05', 'listed 2025-03-31 2025']),
        area('late', ['proposed 2025-01-05', 'listed 2025-04-01 2025']),
      ],
      2025,
      '2025-12-31',
    );
    expect(rows.map(({ late }) => late)).toEqual([false, true]);
    expect(transformationOf(rows, 0.6).denominator).toBe(2);
  });

  it('takes the year of the list, not of the day: listed in December for the year to come', () => {
    const early = [area('early', ['proposed 2024-12-01', 'listed 2024-12-20 2025'])];
    expect([idsOf(list(early, 2025, '2025-12-31')), idsOf(list(early, 2024, '2024-12-31'))]).toEqual([['early'], []]);
  });

  it('is what stood on the day asked about: later listings are not known yet', () => {
    const areas = [area('a', ['proposed 2025-01-05', 'listed 2025-02-01 2025'])];
    expect(['2025-01-31', '2025-02-01'].map((day) => list(areas, 2025, day).length)).toEqual([0, 1]);
  });

  it('counts an area once that was listed twice for the same year', () => {
    const twice = [
      ...WATCHED.map((step) => step.replace('2025-11-20', '2025-04-01').replaceAll('2025-12-01', '2025-05-01')),
      'relapsed 2025-09-01',
      'listed 2025-10-01 2025',
    ];
    const rows = list([area('a', twice)], 2025, '2025-12-31');
    expect([rows.length, rows[0].listing.on, rows[0].success?.on]).toEqual([1, '2025-02-01', '2025-04-01']);
  });
});

describe('divided and joined areas', () => {
  const parent = area('parent', ['proposed 2025-01-05', 'listed 2025-02-01 2025', 'superseded 2025-06-15']);
  const copies = ['proposed 2025-01-05', 'listed 2025-02-01 2025'];
  const parts = ['part 1', 'part 2'].map((id) => area(id, copies, { parents: ['parent'] }));

  it('a divided area counts until the day before, its parts from the day itself: never both', () => {
    const areas = [parent, ...parts];
    expect(idsOf(list(areas, 2025, '2025-06-14'))).toEqual(['parent']);
    expect(idsOf(list(areas, 2025, '2025-06-15'))).toEqual(['part 1', 'part 2']);
    expect(list(areas, 2025, '2025-12-31').map(({ reshaped }) => reshaped)).toEqual([true, true]);
  });

  it('joined areas go, the one made of them comes', () => {
    const other = { ...parent, id: 'other' };
    const joined = area('joined', copies, { parents: ['parent', 'other'] });
    expect(idsOf(list([parent, other, joined], 2025, '2025-06-14'))).toEqual(['parent', 'other']);
    expect(idsOf(list([parent, other, joined], 2025, '2025-06-15'))).toEqual(['joined']);
  });

  it('dividing after the end of a year leaves its closed list as it was', () => {
    const areas = [parent, ...parts].map((one) => ({
      ...one,
      steps: one.steps.map((step) => (step.type === 'superseded' ? { ...step, on: '2026-03-01' } : step)),
    }));
    expect(idsOf(list(areas, 2025, '2026-12-31'))).toEqual(['parent']);
  });

  it('a part whose parent cannot be seen counts from its first step', () => {
    expect(idsOf(list(parts, 2025, '2025-03-01'))).toEqual(['part 1', 'part 2']);
  });
});

describe('the transformation rate', () => {
  it('counts a success of the year, from its day on', () => {
    const areas = [area('a', SUCCESS_2025)];
    expect(['2025-11-19', '2025-11-20'].map((day) => succeeded(list(areas, 2025, day)))).toEqual([[], ['a']]);
  });

  it('a success before the listing was of another list: it does not count', () => {
    const again = area('a', [
      'proposed 2024-01-05',
      'listed 2024-02-01 2024',
      'transforming 2024-03-01',
      'assessed_success 2025-01-10',
      'removed 2025-01-20',
      'watched 2025-01-20',
      'relapsed 2025-04-01',
      'listed 2025-05-01 2025',
    ]);
    const rows = list([again], 2025, '2025-12-31');
    expect([rows.length, succeeded(rows)]).toEqual([1, []]);
  });

  it('a success dated in another year counts in neither', () => {
    const late = area('a', [...SUCCESS_2025.slice(0, 3), 'assessed_success 2026-01-15']);
    expect(succeeded(list([late], 2025, '2026-12-31'))).toEqual([]);
    expect(list([late], 2026, '2026-12-31')).toEqual([]);
  });

  it('a success that relapsed in the same year stays counted here: the other rate tells of the relapse', () => {
    const steps = [
      'proposed 2025-01-05',
      'listed 2025-02-01 2025',
      'transforming 2025-02-10',
      'assessed_success 2025-04-01',
      'removed 2025-05-01',
      'watched 2025-05-01',
      'relapsed 2025-09-01',
    ];
    expect(succeeded(list([area('a', steps)], 2025, '2025-12-31'))).toEqual(['a']);
  });

  it('without a list is no data, never 0% or 100%', () => {
    expect(transformationOf([], 0.6)).toEqual({
      numerator: 0,
      denominator: 0,
      rate: null,
      low: null,
      high: null,
      target: 0.6,
      state: 'no-data',
      needed: 0,
      spare: 0,
    });
  });

  it('says how many are still needed, or can still be lost', () => {
    expect([fractionOf(5, 10, 0.6).needed, fractionOf(5, 10, 0.6).spare]).toEqual([1, 0]);
    expect([fractionOf(8, 10, 0.6).needed, fractionOf(8, 10, 0.6).spare]).toEqual([0, 2]);
    expect([fractionOf(6, 10, 0.6).state, fractionOf(5, 10, 0.6).state, fractionOf(1, 20, 0.6).state]).toEqual([
      'met',
      'at-risk',
      'missed',
    ]);
  });
});

describe('the no-relapse rate', () => {
  const relapsed = area('relapsed', [...WATCHED, 'relapsed 2026-05-10']);
  const held = area('held', WATCHED);

  it('follows the successes dated in the year before', () => {
    const areas = withBirths([held, relapsed]);
    expect(idsOf(succeededIn(areas, 2025, '2026-12-31'))).toEqual(['held', 'relapsed']);
    expect(succeededIn(areas, 2026, '2027-12-31')).toEqual([]);
  });

  it('a relapse counts from its day on, and after the success only', () => {
    const areas = withBirths([held, relapsed]);
    const rate = (day: string) => noRelapseOf(succeededIn(areas, 2025, day), 0.85).numerator;
    expect([rate('2026-05-09'), rate('2026-05-10')]).toEqual([2, 1]);
    const before = area('a', [
      'proposed 2024-01-05',
      'listed 2024-02-01 2024',
      'transforming 2024-03-01',
      'assessed_success 2024-11-01',
      'removed 2024-11-10',
      'watched 2024-11-10',
      'relapsed 2025-02-01',
      'listed 2025-03-01 2025',
      'transforming 2025-03-10',
      'assessed_success 2025-11-20',
    ]);
    expect(succeededIn(withBirths([before]), 2025, '2026-12-31')[0].relapse).toBeNull();
    expect(succeededIn(withBirths([before]), 2024, '2026-12-31')[0].relapse?.on).toBe('2025-02-01');
  });

  it('an area that succeeded twice in the year is followed from the first time, once', () => {
    const twice = area('a', [
      'listed 2025-01-02 2025',
      'transforming 2025-01-10',
      'assessed_success 2025-03-01',
      'removed 2025-03-10',
      'watched 2025-03-10',
      'relapsed 2025-06-01',
      'listed 2025-06-10 2025',
      'transforming 2025-06-11',
      'assessed_success 2025-12-01',
    ]);
    const [followed, ...others] = succeededIn(withBirths([twice]), 2025, '2026-06-30');
    expect([followed.success.on, followed.relapse?.on, others]).toEqual(['2025-03-01', '2025-06-01', []]);
  });

  it('an area that went into another leaves the cohort, unless it had relapsed', () => {
    const closed = area('closed', [...WATCHED, 'closed 2026-02-01', 'proposed 2026-03-01', 'superseded 2026-04-01']);
    const back = area('back', [...WATCHED, 'relapsed 2026-02-01', 'listed 2026-03-01 2026', 'superseded 2026-04-01']);
    const cohort = (day: string) => idsOf(succeededIn(withBirths([closed, back]), 2025, day));
    expect([cohort('2026-03-31'), cohort('2026-04-01')]).toEqual([['closed', 'back'], ['back']]);
  });

  it('the cohort under watch ends with the closing; a relapse stays in it as long as its watch would have gone on', () => {
    const closed = area('closed', [...WATCHED, 'closed 2027-12-01']);
    const cohort = (day: string) =>
      idsOf(watchedBy(indexByYear(withBirths([held, relapsed, closed]), rulesOf).successionsOfAreas, day, rulesOf));
    // 24 months from the removal on 2025-12-01.
    expect(cohort('2027-11-30')).toEqual(['held', 'relapsed', 'closed']);
    expect(cohort('2027-12-01')).toEqual(['held']);
    expect(cohort('2025-11-19')).toEqual([]);
  });

  it('a watch is as long as the rules of the year it began in say, whatever year is asked about', () => {
    const shorter = (_: string, year: number) => ({ ...defaultAreaRules, watchMonths: year < 2026 ? 24 : 3 });
    const cohort = (year: number, day: string) =>
      countTargets(withBirths([held, relapsed]), { year, asOf: day, cohort: 'watched' }, shorter).lists.followed.length;
    expect([cohort(2026, '2026-05-10'), cohort(2027, '2027-11-30'), cohort(2027, '2027-12-01')]).toEqual([2, 2, 1]);
  });

  it('a success whose watch was closed is not still watched because of a later one', () => {
    const again = area('again', [
      ...WATCHED,
      'closed 2026-03-01',
      'proposed 2026-04-01',
      'listed 2026-04-02 2026',
      'transforming 2026-05-01',
      'assessed_success 2026-10-01',
    ]);
    const { cohorts } = countTargets(
      withBirths([held, again]),
      { year: 2026, asOf: '2026-12-31', cohort: 'previous-year' },
      rulesOf,
    );
    expect(cohorts).toEqual([
      { year: 2025, areas: 2, relapsed: 0, stillWatched: 1 },
      { year: 2026, areas: 1, relapsed: 0, stillWatched: 1 },
    ]);
  });

  it('the curve watches from the success to the relapse, the closing or the day asked about', () => {
    const closed = area('closed', [...WATCHED, 'closed 2026-03-20']);
    const curve = curveOf(succeededIn(withBirths([held, relapsed, closed]), 2025, '2026-11-20'));
    expect(curve.map(({ months, ...step }) => ({ days: Math.round(months * 30.4375), ...step }))).toMatchObject([
      { days: 120, atRisk: 3, events: 0, censored: 1, survival: 1 },
      { days: 171, atRisk: 2, events: 1, censored: 0, survival: 0.5 },
      { days: 365, atRisk: 1, events: 0, censored: 1, survival: 0.5 },
    ]);
    expect(curveOf([])).toEqual([]);
  });
});

describe('the whole answer', () => {
  const areas = withBirths([
    area('both', SUCCESS_2025, { types: [1, 4] as AreaType[], communeKind: 'phường' }),
    area('drugs', ['proposed 2025-01-05', 'listed 2025-02-01 2025'], { types: [4] as AreaType[] }),
  ]);
  const counted = countTargets(areas, { year: 2025, asOf: '2025-12-31', cohort: 'previous-year' }, rulesOf);

  it('counts an area of several types in each of its rows, and once in the total', () => {
    expect(counted.transformation.denominator).toBe(2);
    expect(
      counted.byType.map(({ key, transformation: { numerator, denominator } }) => [key, numerator, denominator]),
    ).toEqual([
      ['1', 1, 1],
      ['2', 0, 0],
      ['3', 0, 0],
      ['4', 1, 2],
    ]);
    expect(counted.byType[1].transformation.state).toBe('no-data');
    expect(counted.byCommuneKind.map(({ key }) => key)).toEqual(['phường', 'xã']);
  });

  it('has the state at the end of each month, the last one on the day asked about', () => {
    expect(counted.history).toHaveLength(12);
    expect(
      counted.history.map(({ transformation: { numerator, denominator } }) => `${numerator}/${denominator}`),
    ).toEqual(['0/0', ...Array.from({ length: 9 }, () => '0/2'), '1/2', '1/2']);
    expect(historyDays(2024, '2024-03-15')).toEqual(['2024-01-31', '2024-02-29', '2024-03-15']);
    expect(historyDays(2024, '2023-12-20')).toEqual(['2023-12-20']);
  });

  it('takes the highest target of several provinces, and tells each as late by its own rules', () => {
    const two = withBirths([
      area('a', ['proposed 2025-01-05', 'listed 2025-02-20 2025']),
      area('b', ['proposed 2025-01-05', 'listed 2025-02-20 2025'], { provinceCode: '22' }),
    ]);
    const ownRules = (province: string) =>
      province === '22' ? { ...defaultAreaRules, lateAfter: '02-15', transformationTarget: 0.7 } : defaultAreaRules;
    const { transformation, lists } = countTargets(
      two,
      { year: 2025, asOf: '2025-12-31', cohort: 'previous-year' },
      ownRules,
    );
    expect([transformation.target, lists.listed.map(({ late }) => late)]).toEqual([0.7, [false, true]]);
  });

  it('tells the status on the day asked about', () => {
    expect(['2025-01-01', '2025-01-05', '2025-11-20'].map((day) => statusOn(areas[0], day))).toEqual([
      'draft',
      'proposed',
      'assessed_success',
    ]);
  });
});
