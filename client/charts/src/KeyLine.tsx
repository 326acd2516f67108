import type { ReactElement, ReactNode } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { hatchFill } from './Hatch.tsx';
import { lookOf } from './plot.ts';
import { textWidth } from './text-width.ts';

export type Key = {
  text: string;
  /** What stands before the text. */
  shape: 'bar' | 'line' | 'thin' | 'dashed' | 'dotted' | 'hatch' | 'interval' | 'dot' | 'ring' | 'none';
  color?: string;
};

/** Room that a line of keys would take, in pixels. */
export function keysWidth(frame: ChartFrame, keys: readonly Key[]): number {
  const { small } = lookOf(frame);
  return keys.reduce((sum, key) => sum + widthOf(key, small), 0);
}

function widthOf(key: Key, fontSize: number): number {
  return (key.shape === 'none' ? 0 : 22) + Math.ceil(textWidth(key.text, fontSize)) + 16;
}

/** What the marks mean, in one line from the right edge, as many as fit: shapes first, so that nothing rests on colour alone. */
export function KeyLine({ frame, keys, y }: { frame: ChartFrame; keys: readonly Key[]; y: number }): ReactElement {
  const look = lookOf(frame);
  const fitting = keys.filter((_, i) => keysWidth(frame, keys.slice(0, i + 1)) <= frame.width + 16);
  const widths = fitting.map((key) => widthOf(key, look.small));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const leftOf = (place: number) =>
    Math.max(frame.width - total, 0) + widths.slice(0, place).reduce((sum, width) => sum + width, 0);
  return (
    <g>
      {fitting.map((key, i) => {
        const left = leftOf(i);
        return (
          <g key={key.text}>
            {shapeOf(key, left, y, frame)}
            <text x={left + (key.shape === 'none' ? 0 : 22)} y={y} fill={look.ink2}>
              {key.text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function shapeOf({ shape, color }: Key, x: number, y: number, frame: ChartFrame): ReactNode {
  const look = lookOf(frame);
  const middle = y - look.small * 0.35;
  const stroke = color ?? look.strong;
  const line = (strokeWidth: number, dashes?: string) => (
    <line
      x1={x}
      x2={x + 16}
      y1={middle}
      y2={middle}
      stroke={stroke}
      strokeWidth={strokeWidth}
      strokeDasharray={dashes}
    />
  );
  switch (shape) {
    case 'bar':
      return <rect x={x + 1} y={middle - 5} width={14} height={10} rx={1.5} fill={color ?? look.bar} />;
    case 'hatch':
      return (
        <rect
          x={x + 1}
          y={middle - 5}
          width={14}
          height={10}
          fill={hatchFill(frame.theme)}
          stroke={look.axis}
          strokeWidth={0.75}
        />
      );
    case 'interval':
      return <rect x={x + 1} y={middle - 5} width={14} height={10} fill={color ?? look.bar} fillOpacity={0.3} />;
    case 'dot':
      return <circle cx={x + 8} cy={middle} r={4.5} fill={stroke} />;
    case 'ring':
      return <circle cx={x + 8} cy={middle} r={4} fill="none" stroke={stroke} strokeWidth={1.5} />;
    case 'line':
      return line(2.5);
    case 'thin':
      return line(1.5);
    case 'dashed':
      return line(2, '6 4');
    case 'dotted':
      return line(1.5, '1.5 4');
    case 'none':
      return null;
  }
}
