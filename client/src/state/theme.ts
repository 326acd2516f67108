import { createContext, useContext } from 'react';

export const themes = ['light', 'dark', 'projector'] as const;
export type ThemeName = (typeof themes)[number];

const storageKey = 'diemnong.theme';

/** The theme of this desk: kept by the browser, not in the address, since a link is read under another lamp. */
export function storedTheme(): ThemeName {
  const stored = readStorage();
  if (themes.includes(stored as ThemeName)) return stored as ThemeName;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function storeTheme(theme: ThemeName): void {
  try {
    window.localStorage.setItem(storageKey, theme);
  } catch {
    // Storage is off: the theme lasts as long as the page.
  }
}

function readStorage(): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export type ThemeState = { theme: ThemeName; setTheme: (theme: ThemeName) => void };
export const ThemeContext = createContext<ThemeState>({ theme: 'light', setTheme: () => undefined });

export function useTheme(): ThemeState {
  return useContext(ThemeContext);
}
