import type { TrendPeriod, TrendsResponse } from '@diemnong/contracts';
import { line } from '@visx/shape';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { dayNumber } from './days.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch, hatchFill } from './Hatch.tsx';
import { HoverArea } from './HoverArea.tsx';
import { type Key, KeyLine } from './KeyLine.tsx';
import { Mark } from './Mark.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { longPeriod } from './period-words.ts';
import { bandScale, entryOf, lookOf, plotIn, round, valueScale } from './plot.ts';
import { changeWords } from './ratio-words.ts';
import { textWidth } from './text-width.ts';
import { axisWidth, ValueAxis } from './ValueAxis.tsx';

/**
 * Counts per period as bars from zero, the same period of last year as a thin line, the share of silent communes hatched
 * from the foot of a bar, Tết marked.
 * Pick: first day of a period.
 */
export function PeriodsChart({ answer, frame }: { answer: TrendsResponse; frame: ChartFrame }): ReactElement {
  const { periods, by } = answer;
  const words = chartWords(frame.language);
  if (periods.length === 0 || (answer.total === 0 && greatest(periods.map(({ previousYear }) => previousYear)) === 0))
    return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const comparable = previousYears(periods);
  const top = Math.max(greatest(periods.map(({ count }) => count)), greatest(comparable));
  const plot = plotIn(frame, {
    left: axisWidth(frame, top),
    right: 8,
    top: look.lineHeight * 1.5 + look.small,
    bottom: look.lineHeight * 2.4,
  });
  const scale = valueScale(plot, top, { isWhole: true });
  const bands = bandScale(plot, periods.length);
  const path = line<number | null>({
    x: (_, i) => bands.middle(i),
    y: (value) => scale.at(value ?? 0),
    defined: (value) => value !== null,
  })(comparable);
  const entry = entryOf(
    frame,
    periods.map(({ from }) => from),
  );
  const hasNumbers = bands.step >= textWidth(formatNumber(top, frame.language), look.small) + 4;
  return (
    <ChartSvg frame={frame} label={periodsLabel(answer, frame.language)}>
      <Hatch theme={frame.theme} />
      <ValueAxis frame={frame} plot={plot} scale={scale} unit={words.records} />
      {periods.map((period, i) => {
        const y = scale.at(period.count ?? 0);
        const isPicked = period.from === frame.pickedId;
        return (
          <Mark
            key={period.from}
            frame={frame}
            id={period.from}
            entry={entry}
            column={i}
            title={sayPeriod(period, comparable[i] ?? null, by, frame.language)}
          >
            <HoverArea frame={frame} plot={plot} x={bands.start(i) - 1} width={bands.width + 2} />
            <rect
              data-bar={period.count ?? undefined}
              x={bands.start(i)}
              y={y}
              width={bands.width}
              height={Math.max(plot.bottom - y, 0)}
              fill={look.bar}
              stroke={isPicked ? look.ink : 'none'}
              strokeWidth={2}
            />
            {!period.reported && (
              <rect
                data-silent={period.unreportedCommunes}
                x={bands.start(i)}
                y={round(plot.bottom - silentHeight(period, plot.bottom - y))}
                width={bands.width}
                height={round(silentHeight(period, plot.bottom - y))}
                fill={hatchFill(frame.theme)}
                stroke={look.axis}
                strokeWidth={0.75}
              />
            )}
            {period.count === null && (
              <text x={bands.middle(i)} y={plot.bottom - 4} textAnchor="middle" fill={look.ink2}>
                –
              </text>
            )}
          </Mark>
        );
      })}
      {path !== null && path !== '' && (
        <g pointerEvents="none">
          <path d={path} fill="none" stroke={look.surface} strokeWidth={4} />
          <path d={path} fill="none" stroke={look.strong} strokeWidth={1.75} data-line="last-year" />
        </g>
      )}
      {hasNumbers && (
        <g pointerEvents="none" textAnchor="middle" stroke={look.surface} strokeWidth={4} paintOrder="stroke">
          {periods.map(({ from, count }, i) =>
            count === null ? null : (
              <text key={from} x={bands.middle(i)} y={scale.at(count) - 5}>
                {formatNumber(count, frame.language)}
              </text>
            ),
          )}
        </g>
      )}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={periods} by={by} />
      <KeyLine frame={frame} keys={keysOf(answer, comparable, frame)} y={look.small + 1} />
    </ChartSvg>
  );
}

