import { AppError } from '@diemnong/contracts';
import type { RequestHandler } from 'express';
import type { Configuration } from '../configuration.ts';

/**
 * Writes come from our own pages or from tools (which send neither Origin nor Sec-Fetch-Site), never from a page of another
 * site. The session's cookie is SameSite=Lax besides: this does not rest on it.
 */
export function originCheck({ publicUrl }: Pick<Configuration, 'publicUrl'>): RequestHandler {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return (request, _response, next) => {
    const { origin, host, 'sec-fetch-site': site } = request.headers;
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
    const from = origin === undefined ? undefined : (URL.parse(origin)?.host ?? 'null');
    const isForeign =
      (from !== undefined && from !== host && from !== publicHost) ||
      (site !== undefined && site !== 'same-origin' && site !== 'none');
    if (isWrite && isForeign)
      throw new AppError(
        'forbidden',
        `Write refused: it comes from ${origin ?? `a ${site} page`}, expected this server's own pages`,
        { details: { reason: 'origin' } },
      );
    next();
  };
}
