import type { BoundaryOptions } from '@diemnong/contracts';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { DropZone } from '../../ui/DropZone.tsx';
import { Field } from '../../ui/Field.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { DayInput } from '../days/DayInput.tsx';
import { CrsSelect } from '../imports/CrsSelect.tsx';
import { formatBytes } from '../imports/format-bytes.ts';
import {
  type BoundaryFormFault,
  type BoundaryFormValues,
  findFaults,
  startValues,
  toBoundaryOptions,
} from './boundary-form.ts';
import styles from './first-run.module.css';

type BoundaryFormProps = {
  takenSets: readonly string[];
  isSending: boolean;
  /** Share of the file that was sent, 0–1. */
  share: number;
  onSend: (input: { file: File; options: BoundaryOptions }) => void;
};

const accepted = '.geojson,.json,.geojsonl,.gz,.zip,.gpkg';
const fieldNames = ['codeField', 'nameField', 'provinceField', 'populationField', 'layer'] as const;

/** File, name and dates of a boundary set. What the file itself tells need not be typed. */
export function BoundaryForm({ takenSets, isSending, share, onSend }: BoundaryFormProps) {
  const { t } = useTranslation('first-run');
  const language = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [values, setValues] = useState(() => startValues(takenSets, t('form.usualName')));
  const [isChecked, setChecked] = useState(false);

  const faults = findFaults(values);
  const faultOf = (name: BoundaryFormFault) => (isChecked && faults.has(name) ? t(`form.faults.${name}`) : undefined);
  const isTaken = takenSets.includes(values.set.trim());
  const text = (name: keyof BoundaryFormValues) => ({
    name,
    value: values[name],
    disabled: isSending,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setValues({ ...values, [name]: value }),
  });

  const day = (name: 'validFrom' | 'validTo') => ({
    name,
    value: values[name],
    disabled: isSending,
    onChange: (value: string) => setValues({ ...values, [name]: value }),
  });

  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const [first] = faults;
    if (first !== undefined) {
      const field = form.current?.querySelector<HTMLElement>(`[name="${first}"]`);
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
      return;
    }
    if (file !== null) onSend({ file, options: toBoundaryOptions(values) });
  };

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={send} aria-label={t('form.label')}>
      <DropZone
        title={
          file === null ? t('form.drop') : t('form.chosen', { file: file.name, size: formatBytes(file.size, language) })
        }
        hint={t('form.formats')}
        buttonLabel={file === null ? t('form.choose') : t('form.chooseOther')}
        accept={accepted}
        isDisabled={isSending}
        onFile={setFile}
      />
      <div className={styles.fields}>
        <Field label={t('form.name')} error={faultOf('name')} hint={t('form.nameHint')}>
          {(control) => <TextInput {...control} {...text('name')} maxLength={200} />}
        </Field>
        <Field
          label={t('form.set')}
          error={faultOf('set')}
          hint={isTaken ? t('form.faults.setTaken') : t('form.setHint')}
        >
          {(control) => <TextInput {...control} {...text('set')} maxLength={40} spellCheck={false} />}
        </Field>
        <Field label={t('form.validFrom')} error={faultOf('validFrom')} hint={t('form.validFromHint')}>
          {(control) => <DayInput {...control} {...day('validFrom')} />}
        </Field>
        <Field label={t('form.province')} error={faultOf('province')} hint={t('form.provinceHint')}>
          {(control) => <TextInput {...control} {...text('province')} inputMode="numeric" maxLength={4} />}
        </Field>
      </div>
      <details className={styles.more}>
        <summary>{t('form.more')}</summary>
        <p className={styles.wait}>{t('form.moreText')}</p>
        <div className={styles.fields}>
          <Field label={t('form.validTo')} error={faultOf('validTo')} hint={t('form.validToHint')}>
            {(control) => <DayInput {...control} {...day('validTo')} />}
          </Field>
          <Field label={t('form.crs')} hint={t('form.crsHint')}>
            {(control) => (
              <CrsSelect
                {...control}
                value={values.crs}
                autoLabel={t('form.crsAuto')}
                disabled={isSending}
                onChange={(crs) => setValues({ ...values, crs })}
              />
            )}
          </Field>
          {fieldNames.map((name) => (
            <Field key={name} label={t(`form.fields.${name}`)} hint={t(`form.fieldHints.${name}`)}>
              {(control) => <TextInput {...control} {...text(name)} spellCheck={false} autoComplete="off" />}
            </Field>
          ))}
        </div>
      </details>
      {isSending && (
        <output className={styles.progress}>
          <strong>{t('form.sending')}</strong>
          <Meter label={t('form.sending')} share={share} />
        </output>
      )}
      <div>
        <Button type="submit" variant={file === null ? 'outline' : 'filled'} disabled={file === null || isSending}>
          {t('form.send')}
        </Button>
      </div>
    </form>
  );
}
