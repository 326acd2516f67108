import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { lookOf } from './plot.ts';
import { wrapText } from './text-width.ts';

/** Instead of an empty frame: one sentence that says why nothing is drawn. */
export function EmptyChart({ frame, text }: { frame: ChartFrame; text: string }): ReactElement {
  const look = lookOf(frame);
  const lines = wrapText(text, look.title, frame.width - 40);
  const step = look.title * 1.5;
  const y = frame.height / 2 - ((lines.length - 1) * step) / 2;
  return (
    <ChartSvg frame={frame} label={text}>
      <rect
        x={0.5}
        y={0.5}
        width={frame.width - 1}
        height={frame.height - 1}
        rx={6}
        fill={look.ground}
        stroke={look.grid}
      />
      {lines.map((line, i) => (
        <text
          key={line}
          x={frame.width / 2}
          y={y + i * step}
          textAnchor="middle"
          fontSize={look.title}
          fill={look.ink2}
        >
          {line}
        </text>
      ))}
    </ChartSvg>
  );
}
