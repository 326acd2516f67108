import type {
  AlertStory,
  AreaEvidence,
  AreaTaskStory,
  ChangesResponse,
  CommuneRankingResponse,
  ConcentrationResponse,
  CumulativeResponse,
  Fraction,
  GroupTableResponse,
  HotspotStory,
  HourWeekdayResponse,
  MonthState,
  ReportingResponse,
  SeasonResponse,
  TargetsResponse,
  TrendsResponse,
} from '@diemnong/contracts';

/** Answers made up for tests and pictures of charts; no number in them was ever counted. */

const pad = (value: number) => String(value).padStart(2, '0');

/** Half-open calendar months from `from`, a first day. */
function sampleMonths(from: string, count: number): { from: string; to: string }[] {
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  const day = (month: number) => `${Math.floor(month / 12)}-${pad((month % 12) + 1)}-01`;
  return Array.from({ length: count }, (_, i) => ({ from: day(first + i), to: day(first + i + 1) }));
}

/** Numbers between 0 and 1 that are always the same. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const lastYear = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

export function samplePeriods(count = 24, from = '2024-11-01'): TrendsResponse {
  const next = sequence(7);
  const periods = sampleMonths(from, count).map((month, i) => {
    const value = Math.round(90 + 25 * Math.sin((i / 12) * 2 * Math.PI) + next() * 20);
    const previousYear = i < 6 && count > 30 ? 0 : Math.round(value * (0.85 + next() * 0.25));
    return {
      ...month,
      count: value,
      previousYear,
      previousFrom: lastYear(month.from),
      previousTo: lastYear(month.to),
      comparedCount: value,
      comparedPrevious: previousYear,
      comparedMonths: 51,
      communeMonths: 51,
      ratio:
        previousYear === 0
          ? null
          : {
              value: value / previousYear,
              low: (value / previousYear) * 0.8,
              high: (value / previousYear) * 1.25,
              p: 0.2,
            },
      changePercent: previousYear === 0 ? null : (value / previousYear - 1) * 100,
      reported: i % 11 !== 8,
      unreportedCommunes: i % 11 === 8 ? 3 : 0,
    };
  });
  return {
    dataVersion: 412,
    by: 'month',
    align: 'calendar',
    hiddenUnder: null,
    total: periods.reduce((sum, period) => sum + period.count, 0),
    timeUnknown: 4,
    periods,
  };
}

export function sampleCumulative(): CumulativeResponse {
  let current = 0;
  let previous = 0;
  const months = sampleMonths('2025-01-01', 12).map(({ to }) => to);
  const points = [...months.slice(0, 9), '2025-10-28', ...months.slice(9)].map((to, i) => {
    current += 88 + ((i * 7) % 13);
    previous += 95 + ((i * 5) % 11);
    return {
      to,
      current: i > 9 ? null : current,
      previous,
      goal: previous * 0.95,
      unreported: i,
    };
  });
  return {
    dataVersion: 412,
    year: 2025,
    by: 'month',
    from: '2025-01-01',
    to: '2026-01-01',
    until: '2025-10-28',
    goalPercent: 5,
    points,
    current: points[9]?.current ?? 0,
    previous: points[9]?.previous ?? 0,
    previousWholeYear: previous,
    comparedCount: points[9]?.current ?? 0,
    comparedPrevious: points[9]?.previous ?? 0,
    comparedMonths: 499,
    communeMonths: 510,
    ratio: { value: 0.93, low: 0.86, high: 1.01, p: 0.08 },
    changePercent: -7,
    state: 'likely-met',
    unreported: 11,
  };
}

export function sampleSeason(): SeasonResponse {
  const index = (i: number) => 1 + 0.28 * Math.cos((i / 12) * 2 * Math.PI);
  return {
    dataVersion: 412,
    from: '2021-01-01',
    to: '2025-01-01',
    n: 4200,
    rule: 'season-1',
    years: [2021, 2022, 2023, 2024],
    months: Array.from({ length: 12 }, (_, i) => ({
      month: i + 1,
      index: i === 8 ? null : index(i),
      low: i === 8 ? null : index(i) * 0.9,
      high: i === 8 ? null : index(i) * 1.11,
      counts: [80, 90, 85, i === 8 ? null : 100],
    })),
    tet: {
      years: [
        { year: 2022, day: '2022-02-01' },
        { year: 2023, day: '2023-01-22' },
        { year: 2024, day: '2024-02-10' },
      ],
      weeks: Array.from({ length: 17 }, (_, i) => {
        const value = i === 8 ? 0.62 : 1 + 0.3 * Math.exp(-((i - 6) ** 2) / 6);
        return { week: i - 8, index: value, low: value * 0.85, high: value * 1.17, counts: [20, 22, 19] };
      }),
    },
  };
}

const groupCodes = [
  'property',
  'violence',
  'order',
  'drugs',
  'gambling',
  'usury',
  'environment',
  'traffic',
  'fire',
  'disputes',
];
export const sampleGroupNames: Readonly<Record<string, string>> = {
  property: 'Xâm phạm sở hữu',
  violence: 'Xâm phạm tính mạng, sức khoẻ',
  order: 'Gây rối trật tự công cộng',
  drugs: 'Ma tuý',
  gambling: 'Cờ bạc',
  usury: 'Cho vay lãi nặng',
  environment: 'Môi trường, tài nguyên',
  traffic: 'Tai nạn giao thông',
  fire: 'Cháy nổ',
  disputes: 'Tranh chấp, khiếu kiện',
};

export function sampleGroups(months = 12, groups = groupCodes.length): GroupTableResponse {
  const next = sequence(11);
  const periods = sampleMonths('2025-01-01', months).map((month, i) => ({
    ...month,
    unreportedCommunes: i === 3 ? 2 : 0,
  }));
  const rows = Array.from({ length: groups }, (_, g) => {
    const level = 40 / (g + 1);
    const cells = periods.map(() => {
      const count = Math.round(level * (0.6 + next() * 0.8));
      const previous = Math.round(level * (0.6 + next() * 0.8));
      return { count, previous, comparedCount: count, comparedPrevious: previous, ratio: null };
    });
    const total = cells.reduce((sum, { count }) => sum + count, 0);
    const previous = cells.reduce((sum, cell) => sum + cell.previous, 0);
    const isSmallBase = previous < 20;
    return {
      code: groupCodes[g % groupCodes.length] ?? null,
      cells,
      total,
      previous,
      comparedCount: total,
      comparedPrevious: previous,
      comparedMonths: 51 * months,
      communeMonths: 51 * months,
      isSmallBase,
      changePercent: isSmallBase ? null : (total / previous - 1) * 100,
      ratio: isSmallBase
        ? null
        : { value: total / previous, low: (total / previous) * 0.85, high: (total / previous) * 1.2, p: 0.3 },
      trend: { tau: 0.12, p: 0.4, slope: 0.2 },
    };
  });
  const sum = (read: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + read(row), 0);
  const total = sum((row) => row.total);
  const previous = sum((row) => row.previous);
  return {
    dataVersion: 412,
    by: 'month',
    rule: 'groups-1',
    periods,
    rows: [
      ...rows,
      {
        code: null,
        cells: periods.map((_, i) => {
          const count = sum((row) => row.cells[i]?.count ?? 0);
          const previous = sum((row) => row.cells[i]?.previous ?? 0);
          return { count, previous, comparedCount: count, comparedPrevious: previous, ratio: null };
        }),
        total,
        previous,
        comparedCount: total,
        comparedPrevious: previous,
        comparedMonths: 51 * months,
        communeMonths: 51 * months,
        isSmallBase: false,
        changePercent: (total / previous - 1) * 100,
        ratio: { value: total / previous, low: (total / previous) * 0.93, high: (total / previous) * 1.07, p: 0.6 },
        trend: { tau: -0.1, p: 0.5, slope: -0.4 },
      },
    ],
  };
}

const communeNames = [
  'Long Xuyên',
  'Châu Đốc',
  'Rạch Giá',
  'Hà Tiên',
  'Tân Châu',
  'Mỹ Thới',
  'Bình Đức',
  'Vĩnh Thông',
  'Tri Tôn',
  'An Cư',
  'Núi Cấm',
  'Óc Eo',
];

export function sampleRanking(count = 51): CommuneRankingResponse {
  const next = sequence(23);
  const overall = 6.2;
  const communes = Array.from({ length: count }, (_, i) => {
    const exposure = 0.8 + next() * 9;
    const expected = exposure * overall;
    const z = i === 0 ? 4.2 : i === 1 ? 2.4 : i === count - 1 ? -2.3 : (next() - 0.5) * 3.2;
    const found = Math.max(0, Math.round(expected + z * Math.sqrt(expected) * 1.3));
    const rate = found / exposure;
    const spread = (1.96 * Math.sqrt(Math.max(found, 1))) / exposure;
    const shrunk = (found + 12) / (exposure + 12 / overall);
    const shrunkSpread = (1.96 * Math.sqrt(found + 12)) / (exposure + 12 / overall);
    return {
      code: String(30_000 + i),
      name: `${i % 3 === 0 ? 'Phường' : 'Xã'} ${communeNames[i % communeNames.length] ?? ''}${i >= communeNames.length ? ` ${Math.floor(i / communeNames.length) + 1}` : ''}`,
      count: found,
      exposure,
      expected,
      rate,
      low: Math.max(rate - spread, 0),
      high: rate + spread,
      shrunk,
      shrunkLow: Math.max(shrunk - shrunkSpread, 0),
      shrunkHigh: shrunk + shrunkSpread,
      z,
      p: 0.05,
      q: 0.2,
      outside:
        z > 3.09
          ? ('high-99.8' as const)
          : z > 1.96
            ? ('high-95' as const)
            : z < -3.09
              ? ('low-99.8' as const)
              : z < -1.96
                ? ('low-95' as const)
                : null,
      unreportedMonths: i % 17 === 5 ? 2 : 0,
    };
  }).sort((a, b) => b.shrunk - a.shrunk);
  return {
    dataVersion: 412,
    from: '2025-01-01',
    to: '2026-01-01',
    per: 'population',
    rule: 'funnel-1',
    n: communes.reduce((sum, commune) => sum + commune.count, 0),
    overall,
    tau: 0.3,
    communes,
    limits: Array.from({ length: 60 }, (_, i) => {
      const exposure = 0.2 + i * 0.18;
      const width = (k: number) => (k * 1.3 * Math.sqrt(exposure * overall)) / exposure;
      return {
        exposure,
        low998: Math.max(0, overall - width(3.09)),
        low95: Math.max(0, overall - width(1.96)),
        high95: overall + width(1.96),
        high998: overall + width(3.09),
      };
    }),
    leftOut: [{ code: '39999', name: 'Xã Chưa Báo Cáo', reason: 'not-reported', count: 0 }],
  };
}

export function sampleChanges(count = 48): ChangesResponse {
  const next = sequence(31);
  const months = sampleMonths('2022-01-01', count).map((month, i) => {
    const level = i < count / 2 ? 80 : 112;
    const season = 1 + 0.15 * Math.sin((i / 12) * 2 * Math.PI);
    const found = Math.round(level * season * (0.9 + next() * 0.2));
    const reported = i % 13 !== 6;
    const share = reported ? 1 : 0.8;
    return {
      ...month,
      count: found,
      counted: Math.round(found * share),
      share,
      reported,
      fitted: level * season * share,
    };
  });
  const at = months[Math.ceil(count / 2)]?.from ?? '2022-01-01';
  const isShort = count < 24;
  return {
    dataVersion: 412,
    from: '2022-01-01',
    to: months.at(-1)?.to ?? '2022-01-01',
    rule: 'changes-1',
    n: months.reduce((sum, month) => sum + month.count, 0),
    months,
    usable: months.filter(({ reported }) => reported).length,
    needed: 24,
    segments: isShort
      ? []
      : [
          { from: '2022-01-01', to: at, level: 79.4, low: 75.1, high: 84 },
          { from: at, to: months.at(-1)?.to ?? at, level: 111.2, low: 106, high: 117 },
        ],
    changes: isShort ? [] : [{ at, ratio: { value: 1.4, low: 1.31, high: 1.5, p: 0.0001 } }],
    trend: null,
  };
}

export function sampleHourWeekday(): HourWeekdayResponse {
  const matrix = Array.from({ length: 7 }, (_, day) =>
    Array.from(
      { length: 24 },
      (_, hour) => Math.round((6 + 5 * Math.cos(((hour - 22) / 24) * 2 * Math.PI) + (day > 4 ? 3 : 0)) * 4) / 4,
    ),
  );
  const flat = matrix.flat();
  return {
    dataVersion: 412,
    from: '2025-01-01',
    to: '2026-01-01',
    rule: 'aoristic-1',
    n: Math.round(flat.reduce((sum, value) => sum + value, 0)),
    exact: 700,
    spread: 300,
    leftOut: 41,
    matrix,
    exactMatrix: matrix.map((row) => row.map((value) => Math.floor(value * 0.7))),
    hours: Array.from({ length: 24 }, (_, hour) => matrix.reduce((sum, row) => sum + (row[hour] ?? 0), 0)),
    weekdays: matrix.map((row) => row.reduce((sum, value) => sum + value, 0)),
  };
}

export function sampleConcentration(): ConcentrationResponse {
  const at = (cells: number) => ({
    cells,
    records: Math.min(1, 1 - (1 - Math.min(cells / 0.38, 1)) ** 2.4),
    chance: Math.min(1, cells / 0.62),
  });
  return {
    dataVersion: 412,
    from: '2021-01-01',
    to: '2026-01-01',
    res: 9,
    rule: 'concentration-1',
    n: 5210,
    gridCells: 20_415,
    leftOut: [],
    outside: 122,
    curve: Array.from({ length: 201 }, (_, i) => at(i / 200)),
    top: [0.01, 0.05, 0.1].map(at),
    half: 0.095,
    gini: 0.61,
    history: [2021, 2022, 2023, 2024, 2025].map((year, i) => ({
      from: `${year}-01-01`,
      to: `${year + 1}-01-01`,
      n: 1000 + i * 20,
      top5: 0.31 + i * 0.012,
      half: 0.1 - i * 0.004,
      gini: 0.58 + i * 0.008,
    })),
  };
}

export function sampleAlert(): AlertStory {
  const next = sequence(41);
  const months = sampleMonths('2021-01-01', 60);
  return {
    dataVersion: 412,
    alert: {
      id: '00000000-0000-4000-8000-000000000001',
      commune: { code: '30001', name: 'Phường Long Xuyên' },
      month: '2025-12-01',
      category: null,
      count: 31,
      expected: 14.2,
      upper: 23.6,
      p: 0.0003,
      rule: 'farrington-1',
      dataVersion: 412,
      openedAt: '2026-01-02T01:00:00.000Z',
      state: 'open',
      decidedAt: null,
      decidedBy: null,
      reason: null,
    },
    series: months.map((month, i) => {
      const hasLimit = i >= 36;
      return {
        ...month,
        count: i === 59 ? 31 : i === 20 ? null : Math.round(10 + 4 * Math.sin(i / 2) + next() * 5),
        expected: hasLimit ? 13 + Math.sin(i / 2) : null,
        upper: hasLimit ? 22 + Math.sin(i / 2) : null,
      };
    }),
  };
}

export function sampleCell(): HotspotStory {
  const next = sequence(53);
  return {
    dataVersion: 412,
    cell: '89415b6b3d7ffff',
    res: 9,
    from: '2024-01-01',
    to: '2026-01-01',
    measure: 'count',
    rule: 'gi-star-1',
    commune: { code: '30001', name: 'Phường Long Xuyên' },
    gridCells: 20_415,
    rank: 3,
    count: 54,
    value: 54,
    neighbours: [],
    localSum: 140,
    localCount: 140,
    expectedSum: 20,
    spread: 24,
    mean: 2.6,
    z: 4.9,
    p: 0.000001,
    q: 0.0004,
    exactP: 0.00001,
    exactQ: 0.002,
    significance: 3,
    label: 'consecutive-hot',
    group: 'emerging',
    steps: sampleMonths('2024-01-01', 24).map((month, i) => ({
      ...month,
      count: i === 9 ? null : Math.round(1 + i / 8 + next() * 2),
      neighbourhood: i === 9 ? null : Math.round(4 + i / 3 + next() * 4),
      z: i === 9 ? null : -0.5 + i * 0.22 + next() * 0.6,
    })),
    trend: null,
    warnings: [],
  };
}

export function sampleReporting(communeCount = 51, monthCount = 24): ReportingResponse {
  const next = sequence(61);
  const months = sampleMonths('2024-01-01', monthCount).map(({ from }) => from);
  const communes = Array.from({ length: communeCount }, (_, i) => {
    const states = months.map((_, m): MonthState => {
      if (m === monthCount - 1) return 'pending';
      const draw = next();
      return draw < 0.06 ? 'missing' : draw < 0.12 ? 'none' : 'reported';
    });
    return {
      code: String(30_000 + i),
      name: `${i % 3 === 0 ? 'Phường' : 'Xã'} ${communeNames[i % communeNames.length] ?? ''}`,
      states,
      counts: states.map((state) => (state === 'reported' ? Math.round(1 + next() * 30) : 0)),
    };
  });
  const count = (state: MonthState) =>
    communes.flatMap(({ states }) => states).filter((other) => other === state).length;
  return {
    dataVersion: 412,
    months,
    communes,
    sums: { reported: count('reported'), none: count('none'), missing: count('missing'), pending: count('pending') },
  };
}

const emptyFraction = (target: number): Fraction => ({
  numerator: 0,
  denominator: 0,
  rate: null,
  low: null,
  high: null,
  target,
  state: 'no-data',
  needed: 0,
  spare: 0,
});

/** With the 95% Wilson interval; at risk when the interval reaches below a met target, or when it is missed within it. */
export function sampleFraction(numerator: number, denominator: number, target: number): Fraction {
  if (denominator === 0) return emptyFraction(target);
  const z = 1.959964;
  const rate = numerator / denominator;
  const middle = (rate + z ** 2 / (2 * denominator)) / (1 + z ** 2 / denominator);
  const half =
    (z / (1 + z ** 2 / denominator)) * Math.sqrt((rate * (1 - rate)) / denominator + z ** 2 / (4 * denominator ** 2));
  const least = Math.ceil(target * denominator - 1e-9);
  const high = middle + half;
  return {
    numerator,
    denominator,
    rate,
    low: middle - half,
    high,
    target,
    state: rate >= target ? 'met' : high >= target ? 'at-risk' : 'missed',
    needed: Math.max(0, least - numerator),
    spare: Math.max(0, numerator - least),
  };
}

