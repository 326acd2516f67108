import type { PendingEventsResponse } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView } from '../../state/use-view.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './areas.module.css';
import { useAreaWords } from './use-area-words.ts';

type PendingTableProps = {
  label: string;
  events: PendingEventsResponse['events'];
  /** Without it nothing can be chosen. */
  chosen?: ReadonlySet<string>;
  onChoose?: (chosen: ReadonlySet<string>) => void;
};

/** Steps that wait, oldest first, with what they rest on. */
export function PendingTable({ label, events, chosen, onChoose }: PendingTableProps) {
  const { t } = useTranslation('areas');
  const { code, moment, step: wordsOf } = useAreaWords();
  const isAll = chosen !== undefined && events.every(({ id }) => chosen.has(id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose?.(next);
  };
  return (
    <ScrollRegion className={`${table.frame} ${styles.pending}`} label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            {chosen && (
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={t('pending.all')}
                  checked={isAll}
                  onChange={() => onChoose?.(new Set(isAll ? [] : events.map(({ id }) => id)))}
                />
              </th>
            )}
            <th scope="col">{t('pending.column.area')}</th>
            <th scope="col">{t('pending.column.step')}</th>
            <th scope="col">{t('pending.column.on')}</th>
            <th scope="col">{t('pending.column.decision')}</th>
            <th scope="col">{t('pending.column.by')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const name = `${code(event.area)} ${event.area.name}`;
            const step = wordsOf(event);
            return (
              <tr key={event.id} data-testid={`pending-${event.id}`}>
                {chosen && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t('pending.choose', { name, step })}
                      checked={chosen.has(event.id)}
                      onChange={() => toggle(event.id)}
                    />
                  </td>
                )}
                <th scope="row">
                  <Link to="/dia-ban/$id" params={{ id: event.area.id }} search={keepView}>
                    {name}
                  </Link>
                  <span className={table.under}>{event.area.commune.name}</span>
                </th>
                <td>
                  {step}
                  {event.supersedes !== null && <span className={table.under}>{t('pending.correction')}</span>}
                </td>
                <td className={table.nowrap}>{formatDay(event.on)}</td>
                <td className={table.nowrap}>
                  {event.decisionNumber ?? t('pending.noDecision')}
                  {event.decisionDate !== null && <span className={table.under}>{formatDay(event.decisionDate)}</span>}
                </td>
                <td>
                  {event.enteredBy}
                  <span className={table.under}>{moment(event.enteredAt)}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
