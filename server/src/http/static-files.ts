import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@diemnong/contracts';
import express, { type RequestHandler } from 'express';

const builtClient = fileURLToPath(new URL('../../../client/dist/', import.meta.url));

/**
 * The built client. Files under /assets carry their hash in the name and are kept for a year; every other path that a
 * browser opens as a page is the application itself, which reads the address.
 */
export function serveClient(): RequestHandler {
  const files = express.static(builtClient, {
    index: false,
    redirect: false,
    setHeaders: (response, path) => {
      const isHashed = normalize(path).startsWith(join(builtClient, 'assets') + sep);
      response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && extname(request.path) === '';
    if (!isPage) return files(request, response, () => unknownRoute(request, response, next));
    const page = join(builtClient, 'index.html');
    if (!existsSync(page)) throw new AppError('unavailable', 'The client is not built: run `npm run build`');
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(readFileSync(page, 'utf8'));
  };
}

export const unknownRoute: RequestHandler = (request) => {
  throw new AppError('not_found', `Nothing at ${request.method} ${request.path}`);
};
