import { type getSettings, type ResponseOf, Settings } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './settings.module.css';

type Values = ResponseOf<typeof getSettings>;

type SettingsFormProps = {
  settings: Values;
  isSaving: boolean;
  fault: string | undefined;
  onSave: (changed: Partial<Values>) => void;
};

type Name = keyof Values;
const names = ['smallestCount', 'reportingCutoffDay', 'yearlyReductionPercent'] as const satisfies readonly Name[];

/** Each setting with what it does, and before saving, what a new value changes. */
export function SettingsForm({ settings, isSaving, fault, onSave }: SettingsFormProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const [typed, setTyped] = useState(() => ({
    smallestCount: String(settings.smallestCount),
    reportingCutoffDay: String(settings.reportingCutoffDay),
    yearlyReductionPercent: String(settings.yearlyReductionPercent),
  }));

  const read = (name: Name) => Settings.shape[name].safeParse(typed[name] === '' ? undefined : Number(typed[name]));
  const changed = names.filter((name) => read(name).data !== settings[name]);
  const isValid = names.every((name) => read(name).success);
  const shown = (value: number) => formatNumber(value, language, 2);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(Object.fromEntries(changed.map((name) => [name, read(name).data])));
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {names.map((name) => {
        const { minValue, maxValue } = Settings.shape[name];
        const next = read(name);
        return (
          <section key={name} className={page.section} aria-labelledby={`${name}-title`}>
            <h2 id={`${name}-title`}>{t(`${name}.title`)}</h2>
            <p className={page.prose}>{t(`${name}.text`)}</p>
            <Field
              label={t(`${name}.label`)}
              hint={t('range', { min: minValue, max: maxValue })}
              error={
                next.success
                  ? undefined
                  : t(isWhole(name) ? 'outOfRange' : 'outOfRangeDecimal', { min: minValue, max: maxValue })
              }
            >
              {(control) => (
                <TextInput
                  {...control}
                  className={styles.number ?? ''}
                  type="number"
                  inputMode={isWhole(name) ? 'numeric' : 'decimal'}
                  step={isWhole(name) ? 1 : 'any'}
                  min={minValue ?? undefined}
                  max={maxValue ?? undefined}
                  value={typed[name]}
                  onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
                />
              )}
            </Field>
            <p className={styles.effect} aria-live="polite">
              {next.success && next.data !== settings[name]
                ? `${t('change', { from: shown(settings[name]), to: shown(next.data) })} ${t(effectKey(name, settings[name], next.data), { from: settings[name], to: shown(next.data), last: next.data - 1 })}`
                : t(`${name}.now`, { value: shown(settings[name]), last: settings[name] - 1 })}
            </p>
          </section>
        );
      })}
      {fault !== undefined && (
        <p className={page.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={page.actions}>
        <Button variant="filled" type="submit" disabled={changed.length === 0 || !isValid || isSaving}>
          {isSaving ? t('saving') : t('save')}
        </Button>
        <span className={page.quiet}>{t(changed.length === 0 ? 'nothingChanged' : 'logged')}</span>
      </div>
    </form>
  );
}

function isWhole(name: Name): boolean {
  return name !== 'yearlyReductionPercent';
}

/** A higher limit hides more, a lower one shows more; the cut-off day moves every period; the wanted fall moves a line. */
function effectKey(name: Name, from: number, to: number): string {
  if (name !== 'smallestCount') return `${name}.effect`;
  return to > from ? 'smallestCount.hides' : 'smallestCount.shows';
}
