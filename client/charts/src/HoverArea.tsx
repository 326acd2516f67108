import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { lookOf, type Plot } from './plot.ts';

type HoverAreaProps = { frame: ChartFrame; plot: Pick<Plot, 'top' | 'height'>; x: number; width: number };

/** Nothing to see: a mark's tooltip is reached over the whole height of the plot. */
export function HoverArea({ frame, plot, x, width }: HoverAreaProps): ReactElement {
  return <rect x={x} y={plot.top} width={width} height={plot.height} fill={lookOf(frame).surface} fillOpacity={0} />;
}
