import type { AreaCandidate } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useRefuseCandidate } from './use-candidates.ts';

type RefuseCandidateProps = {
  candidate: AreaCandidate;
  period: { from: string; to: string; res: number };
  label: string;
  onClose: () => void;
};

const shortestReason = 3;

/** A planner says no, and why: the suggestion stays away while it is mostly the same place. */
export function RefuseCandidate({ candidate, period, label, onClose }: RefuseCandidateProps) {
  const { t } = useTranslation('area-candidates');
  const language = useLanguage();
  const refuse = useRefuseCandidate();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isShort = reason.trim().length < shortestReason;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isShort) return;
    const { key, type } = candidate;
    refuse.mutate({ key, type, ...period, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('refusing.title')} closeLabel={t('refusing.close')} onClose={onClose}>
      <form className={page.stack} noValidate onSubmit={submit}>
        <p>{label}</p>
        <p>{t('refusing.text')}</p>
        <Field label={t('refusing.reason')} error={isTried && isShort ? t('refusing.tooShort') : undefined}>
          {(control) => (
            <TextInput {...control} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
          )}
        </Field>
        {refuse.error && (
          <p className={page.fault} role="alert">
            {saidIn(refuse.error.message, language)}
          </p>
        )}
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
