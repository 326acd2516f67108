import { describe, expect, test } from 'vitest';
import { lineOfText, linesOfText, Reason, reasonLength } from './texts.ts';

const takes = (schema: { safeParse: (text: string) => { success: boolean } }, text: string) =>
  schema.safeParse(text).success;

describe('a line of text', () => {
  test('is taken without the blanks around it', () => {
    expect(lineOfText(9).parse('  Chợ Đầm  ')).toBe('Chợ Đầm');
  });

  test('may be as long as it is allowed to, and no longer', () => {
    expect(takes(lineOfText(5), 'Chợ cũ'.slice(0, 5))).toBe(true);
    expect(takes(lineOfText(5), 'Chợ cũ')).toBe(false);
  });

  test('holds no control characters, not even a line break, nor what turns the direction of writing', () => {
    for (const sign of ['\0', '\n', '\t', '\u007f', '\u0085', '\u202e', '\u2067'])
      expect(takes(lineOfText(20), `Chợ${sign}cũ`)).toBe(false);
  });
});

test('lines of text hold breaks and tabs, and no other control characters', () => {
  expect(linesOfText(20).parse('Chợ\r\n\tcũ')).toBe('Chợ\r\n\tcũ');
  for (const sign of ['\0', '\u001b', '\u0085']) expect(takes(linesOfText(20), `Chợ${sign}cũ`)).toBe(false);
});

test('a reason says something, blanks not counted', () => {
  expect(takes(Reason, 'lễ ')).toBe(false);
  expect(Reason.parse(' hội ')).toBe('hội');
  expect(takes(Reason, 'a'.repeat(reasonLength.most))).toBe(true);
  expect(takes(Reason, 'a'.repeat(reasonLength.most + 1))).toBe(false);
});
