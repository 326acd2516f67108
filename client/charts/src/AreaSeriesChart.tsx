import type { AreaEvidence } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import {
  type AreaSeriesBy,
  type AreaSeriesStep,
  areaSteps,
  comparedLevels,
  phaseRuns,
  placeOfDay,
  rowsOfLabels,
} from './area-series.ts';
import { ChartSvg } from './ChartSvg.tsx';
import { CountBar } from './CountBar.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { sayCount } from './count-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatDay, formatNumber, formatRate } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch } from './Hatch.tsx';
import { HoverArea } from './HoverArea.tsx';
import { type Key, KeyLine, keysWidth } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { MarkText } from './MarkText.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { longPeriod } from './period-words.ts';
import { type BandScale, bandScale, type Look, lookOf, type Plot, plotIn, round, valueScale } from './plot.ts';
import { fitText, textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/** Rows that the names of steps may take over the bars. */
const mostRows = 4;

/**
 * The records inside an area, before, during and after: by calendar month, or by reporting period. The phases are shaded and named,
 * the levels of the two compared windows drawn across them, the area's steps marked at their days, silent months hatched.
 */
export function AreaSeriesChart({
  answer,
  frame,
  by = 'month',
}: {
  answer: AreaEvidence;
  frame: ChartFrame;
  by?: AreaSeriesBy;
}): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const steps = areaSteps(answer, by);
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return <EmptyChart frame={frame} text={words.areaSeries.empty} />;
  const look = lookOf(frame);
  const levels = comparedLevels(answer);
  const top = Math.max(greatest([...steps.map(({ count }) => count), ...levels.map(({ level }) => level)]), 1);
  const left = axisWidth(frame, top);
  const placed = marksOf(answer, steps, bandScale({ left, right: frame.width - 8 }, steps.length), frame);
  const rows = 1 + Math.max(-1, ...placed.map(({ row }) => row ?? -1));
  const plot = plotIn(frame, {
    left,
    right: 8,
    top: look.lineHeight * (2.9 + rows),
    bottom: look.lineHeight * 2.4,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const bands = bandScale(plot, steps.length);
  const x = (place: number) => round(plot.left + (place / steps.length) * plot.width);
  const days = (value: number) => formatNumber(value, language);
  /** Above the bars that a level's number would stand in, where there is room. */
  const numberPlace = (from: string, to: string, level: number) => {
    const middle = (x(placeOfDay(steps, from)) + x(placeOfDay(steps, to))) / 2;
    const reach = (textWidth(formatRate(level, language), look.text) + bands.width) / 2 + 2;
    const behind = steps.filter((_, i) => Math.abs(bands.middle(i) - middle) < reach).map(({ count }) => count ?? 0);
    return { x: round(middle), y: round(Math.max(plot.top + look.text, scale.at(greatest([level, ...behind])) - 6)) };
  };
  const keys: Key[] = [
    ...(levels.length > 0 ? [{ text: words.areaSeries.mean, shape: 'line', color: look.strong } as const] : []),
    ...(steps.some(({ count }) => count === null) ? [{ text: words.notReported, shape: 'hatch' } as const] : []),
  ];
  const hasRoom = keysWidth(frame, keys) + textWidth(words.records, look.small) < frame.width;
  const n = steps.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.areaSeries.label, {
        count: steps.length,
        n: formatNumber(n, language),
        compared:
          answer.before === null || answer.after === null
            ? words.areaSeries.notCompared
            : fill(words.areaSeries.compared, {
                before: formatNumber(answer.before.count, language),
                beforeDays: days(answer.before.days),
                after: formatNumber(answer.after.count, language),
                afterDays: days(answer.after.days),
              }),
      })}
    >
      <Hatch theme={frame.theme} />
      <Phases steps={steps} plot={plot} x={x} look={look} language={language} />
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={hasRoom ? words.records : ''} />
      {steps.map((step, i) => (
        <Mark key={step.from} frame={frame} title={sayStep(step, by, language)}>
          {step.count !== null && <HoverArea frame={frame} plot={plot} x={bands.start(i)} width={bands.width} />}
          <CountBar
            frame={frame}
            plot={plot}
            bands={bands}
            scale={scale}
            index={i}
            from={step.from}
            count={step.count}
            fill={step.phase === 'during' ? look.quiet : look.bar}
          />
        </Mark>
      ))}
      {levels.map(({ phase, from, to, level }) => (
        <g key={phase}>
          <title>
            {fill(words.areaSeries.meanMark, {
              phase: words.areaSeries.phase[phase],
              value: formatRate(level, language),
              from: formatDay(from),
              to: formatDay(to),
            })}
          </title>
          <line
            data-level={phase}
            x1={x(placeOfDay(steps, from))}
            x2={x(placeOfDay(steps, to))}
            y1={scale.at(level)}
            y2={scale.at(level)}
            stroke={look.strong}
            strokeWidth={3}
          />
          <MarkText frame={frame} {...numberPlace(from, to, level)} anchor="middle">
            {formatRate(level, language)}
          </MarkText>
        </g>
      ))}
      {placed.map((mark) => (
        <g key={mark.key} data-mark={mark.type}>
          <title>{mark.title}</title>
          <line
            x1={mark.x}
            x2={mark.x}
            y1={round(look.lineHeight * (1.85 + (mark.row ?? rows)))}
            y2={plot.bottom}
            stroke={look.second}
            strokeWidth={1.5}
            strokeDasharray="5 3"
          />
        </g>
      ))}
      {placed.map(({ key, row, textX, anchor, text }) =>
        row === null ? null : (
          <text
            key={key}
            x={textX}
            y={round(look.lineHeight * (2.2 + row))}
            textAnchor={anchor}
            fill={look.ink}
            stroke={look.surface}
            strokeWidth={4}
            paintOrder="stroke"
          >
            {text}
          </text>
        ),
      )}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={steps} by={by} />
      <KeyLine frame={frame} y={look.small + 1} keys={keys} />
    </ChartSvg>
  );
}

