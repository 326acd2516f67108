import { formatNumber } from '../../i18n/formats.ts';
import type { Language } from '../../i18n/i18n.ts';

/** 0.207 → "20,7%". A share that is not all (or not nothing) never reads as 100% (or 0%): ">99,9%", "<0,1%". */
export function formatShare(share: number, language: Language): string {
  const percent = (value: number) => `${formatNumber(value, language, 1)}%`;
  if (share > 0 && share < 0.0005) return `<${percent(0.1)}`;
  if (share < 1 && share >= 0.9995) return `>${percent(99.9)}`;
  return percent(share * 100);
}
