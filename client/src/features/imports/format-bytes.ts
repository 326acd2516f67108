import { formatNumber } from '../../i18n/formats.ts';
import type { Language } from '../../i18n/i18n.ts';

/** 10_612_295 → "10,6 MB"; below a megabyte in whole kilobytes, at least one. */
export function formatBytes(bytes: number, language: Language): string {
  return bytes < 1e6
    ? `${formatNumber(Math.max(1, bytes / 1e3), language)} kB`
    : `${formatNumber(bytes / 1e6, language, 1)} MB`;
}