const sampleTypes = [[1, 4], [1], [3], [2], [1, 3]] as const;

/** 22 listed areas of which 14 succeeded, 28 followed of which 5 relapsed; `isEmpty`: no list at all. */
export function sampleTargets(isEmpty = false): TargetsResponse {
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const commune = (n: number) => ({
    code: String(30_000 + n),
    name: `${n % 2 === 0 ? 'Phường' : 'Xã'} ${communeNames[n % communeNames.length] ?? ''}`,
  });
  const listed = isEmpty
    ? []
    : Array.from({ length: 22 }, (_, n) => ({
        id: id(n + 1),
        number: n + 1,
        name: `Địa bàn ${communeNames[(n * 7) % communeNames.length] ?? ''}`,
        commune: commune(n),
        types: [...(sampleTypes[n % sampleTypes.length] ?? [1])],
        status:
          n < 14 ? ('assessed_success' as const) : n < 20 ? ('transforming' as const) : ('assessed_not_yet' as const),
        counts: n < 14,
        on: n === 21 ? '2026-06-15' : '2026-02-10',
        decisionNumber: `${100 + n}/QĐ-UBND`,
        decisionDate: '2026-02-10',
        fileId: n % 3 === 0 ? id(900 + n) : null,
        outcomeOn: n < 14 ? `2026-${pad(5 + (n % 6))}-12` : null,
        outcomeDecisionNumber: n < 14 ? `${300 + n}/QĐ-UBND` : null,
        outcomeFileId: null,
        carried: n >= 5 && n < 10,
        late: n === 21,
        reshaped: n === 20,
      }));
  const followed = isEmpty
    ? []
    : Array.from({ length: 28 }, (_, n) => ({
        id: id(n + 101),
        number: n + 101,
        name: `Địa bàn cũ ${communeNames[(n * 5) % communeNames.length] ?? ''}`,
        commune: commune(n + 3),
        types: [...(sampleTypes[n % sampleTypes.length] ?? [1])],
        status: n < 23 ? ('watched' as const) : ('relapsed' as const),
        counts: n < 23,
        on: `2025-${pad(3 + (n % 9))}-20`,
        decisionNumber: `${500 + n}/QĐ-UBND`,
        decisionDate: `2025-${pad(3 + (n % 9))}-20`,
        fileId: null,
        outcomeOn: n < 23 ? null : '2026-04-02',
        outcomeDecisionNumber: null,
        outcomeFileId: null,
        carried: false,
        late: false,
        reshaped: false,
      }));
  const transformation = isEmpty ? emptyFraction(0.6) : sampleFraction(14, 22, 0.6);
  const noRelapse = isEmpty ? emptyFraction(0.85) : sampleFraction(23, 28, 0.85);
  const part = (key: string, a: [number, number], b: [number, number]) => ({
    key,
    transformation: sampleFraction(...a, 0.6),
    noRelapse: sampleFraction(...b, 0.85),
  });
  return {
    dataVersion: 412,
    year: 2026,
    asOf: '2026-10-31',
    years: isEmpty ? [] : [2026, 2025],
    transformation: {
      ...transformation,
      areas: { in: listed.filter(({ counts }) => counts).map((one) => one.id), of: listed },
      carried: isEmpty ? 0 : 5,
      late: isEmpty ? 0 : 1,
      reshaped: isEmpty ? 0 : 1,
      statuses: isEmpty
        ? []
        : [
            { status: 'transforming', count: 6 },
            { status: 'assessed_success', count: 14 },
            { status: 'assessed_not_yet', count: 2 },
          ],
      pending: isEmpty ? 0 : 1,
    },
    noRelapse: {
      ...noRelapse,
      cohort: 'previous-year',
      window: { from: '2025-01-01', to: '2026-01-01' },
      areas: { in: followed.filter(({ counts }) => counts).map((one) => one.id), of: followed },
      curve: isEmpty
        ? []
        : [
            { months: 3.1, atRisk: 28, events: 1, censored: 0, survival: 27 / 28, low: 0.772, high: 0.995 },
            { months: 5.2, atRisk: 27, events: 1, censored: 0, survival: 26 / 28, low: 0.744, high: 0.982 },
            { months: 9, atRisk: 26, events: 1, censored: 4, survival: 25 / 28, low: 0.704, high: 0.964 },
            { months: 13.4, atRisk: 21, events: 1, censored: 9, survival: 0.8503, low: 0.65, high: 0.94 },
            { months: 19.7, atRisk: 11, events: 1, censored: 10, survival: 0.773, low: 0.51, high: 0.907 },
          ],
      tasks: isEmpty ? 0 : 2,
    },
    history: isEmpty
      ? []
      : Array.from({ length: 10 }, (_, i) => ({
          on: i === 9 ? '2026-10-31' : `2026-${pad(i + 1)}-28`,
          transformation: i === 0 ? emptyFraction(0.6) : sampleFraction(Math.round((i / 9) * 14), i < 6 ? 21 : 22, 0.6),
          noRelapse: sampleFraction(28 - Math.floor(i / 2) - (i === 9 ? 1 : 0), 28, 0.85),
        })),
    byType: isEmpty
      ? []
      : [
          part('1', [9, 14], [14, 17]),
          part('2', [2, 4], [4, 4]),
          part('3', [5, 8], [8, 11]),
          part('4', [3, 5], [0, 0]),
        ],
    byCommuneKind: isEmpty ? [] : [part('Phường', [8, 11], [12, 14]), part('Xã', [6, 11], [11, 14])],
    byYear: isEmpty
      ? []
      : [
          { year: 2026, on: '2026-10-31', transformation, noRelapse },
          {
            year: 2025,
            on: '2025-12-31',
            transformation: sampleFraction(28, 40, 0.6),
            noRelapse: emptyFraction(0.85),
          },
        ],
    cohorts: isEmpty ? [] : [{ year: 2025, areas: 28, relapsed: 5, stillWatched: 20 }],
  };
}

