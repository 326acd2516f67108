import { concentrationOf } from '@diemnong/analysis';
import type { ConcentrationResponse, getConcentration, ParsedRequestOf } from '@diemnong/contracts';
import { toDay } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { type Selection, toSelection } from '../../snapshot/selection.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { countByCell } from '../hexes/hexes-queries.ts';
import { type OwnedGrid, readOwnedGrid } from '../hotspots/owned-grid.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import { reportingCommunes } from './reported-days.ts';
import { periodsOf } from './trends-rules.ts';

const rule =
  'concentration-1: share of records in the fullest cells of the full grid against records thrown at random; Gini of Bernasco & Steenbeek 2017; communes that reported no month of the window are outside the grid';

const shownShares = [0.01, 0.05, 0.1];
const historyShare = 0.05;
const curvePoints = 201;

/** How few cells hold how much, in the window and in each of its calendar years. */
export async function measureConcentration(
  source: CountSource,
  query: ParsedRequestOf<typeof getConcentration>['query'],
): Promise<ConcentrationResponse> {
  const { reference } = source;
  const selection = toSelection(query, reference);
  const grid = await readOwnedGrid(source, query.res);
  const measure = async (window: Selection) => {
    const { cells, units, communeOnlyUnits } = await countByCell(source, window, query.res, 'count');
    const silent = silentCommunes(window, reference);
    const counts = countsInGrid(grid, { cells, units }, inGrid(grid, window, silent));
    const matching = units.reduce((sum, count) => sum + count, communeOnlyUnits);
    return { silent, cells: counts.length, matching, found: concentrationOf(counts) };
  };
  const { silent, cells, matching, found } = await measure(selection);
  const history: ConcentrationResponse['history'] = [];
  for (const { from, to } of periodsOf('year', selection.fromDay, selection.toDay, reference.cutoffDay)) {
    const year = (await measure({ ...selection, fromDay: from, toDay: to })).found;
    history.push({
      from: toDay(from),
      to: toDay(to),
      n: year.n,
      top5: year.n === 0 ? null : year.topShare(historyShare).records,
      half: year.half,
      gini: year.gini,
    });
  }
  return {
    dataVersion: reference.dataVersion,
    from: query.from,
    to: query.to,
    res: query.res,
    rule,
    n: found.n,
    gridCells: cells,
    leftOut: silent,
    outside: matching - found.n,
    curve: found.n === 0 ? [] : found.curve(curvePoints),
    top: found.n === 0 ? [] : shownShares.map((share) => ({ cells: share, ...found.topShare(share) })),
    half: found.half,
    gini: found.gini,
    history,
  };
}

/** Communes that reported none of the window's months. */
function silentCommunes(window: Selection, reference: Reference): string[] {
  const months = monthsTouching(window.fromDay, window.toDay);
  return reportingCommunes(window, reference).filter(
    (code) => !months.some((month) => isReported([code], month, reference)),
  );
}

/** Indices of the grid's cells in communes that were asked for and not silent. */
function inGrid({ communes }: OwnedGrid, window: Selection, silent: readonly string[]): number[] {
  const wanted = window.communes && new Set(window.communes);
  const isSilent = new Set(silent);
  return [...communes.keys()].filter(
    (i) => !isSilent.has(communes[i]) && (wanted === undefined || wanted.has(communes[i])),
  );
}

function countsInGrid(
  { indexOf, communes }: OwnedGrid,
  { cells, units }: { cells: readonly string[]; units: readonly number[] },
  kept: readonly number[],
): Float64Array {
  const all = new Float64Array(communes.length);
  cells.forEach((cell, i) => {
    const at = indexOf.get(cell);
    if (at !== undefined) all[at] = units[i];
  });
  return Float64Array.from(kept, (i) => all[i]);
}
