import { AlertChart, alertTable } from '@diemnong/charts';
import type { AlertStory } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatMonth, formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { useSession } from '../session/session-context.ts';
import { ruleName } from '../trends/trend-words.ts';
import styles from './alerts.module.css';
import { DecideAlert } from './DecideAlert.tsx';
import { useAlertWords } from './use-alert-words.ts';
import { useAlertStory } from './use-alerts.ts';

type AlertDetailProps = { id: string; onClose: () => void };

/** One note: its numbers in words, the months that caused it, and what a person made of it. */
export function AlertDetail({ id, onClose }: AlertDetailProps) {
  const { t } = useTranslation('alerts');
  const { named } = useAlertWords();
  const { data, error, retry } = useAlertStory(id);
  return (
    <Dialog title={data ? t('story.title', named(data.alert)) : t('title')} closeLabel={t('close')} onClose={onClose}>
      {error !== null && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data && <Story story={data} />}
    </Dialog>
  );
}

function Story({ story }: { story: AlertStory }) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const { can } = useSession();
  const { categoryName, chance } = useAlertWords();
  const { alert, series } = story;
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  const first = series[0];
  const decidedAt = alert.decidedAt === null ? null : formatMoment(alert.decidedAt);
  return (
    <div className={page.stack} data-testid="alert-story">
      <p className={styles.sentence}>
        {t('story.sentence', {
          count: number(alert.count),
          expected: number(alert.expected, 1),
          upper: number(alert.upper, 1),
          p: chance(alert.p),
        })}
      </p>
      <ChartFigure
        kind="alert"
        title={t('story.chart')}
        caption={[
          first ? `${formatMonth(first.from)} – ${formatMonth(alert.month)}` : formatMonth(alert.month),
          categoryName(alert.category),
          alert.commune.name,
        ].join(' · ')}
        n={series.reduce((sum, { count }) => sum + (count ?? 0), 0)}
        dataVersion={story.dataVersion}
        table={alertTable(story, language)}
        fileName={`canh-bao-${alert.commune.code}-${alert.month.slice(0, 7)}`}
        notes={[t('story.rule', { rule: ruleName(alert.rule) })]}
        height={300}
      >
        {(frame) => <AlertChart answer={story} frame={frame} />}
      </ChartFigure>
      <p className={styles.small}>
        {t('story.opened', { at: formatMoment(alert.openedAt), version: number(alert.dataVersion) })}{' '}
        {t('story.noChange')}
      </p>
      {decidedAt !== null && (
        <p>
          {alert.state === 'withdrawn'
            ? t('story.withdrawn', { at: decidedAt, reason: saidIn(alert.reason ?? '', language) })
            : t('story.decided', {
                state: t(`state.${alert.state}`),
                at: decidedAt,
                by: alert.decidedBy,
                reason: alert.reason,
              })}
        </p>
      )}
      {alert.state === 'open' && can('alerts') && <DecideAlert id={alert.id} />}
    </div>
  );
}
