/**
 * Places where records were added on purpose and something was then done about it: what truly followed is known, so that
 * readings of evidence can be held against it. They stand apart from `truth.ts`, whose places tests of hot spots look for.
 */
import { MONTHS } from './calendar.ts';
import type { Character } from './communes.ts';
import { distance, type Point, resample, toLngLat, toPlane } from './plane.ts';
import type { DemoProvince, Groundwork } from './province.ts';
import { at, createRandom, type Random } from './random.ts';
import { drawPoisson, type TruthCluster } from './truth.ts';

export type TreatedCluster = Pick<
  TruthCluster,
  'id' | 'centres' | 'radiusM' | 'fromMonth' | 'toMonth' | 'categories' | 'extraIncidents' | 'monthly'
> & {
  /** Expected incidents added in each of the 60 months. */
  expected: number[];
};

/** One spot of a place. A month's records: `perMonth` times the last factor whose month has begun; 1 before the first. */
type Spot = {
  id: string;
  /** Metres from the middle of the place, all of a place in one line. */
  offsetM: number;
  radiusM: number;
  perMonth: number;
  factors: readonly (readonly [fromMonth: string, factor: number])[];
};

type TreatedPlan = {
  characters: readonly Character[];
  categories: readonly string[];
  /** Records of the place fall inside this circle, which lies within one commune. */
  reachM: number;
  spots: readonly Spot[];
};

const TOWN: readonly Character[] = ['town', 'centre'];
const COUNTRY: readonly Character[] = ['country'];
const INDUSTRY: readonly Character[] = ['industry', 'country'];
const COAST: readonly Character[] = ['coast', 'country'];
const DRUGS = ['drug_use', 'drug_possession', 'drug_trafficking'];
const THEFTS = ['theft_motorbike', 'theft_other', 'theft_pickpocket'];
const DISORDER = ['disturbance', 'injury', 'noise'];
const GAMBLING = ['gambling_play', 'gambling_organised', 'gambling_lottery'];

/** A place with a single spot. */
function single(
  id: string,
  characters: readonly Character[],
  categories: readonly string[],
  perMonth: number,
  factors: Spot['factors'],
  radiusM = 320,
): TreatedPlan {
  return { characters, categories, reachM: radiusM, spots: [{ id, offsetM: 0, radiusM, perMonth, factors }] };
}

/** What is taken away inside comes up next door, 340 to 680 m from the middle. */
function displaced(
  id: string,
  characters: readonly Character[],
  categories: readonly string[],
  perMonth: number,
  [fromMonth, factor]: readonly [string, number],
): TreatedPlan {
  return {
    characters,
    categories,
    reachM: 680,
    spots: [
      { id, offsetM: 0, radiusM: 280, perMonth, factors: [[fromMonth, factor]] },
      {
        id: `${id}-ke-ben`,
        offsetM: 510,
        radiusM: 170,
        perMonth: perMonth * (1 - factor),
        factors: [
          [at(MONTHS, 0), 0],
          [fromMonth, 1],
        ],
      },
    ],
  };
}

/** Months and sizes belong to the histories in `area-plans.ts`. About 120 a year is large, 50 medium, under 15 small. */
const PLANS: readonly TreatedPlan[] = [
  single('cho-xa', COUNTRY, THEFTS, 4.5, [['2025-03', 0.45]]),
  single('xom-tro-lon', TOWN, DRUGS, 11, [['2025-02', 0.5]]),
  single('ben-xe', INDUSTRY, THEFTS, 4.2, []),
  displaced('bai-tha-dieu', TOWN, DRUGS, 4.8, ['2025-04', 0.35]),
  single('soi-bac-bo-de', COUNTRY, GAMBLING, 4.6, [
    ['2025-03', 0.3],
    ['2026-05', 1],
  ]),
  single('quan-dem', COAST, DISORDER, 5, [
    ['2025-02', 0.25],
    ['2025-11', 1.1],
    ['2026-04', 0.4],
  ]),
  single('ga-xep', COUNTRY, DRUGS, 4.4, [
    ['2025-04', 0.3],
    ['2025-11', 1],
  ]),
  single('xom-ga', TOWN, DRUGS, 10.5, [['2026-02', 0.45]]),
  single('cang-ca', COAST, DISORDER, 5, [['2026-03', 0.5]]),
  {
    characters: TOWN,
    categories: DRUGS,
    reachM: 660,
    spots: [
      { id: 'khu-tap-the-tay', offsetM: -320, radiusM: 260, perMonth: 4.5, factors: [['2026-03', 0.4]] },
      { id: 'khu-tap-the-dong', offsetM: 320, radiusM: 260, perMonth: 4.2, factors: [] },
    ],
  },
  {
    characters: INDUSTRY,
    categories: [...THEFTS, 'disturbance'],
    reachM: 720,
    spots: [
      { id: 'khu-tro-mot', offsetM: -400, radiusM: 260, perMonth: 2.2, factors: [] },
      { id: 'khu-tro-hai', offsetM: 400, radiusM: 260, perMonth: 2.2, factors: [] },
    ],
  },
  single('pho-tro', TOWN, DRUGS, 10, [['2026-03', 0.4]]),
  displaced('cho-dau-moi', INDUSTRY, THEFTS, 9.5, ['2026-03', 0.35]),
  single('ben-do', COUNTRY, GAMBLING, 5, [
    ['2023-03', 0.35],
    ['2025-11', 1],
    ['2026-03', 0.5],
  ]),
  single('bai-cat', COUNTRY, ['sand_mining', 'pollution'], 0.9, [['2026-03', 0.4]], 380),
  single('cong-nghiep-nho', INDUSTRY, ['theft_burglary', 'theft_other', 'injury'], 4.5, [['2026-02', 0.5]]),
  single('duong-vanh-dai', COUNTRY, ['street_racing', 'disturbance', 'injury'], 4.2, [['2026-04', 1.7]]),
  single('lang-nghe', COUNTRY, ['pollution', 'food_safety'], 0.8, []),
];

