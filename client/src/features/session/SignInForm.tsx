import { longestPassword } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { SignInFaultNotice } from './SignInFaultNotice.tsx';
import styles from './session.module.css';
import { signInFault } from './sign-in-fault.ts';
import { useSecondsLeft } from './use-seconds-left.ts';
import { useSignIn } from './use-session-actions.ts';

type SignInFormProps = {
  /** The account whose work waits on screen; absent = it is typed. */
  knownUsername?: string;
};

/** Name, password, and the code of the second factor once the server asks for it. */
export function SignInForm({ knownUsername }: SignInFormProps) {
  const { t } = useTranslation('session');
  const [username, setUsername] = useState(knownUsername ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isCodeAsked, setCodeAsked] = useState(false);
  const signIn = useSignIn();
  const fault = signInFault(signIn.error);
  const [waitsUntil, setWaitsUntil] = useState(0);
  const secondsLeft = useSecondsLeft(waitsUntil);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate(
      { username: username.trim(), password, ...(isCodeAsked ? { code: code.replace(/\s/g, '') } : {}) },
      {
        onError: (error) => {
          const refused = signInFault(error);
          if (refused?.kind === 'codeNeeded') setCodeAsked(true);
          if (refused?.kind === 'codeWrong') setCode('');
          if (refused?.kind === 'tooMany') setWaitsUntil(Date.now() + refused.seconds * 1000);
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={t('signIn.username')}>
        {(control) => (
          <TextInput
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            required
            maxLength={100}
            value={username}
            readOnly={knownUsername !== undefined}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has no other purpose than this form
            autoFocus={knownUsername === undefined}
            onChange={({ target }) => setUsername(target.value)}
          />
        )}
      </Field>
      <Field label={t('signIn.password')}>
        {(control) => (
          <PasswordInput
            {...control}
            showLabel={t('password.show')}
            hideLabel={t('password.hide')}
            name="password"
            autoComplete="current-password"
            required
            maxLength={longestPassword}
            value={password}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the name is filled in: the password is all that is missing
            autoFocus={knownUsername !== undefined}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
      {isCodeAsked && (
        <Field label={t('signIn.code')} hint={t('signIn.codeHint')}>
          {(control) => (
            <TextInput
              {...control}
              className={styles.code ?? ''}
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              required
              maxLength={10}
              value={code}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it has just been asked for
              autoFocus
              onChange={({ target }) => setCode(target.value)}
            />
          )}
        </Field>
      )}
      <SignInFaultNotice fault={fault} secondsLeft={secondsLeft} />
      <Button
        variant="filled"
        type="submit"
        className={styles.submit ?? ''}
        disabled={signIn.isPending || secondsLeft > 0}
      >
        {signIn.isPending ? t('signIn.running') : t('signIn.action')}
      </Button>
    </form>
  );
}
