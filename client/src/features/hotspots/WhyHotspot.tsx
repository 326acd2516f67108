import type { HotspotStory } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { formatNumber, formatSigned } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import type { ScoreName } from '../../state/view-search.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useFilters } from '../filters/use-filters.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { CellHistory } from './CellHistory.tsx';
import { HexagonSign } from './HexagonSign.tsx';
import { aboutText, chanceKind, chanceOf, pText, surroundingsOf, toldChance, verdictOf } from './hotspot-words.ts';
import styles from './hotspots.module.css';
import { groupColor, inkOn, levelColor, sideOfLabel } from './hotspots-scale.ts';
import { RingDrawing } from './RingDrawing.tsx';
import { useHotspotStory } from './use-hotspot-story.ts';

type WhyHotspotProps = { cell: string; score: ScoreName };

/** Why a cell is, or is not, a hot spot: its numbers against its ring's and the grid's, how likely chance is, and its months. */
export function WhyHotspot({ cell, score }: WhyHotspotProps) {
  const { t } = useTranslation('hotspots');
  const filters = useFilters();
  const { data: story, error, retry } = useHotspotStory(cell, filters, score);
  if (story === undefined && error instanceof RequestError && error.code === 'not_found') {
    return (
      <section className={styles.why} data-testid="why-hotspot">
        <h3>{t('why.neither')}</h3>
        <p className={styles.quiet}>{t('why.outside')}</p>
      </section>
    );
  }
  return (
    <section className={styles.why} data-testid="why-hotspot">
      {error && !story && <FailureNotice error={error} title={t('why.failed')} onRetry={retry} />}
      {!story && !error && <Skeleton lines={5} />}
      {story && <Told story={story} />}
    </section>
  );
}

function Told({ story }: { story: HotspotStory }) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const isDark = useTheme().theme === 'dark';
  const verdict = verdictOf(story.significance);
  const color = verdict && levelColor(story.significance, isDark);
  return (
    <>
      <h3>{t(`why.${verdict?.side ?? 'neither'}`)}</h3>
      <div className={styles.box}>
        <p className={styles.verdict}>
          {verdict && color && (
            <svg className={styles.level} viewBox="0 0 44 22" aria-hidden>
              <rect width="44" height="22" rx="5" fill={color} />
              <text x="22" y="16" fill={inkOn(color)}>
                {verdict.percent}%
              </text>
            </svg>
          )}
          <strong data-testid="why-verdict">{t(`side.${verdict?.side ?? 'neither'}`, { ...verdict })}</strong>
        </p>
        <Surroundings story={story} />
        <Chance story={story} />
      </div>
      <RingDrawing story={story} />
      <Trend story={story} />
      <CellHistory story={story} />
      <p className={styles.quiet}>{t('why.caveat')}</p>
      <details className={styles.details}>
        <summary>{t('why.details')}</summary>
        <p>
          {t('why.technical', {
            z: story.z === null ? '–' : aboutText(story.z, language),
            p: pText(story.p ?? 1, language),
            q: pText(story.q ?? 1, language),
            exactP: pText(story.exactP ?? 1, language),
            exactQ: pText(story.exactQ ?? 1, language),
            rule: story.rule,
          })}
        </p>
      </details>
    </>
  );
}

function Surroundings({ story }: { story: HotspotStory }) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const { own, ring, sum, expected, isRate, isScaled, times } = surroundingsOf(story);
  const numbers = {
    count: story.neighbours.length,
    own: formatNumber(own, language),
    ring: formatNumber(ring, language),
    sum: aboutText(sum, language),
    expected: aboutText(expected, language),
  };
  const key = isRate ? `why.rate.${story.measure}` : isScaled ? 'why.aroundScaled' : 'why.around';
  const place = { rank: formatNumber(story.rank ?? 0, language), cells: formatNumber(story.gridCells, language) };
  return (
    <>
      <p data-testid="why-around">{t(key, numbers)}</p>
      {times !== null && story.rank !== null && (
        <p>
          {times >= 1
            ? t('why.times', { times: aboutText(times, language), ...place })
            : t('why.share', { percent: formatNumber(times * 100, language), ...place })}
        </p>
      )}
    </>
  );
}

function Chance({ story }: { story: HotspotStory }) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const chance = chanceOf(toldChance(story) ?? 1);
  const percent = verdictOf(story.significance)?.percent ?? 90;
  return (
    <p data-testid="why-chance">
      {t(`why.chance.${chanceKind(story)}`, {
        p: t(chance.kind === 'under' ? 'why.chanceUnder' : 'why.chanceAbout', {
          percent: formatNumber(chance.percent, language, 1),
        }),
        cells: formatNumber(story.gridCells, language),
        percent,
        wrong: 100 - percent,
      })}
    </p>
  );
}

/** The label of the cell in words with what it means, and the trend of its months; "chưa đủ kỳ" where there is none. */
function Trend({ story }: { story: HotspotStory }) {
  const { t } = useTranslation('hotspots');
  const language = useLanguage();
  const isDark = useTheme().theme === 'dark';
  const { label, group, trend } = story;
  const side = sideOfLabel(label);
  const known = story.steps.filter(({ z }) => z !== null).length;
  const few = story.warnings.find((warning) => warning.kind === 'few-steps');
  return (
    <div className={styles.trend}>
      <h3>{t('why.trend')}</h3>
      {label === null ? (
        <p>{t('why.fewSteps', { steps: known, needed: few?.needed ?? 12 })}</p>
      ) : (
        <p data-testid="why-label">
          {side && group && <HexagonSign color={groupColor(group, side, isDark)} side={side} group={group} />}
          <strong>
            {group
              ? t('labelWithGroup', {
                  label: t(`label.${label}`),
                  group: t(`group.${group}`).toLocaleLowerCase(language),
                })
              : t(`label.${label}`)}
            .
          </strong>{' '}
          {t(`meaning.${label}`)}
        </p>
      )}
      {trend && (
        <p className={styles.quiet}>
          {t(`why.trendOf.${trend.p >= 0.05 ? 'flat' : trend.s > 0 ? 'up' : 'down'}`, {
            steps: known,
            tau: aboutText(trend.tau, language),
            p: pText(trend.p, language),
            slope: formatSigned(trend.slope, language, 2),
          })}
        </p>
      )}
    </div>
  );
}
