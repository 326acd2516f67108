import type { AreaTask, NoteDecision } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../state/days.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useReason } from '../../ui/use-reason.ts';
import { DayInput } from '../days/DayInput.tsx';
import { isDay } from '../days/day-text.ts';
import { FaultLine } from '../session/FaultLine.tsx';
import { useDecideAreaTask } from './use-area-tasks.ts';

type DecideTaskProps = { task: AreaTask };

/** A person's finding: a relapse from a day on (which somebody else must agree to), or not; never without a reason. */
export function DecideTask({ task }: DecideTaskProps) {
  const { t } = useTranslation('area-tasks');
  const decide = useDecideAreaTask(task.id);
  const reason = useReason();
  const [on, setOn] = useState(addDays(task.window.to, -1));
  const [isTried, setTried] = useState(false);
  const submit = (decision: NoteDecision) => {
    setTried(true);
    const given = reason.read();
    if (given === undefined || (decision === 'confirmed' && !isDay(on))) return;
    const body = { decision, reason: given };
    decide.mutate(decision === 'confirmed' ? { ...body, on } : body);
  };
  return (
    <form className={page.stack} onSubmit={(event) => event.preventDefault()}>
      <p>{t('decide.what')}</p>
      <ReasonField reason={reason} label={t('decide.reason')} hint={t('decide.hint')} tooShort={t('decide.tooShort')} />
      <Field
        label={t('decide.on')}
        hint={t('decide.onHint')}
        error={isTried && !isDay(on) ? t('decide.noDay') : undefined}
      >
        {(field) => <DayInput {...field} value={on} onChange={setOn} />}
      </Field>
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
