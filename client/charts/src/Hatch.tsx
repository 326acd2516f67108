import type { ReactElement } from 'react';
import type { ChartTheme } from './chart-types.ts';
import { paletteOf } from './palette.ts';

/** Address of the hatch for `fill`. From the theme alone, so that browser and server name it alike; twins on a page are equal. */
export function hatchFill(theme: ChartTheme): string {
  return `url(#chart-hatch-${theme})`;
}

/** "Chưa báo cáo": diagonal lines, never a colour alone. */
export function Hatch({ theme }: { theme: ChartTheme }): ReactElement {
  const { axis, surface } = paletteOf(theme);
  return (
    <defs>
      <pattern
        id={`chart-hatch-${theme}`}
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={6} height={6} fill={surface} />
        <line x1={1.5} y1={0} x2={1.5} y2={6} stroke={axis} strokeWidth={2} />
      </pattern>
    </defs>
  );
}
