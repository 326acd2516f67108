import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Bytes, createBodyCache, type EncodedBody, encodeBody } from './encoded-body.ts';

const json = new Bytes('application/json', Buffer.from(JSON.stringify(Array.from({ length: 2000 }, (_, i) => i))));
const body = (length: number): EncodedBody => ({ type: 'x', encoding: 'identity', bytes: new Uint8Array(length) });

it('compresses to what the original can be had from', async () => {
  const brotli = await encodeBody(json, 'br');
  const gzip = await encodeBody(json, 'gzip');
  expect([brotli.encoding, gzip.encoding]).toEqual(['br', 'gzip']);
  expect(brotliDecompressSync(brotli.bytes)).toEqual(json.bytes);
  expect(gunzipSync(gzip.bytes)).toEqual(json.bytes);
  expect(brotli.bytes.length).toBeLessThan(json.bytes.length / 2);
});

it('leaves small bodies, and those nobody wants compressed, as they are', async () => {
  const small = new Bytes('application/json', Buffer.from('{}'));
  expect(await encodeBody(small, 'br')).toEqual({ type: 'application/json', encoding: 'identity', bytes: small.bytes });
  expect((await encodeBody(json, 'identity')).bytes).toBe(json.bytes);
});

it('drops what was not used for longest when it is full', () => {
  const cache = createBodyCache(100);
  cache.set('a', body(40));
  cache.set('b', body(40));
  cache.get('a');
  cache.set('c', body(40));
  expect([cache.get('a')?.bytes.length, cache.get('b'), cache.get('c')?.bytes.length]).toEqual([40, undefined, 40]);
  cache.set('a', body(60)); // replaced, not added
  expect([cache.get('a')?.bytes.length, cache.get('c')?.bytes.length]).toEqual([60, 40]);
  cache.set('huge', body(101));
  expect(cache.get('huge')).toBeUndefined();
});
