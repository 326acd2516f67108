import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@diemnong/contracts';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

const builtClient = fileURLToPath(new URL('../../../client/dist/', import.meta.url));

/**
 * The built client, compressed beforehand by the build (.br, .gz). Files under /assets carry their hash in the name and
 * are kept for a year; every other path that a browser opens as a page is the application itself, which reads the address.
 */
export function serveClient(): RequestHandler {
  const files = sirv(builtClient, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  const pageFile = join(builtClient, 'index.html');
  const page = existsSync(pageFile) ? readFileSync(pageFile, 'utf8') : undefined;
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && extname(request.path) === '';
    if (!isPage) return files(request, response, () => void unknownRoute(request, response, next));
    if (page === undefined) throw new AppError('unavailable', 'The client is not built: run `npm run build`');
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(page);
  };
}

export const unknownRoute: RequestHandler = (request) => {
  throw new AppError('not_found', `Nothing at ${request.method} ${request.path}`);
};
