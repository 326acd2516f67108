import type { AreaEvent } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { useFocusBack } from '../areas/use-focus-back.ts';
import { useSession } from '../session/session-context.ts';
import styles from './area-page.module.css';
import { EnterFault } from './EnterFault.tsx';
import { approvalWord } from './event-words.ts';
import { RefuseEvent } from './RefuseEvent.tsx';
import { useDecideEvent } from './use-area-steps.ts';

type DecideEventProps = { event: AreaEvent; canWrite: boolean };

/** The second person agrees, or refuses with a reason. Whoever may not is told why. */
export function DecideEvent({ event, canWrite }: DecideEventProps) {
  const { t } = useTranslation('area-page');
  const { user, can } = useSession();
  const decide = useDecideEvent(event.areaId, event.id);
  const [isRefusing, setRefusing] = useState(false);
  const part = useFocusBack<HTMLDivElement>(isRefusing);
  const word = approvalWord(event, { canPlan: can('planning'), username: user.username });
  if (word !== 'decide' || !canWrite) return <p className={styles.waiting}>{t(`approval.${word}`)}</p>;
  return (
    <div ref={part} className={styles.decide} tabIndex={-1} data-testid={`decide-${event.id}`}>
      <p>{t('approval.decide')}</p>
      <EnterFault error={decide.error} onReload={decide.reset} />
      {isRefusing ? (
        <RefuseEvent
          isPending={decide.isPending}
          onRefuse={(reason) => decide.mutate({ decision: 'refused', reason })}
          onClose={() => setRefusing(false)}
        />
      ) : (
        <div className={page.actions}>
          <Button variant="filled" disabled={decide.isPending} onClick={() => decide.mutate({ decision: 'approved' })}>
            {t(decide.isPending ? 'running' : 'approval.agree')}
          </Button>
          <Button disabled={decide.isPending} onClick={() => setRefusing(true)}>
            {t('approval.refuse')}
          </Button>
        </div>
      )}
    </div>
  );
}
