import type { AreaTaskStory } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { phaseRuns } from './area-series.ts';
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
import { PeriodAxis } from './PeriodAxis.tsx';
import { bandScale, lookOf, plotIn, round, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/** The months behind a review task: the baseline year, what lay between, and the months in question with their season's baseline. */
export function AreaTaskChart({ answer, frame }: { answer: AreaTaskStory; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { months, task } = answer;
  if (months.length === 0) return <EmptyChart frame={frame} text={words.noData} />;
  const look = lookOf(frame);
  const top = Math.max(greatest(months.flatMap(({ count, baseline }) => [count, baseline])), 1);
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: 8,
    top: look.lineHeight * 2.9,
    bottom: look.lineHeight * 2.4,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const bands = bandScale(plot, months.length);
  const edge = (place: number) => round(plot.left + (place / months.length) * plot.width);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.areaTask.label, {
        area: task.area.name,
        now: formatNumber(task.window.count, language),
        nowDays: formatNumber(task.window.days, language),
        baseline: formatNumber(task.baseline.count, language),
        baselineDays: formatNumber(task.baseline.days, language),
        ratio: task.ratio === null ? '' : fill(words.areaTask.ratio, { ratio: formatRate(task.ratio, language) }),
      })}
    >
      <Hatch theme={frame.theme} />
      {phaseRuns(months).map(({ phase, start, end }) => {
        const width = edge(end) - edge(start);
        const name = words.areaTask.phase[phase];
        return (
          <g key={start} data-phase={phase}>
            <rect
              x={edge(start)}
              y={round(plot.top - look.lineHeight * 1.15)}
              width={round(width)}
              height={round(plot.height + look.lineHeight * 1.15)}
              fill={phase === 'between' ? look.surface : look.ground}
              stroke={look.grid}
            />
            {(phase === 'window' || textWidth(name, look.small) + 8 <= width) && (
              <text
                x={phase === 'window' ? round(edge(end) - 4) : round(edge(start) + width / 2)}
                y={round(plot.top - look.lineHeight * 0.35)}
                textAnchor={phase === 'window' ? 'end' : 'middle'}
                fontWeight={600}
                fill={look.ink2}
                stroke={look.surface}
                strokeWidth={4}
                paintOrder="stroke"
              >
                {name}
              </text>
            )}
          </g>
        );
      })}
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={words.records} />
      {months.map(({ from, count, baseline, phase }, i) => (
        <Mark
          key={from}
          frame={frame}
          title={fill(baseline === null ? words.areaTask.markAlone : words.areaTask.mark, {
            month: formatMonth(from),
            phase: words.areaTask.phase[phase],
            count: sayCount(count, language),
            baseline: baseline === null ? '' : formatRate(baseline, language),
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
            fill={phase === 'window' ? look.hot : phase === 'baseline' ? look.bar : look.quiet}
          />
          {baseline !== null && (
            <line
              data-baseline={baseline}
              x1={edge(i)}
              x2={edge(i + 1)}
              y1={scale.at(baseline)}
              y2={scale.at(baseline)}
              stroke={look.strong}
              strokeWidth={2.5}
            />
          )}
        </Mark>
      ))}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={months} by="month" />
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={[
          { text: words.areaTask.baseline, shape: 'line', color: look.strong },
          { text: words.areaTask.phase.window, shape: 'bar', color: look.hot },
          ...(months.some(({ count }) => count === null) ? [{ text: words.notReported, shape: 'hatch' } as const] : []),
        ]}
      />
    </ChartSvg>
  );
}
