import type { GroupTableResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame, NameOf } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber } from './formats.ts';
import { greatest } from './greatest.ts';
import { Hatch, hatchFill } from './Hatch.tsx';
import { Mark } from './Mark.tsx';
import { PeriodAxis } from './PeriodAxis.tsx';
import { longPeriod } from './period-words.ts';
import { bandScale, entryOf, lookOf, plotIn, round } from './plot.ts';
import { changeWords } from './ratio-words.ts';
import { fitText, textWidth } from './text-width.ts';

type GroupsChartProps = { answer: GroupTableResponse; frame: ChartFrame; nameOf: NameOf };

/**
 * One row per group: its bars on its own scale with last year as a tick on each, its total, its change with the interval;
 * a small base is said instead of a percentage. Pick: code of a group, `all` for the last row.
 */
export function GroupsChart({ answer, frame, nameOf }: GroupsChartProps): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const { rows, periods, by } = answer;
  const all = rows.at(-1);
  if (periods.length === 0 || all === undefined || (all.total === 0 && all.previous === 0))
    return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const nameOfRow = (code: string | null) => (code === null ? words.all : nameOf(code));
  const changes = rows.map((row) =>
    row.isSmallBase ? words.smallBase : (changeWords(row.changePercent, row.ratio, language) ?? '–'),
  );
  const nameWidth = Math.min(
    Math.max(...rows.map(({ code }) => textWidth(nameOfRow(code), look.text))) + 14,
    frame.width * 0.28,
  );
  const totalWidth =
    Math.max(textWidth(words.groups.total, look.small), textWidth(formatNumber(all.total, language), look.text)) + 16;
  const changeWidth =
    Math.max(textWidth(words.groups.change, look.small), ...changes.map((text) => textWidth(text, look.small))) + 14;
  const hasChanges = frame.width > nameWidth + totalWidth + changeWidth + 160;
  const plot = plotIn(frame, {
    left: Math.ceil(nameWidth),
    right: Math.ceil(totalWidth + (hasChanges ? changeWidth : 0)),
    top: look.lineHeight * 1.5,
    bottom: look.lineHeight * 2.4,
  });
  const rowHeight = plot.height / rows.length;
  const bands = bandScale(plot, periods.length, periods.length > 40 ? 0.1 : 0.25);
  const ids = rows.map(({ code }) => code ?? 'all');
  const entry = entryOf(frame, ids);
  const [firstRow = all] = rows;
  const busiest = rows.slice(0, -1).reduce((a, b) => (b.total > a.total ? b : a), firstRow);
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.groups.label, {
        groups: rows.length - 1,
        periods: periods.length,
        total: formatNumber(all.total, language),
        top: nameOfRow(busiest.code),
        topCount: formatNumber(busiest.total, language),
      })}
    >
      <Hatch theme={frame.theme} />
      <g fill={look.ink2}>
        <text x={2} y={look.small + 1}>
          {fitText(words.groups.scale, look.small, plot.right - 8)}
        </text>
        <text x={plot.right + totalWidth - 6} y={look.small + 1} textAnchor="end">
          {words.groups.total}
        </text>
        {hasChanges && (
          <text x={plot.right + totalWidth + 8} y={look.small + 1}>
            {words.groups.change}
          </text>
        )}
      </g>
      {rows.map((row, r) => {
        const top = plot.top + r * rowHeight + Math.min(6, rowHeight * 0.15);
        const bottom = plot.top + (r + 1) * rowHeight;
        const most = Math.max(1, greatest(row.cells.flatMap(({ count, previous }) => [count, previous])));
        const y = (value: number) => round(bottom - (value / most) * (bottom - top));
        const middle = bottom - rowHeight / 2 + look.text * 0.35;
        const isAll = row.code === null;
        const id = ids[r] ?? '';
        return (
          <Mark
            key={id}
            frame={frame}
            id={id}
            entry={entry}
            row={r}
            title={`${nameOfRow(row.code)}: ${fill(words.recordsOf, { value: formatNumber(row.total, language) })} · ${row.isSmallBase ? words.smallBaseLong : (changes[r] ?? '')}`}
          >
            {id === frame.pickedId && (
              <rect
                x={0}
                y={round(bottom - rowHeight)}
                width={frame.width}
                height={round(rowHeight)}
                fill={look.ground}
                stroke={look.axis}
              />
            )}
            {isAll && (
              <line
                x1={0}
                x2={frame.width}
                y1={round(bottom - rowHeight)}
                y2={round(bottom - rowHeight)}
                stroke={look.axis}
              />
            )}
            <rect
              x={0}
              y={round(bottom - rowHeight)}
              width={frame.width}
              height={round(rowHeight)}
              fill={look.surface}
              fillOpacity={0}
            />
            <text x={2} y={round(middle)} fontSize={look.text} fontWeight={isAll ? 700 : 400}>
              {fitText(nameOfRow(row.code), look.text, nameWidth - 12)}
            </text>
            <line x1={plot.left} x2={plot.right} y1={round(bottom)} y2={round(bottom)} stroke={look.grid} />
            {row.cells.map((cell, i) => (
              <g key={periods[i]?.from}>
                <title>
                  {fill(words.groups.mark, {
                    group: nameOfRow(row.code),
                    period: longPeriod(periods[i] ?? { from: '', to: '' }, by, language),
                    count: formatNumber(cell.count, language),
                    previous: formatNumber(cell.previous, language),
                  })}
                </title>
                <rect
                  data-bar={cell.count}
                  x={bands.start(i)}
                  y={y(cell.count)}
                  width={bands.width}
                  height={round(bottom - y(cell.count))}
                  fill={look.bar}
                />
                {(periods[i]?.unreportedCommunes ?? 0) > 0 && (
                  <rect
                    x={bands.start(i)}
                    y={round(bottom - 5)}
                    width={bands.width}
                    height={5}
                    fill={hatchFill(frame.theme)}
                  />
                )}
                {cell.previous > 0 && (
                  <line
                    x1={bands.start(i)}
                    x2={round(bands.start(i) + bands.width)}
                    y1={y(cell.previous)}
                    y2={y(cell.previous)}
                    stroke={look.strong}
                    strokeWidth={2}
                  />
                )}
              </g>
            ))}
            <text
              x={plot.right + totalWidth - 6}
              y={round(middle)}
              textAnchor="end"
              fontSize={look.text}
              fontWeight={600}
            >
              {formatNumber(row.total, language)}
            </text>
            {hasChanges && (
              <text x={plot.right + totalWidth + 8} y={round(middle)} fill={row.isSmallBase ? look.ink2 : look.ink}>
                {changes[r]}
              </text>
            )}
          </Mark>
        );
      })}
      <PeriodAxis frame={frame} plot={plot} bands={bands} periods={periods} by={by} />
    </ChartSvg>
  );
}
