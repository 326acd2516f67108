/**
 * JSON that PostgreSQL's jsonb takes, whatever stood in a file: NUL and half surrogate pairs become the replacement character.
 * Source: postgresql.org/docs/current/datatype-json.html, "JSON Types".
 */
export function toJsonb(value: unknown): string {
  // A backslash that is itself escaped is passed over with its partner, so that a written `\u0000` stays as it is.
  return JSON.stringify(value).replace(/\\(?:\\|u(0000|d[89a-f][\da-f]{2}))/g, (escape, unwanted?: string) =>
    unwanted === undefined ? escape : '\\ufffd',
  );
}
