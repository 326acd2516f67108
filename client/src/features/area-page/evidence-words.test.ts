import { describe, expect, test } from 'vitest';
import { netWords, pWords, quotientWords, ratioWords } from './evidence-words.ts';

describe('a ratio in words', () => {
  test('is sure only when the whole interval lies on one side of no change', () => {
    expect(ratioWords({ ratio: 0.5, low: 0.3, high: 0.9, p: 0.01 }, 10)).toMatchObject({ kind: 'sure', share: -0.5 });
    expect(ratioWords({ ratio: 0.75, low: 0.5, high: 1.25, p: 0.2 }, 10)).toEqual({
      kind: 'unsure',
      share: -0.25,
      low: -0.5,
      high: 0.25,
    });
    expect(ratioWords({ ratio: 2, low: 1.25, high: null, p: 0.01 }, 10)).toEqual({
      kind: 'sure',
      share: 1,
      low: 0.25,
      high: null,
    });
  });
  test('tells nothing at all apart from something after nothing', () => {
    expect(ratioWords(null, 0)).toEqual({ kind: 'none' });
    expect(ratioWords({ ratio: null, low: null, high: null, p: null }, 0)).toEqual({ kind: 'none' });
    expect(ratioWords({ ratio: null, low: 1.5, high: null, p: 0.02 }, 0)).toEqual({ kind: 'from-nothing' });
  });
});

test('area and ring together had fewer, more, or nothing that can be told', () => {
  expect(netWords({ low: -20, high: -3 })).toBe('fewer');
  expect(netWords({ low: 2, high: 30 })).toBe('more');
  expect(netWords({ low: -20, high: 3 })).toBe('unsure');
});

test('the quotient of displacement is told by its reading, and a strange one as absent', () => {
  expect(quotientWords({ reading: 'displacement' })).toBe('displacement');
  expect(quotientWords({ reading: 'constructor' })).toBe('absent');
  expect(quotientWords(null)).toBe('absent');
});

test('a chance under a thousandth is told as under it', () => {
  expect(pWords(0.0001)).toEqual({ isUnder: true, value: 0.001 });
  expect(pWords(0.04)).toEqual({ isUnder: false, value: 0.04 });
});
