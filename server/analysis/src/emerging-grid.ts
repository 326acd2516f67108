import { EMERGING_MIN_STEPS, type EmergingLabel, emergingRule, labelOf } from './emerging.ts';

/**
 * The labels of `classifyEmerging` for every cell of a grid.
 * A step that was not reported for a cell leaves that cell's series: the steps around it follow each other, and what was
 * the last reported step decides. It is no zero, and a cell with too few steps left has no label.
 * @param z scores cell by cell, oldest step first: `z[cell · steps + step]`. NaN = not reported. A month in which all cells
 * are equal has no score either, but was reported: give it as 0, which is neither hot nor cold.
 * @returns index-aligned labels, null under `EMERGING_MIN_STEPS` reported steps; the rule is that of `classifyEmerging`.
 */
export function classifyGrid(
  z: Float64Array,
  steps: number,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): { labels: (EmergingLabel | null)[]; rule: string } {
  const rule = emergingRule(confidence);
  if (!(Number.isInteger(steps) && steps > 0 && z.length % steps === 0))
    throw new RangeError(`${z.length} scores in steps of ${steps}; expected a whole number of cells`);
  const series = new Float64Array(steps);
  const room = new Float64Array(steps);
  const labels = Array.from({ length: z.length / steps }, (_, cell) => {
    let reported = 0;
    for (let at = cell * steps; at < (cell + 1) * steps; at++) if (!Number.isNaN(z[at])) series[reported++] = z[at];
    return reported < EMERGING_MIN_STEPS ? null : labelOf(series, reported, confidence, room);
  });
  return { labels, rule };
}
