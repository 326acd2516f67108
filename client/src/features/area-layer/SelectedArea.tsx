import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StatusBadge } from '../areas/StatusBadge.tsx';
import { TypeBadges } from '../areas/TypeBadges.tsx';
import { useArea } from '../areas/use-area.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import styles from './area-layer.module.css';
import { useAreaDay } from './use-area-shapes.ts';

type SelectedAreaProps = { id: string; onClose: () => void };

/** The area that is selected on the map, in a few words, and the way to its page. */
export function SelectedArea({ id, onClose }: SelectedAreaProps) {
  const { t } = useTranslation(['area-layer', 'areas']);
  const language = useLanguage();
  const { data: area, error, retry } = useArea(id, useAreaDay());
  return (
    <article className={styles.card} data-testid="area-card">
      <header className={styles.cardHead}>
        <div>
          <h2>{area?.name ?? t('card.loading')}</h2>
          {area && (
            <p className={styles.quiet}>
              {t('areas:code', { number: String(area.number).padStart(3, '0') })} · {area.commune.name}
              {area.areaKm2 !== null && ` · ${formatNumber(area.areaKm2, language, 2)} km²`}
            </p>
          )}
        </div>
        <IconButton label={t('card.close')} onClick={onClose}>
          <IconX size="1.125em" aria-hidden />
        </IconButton>
      </header>
      {error && !area && <FailureNotice error={error} title={t('card.failed')} onRetry={retry} />}
      {!area && !error && <Skeleton lines={3} />}
      {area && (
        <>
          <p>
            <StatusBadge status={area.status} />{' '}
            {area.since && <span className={styles.quiet}>{t('card.since', { day: formatDay(area.since) })}</span>}
          </p>
          <TypeBadges types={area.types} isLong />
          {area.geometry === null && <p className={styles.quiet}>{t('card.undrawn')}</p>}
          <ButtonLink to="/dia-ban/$id" params={{ id }} search={keepView}>
            {t('card.open')}
          </ButtonLink>
        </>
      )}
    </article>
  );
}
