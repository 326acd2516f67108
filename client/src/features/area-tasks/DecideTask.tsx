import type { AreaTask } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import { useDecideAreaTask } from './use-area-tasks.ts';

type DecideTaskProps = { task: AreaTask };

const leastReason = 3;

/** A person's finding: a relapse from a day on (which somebody else must agree to), or not; never without a reason. */
export function DecideTask({ task }: DecideTaskProps) {
  const { t } = useTranslation('area-tasks');
  const language = useLanguage();
  const decide = useDecideAreaTask(task.id);
  const [reason, setReason] = useState('');
  const [on, setOn] = useState(addDays(task.window.to, -1));
  const [isTried, setTried] = useState(false);
  const isShort = reason.trim().length < leastReason;
  const submit = (decision: 'confirmed' | 'dismissed') => {
    setTried(true);
    if (isShort) return;
    const body = { decision, reason: reason.trim() };
    decide.mutate(decision === 'confirmed' && on !== '' ? { ...body, on } : body);
  };
  return (
    <form className={page.stack} onSubmit={(event) => event.preventDefault()}>
      <p>{t('decide.what')}</p>
      <Field
        label={t('decide.reason')}
        hint={t('decide.hint')}
        error={isTried && isShort ? t('decide.tooShort') : undefined}
      >
        {(field) => (
          <TextInput {...field} value={reason} maxLength={500} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
      <Field label={t('decide.on')} hint={t('decide.onHint')}>
        {(field) => <TextInput {...field} type="date" value={on} onChange={({ target }) => setOn(target.value)} />}
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
