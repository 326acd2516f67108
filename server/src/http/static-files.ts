import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@diemnong/contracts';
import express, { type Request, type RequestHandler, type Response } from 'express';

const builtClient = fileURLToPath(new URL('../../../client/dist/', import.meta.url));
/** As the build names what it compressed beforehand, the smaller first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/**
 * The built client. Files under /assets carry their hash in the name and are kept for a year; every other path that a
 * browser opens as a page is the application itself, which reads the address.
 */
export function serveClient(): RequestHandler {
  const files = express.static(builtClient, {
    index: false,
    redirect: false,
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        path.startsWith(join(builtClient, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  const pageFile = join(builtClient, 'index.html');
  const page = existsSync(pageFile) ? readFileSync(pageFile, 'utf8') : undefined;
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || extname(request.path) !== '') {
      if (isRead) preferCompressed(request, response);
      // NOTE: called later, from the file system: an error thrown here would end the process.
      return files(request, response, (error?: unknown) => next(error ?? nothingAt(request)));
    }
    if (page === undefined) throw new AppError('unavailable', 'The client is not built: run `npm run build`');
    response.setHeader('Cache-Control', 'no-cache');
    response.type('html').send(page);
  };
}

/** Point the request at the file's compressed twin where there is one and the browser takes it. */
function preferCompressed(request: Request, response: Response): void {
  const { path } = request;
  if (!/^[\w./-]+$/.test(path) || path.includes('..')) return;
  const accepted = request.acceptsEncodings();
  const twin = encodings.find(
    ({ name, suffix }) => accepted.includes(name) && existsSync(join(builtClient, `${path}${suffix}`)),
  );
  if (twin === undefined) return;
  request.url = `${path}${twin.suffix}`;
  response.type(extname(path));
  response.setHeader('Content-Encoding', twin.name);
  response.vary('Accept-Encoding');
}

export const unknownRoute: RequestHandler = (request, _response, next) => next(nothingAt(request));

function nothingAt({ method, originalUrl }: Request): AppError {
  return new AppError('not_found', `Nothing at ${method} ${originalUrl}`);
}
