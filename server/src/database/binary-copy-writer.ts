import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/**
 * Writes a file of PostgreSQL's binary COPY format, row by row: `beginRow`, then one call for each column.
 * Nothing is allocated per row: values go into one reused buffer, which is written out when it is full.
 * Source: postgresql.org/docs/current/sql-copy.html, "Binary Format"; the fields are what the types' `recv` functions
 * take: big-endian numbers, timestamptz in µs since 2000-01-01 UTC, geometry as EWKB.
 */
export interface BinaryCopyWriter {
  readonly rows: number;
  readonly bytes: number;
  beginRow(columns: number): void;
  absent(): void;
  /** PostgreSQL's text holds no NUL: one becomes a space. */
  text(value: string): void;
  /** A field encoded beforehand by `encodedText`: for values that repeat. */
  encoded(field: Uint8Array): void;
  int4(value: number): void;
  float8(value: number): void;
  /** Milliseconds since 1970. */
  timestamp(ms: number): void;
  /** int8 from its two halves. */
  int8(high: number, low: number): void;
  /** geometry(Point, 4326). */
  point(lng: number, lat: number): void;
  textArray(values: readonly string[]): void;
  /** Write the trailer and close; the file is whole and on disk afterwards. */
  finish(): void;
  /** Close without finishing. */
  abandon(): void;
}

const CAPACITY = 1 << 20;
/** Every fixed-size field fits in this many bytes. */
const SMALL = 64;
const SIGNATURE = 'PGCOPY\n\xff\r\n\0';
const EPOCH_2000_MS = Date.UTC(2000, 0, 1);
const TEXT_OID = 25;
const EWKB_POINT_WITH_SRID = 0x20000001;
/** Up to this length, copying character by character beats the call into the engine (measured at 10–30 characters). */
const SHORT_TEXT = 32;

/** A text field with its length in front, for `encoded`. */
export function encodedText(value: string): Uint8Array {
  const bytes = Buffer.byteLength(value);
  const field = Buffer.allocUnsafe(4 + bytes);
  field.writeInt32BE(bytes, 0);
  field.write(value, 4);
  return new Uint8Array(field);
}

/** A uuid field with its length in front, for `encoded`. */
export function encodedUuid(uuid: string): Uint8Array {
  const field = Buffer.allocUnsafe(20);
  field.writeInt32BE(16, 0);
  field.write(uuid.replaceAll('-', ''), 4, 'hex');
  return new Uint8Array(field);
}

/** @throws the file system's own errors (ENOSPC…), from here and from any later call. */
export function createBinaryCopyWriter(path: string): BinaryCopyWriter {
  const file = openSync(path, 'w', 0o600);
  let buffer = Buffer.allocUnsafe(CAPACITY);
  let view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = 0;
  let rows = 0;
  let written = 0;

  function flush(): void {
    for (let done = 0; done < at; ) done += writeSync(file, buffer, done, at - done);
    written += at;
    at = 0;
  }

  function reserve(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    flush();
    if (bytes <= buffer.length) return;
    buffer = Buffer.allocUnsafe(2 * bytes);
    view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  /** Length and bytes of a text at the cursor. */
  function putText(value: string): void {
    const { length } = value;
    reserve(4 + 3 * length);
    const start = at + 4;
    let bytes = length;
    let isShortAscii = length <= SHORT_TEXT;
    for (let i = 0; isShortAscii && i < length; i++) {
      const unit = value.charCodeAt(i);
      isShortAscii = unit > 0 && unit < 0x80;
      buffer[start + i] = unit;
    }
    if (!isShortAscii) bytes = buffer.write(value.includes('\0') ? value.replaceAll('\0', ' ') : value, start);
    view.setInt32(at, bytes);
    at = start + bytes;
  }

  // Latin 1 keeps the signature's 0xff a single byte.
  at += buffer.write(SIGNATURE, 0, 'latin1');
  view.setInt32(at, 0);
  view.setInt32(at + 4, 0);
  at += 8;

  return {
    get rows() {
      return rows;
    },
    get bytes() {
      return written + at;
    },
    beginRow(columns) {
      reserve(SMALL);
      view.setInt16(at, columns);
      at += 2;
      rows++;
    },
    absent() {
      reserve(SMALL);
      view.setInt32(at, -1);
      at += 4;
    },
    text: putText,
    encoded(field) {
      reserve(field.length);
      for (let i = 0; i < field.length; i++) buffer[at + i] = field[i];
      at += field.length;
    },
    int4(value) {
      reserve(SMALL);
      view.setInt32(at, 4);
      view.setInt32(at + 4, value);
      at += 8;
    },
    float8(value) {
      reserve(SMALL);
      view.setInt32(at, 8);
      view.setFloat64(at + 4, value);
      at += 12;
    },
    timestamp(ms) {
      reserve(SMALL);
      const microseconds = Math.round((ms - EPOCH_2000_MS) * 1000);
      view.setInt32(at, 8);
      view.setInt32(at + 4, Math.floor(microseconds / 0x1_0000_0000));
      view.setUint32(at + 8, microseconds >>> 0);
      at += 12;
    },
    int8(high, low) {
      reserve(SMALL);
      view.setInt32(at, 8);
      view.setInt32(at + 4, high);
      view.setInt32(at + 8, low);
      at += 12;
    },
    point(lng, lat) {
      reserve(SMALL);
      view.setInt32(at, 25);
      buffer[at + 4] = 1; // little endian
      view.setUint32(at + 5, EWKB_POINT_WITH_SRID, true);
      view.setUint32(at + 9, 4326, true);
      view.setFloat64(at + 13, lng, true);
      view.setFloat64(at + 21, lat, true);
      at += 29;
    },
    textArray(values) {
      let worst = SMALL;
      for (const value of values) worst += 4 + 3 * value.length;
      reserve(worst);
      const start = at;
      view.setInt32(at + 4, values.length === 0 ? 0 : 1); // dimensions
      view.setInt32(at + 8, 0); // no nulls
      view.setInt32(at + 12, TEXT_OID);
      at += 16;
      if (values.length > 0) {
        view.setInt32(at, values.length);
        view.setInt32(at + 4, 1); // lower bound
        at += 8;
        for (const value of values) putText(value);
      }
      view.setInt32(start, at - start - 4);
    },
    finish() {
      reserve(SMALL);
      view.setInt16(at, -1);
      at += 2;
      flush();
      fsyncSync(file);
      closeSync(file);
    },
    abandon() {
      closeSync(file);
    },
  };
}
