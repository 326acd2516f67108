import { useTranslation } from 'react-i18next';
import { PeriodPicker } from '../features/filters/PeriodPicker.tsx';
import { useMeta } from '../features/meta/use-meta.ts';
import { PlaceSearch } from '../features/search/PlaceSearch.tsx';
import { AccountMenu } from '../features/session/AccountMenu.tsx';
import { useLanguage } from '../i18n/use-language.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import styles from './shell.module.css';
import { ThemePicker } from './ThemePicker.tsx';
import { searchInputId } from './use-shell-keys.tsx';

/** The bar on top: what this is, search, the period that is seen, language, theme, account. */
export function TopBar() {
  const { t } = useTranslation('shell');
  const { data: meta } = useMeta();
  const language = useLanguage();
  const province = meta?.provinces.map(({ nameVi, nameEn }) => (language === 'vi' ? nameVi : nameEn)).join(', ');

  return (
    <header className={styles.bar}>
      <h1 className={styles.brand}>{t('brand')}</h1>
      {province && <span className={styles.province}>{province}</span>}
      <div className={styles.grow}>
        <PlaceSearch inputId={searchInputId} />
      </div>
      <div className={styles.barTools}>
        <PeriodPicker className={styles.barButton ?? ''} />
        <LanguageSwitch />
        <ThemePicker />
        <AccountMenu className={styles.barButton ?? ''} />
      </div>
    </header>
  );
}
