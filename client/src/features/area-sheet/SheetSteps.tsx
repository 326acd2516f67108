import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { eventState } from '../area-page/event-words.ts';

type SheetStepsProps = { area: AreaDetail };

/** Steps that count and those that wait; what was struck or refused stays on screen only. Measures have a table of their own. */
export function SheetSteps({ area }: SheetStepsProps) {
  const { t } = useTranslation(['area-page', 'areas']);
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
            {steps.map((event) => (
              <tr key={event.id}>
                <td>{formatDay(event.on)}</td>
                <th scope="row">
                  {t(`areas:event.${event.type}`)}
                  {event.year !== null && ` ${t('event.year', { year: event.year })}`}
                  {event.approval === 'pending' && ` (${t('event.state.pending')})`}
                </th>
                <td>
                  {event.decisionNumber}
                  {event.decisionDate !== null && ` (${formatDay(event.decisionDate)})`}
                </td>
                <td>{[event.enteredBy, event.decidedBy].filter((name) => name !== null).join(' / ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
