import { randomOccupancy } from './random-occupancy.ts';

/** One point of the curve; all three are shares, 0 to 1. */
export interface ConcentrationPoint {
  readonly cells: number;
  /** Share of the records in that share of the cells, the fullest first. */
  readonly records: number;
  /** The same, expected of as many records thrown over the same cells at random, each cell as likely as any other. */
  readonly chance: number;
}

export interface Concentration {
  /** Records. */
  readonly n: number;
  /** Evenly spaced from (0, 0) to (1, 1); `points` of them, 101 when absent. */
  curve(points?: number): ConcentrationPoint[];
  topShare(cells: number): { records: number; chance: number };
  /** Smallest share of the cells that holds half of the records; null without records. */
  readonly half: number | null;
  /** 0 when records lie as evenly as whole records can, 1 − 1 ÷ min(records, cells) when all lie in one cell; null without. */
  readonly gini: number | null;
}

/**
 * How few cells hold how much? A Lorenz curve that starts with the fullest cell.
 * Give every cell of the grid, zeros included. A share that ends inside a cell takes that part of its records: the curve is
 * straight between whole cells.
 * Few records always look concentrated, since most cells must stay empty: hence `chance`, and hence the generalised Gini
 * coefficient max(1, cells ÷ records) · (G − 1) + 1 in place of the plain G.
 * Source: W. Bernasco & W. Steenbeek, "More Places than Crimes", J. Quantitative Criminology 33, 2017.
 * @throws RangeError when a count is not a whole number from 0.
 */
export function concentrationOf(counts: ArrayLike<number>): Concentration {
  const cells = counts.length;
  const fullest = Float64Array.from(counts).sort().reverse();
  // Records in the k fullest cells.
  const held = new Float64Array(cells + 1);
  let ranked = 0;
  for (let k = 0; k < cells; k++) {
    const count = fullest[k];
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`a count of ${count}; expected a whole number from 0`);
    held[k + 1] = held[k] + count;
    ranked += (cells - k) * count;
  }
  const n = held[cells];
  const heldByChance = randomOccupancy(n, cells);
  const topShare = (share: number) => {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a share of ${share} of the cells; expected 0 to 1`);
    if (n === 0) return { records: 0, chance: 0 };
    const whole = Math.floor(share * cells);
    const part = share * cells - whole;
    const within = (of: (k: number) => number) =>
      (part === 0 ? of(whole) : (1 - part) * of(whole) + part * of(whole + 1)) / n;
    return { records: within((k) => held[k]), chance: within(heldByChance) };
  };
  return {
    n,
    curve: (points = 101) => {
      if (!(Number.isInteger(points) && points > 1)) throw new RangeError(`${points} points; expected 2 or more`);
      return Array.from({ length: points }, (_, i) => {
        const share = i / (points - 1);
        return i === points - 1 && n > 0 ? { cells: 1, records: 1, chance: 1 } : { cells: share, ...topShare(share) };
      });
    },
    topShare,
    half: n === 0 ? null : shareHolding(held, n / 2),
    gini: n === 0 ? null : Math.max(1, cells / n) * ((2 * ranked) / (n * cells) - (cells + 1) / cells - 1) + 1,
  };
}

function shareHolding(held: Float64Array, records: number): number {
  let k = 0;
  while (held[k + 1] < records) k++;
  return (k + (records - held[k]) / (held[k + 1] - held[k])) / (held.length - 1);
}
