import type { HourWeekdayResponse } from '@diemnong/contracts';
import type { ReactElement } from 'react';
import { ChartSvg } from './ChartSvg.tsx';
import type { ChartFrame } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { EmptyChart } from './EmptyChart.tsx';
import { formatNumber } from './formats.ts';
import { greatest } from './greatest.ts';
import { heatBounds, heatClass } from './heat-classes.ts';
import { Mark } from './Mark.tsx';
import { entryOf, lookOf, plotIn, round } from './plot.ts';
import { RampLegend } from './RampLegend.tsx';
import { textWidth } from './text-width.ts';

/**
 * Hours of the week in six classes, the sums of hours above and of weekdays beside as bars from zero.
 * Pick: `weekday-hour`, weekdays 1–7 from Monday, hours 0–23.
 */
export function HourWeekdayChart({ answer, frame }: { answer: HourWeekdayResponse; frame: ChartFrame }): ReactElement {
  const { language } = frame;
  const words = chartWords(language);
  const cells = answer.matrix.flatMap((row, day) => row.map((value, hour) => ({ day, hour, value })));
  const [first] = cells;
  if (first === undefined || answer.n === 0) return <EmptyChart frame={frame} text={words.empty} />;
  const look = lookOf(frame);
  const top = greatest(cells.map(({ value }) => value));
  const bounds = heatBounds(top, look.sequential.length);
  const busiest = cells.reduce((a, b) => (b.value > a.value ? b : a), first);
  const marginHeight = Math.round(look.small * 3);
  const plot = plotIn(frame, {
    left: Math.ceil(Math.max(...words.weekdays.map((day) => textWidth(day, look.text)))) + 14,
    right: Math.round(Math.min(frame.width * 0.12, 90)),
    top: marginHeight + 8,
    bottom: look.lineHeight * 3.4,
  });
  const width = plot.width / 24;
  const height = plot.height / 7;
  const x = (hour: number) => round(plot.left + hour * width);
  const y = (day: number) => round(plot.top + day * height);
  const dayName = (day: number) => words.weekdaysLong[day] ?? '';
  const write = (value: number) => formatNumber(value, language, 1);
  const topHour = Math.max(greatest(answer.hours), 1e-9);
  const topDay = Math.max(greatest(answer.weekdays), 1e-9);
  const barRoom = frame.width - plot.right - 8 - textWidth(formatNumber(topDay, language), look.small) - 6;
  const entry = entryOf(
    frame,
    cells.map(({ day, hour }) => `${day + 1}-${hour}`),
  );
  const every = width * 2 >= textWidth('23', look.small) + 6 ? (width >= textWidth('23', look.small) + 6 ? 1 : 2) : 6;
  return (
    <ChartSvg
      frame={frame}
      label={fill(words.hourWeekday.label, {
        n: formatNumber(answer.n, language),
        day: dayName(busiest.day),
        hour: busiest.hour,
        next: busiest.hour + 1,
        value: write(busiest.value),
        spread: formatNumber(answer.spread, language),
        leftOut: formatNumber(answer.leftOut, language),
      })}
    >
      {answer.hours.map((value, hour) => (
        <g key={x(hour)}>
          <title>{fill(words.hourWeekday.hourSum, { hour, next: hour + 1, value: write(value) })}</title>
          <rect
            data-hour={hour}
            x={x(hour)}
            y={round(plot.top - 6 - (value / topHour) * (marginHeight - 4))}
            width={round(width - 1)}
            height={round((value / topHour) * (marginHeight - 4))}
            fill={look.quiet}
          />
        </g>
      ))}
      {answer.weekdays.map((value, day) => (
        <g key={dayName(day)}>
          <title>{fill(words.hourWeekday.daySum, { day: dayName(day), value: write(value) })}</title>
          <rect
            data-weekday={day}
            x={plot.right + 6}
            y={y(day)}
            width={round((value / topDay) * Math.max(barRoom, 8))}
            height={round(height - 1)}
            fill={look.quiet}
          />
          <text
            x={round(plot.right + 10 + (value / topDay) * Math.max(barRoom, 8))}
            y={round(y(day) + height / 2 + look.small * 0.35)}
          >
            {formatNumber(value, language)}
          </text>
          <text x={2} y={round(y(day) + height / 2 + look.text * 0.35)} fontSize={look.text}>
            {words.weekdays[day]}
          </text>
        </g>
      ))}
      {cells.map(({ day, hour, value }) => {
        const step = heatClass(value, bounds);
        const id = `${day + 1}-${hour}`;
        return (
          <Mark
            key={id}
            frame={frame}
            id={id}
            entry={entry}
            row={day}
            column={hour}
            title={fill(words.hourWeekday.mark, {
              day: dayName(day),
              hour,
              next: hour + 1,
              value: write(value),
              exact: formatNumber(answer.exactMatrix[day]?.[hour] ?? 0, language),
            })}
          >
            <rect
              data-class={step}
              x={x(hour)}
              y={y(day)}
              width={round(width - 1)}
              height={round(height - 1)}
              fill={step < 0 ? look.ground : look.sequential[step]}
              stroke={id === frame.pickedId ? look.ink : step < 0 ? look.grid : 'none'}
              strokeWidth={id === frame.pickedId ? 2.5 : 0.75}
            />
          </Mark>
        );
      })}
      <g fill={look.ink2} textAnchor="middle">
        {answer.hours.map((_, hour) =>
          hour % every === 0 ? (
            <text key={x(hour)} x={round(x(hour) + width / 2)} y={plot.bottom + look.lineHeight}>
              {every === 6 ? fill(words.hourWeekday.hour, { hour }) : hour}
            </text>
          ) : null,
        )}
      </g>
      <RampLegend
        frame={frame}
        bounds={bounds}
        x={plot.left}
        y={frame.height - look.lineHeight * 1.05}
        unit={words.hourWeekday.legend}
      />
    </ChartSvg>
  );
}
