import type { Ratio } from '@diemnong/contracts';

/** How a change is told. Percentages; null bounds are without end. */
export type Change =
  | { kind: 'small-base' }
  /** One of the two counts is hidden, or there is none of the same period. */
  | { kind: 'hidden' }
  | { kind: 'none' }
  | {
      kind: 'change';
      direction: 'up' | 'down' | 'same';
      percent: number;
      low: number;
      high: number | null;
      isSure: boolean;
      p: number;
    };

const toPercent = (ratio: number) => (ratio - 1) * 100;

/**
 * Change against the same period last year. A bare percentage of a small base misleads, so there is none while the
 * server gives none (`changePercent` null); one whose interval holds "no change" is told as not sure.
 */
export function changeOf(story: {
  count: number | null;
  previous: number | null;
  changePercent: number | null;
  ratio: Ratio;
}): Change {
  const { changePercent, ratio } = story;
  if (story.count === null || story.previous === null) return { kind: 'hidden' };
  if (story.count === 0 && story.previous === 0) return { kind: 'none' };
  if (changePercent === null || ratio === null || ratio.low === null) return { kind: 'small-base' };
  const rounded = Math.sign(changePercent) * Math.round(Math.abs(changePercent));
  return {
    kind: 'change',
    direction: rounded > 0 ? 'up' : rounded < 0 ? 'down' : 'same',
    percent: Math.abs(rounded),
    low: toPercent(ratio.low),
    high: ratio.high === null ? null : toPercent(ratio.high),
    isSure: ratio.low > 1 || (ratio.high !== null && ratio.high < 1),
    p: ratio.p,
  };
}

/** "8841 4c6a": the digits of a cell that tell it from its neighbours. */
export function shortCell(cell: string): string {
  const digits = cell.replace(/f+$/, '');
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}
