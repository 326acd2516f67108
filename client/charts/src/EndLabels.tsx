import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { lookOf, round } from './plot.ts';

/** A line's name where it ends. */
export type EndLabel = { text: string; y: number; color: string; isStrong?: boolean };

/** Heights for labels that would touch: pushed apart around their own height, top to bottom, inside [top, bottom]. */
export function spreadApart(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let least = top;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, least);
    least = (placed[i] ?? 0) + gap;
  }
  let most = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, most);
    most = (placed[i] ?? 0) - gap;
  }
  return placed;
}

/** Names of lines beside their ends instead of a legend. */
export function EndLabels({
  frame,
  labels,
  x,
  top,
  bottom,
}: {
  frame: ChartFrame;
  labels: readonly EndLabel[];
  x: number;
  top: number;
  bottom: number;
}): ReactElement {
  const look = lookOf(frame);
  const heights = spreadApart(
    labels.map(({ y }) => y),
    look.text * 1.45,
    top,
    bottom,
  );
  return (
    <g fontSize={look.text}>
      {labels.map(({ text, y, color, isStrong = false }, i) => {
        const height = heights[i] ?? y;
        return (
          <g key={text}>
            <path d={`M${x + 2} ${round(y)}L${x + 12} ${round(height)}`} stroke={color} strokeWidth={1} fill="none" />
            <text x={x + 16} y={round(height + look.text * 0.35)} fontWeight={isStrong ? 700 : 400} fill={look.ink}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
