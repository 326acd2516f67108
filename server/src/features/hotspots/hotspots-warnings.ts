import { EMERGING_MIN_STEPS } from '@diemnong/analysis';
import type { HotspotWarning } from '@diemnong/contracts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { monthsTouching } from '../stories/reporting.ts';
import { unreportedIn } from '../trends/reported-days.ts';
import type { CrowdedPlace } from './hotspots-queries.ts';
import type { HotspotGrid, HotspotMeasure } from './hotspots-rules.ts';

/** Whatever the grid: below it a map of a province shows accidents of filing. */
const fewestRecords = 30;
/**
 * One record per neighbourhood of seven cells, on average. The exact chance keeps false hot cells out below it too, but little is
 * found there any more: a neighbourhood that expects λ records needs some λ + 4·√λ + 2 to pass the false discovery rate of a
 * province, and the labels, which rest on single months, are chance in one cell of ten (docs/hotspots.md, last tables).
 */
const neighbourhoodCells = 7;
/** Places named; the count of records is of all. */
const namedPlaces = 50;

/** What must be said beside the numbers, in the order of weight. */
export function warningsOf(
  statistic: HotspotGrid,
  pileUps: readonly CrowdedPlace[],
  { selection, measure, reference }: { selection: Selection; measure: HotspotMeasure; reference: Reference },
): HotspotWarning[] {
  const warnings: HotspotWarning[] = [];
  const { scores, counts, columns, communes, withoutPopulation } = statistic;
  const counted = counts.reduce((sum, count) => sum + count, 0);
  const needed = Math.max(fewestRecords, Math.ceil(scores.members / neighbourhoodCells));
  if (counted < needed) warnings.push({ kind: 'few-incidents', counted, needed });
  if (columns < EMERGING_MIN_STEPS) warnings.push({ kind: 'few-steps', steps: columns, needed: EMERGING_MIN_STEPS });
  const { fromDay, toDay } = selection;
  const months = monthsTouching(fromDay, toDay).length;
  const { byCommune, communeMonths } = unreportedIn(reference, communes, fromDay, toDay);
  if (communeMonths > 0) {
    const silent = communes.filter((code) => byCommune.get(code)?.size === months);
    warnings.push({ kind: 'unreported', communeMonths, communes: silent });
  }
  if (withoutPopulation.length > 0) warnings.push({ kind: 'no-population', communes: withoutPopulation });
  if (measure !== 'per10k') warnings.push({ kind: 'raw-counts' });
  if (pileUps.length > 0)
    warnings.push({
      kind: 'pile-ups',
      records: pileUps.reduce((sum, { count }) => sum + count, 0),
      places: pileUps.slice(0, namedPlaces),
    });
  return warnings;
}
