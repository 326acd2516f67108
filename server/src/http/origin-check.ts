import { AppError } from '@diemnong/contracts';
import type { RequestHandler } from 'express';

/** Writes come from our own pages or from tools (which send no Origin), never from a page of another site. */
export const originCheck: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
  if (isWrite && origin !== undefined && URL.parse(origin)?.host !== host)
    throw new AppError('forbidden', `Write refused: it comes from ${origin}, expected this server's own pages`);
  next();
};
