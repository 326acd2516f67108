import type { AlertStory } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import { CountBar } from './CountBar.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { sayCount } from './count-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatMonth, formatNumber, formatRate } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch } from './Hatch.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { MarkText } from './MarkText.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { bandScale, lookOf, plotIn, round, valueScale } from './plot.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/** The months behind a note: counts as bars, each month's threshold as a step over it, months not reported hatched; the note's own month stands out. */
export function AlertChart({ answer, frame }: { answer: AlertStory; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { series, alert } = answer;
  if (series.length === 0) return <EmptyChart frame={frame} text={words.noData} />;
  const look = lookOf(frame);
  const top = Math.max(greatest(series.flatMap(({ count, upper }) => [count, upper])), 1);
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: 8,
    top: look.lineHeight * 1.9,
    bottom: look.lineHeight * 2.4,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const bands = bandScale(plot, series.length);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.alert.label, {
        commune: alert.commune.name,
        month: formatMonth(alert.month),
        count: formatNumber(alert.count, language),
        expected: formatRate(alert.expected, language),
        upper: formatRate(alert.upper, language),
      })}
    >
      <Hatch theme={frame.theme} />
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={words.records} />
      {series.map(({ from, count, expected, upper }, i) => {
        const isNoted = from === alert.month;
        const left = round(bands.middle(i) - bands.step / 2);
        const right = round(bands.middle(i) + bands.step / 2);
        return (
          <Mark
            key={from}
            frame={frame}
            title={fill(upper === null ? words.alert.markAlone : words.alert.mark, {
              month: formatMonth(from),
              count: sayCount(count, language),
              upper: upper === null ? '' : formatRate(upper, language),
            })}
          >
            <CountBar
              frame={frame}
              plot={plot}
              bands={bands}
              scale={scale}
              from={from}
              count={count}
              index={i}
              fill={isNoted ? look.hot : look.bar}
            />
            {expected !== null && (
              <line
                x1={left}
                x2={right}
                y1={scale.at(expected)}
                y2={scale.at(expected)}
                stroke={look.strong}
                strokeWidth={1.25}
              />
            )}
            {upper !== null && (
              <line
                data-upper={upper}
                x1={left}
                x2={right}
                y1={scale.at(upper)}
                y2={scale.at(upper)}
                stroke={look.second}
                strokeWidth={2.5}
              />
            )}
            {isNoted && count !== null && (
              <MarkText
                frame={frame}
                x={round(Math.min(bands.middle(i), plot.right - look.text))}
                y={round(scale.at(count) - 6)}
                anchor="middle"
              >
                {formatNumber(count, language)}
              </MarkText>
            )}
          </Mark>
        );
      })}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={series} by="month" />
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: words.alert.threshold, shape: 'line', color: look.second },
          { text: words.alert.expected, shape: 'thin', color: look.strong },
          ...(series.some(({ count }) => count === null) ? [{ text: words.notReported, shape: 'hatch' } as const] : []),
        ]}
      />
    </ChartSvg>
  );
}
