import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@diemnong/contracts';
import { isInTileRange, maxZoom, type TileAddress, type TileLayerName, tileLayerNames } from '@diemnong/tiles';
import type { Request, Response } from 'express';
import type { AppContext } from '../../app-context.ts';
import { sendFileRange } from './file-range.ts';
import { createTileStore, type TileStore } from './tile-store.ts';

const decompress = promisify(gunzip);

/** One store per open database, for as long as that lives. */
const stores = new WeakMap<AppContext['db'], TileStore>();

function storeOf({ db }: AppContext): TileStore {
  const store = stores.get(db) ?? createTileStore(db);
  stores.set(db, store);
  return store;
}

/**
 * TileJSON 3.0.0 of one layer, or of `basemap`, which holds them all. Its tiles are named by an absolute address at the
 * origin that was asked, and carry the edition (`?v=`), so that a browser keeps them until the map itself changes.
 * Errors: `not_found` for an unknown layer.
 */
export async function describeLayer(context: AppContext, request: Request, response: Response): Promise<void> {
  const name = parseLayer(request.params.layer);
  const dataVersion = await context.version.current();
  const { digest, tiles } = await storeOf(context).edition(dataVersion);
  const sourceLayers = tiles.sourceLayers(name);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.json({
    tilejson: '3.0.0',
    name: `diemnong-${name}`,
    version: `${dataVersion}.0.0`,
    dataVersion,
    attribution: 'Điểm Nóng',
    scheme: 'xyz',
    tiles: [`${request.protocol}://${request.get('host')}/tiles/${name}/{z}/{x}/{y}.mvt?v=${editionName(digest)}`],
    minzoom: Math.min(...sourceLayers.map(({ minZoom }) => minZoom)),
    maxzoom: maxZoom,
    ...(tiles.bounds === null ? {} : { bounds: tiles.bounds }),
    vector_layers: sourceLayers.map(({ id, description, fields, minZoom }) => ({
      id,
      description,
      fields,
      minzoom: minZoom,
      maxzoom: maxZoom,
    })),
  });
}

/**
 * One vector tile (Mapbox vector-tile-spec 2.1): 200 with its bytes, or 204 when nothing lies in it.
 * Errors: `not_found` for an unknown layer or a tile outside the range of its zoom, `invalid_input` for what is no integer.
 */
export async function sendTile(context: AppContext, request: Request, response: Response): Promise<void> {
  const name = parseLayer(request.params.layer);
  const tile = parseAddress(request.params);
  const edition = await storeOf(context).edition(await context.version.current());
  const isNamed = request.query.v === editionName(edition.digest);
  response.setHeader('ETag', `W/"${editionName(edition.digest)}"`); // weak: the same for the compressed form and the plain one
  response.setHeader('Cache-Control', isNamed ? 'private, max-age=31536000, immutable' : 'private, no-cache');
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const body = await edition.compressed(name, tile);
  if (body.length === 0) {
    response.status(204).end();
    return;
  }
  const takesGzip = request.acceptsEncodings('gzip') === 'gzip';
  if (takesGzip) response.setHeader('Content-Encoding', 'gzip');
  const answer = takesGzip ? body : await decompress(body);
  response.setHeader('Content-Type', 'application/vnd.mapbox-vector-tile');
  response.setHeader('Content-Length', answer.length);
  response.end(answer);
}

/** The configured PMTiles file, whole or in part. Errors: `not_found` when none is configured or it is gone. */
export async function sendBasemap(context: AppContext, request: Request, response: Response): Promise<void> {
  const path = context.configuration.basemap;
  if (path === undefined) throw new AppError('not_found', 'No basemap is configured: set BASEMAP to a PMTiles file');
  await sendFileRange(request, response, { path, contentType: 'application/vnd.pmtiles' });
}

/** Twelve characters of the digest are enough to tell the editions of one server apart. */
function editionName(digest: string): string {
  return digest.slice(0, 12);
}

function parseLayer(text: string | string[] | undefined): TileLayerName {
  const name = tileLayerNames.find((known) => known === text);
  if (name === undefined)
    throw new AppError('not_found', `No tile layer "${String(text)}"; there are ${tileLayerNames.join(', ')}`);
  return name;
}

function parseAddress(params: Request['params']): TileAddress {
  const [z, x, y] = ['z', 'x', 'y'].map((key) => {
    const text = String(params[key]);
    if (!/^-?\d{1,9}$/.test(text)) throw new AppError('invalid_input', `${key} is "${text}"; expected an integer`);
    return Number(text);
  }) as [number, number, number];
  if (!isInTileRange({ z, x, y }))
    throw new AppError(
      'not_found',
      `No tile ${z}/${x}/${y}: zoom goes from 0 to ${maxZoom}, x and y from 0 to 2^zoom − 1`,
    );
  return { z, x, y };
}
