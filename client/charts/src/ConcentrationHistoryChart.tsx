import type { ConcentrationResponse } from '@diemnong/contracts';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { EndLabels } from './EndLabels.tsx';
import { formatNumber, formatShare } from './formats.ts';
import { HoverArea } from './HoverArea.tsx';
import { Mark } from './Mark.tsx';
import { bandScale, lookOf, plotIn, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

type Year = ConcentrationResponse['history'][number];

/** How concentrated each calendar year was: share in the top 5% of cells, cells that hold half, Gini; one dot per year. */
export function ConcentrationHistoryChart({
  answer,
  frame,
}: {
  answer: ConcentrationResponse;
  frame: ChartFrame;
}): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { history } = answer;
  const known = history.filter(({ top5 }) => top5 !== null);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const share = (value: number | null) => (value === null ? '–' : formatShare(value, language));
  const decimal = (value: number | null) => (value === null ? '–' : formatNumber(value, language, 2));
  const series = [
    {
      key: 'top5',
      read: ({ top5 }: Year) => top5,
      name: words.concentration.lineTop5,
      write: share,
      color: look.bar,
      width: 3.5,
      dashes: undefined,
    },
    {
      key: 'gini',
      read: ({ gini }: Year) => gini,
      name: words.concentration.lineGini,
      write: decimal,
      color: look.strong,
      width: 1.75,
      dashes: undefined,
    },
    {
      key: 'half',
      read: ({ half }: Year) => half,
      name: words.concentration.lineHalf,
      write: share,
      color: look.second,
      width: 2,
      dashes: '7 5',
    },
  ];
  const labels = series.map((line) => ({
    ...line,
    value: line.read(last),
    text: `${line.name}: ${line.write(line.read(last))}`,
  }));
  const plot = plotIn(frame, {
    left: axisWidth(frame, 1, 'share'),
    right: Math.ceil(Math.max(...labels.map(({ text }) => textWidth(text, look.text * 1.05)))) + 26,
    top: look.lineHeight * 1.8,
    bottom: look.lineHeight * 1.6,
  });
  const y = valueScale(plot, 1);
  const bands = bandScale(plot, history.length, 0.1);
  const yearOf = ({ from }: Year) => from.slice(0, 4);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.concentration.historyLabel, {
        years: history.length,
        first: share(first.top5),
        firstYear: yearOf(first),
        last: share(last.top5),
        lastYear: yearOf(last),
      })}
    >
      <ValueAxis frame={frame} plot={plot} scale={y} unit="" kind="share" />
      {series.map(({ key, read, color, width, dashes }) => (
        <path
          key={key}
          data-line={key}
          d={
            line<Year>({
              x: (_, i) => bands.middle(i),
              y: (year) => y.at(read(year) ?? 0),
              defined: (year) => read(year) !== null,
            })(history) ?? ''
          }
          fill="none"
          stroke={color}
          strokeWidth={width}
          strokeDasharray={dashes}
        />
      ))}
      {history.map((year, i) => (
        <Mark
          key={year.from}
          frame={frame}
          title={fill(words.concentration.historyMark, {
            year: yearOf(year),
            top5: share(year.top5),
            half: share(year.half),
            gini: decimal(year.gini),
            n: formatNumber(year.n, language),
          })}
        >
          <HoverArea frame={frame} plot={plot} x={bands.start(i)} width={bands.width} />
          {series.map(({ key, read, color }) => {
            const value = read(year);
            return value === null ? null : (
              <circle
                key={key}
                cx={bands.middle(i)}
                cy={y.at(value)}
                r={4}
                fill={color}
                stroke={look.surface}
                strokeWidth={1.5}
              />
            );
          })}
        </Mark>
      ))}
      <g fill={look.ink2} textAnchor="middle">
        {history.map((year, i) => (
          <text key={year.from} x={bands.middle(i)} y={plot.bottom + look.lineHeight}>
            {yearOf(year)}
          </text>
        ))}
      </g>
      <EndLabels
        frame={frame}
        x={bands.middle(history.indexOf(last))}
        top={plot.top + look.text}
        bottom={plot.bottom - 4}
        labels={labels.flatMap(({ text, value, color, key }) =>
          value === null ? [] : [{ text, y: y.at(value), color, isStrong: key === 'top5' }],
        )}
      />
    </ChartSvg>
  );
}
