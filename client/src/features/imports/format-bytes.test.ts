import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test('sizes are told in MB, small ones in kB, never as nothing', () => {
  expect(formatBytes(10_612_295, 'vi')).toBe('10,6 MB');
  expect(formatBytes(48_173, 'en')).toBe('48 kB');
  expect(formatBytes(3, 'vi')).toBe('1 kB');
});
