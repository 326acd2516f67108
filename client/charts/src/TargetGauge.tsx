import type { Fraction } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { GaugeArc, GaugePatterns } from './gauge-arc.tsx';
import { sayFraction } from './target-words.ts';

/** One target as a semicircle; `name` is what the target is called, for those who do not see it. */
export function TargetGauge({
  fraction,
  frame,
  name,
}: {
  fraction: Fraction;
  frame: ChartFrame;
  name: string;
}): ReactElement {
  return (
    <ChartSvg frame={frame} label={sayFraction(fraction, name, frame.language)}>
      <GaugePatterns theme={frame.theme} />
      <GaugeArc fraction={fraction} frame={frame} box={{ left: 0, top: 0, width: frame.width, height: frame.height }} />
    </ChartSvg>
  );
}
