import type { AreaDetail, AreaEvent } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay, formatShare } from '../../i18n/formats.ts';
import { addDays } from '../../state/days.ts';
import { useAreaRules } from '../area-rules/use-area-rules.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';
import { EventEntered } from './EventEntered.tsx';
import { FileLink } from './FileLink.tsx';

type EventFactsProps = { event: AreaEvent; area: AreaDetail };

/** What a step rests on: decision, measure, check list, reason, note, files, only what there is; and who entered it and agreed. */
export function EventFacts({ event, area }: EventFactsProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { number } = useAreaWords();
  const { measure } = event;
  const files = area.files.filter(({ id }) => event.files.includes(id));
  return (
    <div className={styles.eventFacts}>
      {(event.decisionNumber !== null || event.decisionDate !== null) && (
        <p>
          {t(event.decisionDate === null ? 'event.decision' : 'event.decisionOn', {
            number: event.decisionNumber ?? '–',
            day: event.decisionDate === null ? '' : formatDay(event.decisionDate),
          })}
        </p>
      )}
      {measure && (
        <p>
          {t(`areas:measureKind.${measure.kind}`)}
          {measure.quantity !== null && `: ${number(measure.quantity)}`}
          {' · '}
          {t(measure.to === null ? 'measures.goesOn' : 'measures.span', {
            from: formatDay(measure.from),
            to: measure.to === null ? '' : formatDay(addDays(measure.to, -1)),
          })}
        </p>
      )}
      {event.conditions !== null && event.conditions.length > 0 && (
        <Conditions event={event} province={area.province} />
      )}
      {event.reason !== null && <p>{t('event.reason', { reason: event.reason })}</p>}
      {event.note !== null && <p className={styles.note}>{event.note}</p>}
      {files.length > 0 && (
        <ul className={styles.files}>
          {files.map((file) => (
            <li key={file.id}>
              <FileLink area={area.id} file={file} />
            </li>
          ))}
        </ul>
      )}
      <EventEntered event={event} />
    </div>
  );
}

/** The check list as it was answered, in the words of the year's rules in the province of the area. */
function Conditions({ event, province }: { event: AreaEvent; province: string }) {
  const { t } = useTranslation('area-page');
  const { language, number } = useAreaWords();
  const { data } = useAreaRules(Number(event.on.slice(0, 4)), province);
  const answers = event.conditions ?? [];
  const met = answers.filter((answer) => answer.met === true).length;
  return (
    <details className={styles.fold}>
      <summary>{t('conditions.summary', { met: number(met), all: number(answers.length) })}</summary>
      <ul className={styles.conditions}>
        {answers.map((answer) => {
          const condition = data?.rules.conditions.find(({ id }) => id === answer.id);
          const name = condition && (language === 'vi' ? condition.nameVi : condition.nameEn);
          return (
            <li key={answer.id}>
              {name ?? answer.id}:{' '}
              <strong>{t(`conditions.${answer.met === null ? 'open' : answer.met ? 'met' : 'unmet'}`)}</strong>
              {answer.value !== null && ` (${formatShare(answer.value, language)})`}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
