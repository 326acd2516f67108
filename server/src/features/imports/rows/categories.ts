import { textKey } from './text-key.ts';

/** Where rows go whose value nobody recognises or has mapped. */
const UNCLASSIFIED = 'unclassified';
const MAX_UNKNOWN_VALUES = 1000;
const MAX_CACHED_VALUES = 20_000;

export type CategoryName = { code: string; nameVi: string; nameEn: string; article: string | null };

export type CategoryMatcher = {
  /** Category code of a value; 'unclassified' (and counted in `unknown`) when nobody recognises it. */
  match(value: string): string;
  /** Values nobody recognised → rows; at most 1,000 distinct values, the rest under '…'. */
  unknown: Map<string, number>;
};

export type CategoryMatcherOptions = {
  categories: readonly CategoryName[];
  /** code → texts, as @diemnong/data's `categorySynonyms`. Codes that are not among `categories` are left out. */
  synonyms: Readonly<Record<string, readonly string[]>>;
  /** Value in the file → category code; compared without accents, case and spacing. Wins over everything else. */
  mapping?: Readonly<Record<string, string>> | undefined;
};

/** Order: saved mapping, code, names vi/en, synonyms, "Điều 173" when only one category has that article. */
export function createCategoryMatcher({ categories, synonyms, mapping = {} }: CategoryMatcherOptions): CategoryMatcher {
  const codes = new Set(categories.map((category) => category.code));
  const byKey = new Map<string, string>();
  const learn = (text: string, code: string) => {
    const key = textKey(text);
    if (key !== '' && codes.has(code) && !byKey.has(key)) byKey.set(key, code);
  };
  for (const [value, code] of Object.entries(mapping)) learn(value, code);
  for (const { code } of categories) learn(code, code);
  for (const { code, nameVi } of categories) learn(nameVi, code);
  for (const { code, nameEn } of categories) learn(nameEn, code);
  for (const [code, texts] of Object.entries(synonyms)) for (const text of texts) learn(text, code);
  const articleCount = new Map<string, number>();
  for (const { article } of categories) if (article) articleCount.set(article, (articleCount.get(article) ?? 0) + 1);
  for (const { code, article } of categories) {
    if (article && articleCount.get(article) === 1) {
      learn(`điều ${article}`, code);
      learn(`điều ${article} BLHS`, code);
    }
  }

  const unknown = new Map<string, number>();
  const cache = new Map<string, string | null>();
  function find(value: string): string | null {
    // A cell may be a slice that keeps its whole block of the file alive: what is kept is copied.
    const own = Buffer.from(value).toString();
    const code = byKey.get(textKey(own)) ?? null;
    if (cache.size < MAX_CACHED_VALUES) cache.set(own, code);
    return code;
  }
  return {
    unknown,
    match(value) {
      let code = cache.get(value);
      if (code === undefined) code = find(value);
      if (code !== null) return code;
      const rows = unknown.get(value);
      if (rows !== undefined) unknown.set(value, rows + 1);
      else if (unknown.size < MAX_UNKNOWN_VALUES) unknown.set(Buffer.from(value).toString(), 1);
      else unknown.set('…', (unknown.get('…') ?? 0) + 1);
      return UNCLASSIFIED;
    },
  };
}
