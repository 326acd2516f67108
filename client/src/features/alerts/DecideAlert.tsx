import type { NoteDecision } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useReason } from '../../ui/use-reason.ts';
import { FaultLine } from '../session/FaultLine.tsx';
import { useDecideAlert } from './use-alerts.ts';

type DecideAlertProps = { id: string };

/** A person's finding about a note: confirmed or dismissed, never without a reason. */
export function DecideAlert({ id }: DecideAlertProps) {
  const { t } = useTranslation('alerts');
  const decide = useDecideAlert(id);
  const reason = useReason();
  const submit = (decision: NoteDecision) => {
    const given = reason.read();
    if (given !== undefined) decide.mutate({ decision, reason: given });
  };
  return (
    <form className={page.stack} onSubmit={(event) => event.preventDefault()}>
      <ReasonField reason={reason} label={t('decide.reason')} hint={t('decide.hint')} tooShort={t('decide.tooShort')} />
      <FaultLine error={decide.error} />
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
