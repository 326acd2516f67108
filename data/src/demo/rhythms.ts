/** When and where each category tends to happen in the demonstration. Invented, but of the shape that offices know. */
import { tetDate } from '../lunar.ts';
import { DAY_MS, startOfDay, toLocal } from './calendar.ts';
import type { Character } from './communes.ts';

export type Spot = 'street' | 'home' | 'highway' | 'bank';
type HourShape = 'night' | 'evening' | 'late' | 'office' | 'commute' | 'shopping' | 'flat';
type TetShape = 'theft' | 'party' | 'gambling' | 'traffic' | 'fireworks' | 'office' | 'none';
type WeekShape = 'weekend' | 'work' | 'flat';
type Leaning = 'urban' | 'rural' | 'even' | 'coast' | 'industry';

export type Rhythm = {
  category: string;
  /** Share of all background incidents, in parts of the sum over categories. */
  share: number;
  hours: HourShape;
  week: WeekShape;
  tet: TetShape;
  /** Month of the yearly peak (1–12) and how far it rises above the mean. */
  peakMonth: number;
  swing: number;
  /** Growth per year, e.g. −0.04. */
  growth: number;
  spot: Spot;
  leaning: Leaning;
  /** Share of rows whose time is known only as an interval. */
  intervals: number;
  /** Share of rows without a point. */
  withoutPoint: number;
};

type Row = readonly [
  category: string,
  share: number,
  hours: HourShape,
  week: WeekShape,
  tet: TetShape,
  peakMonth: number,
  swing: number,
  growth: number,
  spot: Spot,
  leaning: Leaning,
  intervals?: number,
  withoutPoint?: number,
];

