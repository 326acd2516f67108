import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { ConfirmByPassword } from './ConfirmByPassword.tsx';
import { SecondFactorSetup } from './SecondFactorSetup.tsx';
import { useSession } from './session-context.ts';
import { useOwnAccount } from './use-session-actions.ts';

/** The second factor: off, being set up, or on. Both ways ask for the password, so an unlocked screen is not enough. */
export function SecondFactorSection() {
  const { t } = useTranslation('session');
  const { user } = useSession();
  const { beginTotp, confirm, endTotp } = useOwnAccount();
  const [isAsking, setAsking] = useState(false);
  const setup = beginTotp.data;
  const leave = () => {
    setAsking(false);
    beginTotp.reset();
    confirm.reset();
    endTotp.reset();
  };

  return (
    <section className={page.section} aria-labelledby="totp-title">
      <div className={page.sectionHead}>
        <h2 id="totp-title">{t('totp.title')}</h2>
        <Badge tone={user.hasSecondFactor ? 'ok' : 'plain'} label={t(user.hasSecondFactor ? 'totp.on' : 'totp.off')} />
      </div>
      <p className={page.quiet}>{t(user.hasSecondFactor ? 'totp.textOn' : 'totp.text')}</p>
      {setup !== undefined && !user.hasSecondFactor ? (
        <SecondFactorSetup
          secret={setup.secret}
          uri={setup.uri}
          isPending={confirm.isPending}
          error={confirm.error}
          onConfirm={(code) => confirm.mutate({ code }, { onSuccess: leave })}
          onLeave={leave}
        />
      ) : isAsking ? (
        <ConfirmByPassword
          key={String(user.hasSecondFactor)}
          text={t(user.hasSecondFactor ? 'totp.askOff' : 'totp.ask')}
          action={t(user.hasSecondFactor ? 'totp.turnOff' : 'totp.next')}
          isDangerous={user.hasSecondFactor}
          isPending={beginTotp.isPending || endTotp.isPending}
          error={user.hasSecondFactor ? endTotp.error : beginTotp.error}
          onConfirm={(password) =>
            user.hasSecondFactor ? endTotp.mutate({ password }, { onSuccess: leave }) : beginTotp.mutate({ password })
          }
          onLeave={leave}
        />
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>{t(user.hasSecondFactor ? 'totp.turnOff' : 'totp.turnOn')}</Button>
        </div>
      )}
    </section>
  );
}
