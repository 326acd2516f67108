import type { AreaDetail, AreaEvent } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { Button } from '../../ui/Button.tsx';
import { Glyph } from '../areas/Glyph.tsx';
import { useAreaWords } from '../areas/use-area-words.ts';
import { useFocusBack } from '../areas/use-focus-back.ts';
import styles from './area-page.module.css';
import { DecideEvent } from './DecideEvent.tsx';
import { EventEntered } from './EventEntered.tsx';
import { EventFacts } from './EventFacts.tsx';
import { eventGlyphs, eventState, eventTools, hasFacts } from './event-words.ts';
import { StepForm } from './StepForm.tsx';
import { StrikeForm } from './StrikeForm.tsx';

type EventItemProps = { event: AreaEvent; area: AreaDetail; today: string; canWrite: boolean };

/** One step: when, what, on what decision, who entered it and who agreed; and what can be done about it. */
export function EventItem({ event, area, today, canWrite }: EventItemProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { step } = useAreaWords();
  const [open, setOpen] = useState<'correct' | 'strike' | null>(null);
  const state = eventState(event);
  const { canCorrect, canStrike, canRetract } = eventTools(event);
  const corrected = area.events.find(({ id }) => id === event.supersedes);
  const later = area.events.find(({ id }) => id === event.supersededBy);
  const item = useFocusBack<HTMLLIElement>(open !== null || state === 'pending');
  const close = () => setOpen(null);
  return (
    <li ref={item} className={styles.event} tabIndex={-1} data-state={state} data-testid={`event-${event.id}`}>
      <span className={styles.marker}>
        <Glyph path={eventGlyphs[event.type]} />
      </span>
      <div className={styles.eventBody}>
        <div className={styles.eventHead}>
          <span className={styles.day}>{formatDay(event.on)}</span>
          <strong className={styles.eventName}>{step(event)}</strong>
          {state !== 'inForce' && (
            <span className={styles.state}>
              {t(`event.state.${later === undefined ? state : later.type === 'withdrawn' ? 'struck' : 'mended'}`)}
            </span>
          )}
          {!hasFacts(event) && <EventEntered event={event} />}
          {canWrite && open === null && (canCorrect || canStrike || canRetract) && (
            <div className={styles.eventTools}>
              {canCorrect && (
                <Button variant="quiet" onClick={() => setOpen('correct')}>
                  {t('event.correct')}
                </Button>
              )}
              {(canStrike || canRetract) && (
                <Button variant="quiet" onClick={() => setOpen('strike')}>
                  {t(canRetract ? 'event.retract' : 'event.strike')}
                </Button>
              )}
            </div>
          )}
        </div>
        {corrected && (
          <p className={styles.small}>
            {t(event.type === 'withdrawn' ? 'event.strikes' : 'event.corrects', {
              step: t(`areas:event.${corrected.type}`),
              day: formatDay(corrected.on),
            })}
          </p>
        )}
        {hasFacts(event) && <EventFacts event={event} area={area} />}
        {state === 'pending' && <DecideEvent event={event} canWrite={canWrite} />}
        {open === 'correct' && <StepForm area={area} today={today} corrects={event} onClose={close} />}
        {open === 'strike' && <StrikeForm event={event} today={today} onClose={close} />}
      </div>
    </li>
  );
}
