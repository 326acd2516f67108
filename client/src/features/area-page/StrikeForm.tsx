import type { AreaEvent } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './area-page.module.css';
import { EnterFault } from './EnterFault.tsx';
import { eventState } from './event-words.ts';
import { fieldsOf } from './step-fields.ts';
import { useEnterEvent } from './use-area.ts';
import { useFocusFirst } from './use-focus-first.ts';

type StrikeFormProps = { event: AreaEvent; today: string; onClose: () => void };

const leastReason = 3;

/** Strike a step that was entered by mistake, or take back one that waits: it stays readable, with the reason beside it. */
export function StrikeForm({ event, today, onClose }: StrikeFormProps) {
  const { t } = useTranslation('area-page');
  const form = useFocusFirst();
  const enter = useEnterEvent(event.areaId);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isWaiting = eventState(event) === 'pending';
  const words = isWaiting ? 'strike.pending' : fieldsOf(event.type).needsApproval ? 'strike.approved' : 'strike.text';
  const isShort = reason.trim().length < leastReason;
  const submit = () => {
    setTried(true);
    if (isShort) return;
    enter.mutate({ type: 'withdrawn', on: today, reason: reason.trim(), supersedes: event.id }, { onSuccess: onClose });
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
      <Field label={t('field.reasonRequired')} error={isTried && isShort ? t('fault.reason') : undefined}>
        {(field) => (
          <TextInput {...field} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
      <EnterFault error={enter.error} />
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
