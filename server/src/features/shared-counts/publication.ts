import { publishYear, type Shown, type YearPublication } from '@diemnong/analysis';
import type { CountedYear, Kinds, ProvinceCounts } from './shared-counts-queries.ts';

/** What is shown of a calendar year, with its hexagons put together from the parts that lie in several communes. */
type PublishedYear = YearPublication & {
  /** Of hexagons with a record. */
  cells: ReadonlyMap<string, Shown>;
  /** Of each commune: its records known only to the commune. */
  communeOnly: readonly Shown[];
  /** A hexagon that is not in `cells` holds none; false when the year tells nothing of places. */
  arePlacesKnown: boolean;
};

/**
 * All that viewers of one province may ever be shown, made once for a data version. Every answer is a sum of these numbers, and
 * a sum with a hidden part is hidden: so no two answers together tell more than the publication does.
 */
export type Publication = {
  /** Numbers below this are hidden. */
  smallest: number;
  kinds: Pick<Kinds, 'groups' | 'communes'>;
  /** Complete calendar years with a record. */
  years: ReadonlyMap<number, PublishedYear>;
  /**
   * Totals of the complete months of the running year, and nothing else of it: counts by group or place that grow from month to month
   * would give the last month away, small as it is by place, to whoever kept those of the month before.
   */
  runningMonths: readonly Shown[];
  /** First month with a record that is published; undefined while there is none. */
  first: number | undefined;
  /** The month after the last one published; undefined while there is no record. */
  end: number | undefined;
};

export function publish(
  counts: ProvinceCounts | undefined,
  kinds: Publication['kinds'],
  smallest: number,
): Publication {
  if (counts === undefined)
    return { smallest, kinds, years: new Map(), runningMonths: [], first: undefined, end: undefined };
  const years = new Map(
    [...counts.years].map(([year, counted]) => {
      const shown = publishYear({ ...counted, partCosts: costsOf(counted, smallest) }, smallest);
      return [year, { ...shown, ...placesOf(counted.cells, shown) }];
    }),
  );
  const runningMonths = counts.runningMonths.map((count) => (count > 0 && count < smallest ? null : count));
  const yearsEnd = counts.end - runningMonths.length;
  const months = [...years].flatMap(([year, shown]) =>
    shown.months.map((count, month) => ({ at: 12 * year + month, count })),
  );
  const all = [...months, ...runningMonths.map((count, month) => ({ at: yearsEnd + month, count }))];
  // Empty months are shown as such, so that a hidden one is known not to be empty.
  const filled = all.filter(({ count }) => count !== 0).map(({ at }) => at);
  return {
    smallest,
    kinds,
    years,
    runningMonths,
    first: filled.length > 0 ? Math.min(...filled) : undefined,
    end: counts.end,
  };
}

/** null when one of them is hidden. */
export function addShown(counts: readonly Shown[]): Shown {
  let sum = 0;
  for (const count of counts) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

/**
 * What is lost on the map when a part is hidden: its whole hexagon, which lies in several communes; nothing when that is hidden anyway.
 * The number known only to the commune goes last: without it, how many are in hexagons is not told for the province either.
 */
function costsOf({ parts, cells }: CountedYear, smallest: number): number[][] {
  const totals = new Map<string, number>();
  const hidden = new Set<string>();
  parts.forEach((counts, commune) =>
    counts.forEach((count, part) => {
      const cell = cells[commune][part];
      if (cell === null) return;
      totals.set(cell, (totals.get(cell) ?? 0) + count);
      if (count < smallest) hidden.add(cell);
    }),
  );
  const costOf = (cell: string | null) =>
    cell === null ? Number.MAX_SAFE_INTEGER : hidden.has(cell) ? 0 : (totals.get(cell) ?? 0);
  return cells.map((ofCommune) => ofCommune.map(costOf));
}

function placesOf(
  cells: readonly (readonly (string | null)[])[],
  { total, communes, parts }: YearPublication,
): Pick<PublishedYear, 'cells' | 'communeOnly' | 'arePlacesKnown'> {
  const partsOf = new Map<string, Shown[]>();
  const communeOnly = communes.map((count, commune) => {
    let alone: Shown = count === null ? null : 0;
    parts[commune].forEach((part, i) => {
      const cell = cells[commune][i];
      if (cell === null) alone = part;
      else partsOf.set(cell, [...(partsOf.get(cell) ?? []), part]);
    });
    return alone;
  });
  return {
    cells: new Map([...partsOf].map(([cell, shown]) => [cell, addShown(shown)])),
    communeOnly,
    arePlacesKnown: total === 0 || communes.some((count) => count !== null),
  };
}
