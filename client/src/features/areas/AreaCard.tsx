import type { AreaSummary } from '@diemnong/contracts';
import { IconAlertTriangle, IconHourglass } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView } from '../../state/use-view.ts';
import styles from './board.module.css';
import { TypeBadges } from './TypeBadges.tsx';
import { useAreaWords } from './use-area-words.ts';

type AreaCardProps = { area: AreaSummary };

/** One area on the board: what it is called, where, what kind, since when, and what waits for somebody. */
export function AreaCard({ area }: AreaCardProps) {
  const { t } = useTranslation('areas');
  const { code, number } = useAreaWords();
  return (
    <article className={styles.card} data-testid={`card-${area.id}`}>
      <h3>
        <span className={styles.code}>{code(area)}</span>{' '}
        <Link to="/dia-ban/$id" params={{ id: area.id }} search={keepView}>
          {area.name}
        </Link>
      </h3>
      <p className={styles.place}>{area.commune.name}</p>
      <TypeBadges types={area.types} />
      {area.since !== null && <p className={styles.since}>{t('since', { day: formatDay(area.since) })}</p>}
      {area.pending > 0 && (
        <p className={styles.mark} data-kind="pending">
          <IconHourglass size="1em" aria-hidden />
          {t('pendingSteps', { count: area.pending, n: number(area.pending) })}
        </p>
      )}
      {area.tasks > 0 && (
        <p className={styles.mark} data-kind="task">
          <IconAlertTriangle size="1em" aria-hidden />
          {t('openTasks', { count: area.tasks, n: number(area.tasks) })}
        </p>
      )}
    </article>
  );
}