const ROWS: readonly Row[] = [
  ['theft_motorbike', 11, 'evening', 'flat', 'theft', 12, 0.15, -0.04, 'street', 'urban', 0.3],
  ['theft_burglary', 7, 'night', 'flat', 'theft', 11, 0.2, -0.05, 'home', 'even', 0.7],
  ['theft_bicycle', 3, 'shopping', 'work', 'theft', 9, 0.15, 0, 'street', 'urban', 0.4],
  ['theft_pickpocket', 2.5, 'shopping', 'weekend', 'theft', 1, 0.25, -0.02, 'street', 'urban'],
  ['theft_livestock', 2, 'night', 'flat', 'theft', 12, 0.3, -0.06, 'home', 'rural', 0.8],
  ['theft_other', 12, 'shopping', 'flat', 'theft', 12, 0.12, -0.03, 'home', 'even', 0.35],
  ['robbery', 0.6, 'late', 'weekend', 'theft', 12, 0.2, -0.05, 'street', 'urban'],
  ['snatching', 2.2, 'evening', 'weekend', 'theft', 1, 0.2, -0.05, 'street', 'urban'],
  ['extortion', 0.6, 'evening', 'flat', 'none', 6, 0, 0, 'street', 'urban'],
  ['fraud_online', 8, 'office', 'work', 'office', 12, 0.1, 0.16, 'home', 'even', 0.1, 0.22],
  ['fraud_other', 2, 'office', 'work', 'office', 12, 0.1, 0.02, 'home', 'even', 0.1, 0.12],
  ['abuse_of_trust', 1, 'office', 'work', 'office', 12, 0.1, 0, 'home', 'urban', 0.1, 0.14],
  ['property_damage', 1.6, 'late', 'weekend', 'party', 6, 0.1, 0, 'home', 'even', 0.2],
  ['murder', 0.08, 'late', 'weekend', 'party', 7, 0.1, -0.02, 'home', 'even'],
  ['injury', 4.5, 'late', 'weekend', 'party', 6, 0.2, -0.03, 'street', 'even'],
  ['domestic_violence', 3, 'evening', 'weekend', 'party', 7, 0.1, -0.02, 'home', 'even', 0.05, 0.1],
  ['sexual_offence', 0.4, 'evening', 'flat', 'none', 7, 0.2, 0, 'home', 'even', 0.2, 0.5],
  ['disturbance', 5.5, 'late', 'weekend', 'party', 6, 0.2, -0.02, 'street', 'urban'],
  ['resisting_officer', 0.5, 'late', 'weekend', 'party', 2, 0.1, 0, 'street', 'urban'],
  ['street_racing', 1.2, 'late', 'weekend', 'party', 7, 0.5, 0.02, 'highway', 'urban'],
  ['weapons', 0.5, 'evening', 'flat', 'none', 1, 0.1, 0, 'home', 'even'],
  ['fireworks', 1.4, 'evening', 'flat', 'fireworks', 1, 0.5, 0.03, 'home', 'rural'],
  ['noise', 4, 'evening', 'weekend', 'party', 6, 0.25, 0.04, 'home', 'urban'],
  ['drug_possession', 2.6, 'evening', 'flat', 'none', 6, 0.05, -0.05, 'street', 'urban'],
  ['drug_trafficking', 1.6, 'evening', 'flat', 'none', 6, 0.05, -0.04, 'street', 'urban'],
  ['drug_organised_use', 0.5, 'late', 'weekend', 'party', 6, 0.1, -0.02, 'home', 'urban'],
  ['drug_use', 3, 'late', 'flat', 'none', 6, 0.05, -0.05, 'street', 'urban'],
  ['drug_cultivation', 0.1, 'office', 'flat', 'none', 4, 0.5, 0, 'home', 'rural', 0, 0.3],
  ['gambling_play', 4, 'evening', 'weekend', 'gambling', 2, 0.2, -0.03, 'home', 'rural'],
  ['gambling_organised', 0.6, 'late', 'weekend', 'gambling', 2, 0.2, -0.03, 'home', 'rural'],
  ['gambling_lottery', 2, 'evening', 'flat', 'none', 6, 0.1, 0.02, 'home', 'even'],
  ['prostitution_sale', 0.5, 'late', 'weekend', 'office', 6, 0.1, -0.03, 'street', 'urban'],
  ['prostitution_harbouring', 0.2, 'late', 'weekend', 'office', 6, 0.1, -0.03, 'street', 'urban'],
  ['usury_lending', 0.8, 'office', 'work', 'theft', 12, 0.2, -0.04, 'home', 'industry', 0.1, 0.14],
  ['usury_collection', 1.1, 'evening', 'flat', 'theft', 12, 0.25, -0.04, 'home', 'industry'],
  ['smuggling', 0.7, 'night', 'work', 'theft', 12, 0.4, 0, 'highway', 'coast'],
  ['counterfeit', 0.5, 'office', 'work', 'theft', 12, 0.4, 0.03, 'street', 'urban'],
  ['pollution', 1.2, 'night', 'work', 'office', 5, 0.15, 0.02, 'home', 'industry', 0.2, 0.12],
  ['sand_mining', 1, 'night', 'flat', 'office', 4, 0.4, -0.04, 'bank', 'even', 0.2],
  ['forest_fishery', 0.6, 'night', 'flat', 'office', 4, 0.3, 0, 'bank', 'coast', 0.2, 0.2],
  ['food_safety', 0.8, 'office', 'work', 'theft', 12, 0.25, 0.03, 'street', 'urban'],
  ['traffic_collision', 13, 'commute', 'flat', 'traffic', 10, 0.08, -0.02, 'highway', 'even', 0, 0.03],
  ['traffic_serious', 1.3, 'late', 'weekend', 'traffic', 10, 0.08, -0.04, 'highway', 'even', 0, 0.02],
  ['traffic_waterway', 0.1, 'office', 'flat', 'traffic', 9, 0.3, 0, 'bank', 'coast'],
  ['fire_building', 1.2, 'evening', 'flat', 'theft', 5, 0.25, 0, 'home', 'urban', 0, 0.02],
  ['fire_vegetation', 0.7, 'office', 'flat', 'none', 5, 0.7, 0, 'home', 'rural', 0, 0.15],
  ['explosion', 0.1, 'office', 'flat', 'none', 6, 0, 0, 'home', 'even'],
  ['drowning_rescue', 0.6, 'shopping', 'weekend', 'none', 7, 0.8, 0, 'bank', 'coast'],
  ['dispute_land', 2.6, 'office', 'work', 'office', 4, 0.1, -0.01, 'home', 'rural', 0, 0.16],
  ['dispute_environment', 0.6, 'office', 'work', 'office', 5, 0.2, 0.03, 'home', 'industry', 0, 0.16],
  ['dispute_clearance', 0.8, 'office', 'work', 'office', 8, 0.1, 0.05, 'home', 'industry', 0, 0.16],
  ['dispute_labour', 0.3, 'commute', 'work', 'theft', 2, 0.3, 0, 'street', 'industry'],
  ['dispute_neighbour', 3.4, 'evening', 'weekend', 'party', 6, 0.1, 0, 'home', 'even', 0, 0.1],
  ['admin_residence', 2.6, 'late', 'work', 'office', 3, 0.1, -0.02, 'home', 'urban', 0, 0.1],
  ['admin_conditional_business', 1.4, 'office', 'work', 'office', 9, 0.1, 0, 'street', 'urban'],
  ['admin_obstruction', 3.4, 'shopping', 'work', 'office', 4, 0.1, 0.02, 'street', 'urban', 0, 0.05],
  ['admin_other', 2.6, 'office', 'work', 'office', 4, 0.1, 0, 'street', 'even', 0, 0.15],
  ['unclassified', 0.6, 'flat', 'flat', 'none', 6, 0, 0, 'home', 'even', 0.1, 0.2],
];

export const rhythms: readonly Rhythm[] = ROWS.map(
  ([
    category,
    share,
    hours,
    week,
    tet,
    peakMonth,
    swing,
    growth,
    spot,
    leaning,
    intervals = 0.03,
    withoutPoint = 0.065,
  ]) => ({
    category,
    share,
    hours,
    week,
    tet,
    peakMonth,
    swing,
    growth,
    spot,
    leaning,
    intervals,
    withoutPoint,
  }),
);

