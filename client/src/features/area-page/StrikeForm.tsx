import type { AreaEvent } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useReason } from '../../ui/use-reason.ts';
import styles from './area-page.module.css';
import { EnterFault } from './EnterFault.tsx';
import { eventState } from './event-words.ts';
import { fieldsOf } from './step-fields.ts';
import { useEnterEvent } from './use-area-steps.ts';
import { useFocusFirst } from './use-focus-first.ts';

type StrikeFormProps = { event: AreaEvent; today: string; onClose: () => void };

/** Strike a step that was entered by mistake, or take back one that waits: it stays readable, with the reason beside it. */
export function StrikeForm({ event, today, onClose }: StrikeFormProps) {
  const { t } = useTranslation('area-page');
  const form = useFocusFirst();
  const enter = useEnterEvent(event.areaId);
  const reason = useReason();
  const isWaiting = eventState(event) === 'pending';
  const words = isWaiting ? 'strike.pending' : fieldsOf(event.type).needsApproval ? 'strike.approved' : 'strike.text';
  const submit = () => {
    const given = reason.read();
    if (given !== undefined)
      enter.mutate({ type: 'withdrawn', on: today, reason: given, supersedes: event.id }, { onSuccess: onClose });
  };
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <p>{t(words)}</p>
      <ReasonField reason={reason} label={t('field.reasonRequired')} tooShort={t('fault.reason')} />
      <EnterFault error={enter.error} onReload={enter.reset} />
      <div className={page.actions}>
        <Button type="submit" variant="danger" disabled={enter.isPending}>
          {t(enter.isPending ? 'running' : isWaiting ? 'event.retract' : 'strike.submit')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
