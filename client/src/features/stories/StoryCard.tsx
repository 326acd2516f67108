import type { Story } from '@diemnong/contracts';
import { IconPin, IconPinnedFilled, IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { useView } from '../../state/use-view.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { ChangeWords } from './ChangeWords.tsx';
import { HourWeekday } from './HourWeekday.tsx';
import { MonthBars } from './MonthBars.tsx';
import styles from './story.module.css';
import { shortCell } from './story-words.ts';
import { type PlaceId, useStory } from './use-story.ts';

type StoryCardProps = {
  place: PlaceId;
  isPinned: boolean;
  /** Pinned beside another: only its headline. */
  isBrief?: boolean;
  /** What another feature tells of the place, below how many and more or less. */
  why?: ReactNode;
  onPin: () => void;
  onClose: () => void;
};

/** The story of one place, in the order an officer asks: how many, more or less, when, what, what is left out. */
export function StoryCard({ place, isPinned, isBrief = false, why, onPin, onClose }: StoryCardProps) {
  const { t } = useTranslation(['story', 'hidden']);
  const language = useLanguage();
  const { set } = useView();
  const { data: meta } = useMeta();
  const filters = useFilters();
  const { isShared, show, note } = useShownCounts();
  const { data: story, error, retry } = useStory(place, filters, isShared ? undefined : set);
  const nameOf = new Map(
    meta?.categories.map(({ code, nameVi, nameEn }) => [code, language === 'vi' ? nameVi : nameEn]),
  );

  return (
    <article className={styles.card} data-testid="story">
      <header className={styles.head}>
        <div>
          <h2 className={styles.name}>{story ? titleOf(story, t) : t('loading')}</h2>
          {story && (
            <p className={styles.facts}>
              {formatNumber(story.place.areaKm2, language, 2)} km²
              {story.place.population !== null &&
                ` · ${t('population', { value: formatNumber(story.place.population, language) })}`}
              {` · ${formatDay(story.from)} – ${formatDay(addDays(story.to, -1))}`}
            </p>
          )}
        </div>
        <div className={styles.tools}>
          <IconButton label={t(isPinned ? 'unpin' : 'pin')} aria-pressed={isPinned} onClick={onPin}>
            {isPinned ? <IconPinnedFilled size="1.125em" aria-hidden /> : <IconPin size="1.125em" aria-hidden />}
          </IconButton>
          <IconButton label={t('close')} onClick={onClose}>
            <IconX size="1.125em" aria-hidden />
          </IconButton>
        </div>
      </header>
      {error && !story && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {!story && !error && <Skeleton lines={9} />}
      {story && (
        <>
          <p className={styles.count}>
            <span data-testid="story-count">{show(story.count)}</span>{' '}
            <small>{t('incidents', { count: story.count ?? 0 })}</small>
          </p>
          <ChangeWords story={story} />
          {!isBrief && why}
          {!isBrief && (
            <>
              {note && (
                <p className={styles.against}>
                  {note} {t('hidden:noDetail')}
                </p>
              )}
              {story.months && (
                <section>
                  <h3>{t('months')}</h3>
                  {meta?.range && <MonthBars months={story.months} range={meta.range} />}
                </section>
              )}
              {story.hourWeekday && (
                <section>
                  <h3>{t('matrix')}</h3>
                  {story.hourKnown ? (
                    <HourWeekday matrix={story.hourWeekday} />
                  ) : (
                    <p className={styles.against}>{t('noHours')}</p>
                  )}
                </section>
              )}
              {story.categories && story.categories.length > 0 && (
                <section>
                  <h3>{t('categories')}</h3>
                  <ol className={styles.list}>
                    {busiestOf(story.categories).map(({ code, count }) => (
                      <li key={code}>
                        <span>{nameOf.get(code) ?? code}</span>
                        <strong>{show(count)}</strong>
                      </li>
                    ))}
                  </ol>
                </section>
              )}
              <section>
                <h3>{t('leftOut')}</h3>
                <ul className={styles.leftOut}>
                  {leftOut(story).map(({ key, count }) => (
                    <li key={key}>{t(`leftOutOf.${key}`, { count, value: formatNumber(count, language) })}</li>
                  ))}
                  {leftOut(story).length === 0 && <li>{t('leftOutOf.nothing')}</li>}
                </ul>
              </section>
            </>
          )}
        </>
      )}
    </article>
  );
}

function titleOf(story: Story, t: TFunction<'story'>): string {
  const { kind, id, name, communes } = story.place;
  if (kind !== 'hex') return name ?? id;
  return [t('cell', { cell: shortCell(id) }), ...communes.slice(0, 1).map((commune) => commune.name)].join(' · ');
}

/** The most frequent first, hidden ones last. */
function busiestOf(categories: NonNullable<Story['categories']>): NonNullable<Story['categories']> {
  return categories.toSorted((a, b) => (b.count ?? -1) - (a.count ?? -1)).slice(0, 5);
}

/** What the numbers above do not hold, and which months were not reported. */
function leftOut(story: Story): { key: 'communeOnly' | 'timeUnknown' | 'hourUnknown' | 'unreported'; count: number }[] {
  const unreported = story.months?.filter((month) => !month.reported).length ?? 0;
  const hourUnknown = story.count === null || story.hourKnown === null ? 0 : story.count - story.hourKnown;
  return [
    { key: 'communeOnly' as const, count: story.communeOnly ?? 0 },
    { key: 'timeUnknown' as const, count: story.timeUnknown },
    { key: 'hourUnknown' as const, count: Math.max(0, hourUnknown) },
    { key: 'unreported' as const, count: unreported },
  ].filter(({ count }) => count > 0);
}
