import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { formatNumber } from './formats.ts';
import { lookOf, round } from './plot.ts';
import { textWidth } from './text-width.ts';

type RampLegendProps = { frame: ChartFrame; bounds: readonly number[]; x: number; y: number; unit: string };

/** Six classes with the value each begins at; zero stands before them as an empty box. */
export function RampLegend({ frame, bounds, x, y, unit }: RampLegendProps): ReactElement {
  const look = lookOf(frame);
  const top = bounds.at(-1) ?? 0;
  const texts = [
    '0',
    ...bounds.map((bound, i) => (i === 0 ? '> 0' : formatNumber(bound, frame.language, top < 12 ? 1 : 0))),
  ];
  const width = Math.max(26, ...texts.map((text) => textWidth(text, look.small) + 10));
  const height = Math.round(look.small * 0.8);
  return (
    <g>
      {texts.map((text, i) => (
        <g key={text}>
          <rect
            x={round(x + i * width)}
            y={y - height - 4}
            width={round(width - 2)}
            height={height}
            fill={i === 0 ? look.ground : look.sequential[i - 1]}
            stroke={i === 0 ? look.axis : 'none'}
            strokeWidth={0.75}
          />
          <text x={round(x + i * width)} y={y + look.small} fill={look.ink2}>
            {text}
          </text>
        </g>
      ))}
      <text x={round(x + texts.length * width + 6)} y={y - 5} fill={look.ink2}>
        {unit}
      </text>
    </g>
  );
}
