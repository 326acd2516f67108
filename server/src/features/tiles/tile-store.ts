import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createTileSet, type TileAddress, type TileLayerName, type TileSet } from '@diemnong/tiles';
import { systemScope } from '../../access/scope.ts';
import type { Database } from '../../database/open-database.ts';
import { createTileCache } from './tile-cache.ts';
import { digestTileSources, listTileRows } from './tiles-queries.ts';

const compress = promisify(gzip);
const cacheBytes = 64 * 1024 * 1024;
const nothing = Buffer.alloc(0);

/** The tiles of one state of their sources, and the digest that names it. */
type TileEdition = {
  digest: string;
  tiles: TileSet;
  /** Compressed vector tile, or no bytes when it is empty; made once however many ask at the same time. */
  compressed(name: TileLayerName, tile: TileAddress): Promise<Buffer>;
};

export type TileStore = {
  /** The tiles as of a data version or later. Reads the database only when the version is new, the rows only when they changed. */
  edition(dataVersion: number): Promise<TileEdition>;
};

export function createTileStore(db: Pick<Database, 'transaction'>): TileStore {
  let known: { dataVersion: number; edition: TileEdition } | undefined;
  let refreshing: Promise<TileEdition> | undefined;

  const refresh = async (dataVersion: number): Promise<TileEdition> => {
    const edition = await db.transaction(
      systemScope, // boundaries, roads and water: reference data, the same for every account
      async (transaction) => {
        const digest = await digestTileSources(transaction);
        if (digest === known?.edition.digest) return known.edition;
        return createEdition(digest, createTileSet(await listTileRows(transaction)));
      },
      { snapshot: true }, // digest and rows of the same moment
    );
    known = { dataVersion, edition };
    return edition;
  };

  const edition = async (dataVersion: number): Promise<TileEdition> => {
    if (known !== undefined && known.dataVersion >= dataVersion) return known.edition;
    refreshing ??= refresh(dataVersion).finally(() => {
      refreshing = undefined;
    });
    await refreshing;
    return edition(dataVersion); // a reading that began for an older version may have missed this one
  };
  return { edition };
}

function createEdition(digest: string, tiles: TileSet): TileEdition {
  const cache = createTileCache(cacheBytes);
  const inFlight = new Map<string, Promise<Buffer>>();
  return {
    digest,
    tiles,
    compressed: async (name, tile) => {
      const key = `${name}/${tile.z}/${tile.x}/${tile.y}`;
      const kept = cache.get(key) ?? inFlight.get(key);
      if (kept !== undefined) return kept;
      const making = compressTile(tiles.cut(name, tile)).finally(() => inFlight.delete(key));
      inFlight.set(key, making);
      const body = await making;
      cache.set(key, body);
      return body;
    },
  };
}

async function compressTile(tile: Uint8Array | undefined): Promise<Buffer> {
  return tile === undefined ? nothing : compress(tile);
}
