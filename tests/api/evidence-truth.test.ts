import { readFileSync } from 'node:fs';
import type { EvidenceReading } from '@diemnong/analysis';
import { DEMO_SEED, generateDemoProvince } from '@diemnong/data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DemoReading, readDemo } from '../support/demo-evidence.ts';
import { PROMISED, READINGS, shareOf } from '../support/evidence-tables.ts';
import { type EvidenceTruth, evidenceWorld, readWorld, type TriedReading } from '../support/evidence-world.ts';

/** Other seeds than those behind docs/evidence.md (tests/bench/evidence.ts) and those that the rules were settled on; needs no database. */
const seeds = Array.from({ length: 8 }, (_, i) => 1001 + i);
const page = readFileSync(new URL('../../docs/evidence.md', import.meta.url), 'utf8');

let tried: TriedReading[];
let demo: DemoReading[];
beforeAll(() => {
  tried = seeds.flatMap((seed) => readWorld(evidenceWorld(seed)));
  demo = readDemo(generateDemoProvince({ seed: DEMO_SEED }), DEMO_SEED);
}, 600_000);

const of = (truth: EvidenceTruth, least = 0) => tried.filter((area) => area.truth === truth && area.before >= least);

/** The count that a share which is truly `share` passes less than once in a thousand times. */
function mostByChance(n: number, share: number): number {
  let term = (1 - share) ** n;
  let below = term;
  let count = 0;
  while (below < 0.999) {
    count++;
    term *= ((n - count + 1) / count) * (share / (1 - share));
    below += term;
  }
  return count;
}

function counted(areas: readonly { reading: EvidenceReading }[], reading: EvidenceReading): number {
  return areas.filter((area) => area.reading === reading).length;
}

/** One share of the first table of the page. */
function onPage(truth: string, reading: EvidenceReading): number {
  const line = page.split('\n').find((line) => line.startsWith(`| ${truth} | `));
  const share = Number.parseFloat(line?.split(' | ')[2 + READINGS.indexOf(reading)] ?? '') / 100;
  if (Number.isNaN(share)) throw new Error(`docs/evidence.md says nothing of ${truth}, ${reading}`);
  return share;
}

describe('areas that were the worst of their commune the year before', () => {
  test('are seldom called strong, weak or against where nothing was done, as often as promised at most', () => {
    const none = of('none');
    expect(none.length).toBeGreaterThan(80);
    expect(counted(none, 'strong')).toBeLessThanOrEqual(mostByChance(none.length, PROMISED.strongOfNone));
    expect(counted(none, 'against')).toBeLessThanOrEqual(mostByChance(none.length, PROMISED.againstOfNone));
    expect(counted(none, 'weak')).toBeLessThanOrEqual(mostByChance(none.length, PROMISED.weakOfNone));
  });

  test('are seldom called strong where all that went came up next door', () => {
    const displaced = of('displaces');
    expect(counted(displaced, 'strong')).toBeLessThanOrEqual(
      mostByChance(displaced.length, PROMISED.strongOfDisplaced),
    );
    expect(shareOf(of('displaces', 30), 'against')).toBeGreaterThan(0.15);
  });

  test('are found where records truly fell by half and were many enough', () => {
    const works = of('works', 60);
    expect(works.length).toBeGreaterThan(10);
    expect(shareOf(works, 'strong')).toBeGreaterThan(0.2);
    expect(shareOf(works, 'strong') + shareOf(works, 'weak')).toBeGreaterThan(0.8);
    expect(counted(of('works'), 'against')).toBeLessThanOrEqual(mostByChance(of('works').length, 0.05));
  });

  test('are called against where records rose, and never strong', () => {
    expect(shareOf(of('worsens', 30), 'against')).toBeGreaterThan(0.15);
    expect(counted(of('worsens'), 'strong')).toBe(0);
  });

  test('are compared with controls nearly always', () => {
    expect(tried.filter(({ isCompared }) => isCompared).length / tried.length).toBeGreaterThan(0.85);
  });

  test('read as docs/evidence.md says they do', () => {
    for (const [truth, name] of [
      ['none', 'nothing was done'],
      ['works', 'half of it gone'],
    ] as const)
      for (const reading of READINGS)
        expect(Math.abs(shareOf(of(truth), reading) - onPage(name, reading))).toBeLessThan(0.2);
  });
});

describe('the areas of the demonstration', () => {
  test('are not called strong where nothing was done, nor against where measures work', () => {
    const none = demo.filter(({ truth }) => truth === 'none' || truth === 'seems');
    const works = demo.filter(({ truth }) => truth === 'works');
    expect(none.length).toBeGreaterThan(10);
    expect(works.length).toBeGreaterThan(5);
    expect(counted(none, 'strong')).toBeLessThanOrEqual(mostByChance(none.length, PROMISED.strongOfNone));
    expect(counted(works, 'against')).toBeLessThanOrEqual(mostByChance(works.length, 0.05));
    expect(counted(works, 'strong') + counted(works, 'weak')).toBeGreaterThan(0);
  });

  test('are not called strong where records moved next door or rose', () => {
    const others = demo.filter(({ truth }) => truth === 'displaces' || truth === 'worsens');
    expect(others.length).toBeGreaterThan(1);
    expect(counted(others, 'strong')).toBe(0);
    expect(counted(others, 'against')).toBeGreaterThan(0);
  });
});
