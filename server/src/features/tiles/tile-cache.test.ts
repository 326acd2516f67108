import { describe, expect, it } from 'vitest';
import { createTileCache } from './tile-cache.ts';

describe('createTileCache', () => {
  it('forgets the least recently used entry when the bytes exceed the limit', () => {
    const cache = createTileCache(3000); // room for two of 1,000 bytes and what each costs besides
    cache.set('a', Buffer.alloc(1000));
    cache.set('b', Buffer.alloc(1000));
    expect(cache.get('a')).toBeDefined();
    cache.set('c', Buffer.alloc(1000));
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toBeDefined();
    expect(cache.get('c')).toBeDefined();
  });

  it('counts an entry once when it is set again', () => {
    const cache = createTileCache(3000);
    cache.set('a', Buffer.alloc(1000));
    for (let i = 0; i < 10; i++) cache.set('b', Buffer.alloc(1000));
    expect(cache.get('a')).toBeDefined();
  });

  it('does not keep an entry larger than the limit', () => {
    const cache = createTileCache(3000);
    cache.set('a', Buffer.alloc(5000));
    expect(cache.get('a')).toBeUndefined();
  });

  it('bounds the number of empty tiles too', () => {
    const cache = createTileCache(3000);
    for (let i = 0; i < 100; i++) cache.set(String(i), Buffer.alloc(0));
    expect(cache.get('0')).toBeUndefined();
    expect(cache.get('99')).toBeDefined();
  });
});
