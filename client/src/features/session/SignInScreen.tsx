import { getSignIn, oidcStartPath } from '@diemnong/contracts';
import { IconBuildingBank } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/request.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { HexPattern } from './HexPattern.tsx';
import { inLanguage, nextAddress } from './next-address.ts';
import { SignInForm } from './SignInForm.tsx';
import styles from './session.module.css';
import { sessionQuery } from './session-query.ts';

/** The door. Whoever is signed in goes on to the address that was asked for. */
export function SignInScreen() {
  const { t } = useTranslation('session');
  const language = useLanguage();
  const { next, fault } = useSearch({ strict: false });
  const { history } = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const { data: offer } = useQuery({
    queryKey: ['sign-in'],
    queryFn: ({ signal }) => request(getSignIn, {}, { signal }),
  });
  const target = inLanguage(nextAddress(next, window.location.origin), language, window.location.origin);
  const isSignedIn = Boolean(session);

  useEffect(() => {
    if (isSignedIn) history.replace(target);
  }, [isSignedIn, history, target]);

  return (
    <div className={styles.signIn}>
      <div className={styles.picture}>
        <HexPattern />
        <p className={styles.name}>{t('signIn.name')}</p>
        <p className={styles.tagline}>{t('signIn.tagline')}</p>
      </div>
      <div className={styles.formSide}>
        <div className={styles.card}>
          <header>
            <h1>{t('signIn.title')}</h1>
            <p className={styles.quiet}>{t(next === undefined ? 'signIn.subtitle' : 'signIn.subtitleNext')}</p>
          </header>
          {fault !== undefined && (
            <div className={styles.alert} role="alert">
              <strong>{t('signIn.oidcFault.title')}</strong>
              <span>{t(`signIn.oidcFault.${fault}`)}</span>
            </div>
          )}
          <SignInForm />
          {offer?.openIdConnect && (
            <>
              <p className={styles.or}>{t('signIn.or')}</p>
              <ButtonAnchor
                className={styles.submit ?? ''}
                href={`${oidcStartPath}?${new URLSearchParams({ next: target })}`}
              >
                <IconBuildingBank size="1.25em" stroke={1.75} aria-hidden />
                {t('signIn.openIdConnect', { name: offer.openIdConnect.name })}
              </ButtonAnchor>
            </>
          )}
          {offer?.demo && (
            <aside className={styles.demo} aria-label={t('signIn.demo.title')}>
              <strong>{t('signIn.demo.title')}</strong>
              <span>{t('signIn.demo.text')}</span>
            </aside>
          )}
          <footer className={styles.cardFoot}>
            <p>{t('signIn.forgotten')}</p>
            <Link to="/quyen" search={language === 'en' ? { lang: 'en' } : {}}>
              {t('signIn.roles')}
            </Link>
          </footer>
        </div>
      </div>
    </div>
  );
}
