import type { ReactElement } from 'react';
import type { ChartFrame } from './chart-types.ts';
import { chartWords } from './chart-words.ts';
import { shortPeriod, thinLabels } from './period-words.ts';
import { type BandScale, lookOf, type Plot } from './plot.ts';
import { tetIn } from './tet-days.ts';
import { textWidth } from './text-width.ts';

type PeriodAxisProps = {
  frame: ChartFrame;
  plot: Plot;
  bands: BandScale;
  periods: readonly { from: string; to: string }[];
  by: string;
};

/** Periods under their bands, as many as fit, and the ones that hold the first day of Tết marked. */
export function PeriodAxis({ frame, plot, bands, periods, by }: PeriodAxisProps): ReactElement {
  const look = lookOf(frame);
  const { language } = frame;
  const texts = periods.map((period) => shortPeriod(period, by, language));
  const shown = thinLabels(
    texts,
    periods.map(({ from }) => from),
    bands.step,
    look.small,
  );
  /** Under its band, but inside the picture. */
  const placeOf = (i: number) => {
    const half = textWidth(texts[i] ?? '', look.small) / 2 + 2;
    return Math.min(Math.max(bands.middle(i), half), frame.width - half);
  };
  const isFine = by === 'month' || by === 'week' || by === 'reporting';
  return (
    <g fill={look.ink2}>
      {shown.map((i) => (
        <text key={i} x={placeOf(i)} y={plot.bottom + look.lineHeight} textAnchor="middle">
          {texts[i]}
        </text>
      ))}
      {isFine &&
        periods.map(({ from, to }, i) =>
          tetIn(from, to) === undefined ? null : (
            <g key={from}>
              <title>{`${chartWords(language).tet}: ${tetIn(from, to)?.split('-').reverse().join('/') ?? ''}`}</title>
              <path d={`M${bands.middle(i) - 4} ${plot.bottom + look.lineHeight * 1.4}h8l-4 -6z`} fill={look.second} />
              <text x={bands.middle(i)} y={plot.bottom + look.lineHeight * 2.15} textAnchor="middle" fontWeight={600}>
                {chartWords(language).tet}
              </text>
            </g>
          ),
        )}
    </g>
  );
}
