import type { AreaEvidence } from '@diemnong/contracts';

type Ratio = NonNullable<AreaEvidence['ratio']>;

type RatioWords =
  /** Nothing on either side. */
  | { kind: 'none' }
  /** Nothing before, something after: no share can be told. */
  | { kind: 'from-nothing' }
  /** `sure`: the whole interval lies on one side of no change. Shares: −0.22 = 22% less. */
  | { kind: 'sure' | 'unsure'; share: number; low: number; high: number | null };

/** A ratio of rates as a change in shares. */
export function ratioWords(ratio: Ratio | null, beforeCount: number): RatioWords {
  if (ratio === null) return { kind: 'none' };
  if (ratio.ratio === null) return { kind: beforeCount === 0 && ratio.low !== null ? 'from-nothing' : 'none' };
  const low = ratio.low ?? 0;
  const isSure = low > 1 || (ratio.high !== null && ratio.high < 1);
  return {
    kind: isSure ? 'sure' : 'unsure',
    share: ratio.ratio - 1,
    low: low - 1,
    high: ratio.high === null ? null : ratio.high - 1,
  };
}

/** Fewer or more records than the controls say there would be, area and ring together; unsure while 0 lies between the limits. */
export function netWords({ low, high }: { low: number; high: number }): 'fewer' | 'more' | 'unsure' {
  if (high < 0) return 'fewer';
  return low > 0 ? 'more' : 'unsure';
}

const quotients = [
  'no-success',
  'diffusion-exceeds',
  'diffusion',
  'none',
  'displacement',
  'displacement-exceeds',
] as const;

/** How the displacement quotient reads; `null` = there was nothing to divide by. */
export function quotientWords(wdq: { reading: string } | null): (typeof quotients)[number] | 'absent' {
  return quotients.find((reading) => reading === wdq?.reading) ?? 'absent';
}

/** A chance of under a thousandth is told as "under" that. */
export function pWords(p: number): { isUnder: boolean; value: number } {
  return { isUnder: p < 0.001, value: Math.max(p, 0.001) };
}
