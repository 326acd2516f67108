import { useElementSize } from '@mantine/hooks';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatMonth } from '../../i18n/formats.ts';
import { lastWholeYear } from '../../state/days.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { MonthChart } from './MonthChart.tsx';
import styles from './timeline.module.css';
import { fromYears, lengthInMonths, periodOf, toYears, windowOf, yearsBetween } from './timeline-math.ts';
import { speeds, usePlayer } from './use-player.ts';
import { useMonthlyTrend } from './use-trends.ts';

type TimelineProps = {
  /** True while the picture of the present window has not come: playing waits for it. */
  isMapBusy: boolean;
};

/** The one clock: every month of the data as a bar, the window that is seen, play and step. */
export function Timeline({ isMapBusy }: TimelineProps) {
  const { t } = useTranslation('timeline');
  const { data: meta } = useMeta();
  const { isShared } = useShownCounts();
  const filters = useFilters();
  const { data: trend, status, isLoading } = useMonthlyTrend(meta?.range ?? null, filters);
  const updateView = useUpdateView();
  const { ref, width, height } = useElementSize();

  const months = trend?.periods ?? [];
  const communeCount = meta?.boundarySets.find(({ isDefault }) => isDefault)?.communeCount ?? 0;
  const first = months[0]?.from;
  const shown = filters !== null && first !== undefined ? windowOf(filters, first, months.length) : null;
  const setWindow = (next: NonNullable<typeof shown>, replace: boolean) => {
    if (first !== undefined) updateView(periodOf(next, first), { replace });
  };
  // Shared views move by years: the player's places are then years.
  const count = months.length;
  const byYears =
    isShared && shown !== null && first !== undefined && meta?.range
      ? { shown: toYears(shown, first), first, count: yearsBetween(first, lastWholeYear(meta.range).to) }
      : null;
  const player = usePlayer({
    shown: byYears?.shown ?? shown,
    count: byYears?.count ?? count,
    isBusy: isMapBusy || isLoading,
    onWindow: (next, replace) => setWindow(byYears ? fromYears(next, byYears.first, count) : next, replace),
  });

  const length = filters ? lengthInMonths(filters) : null;
  const periodText =
    length === null
      ? filters && t('seenDays', { from: formatDay(filters.from), to: formatDay(filters.to) })
      : t('seen', { count: length });

  return (
    <section className={styles.timeline} aria-label={t('label')}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <div className={styles.controls}>
        <button
          type="button"
          className={styles.play}
          aria-label={t(player.isPlaying ? 'pause' : 'play')}
          title={t(player.isPlaying ? 'pause' : 'play')}
          onClick={player.toggle}
          disabled={shown === null}
        >
          {player.isPlaying ? (
            <IconPlayerPauseFilled size="1.125em" aria-hidden />
          ) : (
            <IconPlayerPlayFilled size="1.125em" aria-hidden />
          )}
        </button>
        <div className={styles.steps}>
          <IconButton label={t(isShared ? 'stepBackYear' : 'stepBack')} onClick={() => player.step(-1)}>
            <IconPlayerSkipBack size="1em" aria-hidden />
          </IconButton>
          <IconButton label={t(isShared ? 'stepForwardYear' : 'stepForward')} onClick={() => player.step(1)}>
            <IconPlayerSkipForward size="1em" aria-hidden />
          </IconButton>
          <button
            type="button"
            className={styles.speed}
            title={t('speed')}
            aria-label={`${t('speed')}: ×${player.speed}`}
            onClick={() => player.setSpeed(speeds[(speeds.indexOf(player.speed) + 1) % speeds.length] ?? 1)}
          >
            ×{player.speed}
          </button>
        </div>
      </div>
      <div ref={ref} className={styles.chart}>
        {status === 'pending' && <Skeleton lines={3} />}
        {status === 'error' && <p className={styles.failed}>{t('failed')}</p>}
        {shown !== null && width > 0 && (
          <MonthChart
            months={months}
            communeCount={communeCount}
            shown={shown}
            width={width}
            height={height}
            onWindow={setWindow}
          />
        )}
      </div>
      <footer className={styles.foot}>
        <span className={styles.legend}>
          <svg width="18" height="10" aria-hidden>
            <path d="M1 7 Q6 1 11 5 T17 4" className={styles.lastYear} />
          </svg>
          {t('lastYear')}
        </span>
        <span className={styles.legend}>
          <svg width="12" height="12" aria-hidden>
            <rect width="12" height="12" className={styles.missing} />
            <path d="M-2 14 14 -2M-2 8 8 -2M4 14 14 4" className={styles.hatch} />
          </svg>
          {t('unreported')}
        </span>
        <strong className={styles.seen} aria-live="polite">
          {periodText}
          {shown !== null && first !== undefined && (
            <span className="visually-hidden">
              {formatMonth(periodOf(shown, first).from)} – {formatMonth(months[shown.end - 1]?.from ?? first)}
            </span>
          )}
        </strong>
      </footer>
    </section>
  );
}
