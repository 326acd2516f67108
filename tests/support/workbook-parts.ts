import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openZip } from '../../server/src/features/imports/reading/zip-guard.ts';

/** The parts of a workbook as they lie in its archive: name → text. */
export async function readWorkbookParts(bytes: Uint8Array): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'diemnong-parts-'));
  try {
    writeFileSync(join(folder, 'workbook.xlsx'), bytes);
    const zip = await openZip(join(folder, 'workbook.xlsx'));
    const parts = new Map<string, string>();
    for (const name of zip.names) parts.set(name, (await zip.read(name, 50_000_000)).toString('utf8'));
    zip.close();
    return parts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const expectedParts = [
  '[Content_Types].xml',
  '_rels/.rels',
  'docProps/app.xml',
  'docProps/core.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  'xl/theme/theme1.xml',
  'xl/workbook.xml',
];

/**
 * What a workbook holds that an export may not: formulas and what a spreadsheet could take for one, hidden sheets, defined names,
 * comments, links, authors, and any part that is not one of those every workbook has. [] for a clean one.
 */
export async function listWorkbookFaults(bytes: Uint8Array): Promise<string[]> {
  const parts = await readWorkbookParts(bytes);
  const faults: string[] = [];
  for (const [name, text] of parts) {
    if (!expectedParts.includes(name) && !/^xl\/worksheets\/sheet\d+\.xml$/.test(name)) faults.push(`part ${name}`);
    if (/<f[ >/]/.test(text)) faults.push(`formula in ${name}`);
    if (/<hyperlinks?[ >]|<legacyDrawing|TargetMode="External"/.test(text)) faults.push(`link in ${name}`);
    for (const cell of textsOf(text)) if (looksLikeFormula(decodeText(cell))) faults.push(`cell ${cell} in ${name}`);
  }
  const workbook = parts.get('xl/workbook.xml') ?? '';
  if (/state="(hidden|veryHidden)"/.test(workbook)) faults.push('hidden sheet');
  if (/<definedName[ >]/.test(workbook)) faults.push('defined name');
  const core = parts.get('docProps/core.xml') ?? '';
  for (const [, tag, value] of core.matchAll(/<(dc:creator|cp:lastModifiedBy|cp:manager|dc:description)>([^<]+)</g))
    faults.push(`${tag} ${value}`);
  if (/<(Company|Manager)>[^<]+</.test(parts.get('docProps/app.xml') ?? '')) faults.push('company');
  return faults;
}

/** Texts of a part: shared and inline ones (`<t>`), and those that stand in their cell (`t="str"`). */
function textsOf(part: string): string[] {
  const texts = [
    ...part.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g),
    ...part.matchAll(/<c [^>]*t="str"[^>]*><v>([^<]*)<\/v>/g),
  ];
  return texts.map(([, text]) => text);
}

function looksLikeFormula(text: string): boolean {
  return (
    '=+-@\t\r\n\0＝＋－＠'.includes(text.trimStart().charAt(0) || 'x') &&
    Number.isNaN(Number(text.replaceAll(',', '.')))
  );
}

function decodeText(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name])
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
