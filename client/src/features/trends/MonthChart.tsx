import type { TrendPeriod } from '@diemnong/contracts';
import { type KeyboardEvent, type PointerEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import styles from './timeline.module.css';
import { dragWindow, type Grip, labelledMonths, type MonthWindow, monthAt } from './timeline-math.ts';

type MonthChartProps = {
  months: readonly TrendPeriod[];
  /** Of the default set: the share of a bar that is hatched is the share of communes that have not reported. */
  communeCount: number;
  shown: MonthWindow;
  width: number;
  height: number;
  /** `replace` while dragging; the last call of a drag makes a step of history. */
  onWindow: (next: MonthWindow, replace: boolean) => void;
};

const labelHeight = 20;
const topGap = 6;
/** A single silent commune must still be seen. */
const smallestHatch = 9;

/**
 * Months as bars with the window over them. Drag beside the window to draw a new one, on it to move it, on its edges to
 * stretch it; each edge is a slider for the keyboard.
 */
export function MonthChart({ months, communeCount, shown, width, height, onWindow }: MonthChartProps) {
  const { t } = useTranslation('timeline');
  const { show } = useShownCounts();
  const hatchId = useId();
  const svg = useRef<SVGSVGElement>(null);
  const drag = useRef<{ grip: Grip; from: number; before: MonthWindow } | null>(null);

  const count = months.length;
  const plotHeight = Math.max(height - labelHeight, 20);
  const monthWidth = width / Math.max(count, 1);
  const gap = monthWidth > 8 ? 2 : monthWidth > 4 ? 1 : 0;
  const top = Math.max(1, ...months.map((month) => Math.max(month.count ?? 0, month.previousYear ?? 0)));
  const heightOf = (value: number) => ((plotHeight - topGap) * value) / top;
  const labels = labelledMonths(
    months.map(({ from }) => from),
    width,
    64,
  );

  const monthUnder = (event: PointerEvent) => {
    const left = svg.current?.getBoundingClientRect().left ?? 0;
    return monthAt(event.clientX - left, width, count);
  };
  const onPointerDown = (event: PointerEvent) => {
    const grip = ((event.target as Element).getAttribute('data-grip') ?? 'new') as Grip;
    const from = monthUnder(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { grip, from, before: shown };
    if (grip === 'new') onWindow({ start: from, end: from + 1 }, false);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current === null) return;
    const { grip, from, before } = drag.current;
    const next = dragWindow(grip, before, from, monthUnder(event), count);
    if (next.start !== shown.start || next.end !== shown.end) onWindow(next, true);
  };
  const onPointerUp = () => {
    drag.current = null;
  };
  const onKey = (grip: 'start' | 'end') => (event: KeyboardEvent) => {
    const place = grip === 'start' ? shown.start : shown.end - 1;
    const moves: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageDown: -12,
      PageUp: 12,
      Home: -count,
      End: count,
    };
    const move = moves[event.key];
    if (move === undefined) return;
    const to = Math.min(Math.max(place + move, 0), count - 1);
    onWindow(dragWindow(grip, shown, place, to, count), true);
    event.preventDefault();
    event.stopPropagation();
  };

  const x0 = shown.start * monthWidth;
  const x1 = shown.end * monthWidth;
  // The row begins with the data, so its first year has no year before it.
  const firstCompared = Math.max(shown.start, 12);
  const lastYear = months
    .slice(firstCompared, shown.end)
    .map((month, i, row) => {
      if (month.previousYear === null) return '';
      const isAfterGap = i === 0 || row[i - 1]?.previousYear === null;
      const x = (firstCompared + i + 0.5) * monthWidth;
      return `${isAfterGap ? 'M' : 'L'}${x} ${plotHeight - heightOf(month.previousYear)}`;
    })
    .join('');
  const handle = (grip: 'start' | 'end', x: number, place: number) => (
    <rect
      data-grip={grip}
      className={styles.handle}
      x={x - 5}
      y={0}
      width={10}
      height={plotHeight}
      rx={3}
      role="slider"
      tabIndex={0}
      aria-label={t(grip === 'start' ? 'firstMonth' : 'lastMonth')}
      aria-valuemin={0}
      aria-valuemax={count - 1}
      aria-valuenow={place}
      aria-valuetext={formatMonth(months[place]?.from ?? '')}
      onKeyDown={onKey(grip)}
    />
  );

  return (
    <svg
      ref={svg}
      className={styles.svg}
      width={width}
      height={plotHeight + labelHeight}
      role="group"
      aria-label={t('chart')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
    >
      <defs>
        <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" className={styles.hatch} />
        </pattern>
      </defs>
      <rect width={width} height={plotHeight} className={styles.ground} />
      <rect
        x={x0}
        y={1}
        width={Math.max(x1 - x0, 2)}
        height={plotHeight - 1}
        rx={4}
        className={styles.window}
        data-grip="move"
      />
      <g className={styles.bars}>
        {months.map((month, i) => {
          const isSeen = i >= shown.start && i < shown.end;
          // A hidden count has no bar: any height would tell something.
          const count = month.count ?? 0;
          const barHeight = Math.max(heightOf(count), count > 0 ? 1.5 : 0);
          const missingShare = month.unreportedCommunes / Math.max(communeCount, 1);
          return (
            <g key={month.from}>
              <rect
                x={i * monthWidth + gap / 2}
                y={plotHeight - barHeight}
                width={Math.max(monthWidth - gap, 0.5)}
                height={barHeight}
                rx={Math.min(1.5, monthWidth / 4)}
                className={isSeen ? styles.barSeen : styles.bar}
              />
              {!month.reported && (
                <rect
                  x={i * monthWidth + gap / 2}
                  y={plotHeight - Math.max(barHeight, smallestHatch)}
                  width={Math.max(monthWidth - gap, 0.5)}
                  height={Math.max(barHeight * missingShare, smallestHatch)}
                  fill={`url(#${hatchId})`}
                />
              )}
              <title>
                {t(i < 12 ? 'monthAlone' : 'month', {
                  month: formatMonth(month.from),
                  value: show(month.count),
                  previous: show(month.previousYear),
                })}
                {month.reported ? '' : ` · ${t('missing', { count: month.unreportedCommunes })}`}
              </title>
            </g>
          );
        })}
      </g>
      <path d={lastYear} className={styles.lastYear} />
      <rect x={x0} y={1} width={Math.max(x1 - x0, 2)} height={plotHeight - 1} rx={4} className={styles.frame} />
      {handle('start', x0, shown.start)}
      {handle('end', x1, shown.end - 1)}
      {labels.map((place) => (
        <text key={place} x={place * monthWidth + 2} y={plotHeight + 15} className={styles.month}>
          {formatMonth(months[place]?.from ?? '')}
        </text>
      ))}
    </svg>
  );
}