/** Bumps over a floor: [hour of the peak, height, width in hours]. */
const HOUR_BUMPS: Record<HourShape, { floor: number; bumps: readonly (readonly [number, number, number])[] }> = {
  night: {
    floor: 0.15,
    bumps: [
      [2, 1, 2.2],
      [22.5, 0.35, 1.5],
    ],
  },
  evening: {
    floor: 0.25,
    bumps: [
      [19.5, 1, 2.4],
      [11, 0.25, 2],
    ],
  },
  late: {
    floor: 0.12,
    bumps: [
      [22.3, 1, 2],
      [0.5, 0.45, 1.5],
      [17, 0.2, 2.5],
    ],
  },
  office: {
    floor: 0.06,
    bumps: [
      [9.2, 1, 1.7],
      [15, 0.9, 1.7],
    ],
  },
  commute: {
    floor: 0.22,
    bumps: [
      [7, 0.9, 1.1],
      [17.4, 1.1, 1.5],
      [21, 0.35, 2],
    ],
  },
  shopping: {
    floor: 0.12,
    bumps: [
      [9.5, 0.8, 1.8],
      [17.5, 1, 2.2],
    ],
  },
  flat: { floor: 1, bumps: [] },
};

/** Weights of the 24 hours. */
export function hourWeights({ hours }: Rhythm): number[] {
  const { floor, bumps } = HOUR_BUMPS[hours];
  return Array.from({ length: 24 }, (_, hour) =>
    bumps.reduce((sum, [peak, height, width]) => {
      const away = Math.abs(hour + 0.5 - peak);
      return sum + height * Math.exp(-0.5 * (Math.min(away, 24 - away) / width) ** 2);
    }, floor),
  );
}

/** Monday first. */
const WEEK: Record<WeekShape, readonly number[]> = {
  weekend: [0.88, 0.86, 0.88, 0.93, 1.12, 1.25, 1.08],
  work: [1.18, 1.14, 1.12, 1.12, 1.08, 0.8, 0.56],
  flat: [1, 1, 1, 1, 1, 1, 1],
};

/** Factors by days from Tết: three weeks before, the week of the holiday, the month of festivals after it. */
const TET: Record<TetShape, { before: number; holiday: number; after: number }> = {
  theft: { before: 1.5, holiday: 0.55, after: 0.9 },
  party: { before: 1.2, holiday: 1.9, after: 1.25 },
  gambling: { before: 1.3, holiday: 3.4, after: 1.8 },
  traffic: { before: 1.3, holiday: 1.7, after: 1.15 },
  fireworks: { before: 5, holiday: 6, after: 0.8 },
  office: { before: 0.95, holiday: 0.12, after: 0.9 },
  none: { before: 1, holiday: 0.8, after: 1 },
};

/** Weight of a day (given by its local midnight) for a category: growth × season × weekday × Tết. */
export function dayWeight(rhythm: Rhythm, midnightMs: number, tetMidnights: readonly number[]): number {
  const { year, month, day, weekday } = toLocal(midnightMs);
  const yearsIn = year + (month - 0.5) / 12 - 2024;
  const season = 1 + rhythm.swing * Math.cos(((month + day / 31 - 0.5 - rhythm.peakMonth) / 12) * 2 * Math.PI);
  const factors = TET[rhythm.tet];
  let tet = 1;
  for (const midnight of tetMidnights) {
    const days = Math.round((midnightMs - midnight) / DAY_MS);
    if (days >= -21 && days < -1) tet = factors.before;
    else if (days >= -1 && days < 6) tet = factors.holiday;
    else if (days >= 6 && days < 30) tet = factors.after;
  }
  return (1 + rhythm.growth) ** yearsIn * Math.max(0.05, season) * (WEEK[rhythm.week][weekday] ?? 1) * tet;
}

/** Local midnights of Tết for the years of the demonstration. */
export function tetMidnights(): number[] {
  return [2022, 2023, 2024, 2025, 2026].map((year) => startOfDay(tetDate(year)));
}

const LEANING: Record<Leaning, Record<Character, number>> = {
  urban: { centre: 3.4, town: 2, industry: 1.1, coast: 0.8, island: 0.6, country: 0.45 },
  rural: { centre: 0.3, town: 0.5, industry: 0.9, coast: 1.1, island: 0.9, country: 1.3 },
  even: { centre: 1.5, town: 1.2, industry: 1.1, coast: 0.9, island: 0.7, country: 0.85 },
  coast: { centre: 0.6, town: 0.7, industry: 0.7, coast: 2.4, island: 2.6, country: 0.7 },
  industry: { centre: 1.2, town: 1.1, industry: 2.6, coast: 0.7, island: 0.4, country: 0.6 },
};

/** How much likelier a category is per inhabitant in a commune of this character. */
export function communeFactor(rhythm: Rhythm, character: Character): number {
  return LEANING[rhythm.leaning][character];
}
