import type { PropsWithChildren, ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { lookOf } from './plot.ts';

export const CHART_FONT = '"Be Vietnam Pro", "Segoe UI", system-ui, sans-serif';

/** The picture itself. `label` is its main finding in words; with marks to pick it is a group, so that they stay reachable. */
export function ChartSvg({
  frame,
  label,
  children,
}: PropsWithChildren<{ frame: ChartFrame; label: string }>): ReactElement {
  const look = lookOf(frame);
  return (
    <svg
      width={frame.width}
      height={frame.height}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role={frame.onPick === undefined ? 'img' : 'group'}
      aria-label={label}
      fontFamily={CHART_FONT}
      fontSize={look.small}
      fontVariant="tabular-nums"
      fill={look.ink}
    >
      {children}
    </svg>
  );
}
