import type { CumulativeResponse } from '@diemnong/contracts';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { addDays, dayNumber } from './days.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { EndLabels } from './EndLabels.tsx';
import { formatDay, formatMonth, formatNumber } from './formats.ts';
import { HoverArea } from './HoverArea.tsx';
import { Mark } from './Mark.tsx';
import { MarkText } from './MarkText.tsx';
import { thinLabels } from './period-words.ts';
import { lookOf, plotIn, round, valueScale } from './plot.ts';
import { changeWords } from './ratio-words.ts';
import { fitText, textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/** The year so far (thick), last year (thin) and the yearly goal (dashed), adding up from zero; the verdict in words above. */
export function CumulativeChart({ answer, frame }: { answer: CumulativeResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { points } = answer;
  const last = points.at(-1);
  if (last === undefined || (answer.current === 0 && answer.previousWholeYear === 0))
    return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const goalText = fill(words.cumulative.goal, { goal: formatNumber(answer.goalPercent, language, 1) });
  const names = [`${answer.year}: ${formatNumber(answer.current, language)}`, String(answer.year - 1), goalText];
  const top = Math.max(answer.current, last.previous, last.goal, 1);
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: Math.ceil(Math.max(...names.map((name) => textWidth(name, look.text * 1.05)))) + 24,
    top: look.lineHeight * 3.6,
    bottom: look.lineHeight * 1.6,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const first = dayNumber(answer.from);
  const length = Math.max(dayNumber(answer.to) - first, 1);
  const x = (day: string) => round(plot.left + ((dayNumber(day) - first) / length) * plot.width);
  const start = { to: answer.from, current: 0, previous: 0, goal: 0 };
  const steps = [start, ...points];
  const draw = (read: (point: typeof start | (typeof points)[number]) => number | null) =>
    line<(typeof steps)[number]>({
      x: (point) => x(point.to),
      y: (point) => scale.at(read(point) ?? 0),
      defined: (point) => read(point) !== null,
    })(steps) ?? '';
  const known = points.filter((point) => point.current !== null);
  const lastKnown = known.at(-1);
  const starts = points.map((_, i) => points[i - 1]?.to ?? answer.from);
  // A point may stand inside a month, at the end of the data: it begins no month of its own.
  const months = starts.filter((day) => day !== answer.until || day.slice(8) === answer.from.slice(8));
  const monthTexts = months.map((day) => formatMonth(day).slice(0, 2));
  const monthWidth = plot.width / Math.max(months.length, 1);
  const shown = thinLabels(monthTexts, months, monthWidth, look.small);
  const facts = factsOf(answer, language);
  // Beside the end of the line, on the side where last year's is not.
  const isBehind = (lastKnown?.current ?? 0) <= (lastKnown?.previous ?? 0);
  return (
    <ChartSvg frame={frame} label={fill(words.cumulative.label, facts)}>
      <ValueAxis frame={frame} plot={plot} scale={scale} unit="" />
      <text x={2} y={look.text + 1} fontSize={look.text} fontWeight={700}>
        {fitText(fill(words.cumulative.found, facts), look.text * 1.06, frame.width - 2)}
      </text>
      <text x={2} y={look.text + 1 + look.lineHeight * 1.15} fill={look.ink2}>
        {fitText(
          [
            fill(words.cumulative.verdict, facts),
            ...(answer.unreported > 0
              ? [fill(words.cumulative.unreported, { count: formatNumber(answer.unreported, language) })]
              : []),
          ].join(' · '),
          look.small,
          frame.width - 2,
        )}
      </text>
      <text x={plot.left} y={plot.top - 6} fill={look.ink2}>
        {words.records}
      </text>
      <path
        d={draw((point) => point.previous)}
        fill="none"
        stroke={look.strong}
        strokeWidth={1.5}
        data-line="previous"
      />
      <path
        d={draw((point) => point.goal)}
        fill="none"
        stroke={look.second}
        strokeWidth={2}
        strokeDasharray="7 5"
        data-line="goal"
      />
      <path
        d={draw((point) => point.current)}
        fill="none"
        stroke={look.bar}
        strokeWidth={4}
        strokeLinejoin="round"
        data-line="current"
      />
      {points.map((point, i) => (
        <Mark key={point.to} frame={frame} title={sayPoint(point, language)}>
          <HoverArea
            frame={frame}
            plot={plot}
            x={x(starts[i] ?? answer.from)}
            width={Math.max(x(point.to) - x(starts[i] ?? answer.from), 1)}
          />
          {point.current !== null && (
            <circle
              cx={x(point.to)}
              cy={scale.at(point.current)}
              r={4}
              fill={look.bar}
              stroke={look.surface}
              strokeWidth={1.5}
            />
          )}
        </Mark>
      ))}
      {shown.map((i) => (
        <text
          key={months[i]}
          x={round(x(months[i] ?? answer.from) + monthWidth / 2)}
          y={plot.bottom + look.lineHeight}
          textAnchor="middle"
          fill={look.ink2}
        >
          {monthTexts[i]}
        </text>
      ))}
      <EndLabels
        frame={frame}
        x={plot.right}
        top={plot.top + look.text}
        bottom={plot.bottom}
        labels={[
          { text: names[1] ?? '', y: scale.at(last.previous), color: look.strong },
          { text: goalText, y: scale.at(last.goal), color: look.second },
          ...(lastKnown === last && last.current !== null
            ? [{ text: names[0] ?? '', y: scale.at(last.current), color: look.bar, isStrong: true }]
            : []),
        ]}
      />
      {lastKnown !== undefined && lastKnown !== last && (
        <MarkText
          frame={frame}
          x={isBehind ? x(lastKnown.to) + 8 : Math.max(x(lastKnown.to) - 8, plot.left + 4)}
          y={round(scale.at(lastKnown.current ?? 0) + (isBehind ? look.text * 1.5 : -10))}
          anchor={isBehind || x(lastKnown.to) < plot.left + 120 ? 'start' : 'end'}
        >
          {names[0] ?? ''}
        </MarkText>
      )}
    </ChartSvg>
  );
}

function factsOf(answer: CumulativeResponse, language: ChartLanguage): Record<string, string | number> {
  const change = changeWords(answer.changePercent, answer.ratio, language);
  return {
    year: answer.year,
    until: formatDay(addDays(answer.until, -1)),
    current: formatNumber(answer.current, language),
    previous: formatNumber(answer.previous, language),
    change: change === undefined ? '' : `, ${change}`,
    goal: formatNumber(answer.goalPercent, language, 1),
    state: chartWords(language).cumulative.state[answer.state],
  };
}

function sayPoint(point: CumulativeResponse['points'][number], language: ChartLanguage): string {
  return fill(chartWords(language).cumulative.mark, {
    day: formatDay(addDays(point.to, -1)),
    current: point.current === null ? '–' : formatNumber(point.current, language),
    previous: formatNumber(point.previous, language),
    goal: formatNumber(point.goal, language, 1),
  });
}
