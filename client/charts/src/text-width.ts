const narrow = /[ iIjlrtf.,:;'|!()1[\]]/;
const wide = /[mMwW%@—…]/;

/**
 * About how wide a text is drawn, in pixels, from classes of letters of Be Vietnam Pro: nothing is measured, so that the
 * browser and the server place it alike. Diacritics take no width of their own.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const letter of text.normalize('NFD').replace(/\p{M}/gu, ''))
    ems += narrow.test(letter) ? 0.33 : wide.test(letter) ? 0.9 : /[A-ZĐ]/.test(letter) ? 0.7 : 0.58;
  return ems * fontSize;
}

/** As much of a text as fits, with an ellipsis when it is cut. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, fontSize) > width) cut = cut.slice(0, -1).trimEnd();
  return `${cut}…`;
}

/** Words in lines no wider than `width`. A single word that is wider stands alone. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && textWidth(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
