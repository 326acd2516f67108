import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  drawPlantedRows,
  type Layout,
  layOut,
  type PlantedProvince,
  type PlantedRows,
  plantedProvince,
} from '../support/planted-province.ts';
import { CUTS, type Cut, type Filter, type MapTally, tallyMaps } from '../support/planted-scores.ts';

/** Two seeds of the fifty behind docs/hotspots.md (tests/bench/planted-clusters.ts); needs no database. */
const seeds = [1, 51];
const page = readFileSync(new URL('../../docs/hotspots.md', import.meta.url), 'utf8');

let province: PlantedProvince;
let drawn: PlantedRows[];
beforeAll(() => {
  province = plantedProvince();
  drawn = seeds.map((seed) => drawPlantedRows(province, seed));
});

const tally = (layout: Layout, filter: Filter): MapTally[] =>
  drawn.map((rows, i) => tallyMaps(province, rows, layOut(province, rows, layout, seeds[i]), filter, 'count'));
const cutAt = (by: Cut['by'], level = 0.05) => CUTS.findIndex((cut) => cut.by === by && cut.level === level);
const shareOf = (tallies: MapTally[], part: (tally: MapTally) => number, whole: (tally: MapTally) => number) =>
  tallies.reduce((sum, each) => sum + part(each), 0) / tallies.reduce((sum, each) => sum + whole(each), 0);

/** One percentage of the first table of the page, as a share. */
function onPage(layout: string, filter: string, cut: string, column: number): number {
  const line = page.split('\n').find((line) => line.startsWith(`| ${layout} | ${filter} | ${cut} | `));
  const share = Number.parseFloat(line?.split(' | ')[column] ?? '') / 100;
  if (Number.isNaN(share)) throw new Error(`docs/hotspots.md says nothing of ${layout}, ${filter}, ${cut}`);
  return share;
}

describe('of the clusters planted in the demonstration province', () => {
  test('the maps find what docs/hotspots.md says they find', () => {
    const margin = 0.1;
    for (const [layout, filter, name] of [
      ['as it is', 'groups', 'one group'],
      ['as it is', 'all', 'all categories'],
      ['even background', 'groups', 'one group'],
    ] as const) {
      const tallies = tally(layout, filter);
      const cut = cutAt('q');
      const years = shareOf(
        tallies,
        ({ foundYears }) => foundYears[cut],
        ({ plantedYears }) => plantedYears,
      );
      const clusters = shareOf(
        tallies,
        ({ found }) => found[cut],
        ({ planted }) => planted,
      );
      expect(years).toBeGreaterThan(onPage(layout, name, '95% after FDR', 4) - margin);
      expect(clusters).toBeGreaterThan(onPage(layout, name, '95% after FDR', 3) - margin);
      expect(tallies.every(({ planted }) => planted === province.demo.truth.length)).toBe(true);
    }
  });

  test('fewer are “found” at the same places when the planted records are taken out', () => {
    const cut = cutAt('q');
    const found = (layout: Layout) =>
      shareOf(
        tally(layout, 'groups'),
        ({ foundYears }) => foundYears[cut],
        ({ plantedYears }) => plantedYears,
      );
    expect(found('planted taken out')).toBeLessThan(0.5 * found('as it is'));
  });
});

describe('on an even background a hot cell away from what is planted is false, and there are', () => {
  const falseShare = (filter: Filter, by: Cut['by']) =>
    shareOf(
      tally('even background', filter),
      ({ away }) => away[cutAt(by)],
      ({ hot }) => hot[cutAt(by)],
    );

  test('more without the false discovery rate than after it', () => {
    expect(falseShare('all', 'p')).toBeGreaterThan(0.03);
    expect(falseShare('all', 'q')).toBeLessThan(0.01);
    expect(falseShare('groups', 'p')).toBeGreaterThan(falseShare('groups', 'q'));
  });

  test('hardly any when the exact chance is asked too, also where records are few', () => {
    expect(falseShare('groups', 'q')).toBeGreaterThan(0.3);
    expect(falseShare('groups', 'both')).toBeLessThan(0.05);
  });
});

test('records thrown at random have hot cells everywhere without the false discovery rate, and next to none by the exact chance', () => {
  const tallies = tally('all at random', 'groups');
  const mapsHot = (by: Cut['by']) =>
    shareOf(
      tallies,
      ({ mapsWithAway }) => mapsWithAway[cutAt(by)],
      ({ maps }) => maps,
    );
  expect(mapsHot('p')).toBe(1);
  expect(mapsHot('both')).toBeLessThan(0.1);
});
