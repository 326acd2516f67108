import type { PendingEventsResponse } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { AnswerState } from '../session/AnswerState.tsx';
import { FaultLine } from '../session/FaultLine.tsx';
import { useSession } from '../session/session-context.ts';
import styles from './areas.module.css';
import { PendingTable } from './PendingTable.tsx';
import { useAreaWords } from './use-area-words.ts';
import { useApproveEvents, usePendingEvents } from './use-areas.ts';
import { useFocusBack } from './use-focus-back.ts';

type PendingEvent = PendingEventsResponse['events'][number];

/** Địa bàn › Chờ duyệt: steps of all areas that count only once a second person has agreed. */
export function PendingPage() {
  const { t } = useTranslation('areas');
  const pending = usePendingEvents();
  const { data, isLoading } = pending;
  return (
    <div className={styles.page} aria-busy={isLoading}>
      <ProgressLine isActive={isLoading} label={t('loading')} />
      <p>{t('pending.what')}</p>
      <AnswerState answer={pending} failed={t('pending.failed')} stands={t('stands')} lines={6} />
      {data?.events.length === 0 && <StateNotice title={t('pending.none')}>{t('pending.noneText')}</StateNotice>}
      {data && <Approvals events={data.events} />}
    </div>
  );
}

function Approvals({ events }: { events: readonly PendingEvent[] }) {
  const { t } = useTranslation('areas');
  const { number, language, code } = useAreaWords();
  const { can } = useSession();
  const approve = useApproveEvents();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Kept for the answer: what somebody else decided meanwhile is in the list no more.
  const [asked, setAsked] = useState<readonly PendingEvent[]>([]);
  const answer = useFocusBack<HTMLDivElement>(approve.isPending);
  const mine = events.filter(({ canDecide }) => canDecide);
  const others = events.filter(({ canDecide }) => !canDecide);
  const picked = mine.filter(({ id }) => chosen.has(id));
  const nameOf = (id: string) => {
    const area = asked.find((event) => event.id === id)?.area;
    return area === undefined ? id : `${code(area)} ${area.name}`;
  };
  const submit = () => {
    setAsked(picked);
    approve.mutate(
      picked.map(({ id }) => id),
      { onSuccess: () => setChosen(new Set()) },
    );
  };
  return (
    <>
      <div ref={answer} className={page.stack} tabIndex={-1}>
        {approve.data && (
          <StateNotice
            tone={approve.data.left.length > 0 ? 'warn' : 'ok'}
            title={t(approve.data.approved.length === 0 ? 'pending.doneNone' : 'pending.done', {
              count: approve.data.approved.length,
              n: number(approve.data.approved.length),
            })}
          >
            {approve.data.left.length > 0 && (
              <ul>
                {approve.data.left.map(({ event, reason }) => (
                  <li key={event}>
                    {nameOf(event)}: {saidIn(reason, language)}
                  </li>
                ))}
              </ul>
            )}
          </StateNotice>
        )}
        <FaultLine error={approve.error} />
      </div>
      {mine.length > 0 && (
        <section className={page.section} aria-labelledby="pending-mine" data-testid="pending-mine">
          <div className={page.sectionHead}>
            <h2 id="pending-mine">{t('pending.mine', { n: number(mine.length) })}</h2>
            <Button variant="filled" disabled={picked.length === 0 || approve.isPending} onClick={submit}>
              {t(approve.isPending ? 'pending.running' : 'pending.approve', { n: number(picked.length) })}
            </Button>
          </div>
          <PendingTable label={t('pending.mineTable')} events={mine} chosen={chosen} onChoose={setChosen} />
        </section>
      )}
      {others.length > 0 && (
        <section className={page.section} aria-labelledby="pending-others" data-testid="pending-others">
          <h2 id="pending-others">{t('pending.others', { n: number(others.length) })}</h2>
          <p className={page.quiet}>{t(can('planning') ? 'pending.othersText' : 'pending.othersRead')}</p>
          <PendingTable label={t('pending.othersTable')} events={others} />
        </section>
      )}
    </>
  );
}
