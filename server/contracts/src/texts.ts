import { z } from 'zod';

/**
 * What a person wrote on one line: no control characters, and none that turn the direction of writing, which make a name read
 * otherwise than it is. Numbers of persons are refused by the server (`person_data`).
 */
export const lineOfText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'expected text without control characters');

/** The same with line breaks and tabs. */
export const linesOfText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}\u202A-\u202E\u2066-\u2069]|[\n\r\t])*$/u, 'expected text without control characters');

/** Characters of a reason. */
export const reasonLength = { least: 3, most: 500 } as const;
/** Why somebody decided as they did. */
export const Reason = lineOfText(reasonLength.most).min(reasonLength.least);
