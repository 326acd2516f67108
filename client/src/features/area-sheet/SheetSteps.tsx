import type { AreaDetail, AreaEvent } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { eventState } from '../area-page/event-words.ts';
import { foldReviews } from '../area-page/fold-reviews.ts';
import { useReviewWords } from '../area-page/use-review-words.ts';
import { useAreaWords } from '../areas/use-area-words.ts';

type SheetStepsProps = { area: AreaDetail };

/**
 * Steps that count and those that wait; what was struck or refused stays on screen only. Measures have a table of their own.
 * Reviews that follow one another are one line with the newest of them: paper is for the decisions, the XLSX holds each review.
 */
export function SheetSteps({ area }: SheetStepsProps) {
  const { t } = useTranslation('area-page');
  const steps = area.events.filter((event) => {
    const state = eventState(event);
    return event.type !== 'measure' && (state === 'inForce' || state === 'pending');
  });
  return (
    <section>
      <h2>{t('steps.title')}</h2>
      {steps.length === 0 && <p>{t('steps.none')}</p>}
      {steps.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('print.day')}</th>
              <th scope="col">{t('field.type')}</th>
              <th scope="col">{t('field.decisionNumber')}</th>
              <th scope="col">{t('print.people')}</th>
            </tr>
          </thead>
          <tbody>
            {foldReviews(steps).map((group) => (
              <StepRow key={group[0]?.id} group={group} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A step, or reviews that follow one another: their last day. */
function StepRow({ group }: { group: readonly AreaEvent[] }) {
  const { t } = useTranslation('area-page');
  const { step } = useAreaWords();
  const reviewWords = useReviewWords();
  const event = group.at(-1);
  if (event === undefined) return null;
  const people =
    group.length > 1
      ? [...new Set(group.map(({ enteredBy }) => enteredBy))].join(', ')
      : [event.enteredBy, event.decidedBy].filter((name) => name !== null).join(' / ');
  return (
    <tr>
      <td>{formatDay(event.on)}</td>
      <th scope="row">
        {group.length > 1 ? reviewWords(group) : step(event)}
        {event.approval === 'pending' && ` (${t('event.state.pending')})`}
        {event.type === 'reviewed' && event.note !== null && <p>{event.note}</p>}
      </th>
      <td>
        {event.decisionNumber}
        {event.decisionDate !== null && ` (${formatDay(event.decisionDate)})`}
      </td>
      <td>{people}</td>
    </tr>
  );
}