function keysOf({ periods }: TrendsResponse, comparable: readonly (number | null)[], frame: ChartFrame): Key[] {
  const words = chartWords(frame.language);
  const look = lookOf(frame);
  return [
    ...(comparable.some((value) => value !== null)
      ? [{ text: words.lastYear, shape: 'thin', color: look.strong } as const]
      : []),
    ...(periods.some(({ reported }) => !reported) ? [{ text: words.notReported, shape: 'hatch' } as const] : []),
  ];
}

/** A single silent commune must still be seen, in pixels. */
const smallestHatch = 12;

/** How much of a bar is hatched: the share of the period's commune-months that nobody reported, from its foot. */
function silentHeight({ unreportedCommunes, communeMonths, from, to }: TrendPeriod, barHeight: number): number {
  const months = Math.max(1, Math.round((dayNumber(to) - dayNumber(from)) / 30.4));
  const share = Math.min(1, (unreportedCommunes * months) / Math.max(communeMonths, 1));
  return Math.max(barHeight * share, smallestHatch);
}

/** Of the months of the first period that has a year before it: with less of them in the data, that year would look like a fall. */
const wholeEnough = 0.9;

/** Counts of last year, null for the periods before there were any records to compare with. */
function previousYears(periods: readonly TrendPeriod[]): (number | null)[] {
  const begun = periods.findIndex(({ previousYear, ratio }) => ratio !== null || (previousYear ?? 0) > 0);
  const { comparedMonths = 0, communeMonths = 0 } = periods[begun] ?? {};
  const isCut = comparedMonths > 0 && comparedMonths < wholeEnough * communeMonths;
  const first = isCut ? begun + 1 : begun;
  return periods.map(({ previousYear }, i) => (first < 0 || i < first ? null : previousYear));
}

function sayPeriod(period: TrendPeriod, previous: number | null, by: string, language: ChartLanguage): string {
  const words = chartWords(language);
  const shown = (count: number | null) =>
    count === null ? words.hidden : fill(words.recordsOf, { value: formatNumber(count, language) });
  const values = { period: longPeriod(period, by, language), count: shown(period.count), previous: shown(previous) };
  return [
    fill(previous === null ? words.periods.markAlone : words.periods.mark, values),
    changeWords(period.changePercent, period.ratio, language),
    period.reported ? undefined : fill(words.notReportedBy, { count: period.unreportedCommunes }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function periodsLabel(answer: TrendsResponse, language: ChartLanguage): string {
  const words = chartWords(language);
  const { periods, by, total } = answer;
  const how = words.by[by as keyof typeof words.by] ?? '';
  const known = periods.filter((period): period is TrendPeriod & { count: number } => period.count !== null);
  const [first] = known;
  if (total === null || first === undefined) return fill(words.periods.labelHidden, { by: how, count: periods.length });
  const highest = known.reduce((a, b) => (b.count > a.count ? b : a), first);
  const lowest = known.reduce((a, b) => (b.count < a.count ? b : a), first);
  const last = periods.at(-1);
  const change = last === undefined ? undefined : changeWords(last.changePercent, last.ratio, language);
  const told = fill(words.periods.label, {
    by: how,
    count: periods.length,
    total: formatNumber(total, language),
    top: formatNumber(highest.count, language),
    topPeriod: longPeriod(highest, by, language),
    least: formatNumber(lowest.count, language),
    leastPeriod: longPeriod(lowest, by, language),
  });
  return change === undefined ? told : `${told} ${fill(words.periods.last, { change })}`;
}