/** 24 months before, the month it began, 12 after; one month was not reported. */
export function sampleAreaEvidence(): AreaEvidence {
  const next = sequence(71);
  const months = sampleMonths('2023-09-01', 37).map((month, i) => ({
    ...month,
    count: i === 29 ? null : Math.round((i <= 24 ? 9 : 5) + 2 * Math.sin(i / 2) + next() * 4),
    phase: i < 24 ? ('before' as const) : i === 24 ? ('during' as const) : ('after' as const),
  }));
  return {
    dataVersion: 412,
    areaId: '00000000-0000-4000-8000-000000000001',
    rule: 'evidence-3',
    stage: 'measured',
    startedOn: '2025-09-10',
    recordsTo: '2026-10-01',
    categories: ['theft'],
    months,
    periods: months.map(({ from, to, ...month }) => ({
      ...month,
      from: `${from.slice(0, 8)}15`,
      to: `${to.slice(0, 8)}15`,
    })),
    marks: [
      { on: '2025-08-01', type: 'proposed', label: null },
      { on: '2025-08-20', type: 'listed', label: '210/QĐ-UBND' },
      { on: '2025-09-10', type: 'transforming', label: '233/KH-CA' },
      { on: '2026-09-20', type: 'assessed_success', label: '300/QĐ-UBND' },
    ],
    before: { from: '2024-10-01', to: '2025-09-01', count: 104, days: 335 },
    after: { from: '2025-10-01', to: '2026-10-01', count: 61, days: 337 },
    ratio: { ratio: 0.58, low: 0.42, high: 0.8, p: 0.001 },
    eTestP: 0.001,
    dispersion: 1.2,
    dispersedRatio: { ratio: 0.58, low: 0.41, high: 0.83, p: 0.003 },
    controls: null,
    displacement: null,
    regression: null,
    power: { count: 104, detectableFall: 0.32 },
    reading: 'strong',
    sentence: { vi: 'Giảm 42%.', en: 'Down 42%.' },
    agrees: true,
    warnings: [],
  };
}

