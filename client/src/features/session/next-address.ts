/** Where signing in happens. */
export const signInPath = '/dang-nhap';

/**
 * The address to go on to after signing in, as path, query and hash: only inside this origin, never back to signing in,
 * never out of the screens; anything else is the map. (`//host`, `/\host` and `https:host` leave the origin at once,
 * `/.//host` when it is written as a path again.)
 */
export function nextAddress(wanted: string | undefined, origin: string): string {
  if (wanted === undefined || !wanted.startsWith('/')) return '/';
  if (!URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  if (url.pathname === signInPath || url.pathname.startsWith('/api/')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The same address in the language on screen: it may have been changed while signing in. */
export function inLanguage(address: string, language: 'vi' | 'en', origin: string): string {
  const url = new URL(address, origin);
  if (language === 'en') url.searchParams.set('lang', 'en');
  else url.searchParams.delete('lang');
  const query = url.search.replaceAll('%2C', ',').replaceAll('%3A', ':');
  return `${url.pathname}${query}${url.hash}`;
}
