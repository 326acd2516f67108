import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf, type Selection } from '../../snapshot/selection.ts';
import { isReported, monthsTouching } from '../stories/reporting.ts';
import type { SpanSums } from './span-sums.ts';
import type { Period } from './trends-rules.ts';

type Unreported = {
  /** Month numbers that a commune has not reported; communes that reported all are absent. */
  byCommune: Map<string, Set<number>>;
  communeMonths: number;
};

/** Communes whose reports a question depends on: those asked for, or all of the default set. */
export function reportingCommunes({ communes }: Selection, reference: Reference): readonly string[] {
  return communes ?? communesOf(reference.defaultSet, reference).map(({ code }) => code);
}

/** Calendar months that share a day with [fromDay, toDay) and were not reported, of some communes. */
export function unreportedIn(
  reference: Reference,
  communes: readonly string[],
  fromDay: number,
  toDay: number,
): Unreported {
  const months = monthsTouching(fromDay, toDay);
  const unreported: Unreported = { byCommune: new Map(), communeMonths: 0 };
  for (const code of communes) {
    const silent = months.filter((month) => !isReported([code], month, reference));
    if (silent.length > 0) unreported.byCommune.set(code, new Set(silent));
    unreported.communeMonths += silent.length;
  }
  return unreported;
}

/** Under this share of what is usual a window says too little, and leaves the statistic. */
const smallestShare = 0.5;

/** A window of a series after silent communes were taken out. */
export type ReportedStep = {
  /** Records of the communes that reported every month of it. */
  counted: number;
  /** What these communes usually have of all records, 0–1. */
  share: number;
  /** `counted`; null when the share is too small. */
  count: number | null;
  /** Days of the window times the share: what `counted` is to be divided by. */
  days: number;
};

/**
 * THE rule for windows that some commune did not report (contracts/trends.ts, above `getSeason`). Usual is a commune's mean
 * per day over those of the windows that it reported; one that reported none of them is in neither side.
 */
export function countReported(
  sums: SpanSums,
  windows: readonly Period[],
  communes: readonly string[],
  reference: Reference,
): ReportedStep[] {
  const reporters = windows.map(() => [] as { code: string; count: number }[]);
  const months = windows.map(({ from, to }) => monthsTouching(from, to));
  const usual = new Map<string, number>();
  for (const code of communes) {
    let [records, days] = [0, 0];
    windows.forEach((window, i) => {
      if (!months[i].every((month) => isReported([code], month, reference))) return;
      const count = sums.of(code, window);
      reporters[i].push({ code, count });
      records += count;
      days += window.to - window.from;
    });
    if (days > 0) usual.set(code, records / days);
  }
  let whole = 0;
  for (const perDay of usual.values()) whole += perDay;
  return windows.map(({ from, to }, i) => {
    let [counted, part] = [0, 0];
    for (const { code, count } of reporters[i]) {
      counted += count;
      part += usual.get(code) ?? 0;
    }
    // Without a record anywhere, communes count alike.
    const share = whole > 0 ? Math.min(1, part / whole) : usual.size > 0 ? reporters[i].length / usual.size : 0;
    return { counted, share, count: share < smallestShare ? null : counted, days: (to - from) * share };
  });
}
