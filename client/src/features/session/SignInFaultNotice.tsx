import { useTranslation } from 'react-i18next';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import styles from './session.module.css';
import type { SignInFault } from './sign-in-fault.ts';

type SignInFaultNoticeProps = { fault: SignInFault | undefined; secondsLeft: number };

/** Why signing in did not work and what can be done. The region is always there, so that a fault is read aloud. */
export function SignInFaultNotice({ fault, secondsLeft }: SignInFaultNoticeProps) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const isShown = fault !== undefined && !(fault.kind === 'tooMany' && secondsLeft === 0);
  return (
    <div role="alert" className={isShown ? styles.alert : undefined} data-kind={fault?.kind}>
      {isShown && (
        <>
          <strong>{t(`signIn.fault.${fault.kind}.title`)}</strong>
          <span>
            {fault.kind === 'tooMany'
              ? t('signIn.fault.tooMany.text', { count: secondsLeft })
              : fault.kind === 'other'
                ? saidIn(fault.message, language)
                : t(`signIn.fault.${fault.kind}.text`)}
          </span>
        </>
      )}
    </div>
  );
}
