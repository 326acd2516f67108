import { scaleLinear } from '@visx/scale';
import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { formatNumber, formatShare } from './formats.ts';
import { lookOf, type Plot, type ValueScale } from './plot.ts';
import { textWidth } from './text-width.ts';

type ValueAxisProps = {
  frame: ChartFrame;
  plot: Plot;
  scale: ValueScale;
  /** Written over the axis. */
  unit: string;
  kind?: 'number' | 'share';
};

/** Room that the numbers of an axis take, in pixels. */
export function axisWidth(frame: ChartFrame, top: number, kind: 'number' | 'share' = 'number'): number {
  const look = lookOf(frame);
  // The highest tick may have a digit more than what is drawn.
  const highest =
    scaleLinear<number>({ domain: [0, top] })
      .nice(2)
      .domain()[1] ?? top;
  const texts =
    kind === 'share' ? ['100%'] : [top, highest].map((value) => formatNumber(value, frame.language, top < 10 ? 2 : 0));
  return Math.ceil(Math.max(...texts.map((text) => textWidth(text, look.small)))) + 16;
}

/** Thin lines across with their numbers to the left; the zero line is the strongest. */
export function ValueAxis({ frame, plot, scale, unit, kind = 'number' }: ValueAxisProps): ReactElement {
  const look = lookOf(frame);
  const write = (tick: number) =>
    kind === 'share' ? formatShare(tick, frame.language) : formatNumber(tick, frame.language, 3);
  return (
    <g>
      {scale.ticks.map((tick) => (
        <line
          key={tick}
          x1={plot.left}
          x2={plot.right}
          y1={scale.at(tick)}
          y2={scale.at(tick)}
          stroke={tick === 0 ? look.axis : look.grid}
        />
      ))}
      {scale.ticks.map((tick) => (
        <text key={tick} x={plot.left - 8} y={scale.at(tick) + look.small * 0.35} textAnchor="end" fill={look.ink2}>
          {write(tick)}
        </text>
      ))}
      <text x={2} y={look.small + 1} fill={look.ink2}>
        {unit}
      </text>
    </g>
  );
}
