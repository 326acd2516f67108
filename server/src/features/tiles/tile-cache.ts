/** A cache of answers by key that forgets the least recently used ones when their bytes exceed the limit. */
export type TileCache = {
  get(key: string): Buffer | undefined;
  set(key: string, body: Buffer): void;
};

/** What an entry costs besides its body: key, Map slot, Buffer header. Empty tiles would cost nothing otherwise. */
const overheadBytes = 200;

export function createTileCache(limitBytes: number): TileCache {
  const entries = new Map<string, Buffer>(); // a Map keeps the order of insertion: the first key is the oldest
  let bytes = 0;
  const drop = (key: string, body: Buffer) => {
    entries.delete(key);
    bytes -= body.length + overheadBytes;
  };
  return {
    get: (key) => {
      const body = entries.get(key);
      if (body === undefined) return undefined;
      entries.delete(key);
      entries.set(key, body);
      return body;
    },
    set: (key, body) => {
      const known = entries.get(key);
      if (known !== undefined) drop(key, known);
      entries.set(key, body);
      bytes += body.length + overheadBytes;
      for (const [oldest, oldBody] of entries) {
        if (bytes <= limitBytes) break;
        drop(oldest, oldBody);
      }
    },
  };
}
