import { expect, test } from 'vitest';
import { createHashSet, createRowHash } from './hash-set.ts';

test('a set tells each of half a million hashes apart and recognises every one of them', () => {
  const set = createHashSet();
  const hash = createRowHash();
  const add = (n: number) => {
    hash.reset();
    hash.text(`HS-${n}`);
    return set.add(hash.high, hash.low);
  };
  let added = 0;
  for (let n = 0; n < 500_000; n++) if (add(n)) added++;
  expect(added).toBe(500_000);
  let again = 0;
  for (let n = 0; n < 500_000; n++) if (add(n)) again++;
  expect(again).toBe(0);
  expect(set.size).toBe(500_000);
});

test('a hash of zeros is an entry like others', () => {
  const set = createHashSet();
  expect([set.add(0, 0), set.add(0, 0), set.add(1, 0)]).toEqual([true, false, true]);
});

test('where one text ends and the next begins matters, and so does order', () => {
  const hash = createRowHash();
  const of = (...values: (string | number)[]) => {
    hash.reset();
    for (const value of values) {
      if (typeof value === 'string') hash.text(value);
      else hash.number(value);
    }
    return `${hash.high}/${hash.low}`;
  };
  const all = [of('ab', 'c'), of('a', 'bc'), of('abc'), of('c', 'ab'), of(1, 2), of(2, 1), of(1, 2.0000000001), of(0)];
  expect(new Set(all).size).toBe(all.length);
  expect(of(-0)).toBe(of(0));
});
