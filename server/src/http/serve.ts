import { createHash } from 'node:crypto';
import { AppError, type Endpoint, type ParsedRequestOf, type ResponseOf } from '@diemnong/contracts';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';

/** What a handler may need besides the parsed request. */
export type HttpContext = { request: Request; response: Response; signal: AbortSignal };

/**
 * Serve one endpoint: parse the request with its schemas, call the handler, answer JSON.
 * A GET whose handler was given `version` carries an ETag made of path, parameters and data version, and answers 304
 * without calling the handler. Errors: `invalid_input` with the path of each bad value.
 */
export function serve<E extends Endpoint>(
  app: Express,
  endpoint: E,
  handler: (input: ParsedRequestOf<E>, context: HttpContext) => Promise<ResponseOf<E> | undefined>,
  options: { status?: number; version?: () => Promise<number> } = {},
): void {
  const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
  app[method](endpoint.path, async (request, response) => {
    const input = {
      params: parse(endpoint.params, request.params, 'params'),
      query: parse(endpoint.query, request.query, 'query'),
      body: parse(endpoint.body, request.body ?? {}, 'body'),
    } as ParsedRequestOf<E>;
    if (options.version !== undefined) {
      const tag = entityTag(request, await options.version());
      response.setHeader('ETag', tag);
      response.setHeader('Cache-Control', 'private, no-cache');
      if (request.headers['if-none-match'] === tag) {
        response.status(304).end();
        return;
      }
    }
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    const body = await handler(input, { request, response, signal: abort.signal });
    if (response.headersSent || body === undefined) return;
    response.status(options.status ?? 200);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(body));
  });
}

/** ETag of a GET: what was asked (path, parameters, representation) and the data version it is answered from. */
export function entityTag(request: Request, version: number): string {
  const asked = createHash('sha256')
    .update(`${request.originalUrl} ${request.headers.accept ?? ''}`)
    .digest('base64url');
  return `"${version}-${asked.slice(0, 22)}"`;
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    path: [where, ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new AppError('invalid_input', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    details: issues,
  });
}