export function sampleAreaTask(): AreaTaskStory {
  const next = sequence(83);
  return {
    dataVersion: 412,
    task: {
      id: '00000000-0000-4000-8000-000000000007',
      area: {
        id: '00000000-0000-4000-8000-000000000001',
        number: 14,
        name: 'Chợ Long Xuyên',
        commune: { code: '30001', name: 'Phường Long Xuyên' },
      },
      state: 'open',
      rule: 'relapse-1',
      dataVersion: 412,
      openedAt: '2026-10-02T01:00:00.000Z',
      window: { from: '2026-07-01', to: '2026-10-01', count: 27, days: 92 },
      baseline: { from: '2024-07-01', to: '2024-10-01', count: 30, days: 92 },
      ratio: 0.9,
      low: 0.51,
      high: 1.56,
      hiddenByScope: false,
      decidedAt: null,
      decidedBy: null,
      reason: null,
      eventId: null,
    },
    months: sampleMonths('2024-01-01', 33).map((month, i) => ({
      ...month,
      count: i === 20 ? null : Math.round((i < 12 || i >= 30 ? 9 : 4) + next() * 3),
      baseline: i >= 30 ? 10 : null,
      phase: i < 12 ? ('baseline' as const) : i < 30 ? ('between' as const) : ('window' as const),
    })),
  };
}
