import type {
  AlertStory,
  ChangesResponse,
  CommuneRankingResponse,
  ConcentrationResponse,
  CumulativeResponse,
  GroupTableResponse,
  HotspotStory,
  HourWeekdayResponse,
  MonthState,
  ReportingResponse,
  SeasonResponse,
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