/** Roads far from what else was planted, so that no place stands in another's ring or among its controls. */
const APART_M = 2200;

/** Same arguments, same clusters. Every place lies in a commune that reported all months. */
export function createTreated(
  groundwork: Groundwork,
  truth: readonly TruthCluster[],
  unreported: DemoProvince['unreportedMonths'],
  seed: number,
): TreatedCluster[] {
  const random = createRandom(seed, 'treated');
  const silent = new Set(unreported.map(({ communeCode }) => communeCode));
  const taken = truth.flatMap(({ centres }) => centres.map(({ lngLat }) => toPlane(lngLat)));
  const candidates = random.shuffled(groundwork.roads.flatMap(({ line }) => resample(line, 200)));
  return PLANS.flatMap((plan) => {
    const { middle, angle } = choosePlace(groundwork, plan, candidates, taken, silent, random);
    taken.push(middle);
    return plan.spots.map((spot) => {
      const away: Point = [middle[0] + spot.offsetM * Math.cos(angle), middle[1] + spot.offsetM * Math.sin(angle)];
      return drawCluster(spot, plan.categories, away, random);
    });
  });
}

function choosePlace(
  groundwork: Groundwork,
  { characters, reachM }: TreatedPlan,
  candidates: readonly Point[],
  taken: readonly Point[],
  silent: ReadonlySet<string>,
  random: Random,
): { middle: Point; angle: number } {
  const angle = random.between(0, Math.PI);
  const fits = (middle: Point, isAnyCharacter: boolean): boolean => {
    const index = groundwork.findCommune(...toLngLat(middle));
    if (index < 0) return false;
    const { code, character } = at(groundwork.communes, index);
    if (silent.has(code) || !(isAnyCharacter || characters.includes(character))) return false;
    if (taken.some((other) => distance(other, middle) < APART_M)) return false;
    return isWithin(groundwork, index, middle, reachM);
  };
  const middle = candidates.find((p) => fits(p, false)) ?? candidates.find((p) => fits(p, true));
  if (middle === undefined) throw new Error(`no place left for ${at(characters, 0)} within ${reachM} m`);
  return { middle, angle };
}

/** The circle with a margin lies in the commune and on dry land, tried at three radii and 24 directions. */
function isWithin(groundwork: Groundwork, commune: number, [x, y]: Point, radiusM: number): boolean {
  for (const share of [0.4, 0.8, 1.18])
    for (let k = 0; k < 24; k++) {
      const turn = (k / 24) * 2 * Math.PI;
      const p: Point = [x + radiusM * share * Math.cos(turn), y + radiusM * share * Math.sin(turn)];
      if (groundwork.findCommune(...toLngLat(p)) !== commune || groundwork.isWet(p, 5)) return false;
    }
  return true;
}

function drawCluster(
  { id, radiusM, perMonth, factors }: Spot,
  categories: readonly string[],
  centre: Point,
  random: Random,
): TreatedCluster {
  const expected = MONTHS.map((month) => perMonth * (factors.findLast(([from]) => from <= month)?.[1] ?? 1));
  const monthly = MONTHS.map((month, m) => ({ month, extra: drawPoisson(at(expected, m), random) })).filter(
    ({ extra }) => extra > 0,
  );
  const [fromMonth, toMonth] = [at(monthly, 0).month, at(monthly, monthly.length - 1).month];
  return {
    id,
    centres: [{ lngLat: toLngLat(centre), fromMonth, toMonth }],
    radiusM,
    fromMonth,
    toMonth,
    categories: [...categories],
    extraIncidents: monthly.reduce((sum, { extra }) => sum + extra, 0),
    monthly,
    expected,
  };
}
