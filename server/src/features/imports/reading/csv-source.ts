import type { ImportWarning } from '@diemnong/contracts';
import Papa from 'papaparse';
import type { ByteStream } from './byte-stream.ts';
import { createDecoder, detectEncoding, isLegacy } from './encoding.ts';
import { FileRefusal } from './file-refusal.ts';
import { findHeadingRow, HEADING_SEARCH_ROWS, isBlank } from './heading-row.ts';
import type { Row, RowSource, RowSourceOptions } from './row-source.ts';

const delimiters = [',', ';', '\t', '|'];
/** A row longer than this is no row of a table: an endless line, or a quote that never closes. */
const MAX_ROW_CHARS = 4 * 1024 * 1024;
const SAMPLE_ROWS = 200;
/** Characters parsed at a time: some 2,000–4,000 rows. */
const SLICE_CHARS = 128 * 1024;

/** What Papa Parse's inner parser returns; its public types leave it open. */
type Parsed = { data: string[][]; errors: { type: string; code: string; row: number }[]; meta: { cursor: number } };

/**
 * CSV: separator, encoding and heading row found from the first block, then streamed. Papa Parse's inner parser is driven
 * by hand, block by block: its own streaming calls back per row or holds whole chunks of strings twice.
 */
export async function openCsvSource(bytes: ByteStream, options: RowSourceOptions): Promise<RowSource> {
  const head = await bytes.peek();
  const { encoding, markBytes } = detectEncoding(head);
  const headText = createDecoder(encoding).decode(head.subarray(markBytes)).slice(0, SLICE_CHARS).normalize('NFC');
  if (headText.includes('\0')) throw new FileRefusal('binary');
  if (headText.trim() === '') throw new FileRefusal('empty');
  const { delimiter, heading } = findDelimiter(headText, options.knownHeadings);
  const newline = headText.includes('\n') || !headText.includes('\r') ? '\n' : '\r';

  const warnings: ImportWarning[] = [];
  if (isLegacy(encoding)) warnings.push(encodingWarning(encoding));
  const source: RowSource = {
    format: 'csv',
    encoding,
    delimiter,
    sheet: null,
    sheets: [],
    headings: heading.headings,
    headingRow: heading.headingRow,
    date1904: false,
    declaredCrs: null,
    samples: [],
    warnings,
    rows,
    progress: bytes.progress,
    close: bytes.close,
  };
  source.samples = toRows(
    parseHead(headText, delimiter, SAMPLE_ROWS + HEADING_SEARCH_ROWS),
    1,
    heading.headingRow,
  ).slice(0, SAMPLE_ROWS);

  async function* rows(): AsyncGenerator<Row[]> {
    const decoder = createDecoder(encoding);
    const parser = new Papa.Parser({ delimiter, newline } as Papa.ParseConfig);
    const parse = (text: string, isEnd: boolean) => parser.parse(text, 0, !isEnd) as Parsed;
    let rest = '';
    let rowNumber = 1;
    let skip = markBytes;

    function* readText(text: string, isEnd: boolean): Generator<Row[]> {
      // Rows end in \r\n or \n, mixed as it happens; Papa Parse knows one newline at a time.
      let pending = rest + text;
      if (newline === '\n' && pending.includes('\r\n')) pending = pending.replaceAll('\r\n', '\n');
      if (decoder.encoding === 'windows-1258') pending = pending.normalize('NFC');
      if (pending.includes('\0')) throw new FileRefusal('binary');
      const { data, errors, meta } = parse(pending, isEnd);
      for (const error of errors) refuseBrokenQuotes(error, data, rowNumber);
      const chunk = toRows(data, rowNumber, source.headingRow);
      rowNumber += data.length;
      rest = isEnd ? '' : pending.slice(meta.cursor);
      if (rest.length > MAX_ROW_CHARS) refuseEndless(rest, rowNumber);
      if (chunk.length > 0) yield chunk;
    }

    for (;;) {
      const block = await bytes.next();
      if (block === null) break;
      const text = decoder.decode(skip > 0 ? block.subarray(skip) : block);
      skip = 0;
      if (decoder.hasChanged && source.encoding !== decoder.encoding) {
        source.encoding = decoder.encoding;
        warnings.push(encodingWarning(decoder.encoding));
      }
      for (let at = 0; at < text.length; at += SLICE_CHARS) yield* readText(text.slice(at, at + SLICE_CHARS), false);
    }
    const last = decoder.end();
    if (rest !== '' || last !== '') yield* readText(last, true);
  }
  return source;
}

/** Rows with content below the heading, numbered as in the file. */
function toRows(data: string[][], firstRowNumber: number, headingRow: number): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < data.length; i++) {
    const rowNumber = firstRowNumber + i;
    const cells = data[i];
    const first = cells[0] ?? '';
    const mayBeBlank = first === '' || first.charCodeAt(0) <= 32;
    if (rowNumber > headingRow && !(mayBeBlank && isBlank(cells))) rows.push({ rowNumber, cells });
  }
  return rows;
}

const parseHead = (text: string, delimiter: string, rows: number): string[][] =>
  Papa.parse<string[]>(text.replaceAll('\r\n', '\n'), {
    delimiter,
    newline: text.includes('\n') ? '\n' : '\r',
    preview: rows,
  }).data;

/** The separator under which most headings are recognised; else the one that cuts the rows most evenly. */
function findDelimiter(text: string, knownHeadings: readonly string[] | undefined) {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1];
  let best: { delimiter: string; heading: NonNullable<ReturnType<typeof findHeadingRow>>; score: number } | null = null;
  for (const delimiter of declared && delimiters.includes(declared) ? [declared] : delimiters) {
    const data = parseHead(text, delimiter, HEADING_SEARCH_ROWS);
    const heading = findHeadingRow(
      data.map((cells, i) => ({ rowNumber: i + 1, cells })),
      knownHeadings,
    );
    if (heading === null) continue;
    const width = heading.headings.length;
    const even = data.filter((cells) => cells.length === width).length / data.length;
    const score = heading.known * 100 + (width > 1 ? even * 50 + Math.min(width, 40) : 0);
    if (best === null || score > best.score) best = { delimiter, heading, score };
  }
  if (best === null) throw new FileRefusal('empty');
  return best;
}

function refuseBrokenQuotes({ type, code, row }: Parsed['errors'][number], data: string[][], firstRowNumber: number) {
  if (type !== 'Quotes') return;
  // A stray quote inside a row is read as it stands; one that swallowed the rows after it is not.
  const isSwallowing = code === 'MissingQuotes' || data[row]?.some((cell) => cell.includes('\n'));
  if (isSwallowing) throw new FileRefusal('open_quote', { row: firstRowNumber + row });
}

function refuseEndless(rest: string, rowNumber: number): never {
  if (rest.includes('"')) throw new FileRefusal('open_quote', { row: rowNumber });
  throw new FileRefusal('line_too_long', { row: rowNumber, limit: MAX_ROW_CHARS / 1024 / 1024 });
}

function encodingWarning(encoding: string): ImportWarning {
  const name = encoding === 'tcvn3' ? 'TCVN3 (ABC)' : encoding;
  return {
    code: 'encoding',
    message: `Tệp dùng bảng mã cũ ${name}, đã chuyển sang Unicode. Hãy xem lại chữ có dấu; lần sau nên lưu dạng CSV UTF-8 hoặc .xlsx.`,
    messageEn: `The file is in the old encoding ${name}; it was converted to Unicode. Check the accents; better save as CSV UTF-8 or .xlsx.`,
    rows: 0,
    sampleRows: [],
    at: null,
  };
}
