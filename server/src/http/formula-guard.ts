/** Longest text of a cell in Excel. */
const LONGEST_TEXT = 32_767;
/** What a spreadsheet may take for the beginning of a formula, also when the sheet is saved as CSV and opened again. */
const formulaStart = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** What begins with a sign and is only a number. */
const plainNumber = /^[+-]?\d[\d.,]*(e[+-]?\d+)?$/i;
/** Signs XML 1.0 cannot hold. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * A text as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it (OWASP, "CSV Injection").
 * Numbers keep their sign. Escapes of the format (`_x003D_`) are no way around it.
 */
export function textCell(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(notInXml, '')
    .slice(0, LONGEST_TEXT - 1);
  const guarded = formulaStart.test(clean) && !plainNumber.test(clean) ? `'${clean}` : clean;
  return guarded.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

/** A cell's text as it was before `textCell`: our own workbooks come back corrected. */
export function withoutGuard(text: string): string {
  return text.charCodeAt(0) === 39 && formulaStart.test(text.slice(1)) ? text.slice(1) : text;
}
