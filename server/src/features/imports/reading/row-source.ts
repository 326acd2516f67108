import type { ImportWarning } from '@diemnong/contracts';
import { findContentKind, openBytes } from './byte-stream.ts';
import { openCsvSource } from './csv-source.ts';
import { FileRefusal } from './file-refusal.ts';
import { openGeojsonSource } from './geojson-source.ts';
import { openXlsxSource } from './xlsx-source.ts';

/**
 * One cell as the file holds it. CSV: always a string. XLSX: text, number, boolean, or a Date whose **UTC fields are the
 * wall clock shown in the cell** (Excel has no time zones). Empty cells and error cells (#N/A) are null or ''.
 */
export type Cell = string | number | boolean | Date | null;

/** `rowNumber` is the row as a spreadsheet shows it: 1-based, title lines, blank rows and the heading counted. */
export type Row = { rowNumber: number; cells: Cell[] };

/** An office file opened for reading: what was understood of it, and its rows as a stream. */
export type RowSource = {
  format: 'csv' | 'xlsx' | 'geojson';
  /** 'utf-8', 'utf-16le', 'utf-16be', 'tcvn3', 'windows-1258' or 'windows-1252'; null for XLSX. */
  encoding: string | null;
  /** One of `,` `;` `|` and tab; null for XLSX and GeoJSON. */
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  /** Unique and never empty: a second "X" is "X (2)", an empty heading is "(cột E)". */
  headings: string[];
  /** Row number of the (last) heading row; 0 for GeoJSON, whose headings are property names, then `lng` and `lat`. */
  headingRow: number;
  /** Plain numbers in date columns count from 1904, not 1900 (Date cells are already right). */
  date1904: boolean;
  /** What a GeoJSON file says of its coordinate system, e.g. 'EPSG:3405'; null when it says nothing. */
  declaredCrs: string | null;
  /** First rows after the heading, at most 200, for recognising columns; `rows()` yields them again. */
  samples: Row[];
  /** Ready for the batch's own list. Grows while rows are read: look again after the last chunk. */
  warnings: ImportWarning[];
  /**
   * The rows after the heading, blank rows left out, in chunks of some thousands at most. Can be iterated once; the arrays
   * belong to the caller. Errors: FileRefusal (an AppError) with the reason in Vietnamese.
   */
  rows(): AsyncIterable<Row[]>;
  /** Share of the file's bytes read so far, 0–1. */
  progress(): number;
  /** Let go of the file; safe to call twice. */
  close(): Promise<void>;
};

export type RowSourceOptions = {
  /** The name the office gave the file, for messages; what the file is, its content says. */
  fileName: string;
  /** Sheet of a workbook by name; first sheet with a recognisable heading row when absent. */
  sheet?: string | undefined;
  /** Headings of a saved mapping: they mark the heading row as well as the ones known everywhere do. */
  knownHeadings?: readonly string[] | undefined;
  /** XLSX: a cell joined over several rows counts for each of them. Reads the sheet twice. */
  fillsMerged?: boolean | undefined;
};

/**
 * Open a CSV (.csv, .txt, .tsv), XLSX or GeoJSON (.geojson, .json) file, text formats gzipped or not, and find its
 * heading row. Memory stays flat whatever the file's size.
 * @returns a source that must be closed.
 * Errors: FileRefusal, an AppError `unprocessable` (unreadable, encrypted, .xls, empty) or `too_large` (zip bomb, endless
 * line); `message` is Vietnamese, `details` is {reason, messageEn}.
 */
export async function openRowSource(file: string, options: RowSourceOptions): Promise<RowSource> {
  const bytes = await openBytes(file);
  try {
    const kind = findContentKind(await bytes.peek(), bytes.gzipped);
    switch (kind) {
      case 'zip':
        await bytes.close();
        return await openXlsxSource(file, options);
      case 'json':
        return await openGeojsonSource(bytes);
      case 'text':
        return await openCsvSource(bytes, options);
      case 'ole':
        throw new FileRefusal((await bytes.holds(ENCRYPTED_PACKAGE)) ? 'encrypted' : 'xls');
      default:
        throw new FileRefusal(kind);
    }
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

/** Name of the stream that holds a password-protected workbook inside its OLE container ([MS-OFFCRYPTO] 2.3.4.4). */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
