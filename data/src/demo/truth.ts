/**
 * The truth behind the demonstration: places where incidents were added on purpose, on top of the even background.
 * Tests of the statistics ask whether they find these and little else.
 */
import { MONTHS } from './calendar.ts';
import type { Landscape } from './landscape.ts';
import { distance, type LngLat, type Point, toLngLat } from './plane.ts';
import { at, createRandom, type Random } from './random.ts';
import type { Road } from './roads.ts';

export type TruthKind = 'emerging' | 'persistent' | 'fading' | 'moving' | 'sporadic' | 'relapsing';

export type TruthCluster = {
  id: string;
  nameVi: string;
  nameEn: string;
  kind: TruthKind;
  /** One place, or for a moving cluster several; the step `months` (inclusive, 'YYYY-MM') says when it was where. */
  centres: { lngLat: LngLat; fromMonth: string; toMonth: string }[];
  radiusM: number;
  /** First and last month with added incidents, inclusive. */
  fromMonth: string;
  toMonth: string;
  categories: string[];
  /** Incidents added in all, and by month (only months above 0). About 6–8% of them have no point. */
  extraIncidents: number;
  monthly: { month: string; extra: number }[];
};

type Plan = {
  id: string;
  nameVi: string;
  nameEn: string;
  kind: TruthKind;
  /** Kilometres on the plane; snapped to the nearest road on dry land. */
  places: readonly (readonly [number, number])[];
  radiusM: number;
  categories: readonly string[];
  /** Expected incidents added in the m-th month, 0 = November 2021. */
  expected: (m: number) => number;
};

const monthIndex = (isoMonth: string) => MONTHS.indexOf(isoMonth);
const within = (m: number, from: string, to: string) => m >= monthIndex(from) && m <= monthIndex(to);
/** Straight line from one level to another over a span of months; 0 outside it. */
const ramp = (m: number, from: string, to: string, first: number, last: number) =>
  within(m, from, to) ? first + ((last - first) * (m - monthIndex(from))) / (monthIndex(to) - monthIndex(from)) : 0;
const isMonthOfYear = (m: number, months: readonly number[]) => months.includes(((10 + m) % 12) + 1);

