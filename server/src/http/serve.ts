import { createHash } from 'node:crypto';
import { AppError, type Endpoint, type ParsedRequestOf, type ResponseOf } from '@diemnong/contracts';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import { type BodyCache, Bytes, encodeBody, encodingFor, sendBody } from './encoded-body.ts';

/** What a handler may need besides the parsed request. */
export type HttpContext = { request: Request; response: Response; signal: AbortSignal };

/**
 * Serve one endpoint: parse the request with its schemas, call the handler, answer JSON.
 * A GET whose handler was given `version` carries an ETag made of path, parameters and data version; it answers 304, or a
 * body kept in `bodies`, without calling the handler. Errors: `invalid_input` with the path of each bad value.
 */
export function serve<E extends Endpoint>(
  app: Express,
  endpoint: E,
  handler: (input: ParsedRequestOf<E>, context: HttpContext) => Promise<ResponseOf<E> | Bytes | undefined>,
  options: { status?: number; version?: () => Promise<number>; bodies?: BodyCache } = {},
): void {
  const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
  app[method](endpoint.path, async (request, response) => {
    const input = {
      params: parse(endpoint.params, request.params, 'params'),
      query: parse(endpoint.query, request.query, 'query'),
      body: parse(endpoint.body, request.body ?? {}, 'body'),
    } as ParsedRequestOf<E>;
    const encoding = encodingFor(request);
    let key: string | undefined;
    if (options.version !== undefined) {
      const tag = entityTag(request, await options.version());
      response.setHeader('ETag', tag);
      response.setHeader('Cache-Control', 'private, no-cache');
      if (request.headers['if-none-match'] === tag) {
        response.status(304).end();
        return;
      }
      key = `${tag} ${encoding}`;
      const known = options.bodies?.get(key);
      if (known !== undefined) return sendBody(response, known);
    }
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    const answer = await handler(input, { request, response, signal: abort.signal });
    if (response.headersSent || answer === undefined) return;
    const body = await encodeBody(answer instanceof Bytes ? answer : toJson(answer), encoding);
    if (key !== undefined) options.bodies?.set(key, body);
    response.status(options.status ?? 200);
    sendBody(response, body);
  });
}

function toJson(answer: unknown): Bytes {
  return new Bytes('application/json; charset=utf-8', Buffer.from(JSON.stringify(answer)));
}

/** Weak ETag (the body may be compressed or not) of a GET: what was asked (path, parameters, representation) and the data version it is answered from. */
function entityTag(request: Request, version: number): string {
  const asked = createHash('sha256')
    .update(`${request.originalUrl} ${request.headers.accept ?? ''}`)
    .digest('base64url');
  return `W/"${version}-${asked.slice(0, 22)}"`;
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
