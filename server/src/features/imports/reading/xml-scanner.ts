import { FileRefusal } from './file-refusal.ts';

/** Longest run of text and longest tag: an Excel cell holds 32,767 characters. */
const MAX_TEXT_CHARS = 1024 * 1024;

export type XmlHandlers = {
  /** `name` without its prefix; `attributes` is the raw text behind it, see `attribute`. */
  open(name: string, attributes: string): void;
  /** Entities resolved. Called only while `wantsText` is true; a text may come in pieces. */
  text(text: string): void;
  close(name: string): void;
  wantsText: boolean;
};

/**
 * A small streaming XML scanner for the parts of a workbook: elements, text, CDATA. No DTD, so no entities but the five of
 * XML and character numbers: a DOCTYPE is refused (no expansion, nothing is ever fetched).
 * @returns push(text): feed the next piece; state is kept between pieces.
 */
export function createXmlScanner(handlers: XmlHandlers): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const xml = rest === '' ? piece : rest + piece;
    let at = 0;
    for (;;) {
      const tag = xml.indexOf('<', at);
      if (tag < 0) break;
      if (tag > at && handlers.wantsText) handlers.text(resolveEntities(xml.slice(at, tag)));
      const next = xml.charCodeAt(tag + 1);
      let end: number;
      if (next === 33 /* ! */) {
        end = readMarkup(xml, tag);
        if (end < 0) {
          at = tag;
          break;
        }
      } else if (next === 63 /* ? */) {
        end = xml.indexOf('?>', tag);
        if (end < 0) {
          at = tag;
          break;
        }
        end += 2;
      } else {
        const close = tagEnd(xml, tag);
        if (close < 0) {
          at = tag;
          break;
        }
        readTag(xml, tag, close);
        end = close + 1;
      }
      at = end;
    }
    rest = xml.slice(at);
    if (rest.length > MAX_TEXT_CHARS) throw new FileRefusal('damaged', { detail: 'XML' });
  };

  function readTag(xml: string, tag: number, close: number) {
    if (xml.charCodeAt(tag + 1) === 47 /* / */) {
      handlers.close(localName(xml.slice(tag + 2, close).trimEnd()));
      return;
    }
    const isEmpty = xml.charCodeAt(close - 1) === 47;
    const stop = isEmpty ? close - 1 : close;
    let nameEnd = tag + 1;
    while (nameEnd < stop && xml.charCodeAt(nameEnd) > 32) nameEnd++;
    const name = localName(xml.slice(tag + 1, nameEnd));
    handlers.open(name, xml.slice(nameEnd, stop));
    if (isEmpty) handlers.close(name);
  }

  /** Comment, CDATA; -1 when it is not complete yet. */
  function readMarkup(xml: string, tag: number): number {
    if (xml.startsWith('<!--', tag)) {
      const end = xml.indexOf('-->', tag + 4);
      return end < 0 ? -1 : end + 3;
    }
    if (xml.startsWith('<![CDATA[', tag)) {
      const end = xml.indexOf(']]>', tag + 9);
      if (end < 0) return -1;
      if (handlers.wantsText) handlers.text(xml.slice(tag + 9, end));
      return end + 3;
    }
    if (xml.length - tag < 9) return -1;
    throw new FileRefusal('unsafe_xml');
  }
}

/** Position of the '>' that ends a tag; one inside a quoted attribute does not. -1 when not there yet. */
function tagEnd(xml: string, tag: number): number {
  let quote = 0;
  for (let i = tag + 1; i < xml.length; i++) {
    const code = xml.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return i;
    else if (code === 34 || code === 39) quote = code;
  }
  return -1;
}

const localName = (name: string) => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/** Value of an attribute by its local name (`id` finds `r:id`), entities resolved; '' when absent. */
export function attribute(attributes: string, name: string): string {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 32 && before !== 58) continue;
    let i = at + name.length;
    while (attributes.charCodeAt(i) <= 32) i++;
    if (attributes.charCodeAt(i) !== 61) continue;
    i++;
    while (attributes.charCodeAt(i) <= 32) i++;
    const quote = attributes.charAt(i);
    const end = attributes.indexOf(quote, i + 1);
    return end < 0 ? '' : resolveEntities(attributes.slice(i + 1, end));
  }
  return '';
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolveEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
