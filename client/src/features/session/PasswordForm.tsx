import { longestPassword, shortestPassword } from '@diemnong/contracts';
import { IconCheck, IconCircle, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { lettersIn, type PasswordRule, passwordRules } from './password-rules.ts';
import styles from './session.module.css';
import { useSession } from './session-context.ts';
import { useOwnAccount } from './use-session-actions.ts';

type PasswordFormProps = { currentLabel: string; currentHint?: string; onDone: () => void };

/** A new password for the own account; its rules stand beside it before anything is sent. */
export function PasswordForm({ currentLabel, currentHint, onDone }: PasswordFormProps) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const { user } = useSession();
  const { password } = useOwnAccount();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [refused, setRefused] = useState<{ next: string; reason: string }>();

  const rules = passwordRules(next, { current, username: user.username }).map((rule) =>
    refused?.next === next && refused.reason === rule.name ? { ...rule, isKept: false } : rule,
  );
  const canSend = current !== '' && rules.every(({ isKept }) => isKept !== false);
  const error = password.error;
  const isCurrentWrong = error instanceof RequestError && error.reason === 'password_wrong';
  const isOtherFault = error !== null && !isCurrentWrong && !(error instanceof RequestError && error.reason);
  const labels = { showLabel: t('password.show'), hideLabel: t('password.hide') };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    password.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          onDone();
        },
        onError: (fault) => {
          if (fault instanceof RequestError && fault.reason) setRefused({ next, reason: fault.reason });
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
      <Field
        label={currentLabel}
        hint={currentHint}
        error={isCurrentWrong && !password.isPending ? t('password.currentWrong') : undefined}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...labels}
            name="current-password"
            autoComplete="current-password"
            maxLength={longestPassword}
            value={current}
            onChange={({ target }) => setCurrent(target.value)}
          />
        )}
      </Field>
      <Field label={t('password.next')} hint={t('password.nextHint')}>
        {(control) => (
          <PasswordInput
            {...control}
            {...labels}
            name="new-password"
            autoComplete="new-password"
            value={next}
            onChange={({ target }) => setNext(target.value)}
          />
        )}
      </Field>
      <ul className={styles.rules} aria-label={t('password.rules')}>
        {rules.map((rule) => (
          <RuleLine key={rule.name} rule={rule} length={lettersIn(next)} hasText={next !== ''} />
        ))}
      </ul>
      {isOtherFault && (
        <p className={styles.fault} role="alert">
          {saidIn(error.message, language)}
        </p>
      )}
      <div>
        <Button variant="filled" type="submit" disabled={!canSend || password.isPending}>
          {password.isPending ? t('password.running') : t('password.action')}
        </Button>
      </div>
    </form>
  );
}

type RuleLineProps = { rule: PasswordRule; length: number; hasText: boolean };

/** One rule: open while nothing is typed, then kept or broken, by sign and word besides colour. */
function RuleLine({ rule, length, hasText }: RuleLineProps) {
  const { t } = useTranslation('session');
  const state = !hasText || rule.isKept === null ? 'open' : rule.isKept ? 'kept' : 'broken';
  const Sign = { open: IconCircle, kept: IconCheck, broken: IconX }[state];
  return (
    <li data-state={state}>
      <Sign size="1em" stroke={2.25} aria-hidden />
      <span>
        {t(`password.rule.${rule.name}`, { length, shortest: shortestPassword, longest: longestPassword })}
        <span className="visually-hidden">. {t(`password.state.${state}`)}</span>
      </span>
    </li>
  );
}
