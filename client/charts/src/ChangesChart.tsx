import type { ChangesResponse } from '@diemnong/contracts';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatMonth, formatNumber, formatRate, formatShare } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch, hatchFill } from './Hatch.tsx';
import { KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { MarkText } from './MarkText.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { bandScale, entryOf, lookOf, plotIn, round, valueScale } from './plot.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/**
 * Since when? Months as quiet bars, the level of each segment as a thick line with its interval as a band, the fitted
 * months thin, every change named at its first month. Pick: first day of a month.
 */
export function ChangesChart({ answer, frame }: { answer: ChangesResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { months, segments, changes } = answer;
  if (months.length === 0 || answer.n === 0) return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const top = Math.max(
    greatest(months.map(({ count, fitted }) => Math.max(count, fitted ?? 0))),
    greatest(segments.map(({ high }) => high)),
  );
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: 8,
    top: look.lineHeight * (1.6 + Math.min(changes.length, 3) * 1.05),
    bottom: look.lineHeight * 2.4,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const bands = bandScale(plot, months.length);
  const edge = (day: string) => {
    const index = months.findIndex(({ from }) => from >= day);
    return index < 0 ? plot.right : round(bands.middle(index) - bands.step / 2);
  };
  const fitted =
    line<(typeof months)[number]>({
      x: (_, i) => bands.middle(i),
      y: (month) => scale.at(month.fitted ?? 0),
      defined: (month) => month.fitted !== null,
    })(months) ?? '';
  const entry = entryOf(
    frame,
    months.map(({ from }) => from),
  );
  const isShort = answer.usable < answer.needed;
  return (
    <ChartSvg frame={frame} label={changesLabel(answer, language)}>
      <Hatch theme={frame.theme} />
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={words.records} />
      {segments.map(({ from, to, low, high }) => (
        <rect
          key={from}
          data-interval={from}
          x={edge(from)}
          y={scale.at(high)}
          width={round(Math.max(edge(to) - edge(from), 1))}
          height={round(Math.max(scale.at(low) - scale.at(high), 1))}
          fill={look.bar}
          fillOpacity={0.25}
        />
      ))}
      {months.map((month, i) => (
        <Mark
          key={month.from}
          frame={frame}
          id={month.from}
          entry={entry}
          column={i}
          title={[
            fill(words.changes.mark, { month: formatMonth(month.from), count: formatNumber(month.count, language) }),
            ...(month.reported
              ? []
              : [
                  fill(words.changes.partly, {
                    counted: formatNumber(month.counted, language),
                    share: formatShare(month.share, language, 0),
                  }),
                ]),
          ].join(' · ')}
        >
          <rect
            data-bar={month.counted}
            x={bands.start(i)}
            y={scale.at(month.counted)}
            width={bands.width}
            height={round(plot.bottom - scale.at(month.counted))}
            fill={look.quiet}
            stroke={month.from === frame.pickedId ? look.ink : 'none'}
            strokeWidth={2}
          />
          {!month.reported && (
            <rect
              x={bands.start(i)}
              y={Math.min(scale.at(month.count), scale.at(month.counted) - 6)}
              width={bands.width}
              height={round(Math.max(scale.at(month.counted) - scale.at(month.count), 6))}
              fill={hatchFill(frame.theme)}
              stroke={look.axis}
              strokeWidth={0.75}
            />
          )}
        </Mark>
      ))}
      <g pointerEvents="none">
        {fitted !== '' && <path d={fitted} fill="none" stroke={look.strong} strokeWidth={1.25} data-line="fitted" />}
        {segments.map(({ from, to, level }) => (
          <line
            key={from}
            data-level={from}
            x1={edge(from)}
            x2={edge(to)}
            y1={scale.at(level)}
            y2={scale.at(level)}
            stroke={look.strong}
            strokeWidth={3.5}
          />
        ))}
        {segments.map(({ from, to, level }) => {
          const text = formatRate(level, language);
          return edge(to) - edge(from) < textWidth(text, look.text) + 12 ? null : (
            <MarkText key={from} frame={frame} x={edge(from) + 6} y={round(scale.at(level) - 6)} anchor="start">
              {text}
            </MarkText>
          );
        })}
      </g>
      {changes.map((change, i) => {
        const x = edge(change.at);
        const text = sayChange(change, language);
        const isLeft = x + textWidth(text, look.text) + 10 > frame.width;
        const y = plot.top - 6 - (changes.length - 1 - i < 3 ? (changes.length - 1 - i) * look.lineHeight * 1.05 : 0);
        return (
          <g key={change.at} data-change={change.at}>
            <line
              x1={x}
              x2={x}
              y1={round(y + 4)}
              y2={plot.bottom}
              stroke={look.second}
              strokeWidth={2}
              strokeDasharray="6 4"
            />
            {changes.length - 1 - i < 3 && (
              <text
                x={isLeft ? x + 4 : x - 4}
                y={round(y)}
                textAnchor={isLeft ? 'end' : 'start'}
                fontSize={look.text}
                fontWeight={600}
                stroke={look.surface}
                strokeWidth={4}
                paintOrder="stroke"
              >
                {text}
              </text>
            )}
          </g>
        );
      })}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={months} by="month" />
      <KeyLine
        frame={frame}
        y={look.small + 1}
        keys={
          isShort
            ? [{ text: fill(words.changes.short, { usable: answer.usable, needed: answer.needed }), shape: 'none' }]
            : [
                { text: words.changes.fitted, shape: 'thin', color: look.strong },
                { text: words.interval, shape: 'interval' },
                ...(months.some(({ reported }) => !reported)
                  ? [{ text: words.notReported, shape: 'hatch' } as const]
                  : []),
              ]
        }
      />
    </ChartSvg>
  );
}

function sayChange({ at, ratio }: ChangesResponse['changes'][number], language: ChartLanguage): string {
  const { changes } = chartWords(language);
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? '∞' : formatRate(value, language);
  const values = { month: formatMonth(at), ratio: say(ratio?.value), low: say(ratio?.low), high: say(ratio?.high) };
  return fill(ratio === null || ratio.low === null ? changes.changeOpen : changes.change, values);
}

function changesLabel(answer: ChangesResponse, language: ChartLanguage): string {
  const { changes } = chartWords(language);
  const finding =
    answer.usable < answer.needed
      ? fill(changes.short, { usable: answer.usable, needed: answer.needed })
      : answer.changes.length === 0
        ? changes.none
        : answer.changes.map((change) => sayChange(change, language)).join('; ');
  return fill(changes.label, {
    count: answer.months.length,
    n: formatNumber(answer.n, language),
    finding,
  });
}
