import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { queryClient } from '../api/query-client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { storedTheme, storeTheme, ThemeContext, type ThemeName } from '../state/theme.ts';
import type { View } from '../state/view-search.ts';
import { mantineTheme } from './mantine-theme.ts';
import { router } from './router.tsx';

/** Everything around the screens: cache, address, theme, language. */
export function Providers() {
  const [theme, setThemeState] = useState<ThemeName>(storedTheme);

  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  // The address holds the language: going back in history brings back the language of that view, too.
  useEffect(() => {
    const apply = ({ lang }: View) => {
      const language = lang ?? 'vi';
      document.documentElement.lang = language;
      void i18n.changeLanguage(language);
    };
    apply(router.state.location.search);
    return router.subscribe('onBeforeLoad', ({ toLocation }) => apply(toLocation.search as View));
  }, []);

  const themeState = useMemo(
    () => ({
      theme,
      setTheme: (next: ThemeName) => {
        storeTheme(next);
        setThemeState(next);
      },
    }),
    [theme],
  );

  return (
    <ThemeContext value={themeState}>
      <MantineProvider
        theme={mantineTheme}
        forceColorScheme={theme === 'dark' ? 'dark' : 'light'}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </ThemeContext>
  );
}

const i18n = startI18n(new URLSearchParams(window.location.search).get('lang') === 'en' ? 'en' : 'vi');
