import {
  type AreaDetail,
  type AreaEvent,
  type AreaEventType,
  defaultAreaRules,
  reasonLength,
} from '@diemnong/contracts';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useAreaRules } from '../area-rules/use-area-rules.ts';
import { useAreaWords } from '../areas/use-area-words.ts';
import { DayInput } from '../days/DayInput.tsx';
import { isDay } from '../days/day-text.ts';
import styles from './area-page.module.css';
import { ConditionFields } from './ConditionFields.tsx';
import { EnterFault } from './EnterFault.tsx';
import { MeasureFields } from './MeasureFields.tsx';
import { StepFiles } from './StepFiles.tsx';
import {
  draftOf,
  emptyDraft,
  fieldsOf,
  readConditions,
  readDraft,
  type StepDraft,
  type StepFault,
} from './step-fields.ts';
import { useEnterEvent } from './use-area-steps.ts';
import { useDraft } from './use-draft.ts';
import { focusFirst, useFocusFirst } from './use-focus-first.ts';

type StepFormProps = {
  area: AreaDetail;
  /** The last day a step may have. */
  today: string;
  /** Steps to choose from; without them a correction. */
  offered?: readonly AreaEventType[];
  corrects?: AreaEvent;
  onClose: () => void;
};

/** The list that an area is carried to: that of the year after its last one. */
const nextYear = ({ listedYears }: AreaDetail) => String((listedYears.at(-1) ?? 0) + 1);

/** A step of the life cycle, or the correction of one: only the fields that it needs. What is typed is kept as a draft. */
export function StepForm({ area, today, offered = [], corrects, onClose }: StepFormProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { number } = useAreaWords();
  const initial = corrects ? draftOf(corrects) : { ...emptyDraft, on: today, year: today.slice(0, 4) };
  const { draft, isKept, change, clear } = useDraft<StepDraft>(
    corrects ? `area-correction.${corrects.id}` : `area-step.${area.id}`,
    initial,
  );
  const { data: rulesAnswer } = useAreaRules(Number((isDay(draft.on) ? draft.on : today).slice(0, 4)), area.province);
  const rules = rulesAnswer?.rules ?? defaultAreaRules;
  const form = useFocusFirst();
  const enter = useEnterEvent(area.id);
  const [faults, setFaults] = useState<readonly StepFault[]>([]);
  // What keeps the step from being sent may stand far above the button.
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [faults, form]);
  const faultOf = (name: StepFault) =>
    faults.includes(name) ? t(`fault.${name}`, { day: formatDay(today) }) : undefined;
  // A draft of yesterday may name a step that is no longer legal.
  const type = corrects || (draft.type !== '' && offered.includes(draft.type)) ? draft.type : '';
  const fields = type === '' ? undefined : fieldsOf(type);
  const unmet =
    type === 'assessed_success' ? readConditions(rules, draft.conditions).filter(({ met }) => met !== true).length : 0;

  const leave = () => {
    clear();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft({ ...draft, type }, { today, rules, supersedes: corrects?.id });
    setFaults('faults' in read ? read.faults : []);
    if ('event' in read) enter.mutate(read.event, { onSuccess: leave });
  };

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={submit}
      data-testid={corrects ? 'correct-form' : 'step-form'}
      noValidate
    >
      <h3>{corrects ? t('form.correct', { step: t(`areas:event.${corrects.type}`) }) : t('form.next')}</h3>
      {isKept && <p className={styles.small}>{t('form.kept')}</p>}
      <div className={styles.fields}>
        {!corrects && (
          <Field label={t('field.type')} error={faultOf('type')}>
            {(control) => (
              <Select
                {...control}
                value={type}
                onChange={({ target }) => {
                  const chosen = target.value as StepDraft['type'];
                  change({ type: chosen, ...(chosen === 'carried_over' ? { year: nextYear(area) } : {}) });
                }}
              >
                <option value="">{t('form.choose')}</option>
                {offered.map((one) => (
                  <option key={one} value={one}>
                    {t(`areas:event.${one}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {fields && (
          <Field label={t('field.on')} error={faultOf('on')}>
            {(control) => (
              <DayInput {...control} max={today} value={draft.on} onChange={(day) => change({ on: day })} />
            )}
          </Field>
        )}
        {fields?.hasYear && (
          <Field label={t('field.year')} error={faultOf('year')}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                maxLength={4}
                value={draft.year}
                onChange={({ target }) => change({ year: target.value })}
              />
            )}
          </Field>
        )}
        {fields?.hasDecision && (
          <>
            <Field label={t('field.decisionNumber')}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={60}
                  placeholder={t('field.decisionHint')}
                  value={draft.decisionNumber}
                  onChange={({ target }) => change({ decisionNumber: target.value })}
                />
              )}
            </Field>
            <Field label={t('field.decisionDate')} error={faultOf('decisionDate')}>
              {(control) => (
                <DayInput
                  {...control}
                  max={today}
                  value={draft.decisionDate}
                  onChange={(day) => change({ decisionDate: day })}
                />
              )}
            </Field>
          </>
        )}
        {fields?.hasMeasure && <MeasureFields draft={draft} onChange={change} faultOf={faultOf} />}
      </div>
      {fields?.hasConditions && (
        <ConditionFields
          rules={rules}
          answers={draft.conditions}
          fault={faultOf('conditions')}
          onChange={(conditions) => change({ conditions })}
        />
      )}
      {fields && (fields.hasReason || corrects) && (
        <Field label={t(fields.hasReason ? 'field.reasonRequired' : 'field.reason')} error={faultOf('reason')}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={reasonLength.most}
              value={draft.reason}
              onChange={({ target }) => change({ reason: target.value })}
            />
          )}
        </Field>
      )}
      {fields && (
        <>
          <Field label={t('field.note')} hint={t('field.noteHint')}>
            {(control) => (
              <TextArea
                {...control}
                maxLength={2000}
                rows={2}
                value={draft.note}
                onChange={({ target }) => change({ note: target.value })}
              />
            )}
          </Field>
          <StepFiles area={area} chosen={draft.files} onChange={(files) => change({ files })} />
          {fields.needsApproval && <p className={styles.waiting}>{t('form.needsApproval')}</p>}
          {unmet > 0 && <p className={styles.waiting}>{t('form.unmet', { count: unmet, n: number(unmet) })}</p>}
        </>
      )}
      <EnterFault
        error={enter.error}
        onReload={() => {
          enter.reset();
          focusFirst(form.current);
        }}
      />
      <div className={page.actions}>
        <Button type="submit" variant="filled" disabled={enter.isPending || type === ''}>
          {t(enter.isPending ? 'running' : corrects ? 'form.submitCorrection' : 'form.submit')}
        </Button>
        <Button variant="quiet" onClick={leave}>
          {t('form.drop')}
        </Button>
      </div>
    </form>
  );
}
