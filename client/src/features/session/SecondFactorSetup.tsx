import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { QrCode } from '../../ui/QrCode.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './own-account.module.css';

type SecondFactorSetupProps = {
  secret: string;
  uri: string;
  isPending: boolean;
  error: Error | null;
  onConfirm: (code: string) => void;
  onLeave: () => void;
};

/** Scan or type the secret, then prove it with a code: only then is the second factor on. */
export function SecondFactorSetup({ secret, uri, isPending, error, onConfirm, onLeave }: SecondFactorSetupProps) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const [code, setCode] = useState('');
  const isWrong = error instanceof RequestError && error.reason === 'code_wrong';
  const fault =
    error === null || isPending ? undefined : isWrong ? t('totp.codeWrong') : saidIn(error.message, language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm(code.replace(/\s/g, ''));
  };
  return (
    <form className={page.stack} onSubmit={submit}>
      <div className={styles.setup}>
        <QrCode text={uri} label={t('totp.qr')} />
        <div className={page.stack}>
          <p>{t('totp.scan')}</p>
          <p>
            {t('totp.type')}
            <code className={styles.secret} data-testid="totp-secret">
              {secret.match(/.{1,4}/g)?.join(' ')}
            </code>
          </p>
        </div>
      </div>
      <Field label={t('totp.code')} hint={t('totp.codeHint')} error={fault}>
        {(control) => (
          <TextInput
            {...control}
            className={styles.totpCode ?? ''}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={10}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        )}
      </Field>
      <div className={page.actions}>
        <Button type="submit" variant="filled" disabled={isPending || code === ''}>
          {t('totp.confirm')}
        </Button>
        <Button onClick={onLeave}>{t('leave')}</Button>
      </div>
    </form>
  );
}
