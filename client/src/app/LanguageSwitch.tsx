import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/use-language.ts';
import { useUpdateView } from '../state/use-view.ts';
import styles from './shell.module.css';

/** VI | EN: the address holds the language, so the switch changes the address. */
export function LanguageSwitch() {
  const { t } = useTranslation('shell');
  const language = useLanguage();
  const updateView = useUpdateView();
  return (
    <div className={styles.languages} role="group" aria-label={t('language')}>
      {(['vi', 'en'] as const).map((name) => (
        <button
          key={name}
          type="button"
          lang={name}
          aria-pressed={language === name}
          title={t(`languages.${name}`)}
          onClick={() => updateView({ lang: name === 'en' ? 'en' : undefined }, { replace: true })}
        >
          {name.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
