import type { Permission } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import page from '../../ui/page.module.css';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useSession } from './session-context.ts';
import { useAccountWords } from './use-account-words.ts';

type ForbiddenScreenProps = { permission: Permission };

/** An address this role may not open: what the account sees instead, and who can widen it. */
export function ForbiddenScreen({ permission }: ForbiddenScreenProps) {
  const { t } = useTranslation(['session', 'access']);
  const { user } = useSession();
  const { roleName, reach } = useAccountWords();
  return (
    <div className={page.centre} data-testid="forbidden">
      <StateNotice
        tone="warn"
        title={t('forbidden.screen', { role: roleName(user.role) })}
        actions={
          <>
            <ButtonLink to="/" search={keepView} variant="filled">
              {t('forbidden.toMap')}
            </ButtonLink>
            <ButtonLink to="/quyen" search={keepView}>
              {t('forbidden.roles')}
            </ButtonLink>
          </>
        }
      >
        <p>{t('forbidden.needs', { permission: t(`access:permissions.${permission}.name`) })}</p>
        <p>
          <strong>{t('forbidden.sees', { name: user.displayName, reach: user.communeName ?? reach(user) })}</strong>{' '}
          {t(`access:roles.${user.role}.sees`)}
        </p>
        <p>{t('forbidden.who')}</p>
      </StateNotice>
    </div>
  );
}
