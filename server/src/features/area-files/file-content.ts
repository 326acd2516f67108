import { AppError, type areaFileTypes } from '@diemnong/contracts';
import yauzl from 'yauzl';

export type AreaFileType = (typeof areaFileTypes)[number];

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Endings that a file of each type may bear; the first is the one it gets when its own is none of them. */
const endings: Readonly<Record<AreaFileType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  [DOCX]: ['docx'],
};

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length 0, the name IEND, its checksum: nothing may follow. */
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');
/** Scanners and printers write some lines after it. */
const PDF_END_BYTES = 1024;

/**
 * What a file is by its content alone; null when it is none of the types kept with an area. Whole files are looked at, their
 * ends too: one that is a picture at its beginning and something else at its end is none.
 * Source: ISO 32000-1, 7.5.2 and 7.5.5; W3C PNG, 5; ITU T.81, B.1; ECMA-376 part 2.
 */
export async function findFileType(content: Buffer): Promise<AreaFileType | null> {
  if (content.subarray(0, 8).equals(PNG_SIGNATURE))
    return content.toString('latin1', 12, 16) === 'IHDR' && content.subarray(-12).equals(PNG_END) ? 'image/png' : null;
  if (content.length > 4 && content[0] === 0xff && content[1] === 0xd8 && content[2] === 0xff)
    return hasJpegPicture(content) && !hasZipEnd(content) ? 'image/jpeg' : null;
  if (/^%PDF-[12]\.\d/.test(content.toString('latin1', 0, 8)))
    return content.subarray(-PDF_END_BYTES).includes('%%EOF') && !hasZipEnd(content) ? 'application/pdf' : null;
  if (content.length > 4 && content.readUInt32LE(0) === 0x04034b50) return (await isDocx(content)) ? DOCX : null;
  return null;
}

/** Segment after segment up to the picture itself, and an end marker somewhere behind it. */
function hasJpegPicture(content: Buffer): boolean {
  let at = 2;
  while (at + 4 <= content.length && content[at] === 0xff) {
    const marker = content[at + 1];
    if (marker === 0xda) return content.lastIndexOf(Buffer.from([0xff, 0xd9])) > at;
    at += marker === 0xff ? 1 : 2 + content.readUInt16BE(at + 2);
  }
  return false;
}

/** The end of a ZIP's directory: it makes any file an archive as well. */
function hasZipEnd(content: Buffer): boolean {
  return content.subarray(-66_000).includes(Buffer.from('504b0506', 'hex'));
}

/** A Word document without macros, nothing of it inflated but the list of its parts. */
async function isDocx(content: Buffer): Promise<boolean> {
  const zip = await yauzl
    .fromBufferPromise(content, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true })
    .catch(() => null);
  if (zip === null || zip.entryCount > 5000) return false;
  const names = new Set<string>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) return false;
      names.add(entry.fileName.toLowerCase());
    }
  } catch {
    return false;
  }
  if (
    ![...names].every(
      (name) => !/(?:^|\/)vba[^/]*\.bin$|(?:^|\/)vbadata\.xml$|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|hta)$/.test(name),
    )
  )
    throw new AppError(
      'unprocessable',
      'Tệp Word có macro hoặc tệp chạy được bên trong: hãy lưu lại thành .docx không macro hoặc PDF. (The document holds macros or programs.)',
      { details: { reason: 'macros' } },
    );
  return names.has('[content_types].xml') && names.has('word/document.xml');
}

/** A name for the screen, the log and the download; nothing on disk is ever named by it. */
export function shownFileName(name: string | undefined): string {
  const last = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(/[\p{C}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  return shorten(clean, 160).toWellFormed() || 'tep';
}

/** Cut before the ending, so that the ending stays. */
function shorten(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot >= 0 && name.length - dot <= 10 ? name.slice(dot) : '';
  return name.slice(0, longest - ending.length) + ending;
}

/** Errors: `unprocessable` with what is wrong: not one of the types, or an ending that says something else. */
export function requireFileType(type: AreaFileType | null, name: string): AreaFileType {
  if (type === null)
    throw new AppError(
      'unprocessable',
      `"${name}" không phải PDF, PNG, JPEG hay DOCX nguyên vẹn (xét theo nội dung, không theo tên). (Expected a whole PDF, PNG, JPEG or DOCX, by its content.)`,
      { details: { reason: 'type' } },
    );
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (!endings[type].includes(ending))
    throw new AppError(
      'unprocessable',
      `"${name}" có nội dung là ${endings[type][0].toUpperCase()}, khác với đuôi tên: hãy đổi tên thành .${endings[type][0]}. (The content is ${type}, the name says something else.)`,
      { details: { reason: 'ending', type } },
    );
  return type;
}
