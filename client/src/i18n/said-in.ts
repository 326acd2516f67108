import type { Language } from './i18n.ts';

/** "Tệp trống. (The file is empty.)": how the server writes one sentence in both languages. */
const twoLanguages = /^(.+?)\s*\(([A-Za-z][^()]*(?:\([^()]*\)[^()]*)*\.)\)$/su;

/** The part of a message that is in the language on screen; all of it when it is written in one language only. */
export function saidIn(message: string, language: Language): string {
  const [, vi, en] = twoLanguages.exec(message.trim()) ?? [];
  if (vi === undefined || en === undefined) return message;
  return language === 'en' ? en : vi;
}
