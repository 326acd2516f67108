/**
 * Text as it is compared: without accents, đ (and ð, typed for it) → d, lower case, every run of other signs than letters and digits one space.
 * 'Số hồ sơ ' and 'SO_HO-SO' give 'so ho so'. Pure; '' for text without any letter or digit.
 */
export function textKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[đð]/g, 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Text with its accents, in one spelling: NFC, lower case, single spaces, and the tone on the second vowel of oa, oe, uy
 * (Hòa → hoà, Thủy → thuỷ, Khỏe → khoẻ) and after qu (qúy → quý). NFC alone leaves the two spellings apart.
 */
export function toneKey(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ð', 'đ')
    .replace(OLD_TONE_PLACE, (_, before: string, tone: string, after: string) => before + after + tone)
    .normalize('NFC')
    .replace(/[\s\u00a0_]+/g, ' ')
    .trim();
}

/** grave, acute, tilde, hook, dot below, on o before a/e, on u before y, or on u after q before a vowel. */
const OLD_TONE_PLACE =
  /(o(?=[\u0300\u0301\u0303\u0309\u0323][ae])|u(?=[\u0300\u0301\u0303\u0309\u0323]y)|qu)([\u0300\u0301\u0303\u0309\u0323])([aeiy])/g;

/** `textKey` with y for i after a consonant at the end of a syllable made one (Mỹ = Mĩ, Lý = Lí). */
export function looseKey(text: string): string {
  return textKey(text).replace(/(?<=[bhklmstv])y(?= |$)/g, 'i');
}
