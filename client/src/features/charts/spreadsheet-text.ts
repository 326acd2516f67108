/** What a spreadsheet may take for the beginning of a formula. The rule of server/src/http/formula-guard.ts (a test holds them equal). */
const formulaStart = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const plainNumber = /^[+-]?\d[\d.,]*(e[+-]?\d+)?$/i;

/** A text that no spreadsheet runs: what looks like a formula gets an apostrophe before it (OWASP, "CSV Injection"). */
export function spreadsheetText(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
