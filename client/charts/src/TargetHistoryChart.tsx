import type { Fraction, TargetsResponse } from '@diemnong/contracts';
import { area, line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { EndLabels } from './EndLabels.tsx';
import { formatDay, formatShare } from './formats.ts';
import { HoverArea } from './HoverArea.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { bandScale, lookOf, plotIn, round, valueScale } from './plot.ts';
import { historyPoints, type TargetHistoryBy, type TargetPoint } from './target-history.ts';
import { sayRate } from './target-words.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/**
 * Both rates at the end of each month of the year, or of each year with a list: lines with their 95% intervals, and each target
 * as a dashed line in its rate's colour. A point without a denominator is a gap.
 */
export function TargetHistoryChart({
  answer,
  frame,
  by = 'month',
}: {
  answer: TargetsResponse;
  frame: ChartFrame;
  by?: TargetHistoryBy;
}): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const points = historyPoints(answer, by);
  const last = points.at(-1);
  const isKnown = points.some(
    ({ transformation, noRelapse }) => transformation.rate !== null || noRelapse.rate !== null,
  );
  if (last === undefined || !isKnown) return <EmptyChart frame={frame} text={words.noData} />;
  const look = lookOf(frame);
  const series = [
    {
      key: 'transformation',
      read: (point: TargetPoint) => point.transformation,
      name: words.targets.transformationShort,
      color: look.bar,
      dashes: undefined,
      isRound: true,
    },
    {
      key: 'no-relapse',
      read: (point: TargetPoint) => point.noRelapse,
      name: words.targets.noRelapseShort,
      color: look.second,
      dashes: '3 3',
      isRound: false,
    },
  ].map((one) => {
    const end = points.findLast((point) => one.read(point).rate !== null);
    const rate = end === undefined ? null : one.read(end).rate;
    return { ...one, rate, text: rate === null ? '' : `${one.name}: ${formatShare(rate, language)}` };
  });
  const plot = plotIn(frame, {
    left: axisWidth(frame, 1, 'share'),
    right: Math.ceil(Math.max(...series.map(({ text }) => textWidth(text, look.text * 1.08)))) + 26,
    top: look.lineHeight * 1.8,
    bottom: look.lineHeight * 1.6,
  });
  const y = valueScale(plot, 1);
  const bands = bandScale(plot, points.length, 0.1);
  const every = Math.max(1, Math.ceil((look.small * (by === 'month' ? 3.4 : 2.8)) / bands.step));
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.targets.historyLabel, {
        by: by === 'month' ? words.targets.byMonth : words.targets.byYear,
        count: points.length,
        last: formatDay(last.on),
        transformation: sayRate(last.transformation, language),
        noRelapse: sayRate(last.noRelapse, language),
      })}
    >
      <ValueAxis frame={frame} plot={plot} scale={y} unit="" kind="share" />
      {by === 'month' &&
        series.map(({ key, read, color }) => (
          <path
            key={key}
            data-band={key}
            d={
              area<TargetPoint>({
                x: (_, i) => bands.middle(i),
                y0: (point) => y.at(read(point).low ?? 0),
                y1: (point) => y.at(read(point).high ?? 0),
                defined: (point) => read(point).low !== null && read(point).high !== null,
              })(points) ?? ''
            }
            fill={color}
            fillOpacity={0.14}
          />
        ))}
      {series.map(({ key, read, color }) => (
        <line
          key={key}
          data-target={key}
          x1={plot.left}
          x2={plot.right}
          y1={y.at(read(last).target)}
          y2={y.at(read(last).target)}
          stroke={color}
          strokeWidth={1.75}
          strokeDasharray="9 5"
        />
      ))}
      {series.map(({ key, read, color, dashes }) => (
        <path
          key={key}
          data-line={key}
          d={
            line<TargetPoint>({
              x: (_, i) => bands.middle(i),
              y: (point) => y.at(read(point).rate ?? 0),
              defined: (point) => read(point).rate !== null,
            })(points) ?? ''
          }
          fill="none"
          stroke={color}
          strokeWidth={2.5}
          strokeDasharray={dashes}
        />
      ))}
      {points.map((point, i) => (
        <Mark
          key={point.on}
          frame={frame}
          title={fill(words.targets.historyMark, {
            on: by === 'year' ? `${point.year} (${formatDay(point.on)})` : formatDay(point.on),
            transformation: sayRate(point.transformation, language),
            noRelapse: sayRate(point.noRelapse, language),
          })}
        >
          <HoverArea frame={frame} plot={plot} x={bands.start(i)} width={bands.width} />
          {series.map(({ key, read, color, isRound }, place) => (
            <Point
              key={key}
              fraction={read(point)}
              x={bands.middle(i) + (by === 'year' ? (place - 0.5) * 8 : 0)}
              yAt={y.at}
              color={color}
              surface={look.surface}
              isRound={isRound}
              hasWhisker={by === 'year'}
            />
          ))}
        </Mark>
      ))}
      <g fill={look.ink2} textAnchor="middle">
        {points.map((point, i) =>
          i % every === 0 ? (
            <text key={point.on} x={bands.middle(i)} y={round(plot.bottom + look.lineHeight)}>
              {by === 'month' ? formatDay(point.on).slice(0, 5) : point.year}
            </text>
          ) : null,
        )}
      </g>
      <EndLabels
        frame={frame}
        x={plot.right}
        top={plot.top + look.text}
        bottom={plot.bottom - 4}
        labels={series.flatMap(({ rate, text, color }) =>
          rate === null ? [] : [{ text, y: y.at(rate), color, isStrong: true }],
        )}
      />
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={series.map(({ name, read, color }) => ({
          text: `${name}: ${fill(words.targets.target, { target: formatShare(read(last).target, language) })}`,
          shape: 'dashed',
          color,
        }))}
      />
    </ChartSvg>
  );
}

type PointProps = {
  fraction: Fraction;
  x: number;
  yAt: (share: number) => number;
  color: string;
  surface: string;
  isRound: boolean;
  hasWhisker: boolean;
};

/** Round for transformation, square for no relapse: the two stay apart without colour. */
function Point({ fraction: { rate, low, high }, x, yAt, color, surface, isRound, hasWhisker }: PointProps) {
  if (rate === null) return null;
  return (
    <>
      {hasWhisker && low !== null && high !== null && (
        <line x1={x} x2={x} y1={yAt(low)} y2={yAt(high)} stroke={color} strokeWidth={2} />
      )}
      {isRound ? (
        <circle data-point={rate} cx={x} cy={yAt(rate)} r={4.5} fill={color} stroke={surface} strokeWidth={1.5} />
      ) : (
        <rect
          data-point={rate}
          x={round(x - 4)}
          y={round(yAt(rate) - 4)}
          width={8}
          height={8}
          fill={color}
          stroke={surface}
          strokeWidth={1.5}
        />
      )}
    </>
  );
}
