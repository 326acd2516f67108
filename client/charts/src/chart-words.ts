import type { ChartLanguage } from './chart-types.ts';
import en from './words/en.json' with { type: 'json' };
import vi from './words/vi.json' with { type: 'json' };

export type ChartWords = typeof vi;

const wordsOf: Record<ChartLanguage, ChartWords> = { vi, en };

/** The texts of charts in a language. */
export function chartWords(language: ChartLanguage): ChartWords {
  return wordsOf[language];
}

/** "{{count}} xã" with {count: 3} → "3 xã". A name without a value stays visible. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
