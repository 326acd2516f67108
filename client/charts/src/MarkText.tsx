import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { lookOf } from './plot.ts';

type MarkTextProps = { frame: ChartFrame; x: number; y: number; anchor: 'start' | 'middle' | 'end'; children: string };

/** The number of a mark that stands out, readable over what it lies on. */
export function MarkText({ frame, x, y, anchor, children }: MarkTextProps): ReactElement {
  const look = lookOf(frame);
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      fontSize={look.text}
      fontWeight={700}
      stroke={look.surface}
      strokeWidth={4}
      paintOrder="stroke"
    >
      {children}
    </text>
  );
}
