import type { AreaEvent } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useSession } from '../session/session-context.ts';
import styles from './area-page.module.css';
import { approvalWord } from './event-words.ts';
import { useDecideEvent } from './use-area.ts';

type DecideEventProps = { event: AreaEvent; canWrite: boolean };

const leastReason = 3;

/** The second person agrees, or refuses with a reason. Whoever may not is told why. */
export function DecideEvent({ event, canWrite }: DecideEventProps) {
  const { t } = useTranslation('area-page');
  const language = useLanguage();
  const { user, can } = useSession();
  const decide = useDecideEvent(event.areaId, event.id);
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const word = approvalWord(event, { canPlan: can('planning'), username: user.username });
  if (word !== 'decide' || !canWrite) return <p className={styles.waiting}>{t(`approval.${word}`)}</p>;
  const isShort = reason.trim().length < leastReason;
  const refuse = () => {
    setTried(true);
    if (!isShort) decide.mutate({ decision: 'refused', reason: reason.trim() });
  };
  return (
    <div className={styles.decide} data-testid={`decide-${event.id}`}>
      <p>{t('approval.decide')}</p>
      {isRefusing && (
        <Field label={t('approval.reason')} error={isTried && isShort ? t('fault.reason') : undefined}>
          {(field) => (
            <TextInput {...field} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
      )}
      {decide.isError && (
        <p className={page.fault} role="alert">
          {saidIn(decide.error.message, language)}
        </p>
      )}
      <div className={page.actions}>
        {!isRefusing && (
          <Button variant="filled" disabled={decide.isPending} onClick={() => decide.mutate({ decision: 'approved' })}>
            {t(decide.isPending ? 'running' : 'approval.agree')}
          </Button>
        )}
        <Button
          variant={isRefusing ? 'danger' : 'outline'}
          disabled={decide.isPending}
          onClick={() => (isRefusing ? refuse() : setRefusing(true))}
        >
          {t('approval.refuse')}
        </Button>
        {isRefusing && (
          <Button variant="quiet" onClick={() => setRefusing(false)}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}
