import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'vi' | 'en';

const files = import.meta.glob<Record<string, unknown>>('./{vi,en}/*.json', { eager: true, import: 'default' });

/** `./vi/timeline.json` → resources.vi.timeline: one file per feature, its name is the namespace. */
function resources(): Record<Language, Record<string, Record<string, unknown>>> {
  const found: Record<Language, Record<string, Record<string, unknown>>> = { vi: {}, en: {} };
  for (const [path, texts] of Object.entries(files)) {
    const [, language, name] = /^\.\/(vi|en)\/(.+)\.json$/.exec(path) ?? [];
    if (language && name) found[language as Language][name] = texts;
  }
  return found;
}

/** Vietnamese first: it is what shows when an English text is missing, never a key. */
export function startI18n(language: Language): typeof i18next {
  void i18next.use(initReactI18next).init({
    resources: resources(),
    lng: language,
    fallbackLng: 'vi',
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return i18next;
}
