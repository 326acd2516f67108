import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import page from '../../ui/page.module.css';
import { SessionContext } from '../session/session-context.ts';
import { AccessTable } from './AccessTable.tsx';
import styles from './access.module.css';
import { RoleCards } from './RoleCards.tsx';

/** The chapters under the table, as keys of access.json. */
const chapters = {
  scope: ['rule', 'hidden', 'change'],
  small: ['rule', 'others', 'zero'],
  never: ['persons', 'forecast', 'decide', 'leave', 'silent'],
} as const;

/** "Ai được làm gì": what each role sees and may do. Needs no session: it tells nothing but the rules. */
export function AccessScreen() {
  const { t } = useTranslation('access');
  const session = useContext(SessionContext);
  return (
    <div className={`${page.page} ${styles.screen}`}>
      <header className={styles.head}>
        <div className={page.head}>
          <h1>{t('title')}</h1>
          <p className={page.prose}>{t('subtitle')}</p>
        </div>
        <ButtonLink to={session ? '/' : '/dang-nhap'} search={keepView}>
          {t(session ? 'toMap' : 'toSignIn')}
        </ButtonLink>
      </header>
      <RoleCards own={session?.user.role} />
      <section className={page.section} aria-labelledby="rights-title">
        <h2 id="rights-title">{t('tableTitle')}</h2>
        <p className={page.quiet}>{t('tableText')}</p>
        <AccessTable own={session?.user.role} />
      </section>
      <div className={styles.chapters}>
        {Object.entries(chapters).map(([chapter, lines]) => (
          <section key={chapter} className={page.section} aria-labelledby={`${chapter}-title`}>
            <h2 id={`${chapter}-title`}>{t(`${chapter}.title`)}</h2>
            <ul className={styles.lines}>
              {lines.map((line) => (
                <li key={line}>{t(`${chapter}.${line}`)}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <section className={page.section} aria-labelledby="who-title">
        <h2 id="who-title">{t('who.title')}</h2>
        <p>{t('who.text')}</p>
      </section>
    </div>
  );
}
