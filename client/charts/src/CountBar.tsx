import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { hatchFill } from './Hatch.tsx';
import { type BandScale, lookOf, type Plot, round, type ValueScale } from './plot.ts';

type CountBarProps = {
  frame: ChartFrame;
  plot: Pick<Plot, 'top' | 'height' | 'bottom'>;
  bands: BandScale;
  scale: ValueScale;
  index: number;
  /** First day of the period. */
  from: string;
  /** Records; null = not reported. */
  count: number | null;
  fill: string;
  /** Where the bars stand; default: the foot of the plot, which a silent period is hatched to. */
  ground?: number;
};

/** Records of a period as a bar from zero; one that nobody reported is hatched from top to foot, since it is not zero. */
export function CountBar(props: CountBarProps): ReactElement {
  const { frame, plot, bands, scale, index, from, count, fill, ground = plot.bottom } = props;
  return count === null ? (
    <rect
      data-missing={from}
      x={bands.start(index)}
      y={plot.top}
      width={bands.width}
      height={plot.height}
      fill={hatchFill(frame.theme)}
      stroke={lookOf(frame).axis}
      strokeWidth={0.75}
    />
  ) : (
    <rect
      data-bar={count}
      x={bands.start(index)}
      y={scale.at(count)}
      width={bands.width}
      height={round(ground - scale.at(count))}
      fill={fill}
    />
  );
}
