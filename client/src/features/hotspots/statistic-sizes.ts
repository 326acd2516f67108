/** Sizes that statistics are made at: those that the grid of owned cells is filled at. The map of counts goes one finer. */
export const statisticSizes = [7, 8, 9] as const;
export type StatisticSize = (typeof statisticSizes)[number];

/** The statistic changes with the size of the cells, so it does not follow the zoom: this size, or the one chosen by hand. */
export const usualSize: StatisticSize = 9;

/** A size that may be asked for; the usual one for any other. */
export function statisticSizeOf(wanted: number | undefined): StatisticSize {
  return statisticSizes.find((size) => size === wanted) ?? usualSize;
}

/** Size of a cell from its index, "8841…" → 8 (h3geo.org, the digits of an index); undefined where there is no statistic. */
export function sizeOfCell(cell: string): StatisticSize | undefined {
  const own = Number.parseInt(cell.charAt(1), 16);
  return statisticSizes.find((size) => size === own);
}
