import { looseKey, textKey, toneKey } from './text-key.ts';

const MAX_CACHED_NAMES = 50_000;

export type CommuneName = { code: string; name: string; fullName: string; kind: string };

/** `candidates` are full names, when a name fits several communes (or one of another kind); null = nothing fits. */
type CommuneMatch = { code: string } | { candidates: string[] } | null;

export type CommuneMatcher = {
  byCode(code: string): string | null;
  byName(name: string): CommuneMatch;
};

type Kind = 'xa' | 'phuong' | 'thi tran' | 'dac khu';
type Known = { code: string; fullName: string; kind: Kind | null };

/** Kinds as offices write them before a name. A bare "xa" or "p" without accent or dot needs a space behind it. */
const kindPrefixes: readonly [RegExp, Kind][] = [
  [/^(?:xã|xa|x\.)(?:[\s.]+)/, 'xa'],
  [/^x\.(?=\S)/, 'xa'],
  [/^(?:phường|phuong|p\.|p)(?:[\s.]+)/, 'phuong'],
  [/^p\.(?=\S)/, 'phuong'],
  [/^p(?=\d)/, 'phuong'],
  [/^(?:thị trấn|thi tran|tt\.|tt)(?:[\s.]+)/, 'thi tran'],
  [/^tt\.(?=\S)/, 'thi tran'],
  [/^(?:đặc khu|dac khu|đk\.|đk|dk\.)(?:[\s.]+)/, 'dac khu'],
];

/** The kind before a name and the rest, from text in `toneKey` form. "Xa Dung" is also a whole name: `kind` may mislead. */
function splitKind(text: string): { kind: Kind | null; rest: string } {
  for (const [pattern, kind] of kindPrefixes) {
    const found = pattern.exec(text);
    if (found && text.length > found[0].length) return { kind, rest: text.slice(found[0].length).trim() };
  }
  return { kind: null, rest: text };
}

/** "Thôn 3, xã Tân Tiến, huyện Văn Giang" → the part that names a commune, else the first part. */
function communePart(text: string): string {
  const parts = text
    .split(/[,;(\n]| - | – /)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.find((part) => splitKind(part).kind !== null) ?? parts[0] ?? '';
}

const withoutLeadingZeros = (key: string) => key.replace(/(?<=^| )0+(?=\d)/g, '');
const tiers: ((text: string) => string)[] = [
  (text) => withoutLeadingZeros(toneKey(text)),
  (text) => withoutLeadingZeros(textKey(text)),
  (text) => withoutLeadingZeros(looseKey(text)),
];

/**
 * Find communes by name: exact with tone placement unified (Hoà = Hòa), then without accents, then with i and y made one.
 * "xã", "phường", "thị trấn", "đặc khu" and "X.", "P.", "TT." are understood and tell communes of one name apart.
 * Ambiguity is never a guess: it comes back as `candidates`, and so does a name whose kind contradicts ("Xã A" where only
 * "Phường A" exists).
 */
export function createCommuneMatcher(communes: readonly CommuneName[]): CommuneMatcher {
  const codes = new Set(communes.map((commune) => commune.code));
  const indexes = tiers.map((toKey) => {
    const index = new Map<string, Known[]>();
    for (const { code, name, fullName } of communes) {
      const known: Known = { code, fullName, kind: splitKind(toneKey(fullName)).kind };
      const key = toKey(name);
      index.set(key, [...(index.get(key) ?? []), known]);
    }
    return index;
  });

  function find(name: string): CommuneMatch {
    const text = communePart(toneKey(name));
    if (text === '') return null;
    const { kind, rest } = splitKind(text);
    // "xa dung" typed without accents may be the whole name of Xã Xa Dung; "xã dung" may not.
    const mayBeWhole = kind === null || /^[\x20-\x7e]*$/.test(text);
    let contradicting: Known[] = [];
    for (const [tier, toKey] of tiers.entries()) {
      const named = indexes[tier]?.get(toKey(rest)) ?? [];
      const ofKind = kind === null ? named : named.filter((known) => known.kind === null || known.kind === kind);
      const found = ofKind.length > 0 || !mayBeWhole ? ofKind : (indexes[tier]?.get(toKey(text)) ?? []);
      if (found.length === 1 && found[0]) return { code: found[0].code };
      if (found.length > 1) return { candidates: found.map((known) => known.fullName) };
      if (contradicting.length === 0) contradicting = named;
    }
    return contradicting.length > 0 ? { candidates: contradicting.map((known) => known.fullName) } : null;
  }

  const cache = new Map<string, CommuneMatch>();
  return {
    byCode(code) {
      if (codes.has(code)) return code;
      // A sheet that took the code for a number has lost its leading zeros.
      const padded = code.padStart(5, '0');
      return /^\d+$/.test(code) && codes.has(padded) ? padded : null;
    },
    byName(name) {
      let match = cache.get(name);
      if (match === undefined) {
        match = find(name);
        if (cache.size < MAX_CACHED_NAMES) cache.set(Buffer.from(name).toString(), match);
      }
      return match;
    },
  };
}
