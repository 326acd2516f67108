import { describe, expect, it } from 'vitest';
import { parseRange } from './file-range.ts';

// RFC 9110 §14.1.2: positions count from zero and both ends are included.
describe('parseRange', () => {
  it.each([
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=900-', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=990-5000', { start: 990, end: 999 }],
    ['bytes=0-0', { start: 0, end: 0 }],
  ])('reads %s of 1,000 bytes', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range);
  });

  it.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('refuses %s of 1,000 bytes', (header) => {
    expect(parseRange(header, 1000)).toBe('unsatisfiable');
  });

  it.each([undefined, 'bytes=5-2', 'bytes=-', 'lines=0-9', 'bytes=0-1,5-6', 'bytes=a-b'])(
    'takes %s as the whole file',
    (header) => {
      expect(parseRange(header, 1000)).toBeUndefined();
    },
  );

  it('has no range to give of an empty file', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
  });
});
