import type { AreaEvent } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';

type EventEnteredProps = { event: AreaEvent };

/** Who entered a step and who agreed or refused, and when. */
export function EventEntered({ event }: EventEnteredProps) {
  const { t } = useTranslation('area-page');
  const { moment } = useAreaWords();
  return (
    <p className={styles.small}>
      {t('event.entered', { by: event.enteredBy, at: moment(event.enteredAt) })}
      {event.decidedBy !== null &&
        event.decidedAt !== null &&
        ` ${t(event.approval === 'refused' ? 'event.refused' : 'event.approved', {
          by: event.decidedBy,
          at: moment(event.decidedAt),
        })}`}
      {event.decisionReason !== null && ` ${t('event.because', { reason: event.decisionReason })}`}
    </p>
  );
}
