import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestError } from '../../api/request.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';

type FailureNoticeProps = {
  error: Error;
  /** Told when it failed; a refusal has its own title. */
  title: string;
  /** What still stands. */
  children?: ReactNode;
  onRetry?: () => void;
};

/** A request without success: refused (nothing failed; somebody may allow it) or failed (try again). */
export function FailureNotice({ error, title, children, onRetry }: FailureNoticeProps) {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const said = saidIn(error.message, language);
  if (error instanceof RequestError && error.code === 'forbidden') {
    return (
      <StateNotice
        tone="warn"
        title={t('forbidden.title')}
        actions={
          <ButtonLink to="/quyen" search={keepView}>
            {t('forbidden.roles')}
          </ButtonLink>
        }
      >
        <p>{said}</p>
        <p>{t(error.reason === 'origin' ? 'forbidden.origin' : 'forbidden.who')}</p>
      </StateNotice>
    );
  }
  return (
    <StateNotice tone="danger" title={title} actions={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}>
      <p>{said}</p>
      {children}
    </StateNotice>
  );
}
