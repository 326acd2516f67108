import { longestPassword } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import page from '../../ui/page.module.css';

type ConfirmByPasswordProps = {
  text: string;
  action: string;
  isDangerous: boolean;
  isPending: boolean;
  error: Error | null;
  onConfirm: (password: string) => void;
  onLeave: () => void;
};

/** One step that is taken only by who knows the password. */
export function ConfirmByPassword({
  text,
  action,
  isDangerous,
  isPending,
  error,
  onConfirm,
  onLeave,
}: ConfirmByPasswordProps) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const [password, setPassword] = useState('');
  const isWrong = error instanceof RequestError && error.reason === 'password_wrong';
  const fault =
    error === null || isPending ? undefined : isWrong ? t('password.currentWrong') : saidIn(error.message, language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(password);
  };
  return (
    <form className={page.stack} onSubmit={submit}>
      <p>{text}</p>
      <Field label={t('password.current')} error={fault}>
        {(control) => (
          <PasswordInput
            {...control}
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            autoComplete="current-password"
            required
            maxLength={longestPassword}
            value={password}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step was asked for a moment ago
            autoFocus
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
      <div className={page.actions}>
        <Button type="submit" variant={isDangerous ? 'danger' : 'filled'} disabled={isPending || password === ''}>
          {action}
        </Button>
        <Button onClick={onLeave}>{t('leave')}</Button>
      </div>
    </form>
  );
}
