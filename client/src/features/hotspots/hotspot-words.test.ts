import { readFileSync } from 'node:fs';
import type { HotspotStory, HotspotsResponse, HotspotWarning } from '@diemnong/contracts';
import { describe, expect, test } from 'vitest';
import {
  aboutText,
  chanceKind,
  chanceOf,
  clusteringOf,
  missingSteps,
  pText,
  ruleVersion,
  stackedWarnings,
  surroundingsOf,
  verdictOf,
  widerPeriod,
} from './hotspot-words.ts';

test('a p is told to three digits, and never as zero', () => {
  expect(pText(0.0321, 'vi')).toBe('=\u00a00,032');
  expect(pText(0.4567, 'vi')).toBe('=\u00a00,46');
  expect(pText(1e-9, 'vi')).toBe('<\u00a00,001');
});

test('a measured number has as many digits as matter', () => {
  expect([1240.4, 41.32, 7.16, 0.541, 0.0312].map((value) => aboutText(value, 'vi'))).toEqual([
    '1.240',
    '41,3',
    '7,2',
    '0,54',
    '0,031',
  ]);
});

test('chance is told as "under" where it is small and about so many percent elsewhere', () => {
  expect([0.0002, 0.004, 0.03, 0.05, 0.2344].map(chanceOf)).toEqual([
    { kind: 'under', percent: 0.1 },
    { kind: 'under', percent: 1 },
    { kind: 'under', percent: 5 },
    { kind: 'about', percent: 5 },
    { kind: 'about', percent: 23 },
  ]);
});

test('a cell that stands out alone but not among all is not called different', () => {
  expect(chanceKind({ significance: 2, p: 0.001, exactP: 0.0001 })).toBe('sure');
  expect(chanceKind({ significance: 0, p: 0.01, exactP: 0.02 })).toBe('alone');
  expect(chanceKind({ significance: 0, p: 0.3, exactP: 0.01 })).toBe('none');
  expect(chanceKind({ significance: 0, p: 0.001, exactP: 0.3 })).toBe('none');
  expect(chanceKind({ significance: 0, p: null, exactP: 1 })).toBe('equal');
});

test('a significance is a side and a level', () => {
  expect([3, -2, 1, 0].map(verdictOf)).toEqual([
    { side: 'hot', percent: 99 },
    { side: 'cold', percent: 95 },
    { side: 'hot', percent: 90 },
    null,
  ]);
});

describe('surroundingsOf', () => {
  const story = {
    measure: 'count',
    count: 14,
    neighbours: [20, 21].map((count) => ({ cell: '', count, value: count })),
    localSum: 55,
    expectedSum: 7.2,
    mean: 2.4,
  } as unknown as HotspotStory;

  test('adds up the ring and compares the sum with what chance puts there', () => {
    expect(surroundingsOf(story)).toEqual({
      own: 14,
      ring: 41,
      sum: 55,
      expected: 7.2,
      isRate: false,
      isScaled: false,
      times: 55 / 7.2,
    });
  });
  test('says so when months are missing and the sum is scaled', () => {
    expect(surroundingsOf({ ...story, localSum: 60 }).isScaled).toBe(true);
  });
  test('tells rates as means, since sums of rates mean nothing', () => {
    expect(surroundingsOf({ ...story, measure: 'perKm2', localSum: 300, mean: 12 })).toMatchObject({
      isRate: true,
      isScaled: false,
      sum: 100,
      expected: 12,
    });
  });
  test('has no multiple of nothing', () => {
    expect(surroundingsOf({ ...story, expectedSum: 0 }).times).toBeNull();
  });
});

describe('labels that are missing', () => {
  const few: HotspotWarning = { kind: 'few-steps', steps: 6, needed: 12 };
  const raw: HotspotWarning = { kind: 'raw-counts' };
  const answer = { groups: null, warnings: [few, raw], steps: [] } as unknown as HotspotsResponse;

  test('are told with how many steps there are and are needed', () => {
    expect(missingSteps(answer)).toEqual({ steps: 6, needed: 12 });
    expect(missingSteps({ ...answer, groups: {} as HotspotsResponse['groups'] })).toBeNull();
  });
  test('do not take room in the stack of warnings', () => {
    expect(stackedWarnings(answer.warnings)).toEqual([raw]);
  });
});

describe('widerPeriod', () => {
  const range = { from: '2021-11-05', to: '2026-10-22' };
  test('looks at 24 months that end where the period that is seen ends', () => {
    expect(widerPeriod({ from: '2026-01-01', to: '2026-04-01' }, range, 12)).toEqual({
      from: '2024-04-01',
      to: '2026-04-01',
    });
    expect(widerPeriod({ from: '2026-10-01', to: '2026-10-20' }, range, 12)?.to).toBe('2026-11-01');
  });
  test('reaches beyond the period near the beginning of the data', () => {
    expect(widerPeriod({ from: '2022-01-01', to: '2022-03-01' }, range, 12)).toEqual({
      from: '2021-11-01',
      to: '2023-11-01',
    });
  });
  test('takes what there is, and nothing when that is too little', () => {
    const short = { from: '2025-06-05', to: '2026-10-22' };
    expect(widerPeriod({ from: '2026-10-01', to: '2026-11-01' }, short, 12)).toEqual({
      from: '2025-06-01',
      to: '2026-11-01',
    });
    expect(widerPeriod({ from: '2026-10-01', to: '2026-11-01' }, { ...short, from: '2026-02-01' }, 12)).toBeNull();
  });
});

test('clustering is judged at 5 percent, on both sides', () => {
  expect(clusteringOf({ i: 0.4, expected: -0.01, z: 9, p: 1e-6 })).toBe('clustered');
  expect(clusteringOf({ i: -0.4, expected: -0.01, z: -9, p: 1e-6 })).toBe('even');
  expect(clusteringOf({ i: 0.01, expected: -0.01, z: 1, p: 0.3 })).toBe('none');
  expect(clusteringOf(null)).toBe('equal');
});

test('the legend names the rule by its version', () => {
  expect(ruleVersion('hotspots v1; Gi*: binary weights')).toBe('hotspots v1');
});

describe.each(['vi', 'en'])('the texts in %s', (language) => {
  const texts = JSON.parse(readFileSync(new URL(`../../i18n/${language}/hotspots.json`, import.meta.url), 'utf8')) as {
    label: Record<string, string>;
    meaning: Record<string, string>;
  };
  const patterns = 'new consecutive intensifying persistent diminishing sporadic oscillating historical'.split(' ');
  const labels = [...patterns.flatMap((pattern) => [`${pattern}-hot`, `${pattern}-cold`]), 'none'];

  test('name and explain each of the 17 labels, each in its own words', () => {
    expect(labels).toHaveLength(17);
    for (const kind of ['label', 'meaning'] as const) {
      expect(Object.keys(texts[kind]).sort()).toEqual([...labels].sort());
      expect(new Set(Object.values(texts[kind])).size).toBe(17);
    }
  });
});