const PLANS: readonly Plan[] = [
  {
    id: 'moi-noi-trom-xe',
    nameVi: 'Trộm xe máy quanh chợ',
    nameEn: 'Motorbike thefts around a market',
    kind: 'emerging',
    places: [[30.2, 28.2]],
    radiusM: 450,
    categories: ['theft_motorbike'],
    expected: (m) => ramp(m, '2026-03', '2026-10', 8, 34),
  },
  {
    id: 'moi-noi-khu-cong-nghiep',
    nameVi: 'Tín dụng đen, đánh nhau gần khu công nghiệp',
    nameEn: 'Usury and fights by an industrial park',
    kind: 'emerging',
    places: [[24.5, 34.8]],
    radiusM: 650,
    categories: ['usury_lending', 'usury_collection', 'injury'],
    expected: (m) => ramp(m, '2025-12', '2026-10', 6, 24),
  },
  {
    id: 'moi-noi-ma-tuy-ven-bien',
    nameVi: 'Ma tuý ở xã ven biển',
    nameEn: 'Drugs in a coastal commune',
    kind: 'emerging',
    places: [[39, 22]],
    radiusM: 600,
    categories: ['drug_use', 'drug_possession'],
    expected: (m) => ramp(m, '2026-05', '2026-10', 6, 17),
  },
  {
    id: 'keo-dai-cho-dem',
    nameVi: 'Cướp giật, móc túi ở chợ đêm',
    nameEn: 'Snatching and pickpockets at the night market',
    kind: 'persistent',
    places: [[27.6, 29.4]],
    radiusM: 400,
    categories: ['snatching', 'theft_pickpocket'],
    expected: () => 22,
  },
  {
    id: 'keo-dai-nut-giao',
    nameVi: 'Va chạm ở nút giao quốc lộ',
    nameEn: 'Collisions at a highway junction',
    kind: 'persistent',
    places: [[28.6, 34.4]],
    radiusM: 300,
    categories: ['traffic_collision', 'traffic_serious'],
    expected: () => 14,
  },
  {
    id: 'keo-dai-co-bac',
    nameVi: 'Tụ điểm cờ bạc ở nông thôn',
    nameEn: 'Rural gambling spot',
    kind: 'persistent',
    places: [[10, 20]],
    radiusM: 500,
    categories: ['gambling_play', 'gambling_lottery'],
    expected: () => 9,
  },
  {
    id: 'giam-ma-tuy-noi-thi',
    nameVi: 'Điểm ma tuý trong nội thị, đã chuyển hoá',
    nameEn: 'Inner-town drug spot, transformed',
    kind: 'fading',
    places: [[31.2, 32.6]],
    radiusM: 450,
    categories: ['drug_possession', 'drug_use', 'drug_trafficking'],
    expected: (m) => ramp(m, '2021-11', '2024-12', 30, 1),
  },
  {
    id: 'giam-khai-thac-cat',
    nameVi: 'Khai thác cát trái phép ven sông',
    nameEn: 'Illegal sand mining on the river',
    kind: 'fading',
    places: [[13.5, 31]],
    radiusM: 900,
    categories: ['sand_mining', 'dispute_environment'],
    expected: (m) => ramp(m, '2021-11', '2024-06', 13, 1),
  },
  {
    id: 'giam-dot-nhap',
    nameVi: 'Trộm đột nhập ở khu dân cư mới',
    nameEn: 'Burglaries in a new housing area',
    kind: 'fading',
    places: [[25, 27.6]],
    radiusM: 500,
    categories: ['theft_burglary'],
    expected: (m) => ramp(m, '2022-01', '2025-06', 20, 1),
  },
  {
    id: 'di-chuyen-ma-tuy',
    nameVi: 'Bán lẻ ma tuý dời chỗ',
    nameEn: 'Drug dealing on the move',
    kind: 'moving',
    places: [
      [26.2, 28.6],
      [28.8, 26.6],
      [31.6, 27.2],
    ],
    radiusM: 400,
    categories: ['drug_trafficking', 'drug_use'],
    expected: (m) => (within(m, '2023-01', '2026-10') ? 15 : 0),
  },
  {
    id: 'di-chuyen-dua-xe',
    nameVi: 'Đua xe dời dọc quốc lộ',
    nameEn: 'Street racing moving along the highway',
    kind: 'moving',
    places: [
      [28.3, 37],
      [27.6, 42],
      [27, 48],
    ],
    radiusM: 700,
    categories: ['street_racing', 'disturbance'],
    expected: (m) => (within(m, '2022-06', '2025-12') ? 10 : 0),
  },
  {
    id: 'that-thuong-phao',
    nameVi: 'Pháo nổ dịp Tết',
    nameEn: 'Firecrackers around Tết',
    kind: 'sporadic',
    places: [[17, 40]],
    radiusM: 700,
    categories: ['fireworks'],
    expected: (m) => (isMonthOfYear(m, [12, 1, 2]) ? 16 : 0),
  },
  {
    id: 'that-thuong-bai-bien',
    nameVi: 'Trộm cắp mùa du lịch biển',
    nameEn: 'Thefts in the beach season',
    kind: 'sporadic',
    places: [[44, 34]],
    radiusM: 700,
    categories: ['theft_other', 'disturbance'],
    expected: (m) => (isMonthOfYear(m, [6, 7, 8]) ? 26 : 0),
  },
  {
    id: 'that-thuong-dinh-cong',
    nameVi: 'Đình công từng đợt',
    nameEn: 'Strikes in bursts',
    kind: 'sporadic',
    places: [[33.4, 34.6]],
    radiusM: 500,
    categories: ['dispute_labour', 'disturbance'],
    expected: (m) => ([3, 4, 14, 27, 28, 39, 52].includes(m) ? 14 : 0),
  },
  {
    id: 'tai-phat-quan-karaoke',
    nameVi: 'Gây rối quanh phố karaoke, tái phức tạp',
    nameEn: 'Disorder by the karaoke street, relapsed',
    kind: 'relapsing',
    places: [[30.2, 26]],
    radiusM: 400,
    categories: ['disturbance', 'injury'],
    expected: (m) => (within(m, '2021-11', '2023-06') ? 18 : within(m, '2023-07', '2025-02') ? 2 : 17),
  },
  {
    id: 'tai-phat-co-bac',
    nameVi: 'Sới bạc, tái phức tạp',
    nameEn: 'Gambling den, relapsed',
    kind: 'relapsing',
    places: [[9, 42]],
    radiusM: 500,
    categories: ['gambling_play', 'gambling_organised'],
    expected: (m) => (within(m, '2021-11', '2022-12') ? 12 : within(m, '2023-01', '2024-08') ? 1 : 11),
  },
  {
    id: 'tai-phat-ma-tuy-ga-cu',
    nameVi: 'Ma tuý khu ga cũ, tái phức tạp',
    nameEn: 'Drugs by the old station, relapsed',
    kind: 'relapsing',
    places: [[36, 42]],
    radiusM: 450,
    categories: ['drug_use', 'drug_possession'],
    expected: (m) => (within(m, '2021-11', '2023-12') ? 14 : within(m, '2024-01', '2025-08') ? 1 : 15),
  },
];

/** Poisson number by multiplying uniforms (Knuth, TAOCP 2, 3.4.1); means here stay below 40. */
export function drawPoisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** Expected incidents added by a cluster in each of the 60 months, wherever it was then. */
export function expectedByMonth(id: string): number[] {
  const plan = PLANS.find((candidate) => candidate.id === id);
  if (plan === undefined) throw new Error(`no planted cluster ${id}`);
  return MONTHS.map((_, m) => plan.expected(m));
}

export function createTruth(roads: readonly Road[], landscape: Landscape, seed: number): TruthCluster[] {
  const random = createRandom(seed, 'truth');
  const dryRoad = roads.flatMap((road) => road.line.filter((p) => !landscape.isOnRiver(p, 120)));
  const snap = (p: Point) => dryRoad.reduce((a, b) => (distance(b, p) < distance(a, p) ? b : a));
  return PLANS.map((plan): TruthCluster => {
    const monthly = MONTHS.map((month, m) => ({ month, extra: drawPoisson(plan.expected(m), random) })).filter(
      ({ extra }) => extra > 0,
    );
    const active = monthly.map(({ month }) => month);
    const stay = Math.ceil(
      (monthIndex(at(active, active.length - 1)) - monthIndex(at(active, 0)) + 1) / plan.places.length,
    );
    const start = monthIndex(at(active, 0));
    return {
      id: plan.id,
      nameVi: plan.nameVi,
      nameEn: plan.nameEn,
      kind: plan.kind,
      centres: plan.places.map(([x, y], i) => ({
        lngLat: toLngLat(snap([x * 1000, y * 1000])),
        fromMonth: at(MONTHS, start + i * stay),
        toMonth: at(MONTHS, Math.min(start + (i + 1) * stay - 1, MONTHS.length - 1)),
      })),
      radiusM: plan.radiusM,
      fromMonth: at(active, 0),
      toMonth: at(active, active.length - 1),
      categories: [...plan.categories],
      extraIncidents: monthly.reduce((sum, { extra }) => sum + extra, 0),
      monthly,
    };
  });
}
