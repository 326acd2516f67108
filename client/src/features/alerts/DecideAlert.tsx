import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useDecideAlert } from './use-alerts.ts';

type DecideAlertProps = { id: string };

const shortestReason = 3;

/** A person's finding about a note: confirmed or dismissed, never without a reason. */
export function DecideAlert({ id }: DecideAlertProps) {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const decide = useDecideAlert(id);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = reason.trim().length < shortestReason;
  const submit = (decision: 'confirmed' | 'dismissed') => {
    setTried(true);
    if (!isShort) decide.mutate({ decision, reason: reason.trim() });
  };
  return (
    <form className={page.stack} onSubmit={(event) => event.preventDefault()}>
      <Field
        label={t('decide.reason')}
        hint={t('decide.hint')}
        error={isTried && isShort ? t('decide.tooShort') : undefined}
      >
        {(field) => (
          <TextInput {...field} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {decide.isError && (
        <p className={page.fault} role="alert">
          {saidIn(decide.error.message, language)}
        </p>
      )}
      <div className={page.actions}>
        <Button variant="filled" disabled={decide.isPending} onClick={() => submit('confirmed')}>
          {t(decide.isPending ? 'decide.running' : 'decide.confirm')}
        </Button>
        <Button disabled={decide.isPending} onClick={() => submit('dismissed')}>
          {t('decide.dismiss')}
        </Button>
      </div>
    </form>
  );
}
