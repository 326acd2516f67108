import { expect, test } from 'vitest';
import { formatShare } from './format-share.ts';

test('shares are written with one decimal of the language', () => {
  expect(formatShare(0.2073, 'vi')).toBe('20,7%');
  expect(formatShare(0.2073, 'en')).toBe('20.7%');
});

test('almost all is not all, and next to nothing is not nothing', () => {
  expect(formatShare(181_982 / 182_049, 'vi')).toBe('>99,9%');
  expect(formatShare(67 / 182_049, 'vi')).toBe('<0,1%');
  expect([0, 1].map((share) => formatShare(share, 'vi'))).toEqual(['0%', '100%']);
});