/** Quiet ground behind each phase with its name along the top edge; "during" is only as wide as a month and named where it fits. */
function Phases({
  steps,
  plot,
  x,
  look,
  language,
}: {
  steps: readonly AreaSeriesStep[];
  plot: Plot;
  x: (place: number) => number;
  look: Look;
  language: ChartLanguage;
}): ReactElement {
  const { phase: names, phaseShort } = chartWords(language).areaSeries;
  return (
    <g>
      {phaseRuns(steps).map(({ phase, start, end }) => {
        const width = x(end) - x(start);
        const name = [names[phase], phaseShort[phase]].find((text) => textWidth(text, look.small) + 8 <= width);
        return (
          <g key={start} data-phase={phase}>
            <rect
              x={x(start)}
              y={round(plot.top - look.lineHeight * 1.15)}
              width={round(width)}
              height={round(plot.height + look.lineHeight * 1.15)}
              fill={phase === 'after' ? look.ground : look.surface}
              stroke={look.grid}
            />
            {name !== undefined && (
              <text
                x={round(x(start) + width / 2)}
                y={round(plot.top - look.lineHeight * 0.35)}
                textAnchor="middle"
                fontWeight={600}
                fill={look.ink2}
              >
                {name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

type PlacedMark = AreaEvidence['marks'][number] & {
  key: string;
  x: number;
  textX: number;
  anchor: 'start' | 'end';
  width: number;
  text: string;
  title: string;
  row: number | null;
};

/** The steps within the series, each with a row for its name; a name without room is left to the tooltip. */
function marksOf(
  { marks }: AreaEvidence,
  steps: readonly AreaSeriesStep[],
  bands: BandScale,
  frame: ChartFrame,
): PlacedMark[] {
  const look = lookOf(frame);
  const { event, measure } = chartWords(frame.language).areaSeries;
  /** Of a measure its kind; of another step the decision's number. */
  const namesOf = ({ type, label }: AreaEvidence['marks'][number]): string[] => {
    if (label === null) return [event[type]];
    return type === 'measure' ? [measure[label as keyof typeof measure] ?? label] : [event[type], label];
  };
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return [];
  const left = bands.middle(0) - bands.step / 2;
  const within = marks
    .filter(({ on }) => on >= first.from && on < last.to)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map((mark, i) => {
      const names = namesOf(mark);
      const x = round(left + placeOfDay(steps, mark.on) * bands.step);
      const title = [...names, formatDay(mark.on)].join(' · ');
      const text = fitText(`${names[0] ?? ''} ${formatDay(mark.on)}`, look.small, frame.width * 0.45);
      const width = textWidth(text, look.small);
      const anchor = x + 4 + width > frame.width ? ('end' as const) : ('start' as const);
      return {
        ...mark,
        key: `${mark.on} ${i}`,
        x,
        text,
        title,
        anchor,
        textX: anchor === 'start' ? x + 3 : x - 3,
        width,
      };
    });
  const rows = rowsOfLabels(
    within.map(({ textX, anchor, width }) => ({
      left: anchor === 'start' ? textX - 3 : textX - width - 3,
      right: anchor === 'start' ? textX + width + 10 : textX + 10,
    })),
    mostRows,
  );
  return within.map((mark, i) => ({ ...mark, row: rows[i] ?? null }));
}

function sayStep(step: AreaSeriesStep, by: AreaSeriesBy, language: ChartLanguage): string {
  const words = chartWords(language);
  return fill(words.areaSeries.mark, {
    period: longPeriod(step, by, language),
    phase: words.areaSeries.phase[step.phase],
    count: sayCount(step.count, language),
  });
}
