import type { AreaCandidate } from '@diemnong/contracts';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import page from '../../ui/page.module.css';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useReason } from '../../ui/use-reason.ts';
import { FaultLine } from '../session/FaultLine.tsx';
import { useRefuseCandidate } from './use-candidates.ts';

type RefuseCandidateProps = {
  candidate: AreaCandidate;
  period: { from: string; to: string; res: number };
  label: string;
  onClose: () => void;
};

/** A planner says no, and why: the suggestion stays away while it is mostly the same place. */
export function RefuseCandidate({ candidate, period, label, onClose }: RefuseCandidateProps) {
  const { t } = useTranslation('area-candidates');
  const refuse = useRefuseCandidate();
  const reason = useReason();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = reason.read();
    if (given === undefined) return;
    const { key, type } = candidate;
    refuse.mutate({ key, type, ...period, reason: given }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('refusing.title')} closeLabel={t('refusing.close')} onClose={onClose}>
      <form className={page.stack} noValidate onSubmit={submit}>
        <p>{label}</p>
        <p>{t('refusing.text')}</p>
        <ReasonField reason={reason} label={t('refusing.reason')} tooShort={t('refusing.tooShort')} />
        <FaultLine error={refuse.error} />
        <div className={page.actions}>
          <Button type="submit" variant="filled" disabled={refuse.isPending}>
            {t(refuse.isPending ? 'refusing.running' : 'refusing.save')}
          </Button>
          <Button onClick={onClose}>{t('refusing.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
