import { FileRefusal } from './file-refusal.ts';
import { attribute, createXmlScanner, type XmlHandlers } from './xml-scanner.ts';
import { type GuardedZip, guarded } from './zip-guard.ts';

const MAX_SMALL_PART = 16 * 1024 * 1024;
const MAX_SHARED_STRINGS = 3_000_000;
const MAX_SHARED_CHARS = 64 * 1024 * 1024;
/** Far above the 32,767 characters a cell can hold. */
const MAX_CELL_CHARS = 1024 * 1024;

/** The text of one cell, gathered piece by piece. Errors: FileRefusal `bomb` when it has no end. */
export function joinText(text: string, piece: string): string {
  if (text.length + piece.length > MAX_CELL_CHARS) throw new FileRefusal('bomb', { detail: 'một ô quá dài' });
  return text + piece;
}

export type Workbook = {
  sheets: { name: string; path: string; isHidden: boolean }[];
  date1904: boolean;
  sharedStrings: string[];
  /** Whether cells of style n (attribute s) show a date or time. */
  isDateStyle: boolean[];
};

type Handlers = Partial<XmlHandlers>;

/** Walk a part of the workbook. `handlers.wantsText` may be switched from inside. */
async function scan(zip: GuardedZip, name: string, handlers: Handlers) {
  const full: XmlHandlers = Object.assign(handlers, {
    open: handlers.open ?? (() => {}),
    close: handlers.close ?? (() => {}),
    text: handlers.text ?? (() => {}),
    wantsText: handlers.wantsText ?? false,
  });
  const push = createXmlScanner(full);
  const decoder = new TextDecoder();
  for await (const block of guarded(await zip.stream(name))) push(decoder.decode(block, { stream: true }));
}

/** What stands around the sheets: their names and places, the date system, shared strings, date formats (ECMA-376 part 1). */
export async function readWorkbook(zip: GuardedZip): Promise<Workbook> {
  if (zip.names.some((name) => name === 'xl/workbook.bin')) throw new FileRefusal('xlsb');
  if (zip.has('mimetype') && (await zip.read('mimetype', 200)).includes('opendocument')) throw new FileRefusal('ods');
  if (zip.has('EncryptedPackage')) throw new FileRefusal('encrypted');
  const root = await readRelations(zip, '_rels/.rels');
  const path = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!zip.has(path)) throw new FileRefusal('not_a_workbook');
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const relations = await readRelations(zip, `${folder}_rels/${path.slice(folder.length)}.rels`);
  const targetOf = (type: string) => relations.find((relation) => relation.type === type)?.target;

  const workbook: Workbook = { sheets: [], date1904: false, sharedStrings: [], isDateStyle: [] };
  checkSmall(zip, path);
  await scan(zip, path, {
    open(name, attributes) {
      if (name === 'workbookPr') workbook.date1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904'));
      if (name !== 'sheet') return;
      const id = attribute(attributes, 'id');
      const target = relations.find((relation) => relation.id === id && relation.type === 'worksheet')?.target;
      if (target === undefined || !zip.has(target)) return;
      const isHidden = /hidden/i.test(attribute(attributes, 'state'));
      workbook.sheets.push({ name: attribute(attributes, 'name'), path: target, isHidden });
    },
  });
  const strings = targetOf('sharedStrings');
  if (strings !== undefined && zip.has(strings)) workbook.sharedStrings = await readSharedStrings(zip, strings);
  const styles = targetOf('styles');
  if (styles !== undefined && zip.has(styles)) workbook.isDateStyle = await readDateStyles(zip, styles);
  return workbook;
}

function checkSmall(zip: GuardedZip, name: string) {
  if (zip.sizeOf(name) > MAX_SMALL_PART) throw new FileRefusal('bomb', { detail: name });
}

type Relation = { id: string; type: string; target: string };

async function readRelations(zip: GuardedZip, path: string): Promise<Relation[]> {
  if (!zip.has(path)) return [];
  checkSmall(zip, path);
  // Targets are relative to the folder above _rels.
  const base = path.slice(0, path.lastIndexOf('_rels/'));
  const relations: Relation[] = [];
  await scan(zip, path, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target');
      relations.push({
        id: attribute(attributes, 'Id'),
        type: attribute(attributes, 'Type').replace(/^.*\//, ''),
        target: target.startsWith('/') ? target.slice(1) : new URL(target, `zip:///${base}`).pathname.slice(1),
      });
    },
  });
  return relations;
}

async function readSharedStrings(zip: GuardedZip, path: string): Promise<string[]> {
  const strings: string[] = [];
  let chars = 0;
  let text = '';
  let isPhonetic = false;
  const handlers: XmlHandlers = {
    wantsText: false,
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') handlers.wantsText = !isPhonetic;
    },
    text(piece) {
      text = joinText(text, piece);
    },
    close(name) {
      if (name === 't') handlers.wantsText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') {
        strings.push(Buffer.from(decodeEscapes(text)).toString());
        chars += text.length;
        if (strings.length > MAX_SHARED_STRINGS || chars > MAX_SHARED_CHARS) {
          throw new FileRefusal('too_many_texts', { detail: `${strings.length}` });
        }
      }
    },
  };
  await scan(zip, path, handlers);
  return strings;
}

/** Built-in formats that show a date or time (ECMA-376 part 1, 18.8.30, with the East Asian ones). */
const isDateFormatId = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number format shows a date or time: d, m, y, h or s outside quotes, escapes and colours. */
export function isDateFormat(format: string): boolean {
  const section = format.split(';')[0] ?? '';
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(bare) && !/general|[0#?]/i.test(bare.replace(/\.0+/g, ''));
}

async function readDateStyles(zip: GuardedZip, path: string): Promise<boolean[]> {
  checkSmall(zip, path);
  const customDates = new Map<number, boolean>();
  const isDateStyle: boolean[] = [];
  let isInCellFormats = false;
  await scan(zip, path, {
    open(name, attributes) {
      if (name === 'numFmt') {
        customDates.set(Number(attribute(attributes, 'numFmtId')), isDateFormat(attribute(attributes, 'formatCode')));
      } else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats) {
        const id = Number(attribute(attributes, 'numFmtId'));
        isDateStyle.push(customDates.get(id) ?? isDateFormatId(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  });
  return isDateStyle;
}

/** Excel writes control signs as _x000D_ (ECMA-376 part 1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
